"""The database refuses half-states, each with a sentence that a person can read."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from periods.models import ReportingPeriod
from reports.models import RenderedFile, SummaryIssue, SummaryReport, SummarySection
from tests import factories

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
NOW = dt.datetime(2023, 9, 20, 3, tzinfo=dt.UTC)


@pytest.fixture
def summary() -> SummaryReport:
    return SummaryReport.objects.create(**report())


def report(**more) -> dict:
    period = ReportingPeriod.objects.filter(slug="2023-q2").first()
    if period is None:
        period = ReportingPeriod.plan(2023, 2)
        period.save()
    by = factories.coordinator()
    return {"kind": "quarter", "period": period, "created_at": NOW, "created_by": by} | more


def issue(summary: SummaryReport, **more) -> SummaryIssue:
    return SummaryIssue(
        **{
            "summary": summary,
            "edition": 1,
            "year": 2023,
            "serial": 1,
            "code": "NTM-1",
            "snapshot": {},
            "snapshot_sha256": "0" * 64,
            "published_at": NOW,
            "published_by": factories.leader(),
        }
        | more
    )


def rendered(**more) -> RenderedFile:
    return RenderedFile(**{"format": "pdf", "requested_at": NOW} | more)


def refused(row, name: str) -> None:
    """By the database, and before that with a sentence of its own."""
    constraint = next(one for one in row._meta.constraints if one.name == name)
    with pytest.raises(ValidationError) as sentence:
        constraint.validate(type(row), row)
    assert str(sentence.value.messages[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_the_day_belongs_to_ad_hoc_summaries_alone(summary):
    refused(SummaryReport(**report(on=dt.date(2023, 6, 30))), "summary_day_only_ad_hoc")


def test_waiting_needs_who_and_when(summary):
    summary.state = "waiting"
    refused(summary, "summary_handed_over_by_somebody")


def test_a_published_summary_is_not_under_correction(summary):
    summary.state, summary.correction_reason = "published", "Sai"
    refused(summary, "summary_published_is_settled")


def test_an_address_is_given_once(summary):
    with pytest.raises(IntegrityError), transaction.atomic():
        SummaryReport.objects.create(**report())


def test_a_section_is_edited_in_one_row(summary):
    given = {"summary": summary, "key": "overall", "edited_at": NOW}
    given["edited_by"] = factories.coordinator()
    SummarySection.objects.create(**given)
    refused(SummarySection(**given), "summary_section_once")


def test_an_issue_and_its_number_are_given_once(summary):
    issue(summary).save()
    refused(issue(summary, serial=2, code="NTM-2"), "issue_once_a_summary")
    second = issue(summary, edition=2, reason="Sửa", code="NTM-3")
    refused(second, "issue_number_once_a_year")


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ({"edition": 0, "reason": ""}, "issue_counts_from_one"),
        ({"serial": 0}, "issue_counts_from_one"),
        ({"edition": 2, "reason": ""}, "issue_corrects_with_reason"),
        ({"edition": 1, "reason": "Sửa"}, "issue_corrects_with_reason"),
        ({"code": ""}, "issue_can_be_verified"),
        ({"snapshot_sha256": ""}, "issue_can_be_verified"),
    ],
)
def test_an_issue_is_whole(summary, more, name):
    refused(issue(summary, **more), name)


def test_a_file_belongs_to_an_issue_or_to_a_draft(summary):
    for more in ({}, {"summary": summary}, {"summary": summary, "fingerprint": "a"}):
        refused(rendered(**more), "file_of_issue_or_draft")
    first = issue(summary)
    first.save()
    rendered(issue=first).save()
    refused(rendered(issue=first), "file_once_an_issue")
    draft = {"summary": summary, "fingerprint": "a", "draft": {"schema": 1}}
    rendered(**draft).save()
    refused(rendered(**draft), "file_once_a_draft")


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ({"state": "done"}, "file_done_is_whole"),
        ({"state": "pending", "sha256": "a"}, "file_done_is_whole"),
        ({"state": "failed"}, "file_failed_says_why"),
        ({"state": "pending", "error": "x"}, "file_failed_says_why"),
        ({"state": "running"}, "file_running_was_started"),
    ],
)
def test_a_files_state_is_whole(summary, more, name):
    draft = {"summary": summary, "fingerprint": "a", "draft": {"schema": 1}}
    refused(rendered(**draft, **more), name)


def test_a_file_is_not_done_before_it_was_started(summary):
    early = {"started_at": NOW, "done_at": NOW - dt.timedelta(hours=1), "attempts": 1}
    done = {"state": "done", "file": "a", "sha256": "a", "size": 1}
    draft = {"summary": summary, "fingerprint": "a", "draft": {"schema": 1}}
    with pytest.raises(IntegrityError), transaction.atomic():
        rendered(**draft, **done, **early).save()
    assert timezone.is_aware(NOW)
