"""Handing in: what is missing, what is confirmed, and that it happens once."""

from decimal import Decimal

import pytest

from assessments import actions
from assessments.checks import missing_for_submission
from assessments.errors import Changed, Incomplete, InvalidRow, Refused
from assessments.models import AssessmentState, Channel, Event, EventKind, Review
from assessments.sheet import load_sheet
from assessments.workflow import Lock
from periods.clock import now
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


def submit(slug="ban-bo", by=None, fingerprint=None):
    target = factories.assessment(slug)
    return actions.submit(
        by=by or factories.officer(slug),
        assessment=target,
        fingerprint=fingerprint or load_sheet(target).fingerprint,
        channel=Channel.FORM,
    )


def sentences(slug="ban-bo"):
    return [f.sentence for f in missing_for_submission(load_sheet(factories.assessment(slug)))]


def test_a_blank_assessment_names_each_of_its_57_rows():
    assert len(sentences()) == 57
    with pytest.raises(Incomplete) as error:
        submit()
    assert len(error.value.findings) == 57
    assert factories.assessment("ban-bo").state == AssessmentState.DRAFT


def test_a_blank_with_a_reason_may_be_sent():
    factories.save("11", absence_reason="Chưa có kết quả rà soát hộ nghèo")
    assert not [s for s in sentences() if s.startswith("11 ")]


def test_a_row_entered_in_part_is_named_as_such():
    factories.save("12.1", {"men": Decimal(60)})
    factories.save("2.1", {"value": Decimal(52)})
    in_part = [f for f in sentences() if f.startswith(("12.1", "2.1"))]
    assert len(in_part) == 2
    assert len(set(in_part)) == 2


def test_a_jump_needs_a_note():
    """Last quarter 13 %, now 30 %: the checklist asks, a note answers."""
    factories.fill(factories.assessment("ban-bo"))
    factories.save("11", {"value": Decimal(30)})
    assert len(sentences()) == 1
    factories.save("11", {"value": Decimal(30)}, note="Rà soát lại theo chuẩn mới")
    assert sentences() == []


def test_a_recognised_commune_that_loses_a_criterion_explains_it():
    factories.fill(factories.assessment("ban-bo"))
    factories.save("1.1", {"value": False})
    assert len(sentences()) == 1
    factories.save("1.1", {"value": False}, note="Quy hoạch hết hạn, đang điều chỉnh")
    assert sentences() == []


def test_a_commune_not_recognised_loses_without_a_question():
    before = factories.assessment("na-tam", "2023-q2")
    before.period.state, before.period.closed_at = "open", None
    before.period.save()
    factories.fill(before, due_passed=True)
    before.period.state, before.period.closed_at = "closed", now()
    before.period.save()
    factories.fill(factories.assessment("na-tam"))
    factories.save("1.1", {"value": False}, slug="na-tam")
    assert sentences("na-tam") == []


def test_what_is_complete_is_sent_once_with_one_event():
    factories.fill(factories.assessment("ban-bo"))
    fingerprint = load_sheet(factories.assessment("ban-bo")).fingerprint
    assert submit(fingerprint=fingerprint) is True
    assert submit(fingerprint=fingerprint) is False
    target = factories.assessment("ban-bo")
    assert target.state == AssessmentState.SUBMITTED
    assert target.submitted_by == factories.officer()
    event = Event.objects.get(assessment=target, kind=EventKind.SUBMITTED)
    assert event.after == {"state": "submitted", "entered": 57, "met": 19}


def test_after_sending_nothing_can_be_entered():
    factories.fill(factories.assessment("ban-bo"))
    submit()
    with pytest.raises(Refused) as refused:
        factories.save("11", {"value": Decimal(1)})
    assert refused.value.lock is Lock.SUBMITTED
    assert "xa.ban-bo" in str(refused.value)
    with pytest.raises(Refused):
        actions.keep_all_unchanged(
            by=factories.officer(),
            assessment=factories.assessment("ban-bo"),
            fingerprint="",
            channel=Channel.FORM,
        )


def test_what_was_confirmed_is_what_is_sent():
    sheet = factories.fill(factories.assessment("ban-bo"))
    factories.save("11", {"value": Decimal(12)})
    with pytest.raises(Changed):
        submit(fingerprint=sheet.fingerprint)
    assert factories.assessment("ban-bo").state == AssessmentState.DRAFT


@pytest.mark.parametrize("who", [factories.coordinator, factories.department, factories.leader])
def test_nobody_else_sends(who):
    factories.fill(factories.assessment("ban-bo"))
    with pytest.raises(Refused) as refused:
        submit(by=who())
    assert refused.value.lock is Lock.NOT_YOURS


def test_past_due_nothing_is_sent(settings):
    factories.fill(factories.assessment("ban-bo"))
    settings.PORTAL_TODAY = "2023-09-26"
    with pytest.raises(Refused) as refused:
        submit()
    assert refused.value.lock is Lock.PAST_DUE


def returned(code="17.1"):
    """Bản Bo's assessment sent, and one row returned by the department that leads it."""
    factories.fill(factories.assessment("ban-bo"))
    submit()
    target = factories.assessment("ban-bo")
    target.state = AssessmentState.RETURNED
    target.save()
    row = factories.row_of(code)
    row.review, row.reviewed_by, row.reviewed_at = Review.RETURNED, factories.department(), now()
    row.review_reason = "Số hộ dùng nước tập trung chưa khớp với trạm cấp nước"
    row.save()
    return row


def test_a_returned_row_is_corrected_and_sent_again():
    returned()
    assert len(sentences()) == 1
    with pytest.raises(Refused) as refused:
        factories.save("11", {"value": Decimal(12)})
    assert refused.value.lock is Lock.ROW_NOT_RETURNED
    factories.save("17.1", {"clean": Decimal(32), "central": Decimal(11)})
    row = factories.row_of("17.1")
    assert row.events.first().kind == EventKind.CORRECTED
    assert sentences() == []
    assert submit() is True
    row.refresh_from_db()
    assert row.review == Review.PENDING
    assert row.reviewed_by is None
    assert factories.assessment("ban-bo").state == AssessmentState.SUBMITTED


def extend(until, reason="Đường sạt lở, mất liên lạc", by=None):
    import datetime as dt

    return actions.extend(
        by=by or factories.coordinator(),
        assessment=factories.assessment("ban-bo"),
        until=dt.date.fromisoformat(until),
        reason=reason,
        channel=Channel.FORM,
    )


def test_the_coordinator_lifts_a_due_date_for_one_commune(settings):
    settings.PORTAL_TODAY = "2023-09-28"
    extend("2023-09-29")
    factories.save("11", {"value": Decimal(12)})
    event = Event.objects.get(kind=EventKind.EXTENDED, assessment__period__slug="2023-q3")
    assert event.reason == "Đường sạt lở, mất liên lạc"
    assert event.before == {"due_on": "2023-09-25"}
    with pytest.raises(Refused):
        factories.save("11", {"value": Decimal(12)}, slug="na-tam")


@pytest.mark.parametrize(
    ("until", "reason", "field"),
    [
        ("9999-12-31", "Mưa lũ", "until"),
        ("2023-09-19", "Mất điện", "until"),
        ("2023-09-25", "Mất điện", "until"),
        ("2023-09-30", "  ", "reason"),
        ("2023-09-30", "x" * 2001, "reason"),
    ],
)
def test_a_due_date_is_lifted_only_forwards_and_with_a_reason(until, reason, field):
    with pytest.raises(InvalidRow) as error:
        extend(until, reason)
    assert field in error.value.errors


@pytest.mark.parametrize("who", [factories.officer, factories.department, factories.leader])
def test_only_the_standing_office_lifts_due_dates(who):
    with pytest.raises(Refused) as refused:
        extend("2023-09-30", by=who())
    assert refused.value.lock is Lock.NOT_YOURS
