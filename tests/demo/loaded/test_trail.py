"""The events behind the figures: complete, in order, by the right people, at working hours."""

import datetime as dt
from collections import defaultdict

import pytest
from django.utils import translation
from django.utils.timezone import localtime

from accounts.models import Role, User
from assessments import deciding
from assessments.chronicle import decisions
from assessments.deciding import left_to_verify
from assessments.models import (
    Assessment,
    Channel,
    Event,
    EventKind,
    IndicatorResult,
    Notice,
    Review,
)
from assessments.sheet import load_sheet
from criteria.evaluation import Verdict, evaluate_criterion
from periods.calendar import is_working_day
from periods.clock import today

pytestmark = pytest.mark.usefixtures("demo")

OF_COMMUNES = {
    EventKind.ENTERED,
    EventKind.UNCHANGED,
    EventKind.CORRECTED,
    EventKind.SUBMITTED,
}
OF_THE_STANDING_OFFICE = {EventKind.OPENED, EventKind.EXTENDED, EventKind.ACCEPTED}


@pytest.fixture
def events(demo) -> list[Event]:
    return list(
        Event.objects.select_related(
            "assessment__period", "assessment__unit", "by", "result"
        ).order_by("pk")
    )


def test_they_were_appended_in_the_order_in_which_they_happened(events):
    times = [event.at for event in events]
    assert times == sorted(times)


def test_each_assessment_begins_with_its_opening(events):
    first = {}
    for event in events:
        first.setdefault(event.assessment_id, event.kind)
    assert set(first.values()) == {EventKind.OPENED}
    assert len(first) == 48


def test_everything_happened_at_working_hours_before_today_and_within_the_quarter_s_time(events):
    for event in events:
        at, period = localtime(event.at), event.assessment.period
        assert is_working_day(at.date()), event
        assert dt.time(7, 30) <= at.time() <= dt.time(17), event
        assert at.date() < today()
        assert period.opened_at <= event.at
        assert period.closed_at is None or event.at <= period.closed_at


def test_each_kind_is_done_by_the_people_whose_it_is(events):
    for event in events:
        if event.kind in OF_COMMUNES or event.kind == EventKind.ATTACHED:
            assert event.by.unit_id == event.assessment.unit_id, event
        elif event.kind in OF_THE_STANDING_OFFICE:
            assert event.by.role == Role.COORDINATOR, event
        else:
            assert event.by.agency_id is not None, event


def test_communes_entered_and_sent_within_their_due_date(events):
    for event in events:
        if event.kind in OF_COMMUNES:
            assert localtime(event.at).date() <= event.assessment.due_on, event


def test_every_row_that_was_written_has_as_many_events_as_writes(demo):
    writes = defaultdict(int)
    kinds = [EventKind.ENTERED, EventKind.UNCHANGED, EventKind.CORRECTED]
    for result_id in Event.objects.filter(kind__in=kinds).values_list("result_id", flat=True):
        writes[result_id] += 1
    for pk, version in IndicatorResult.objects.values_list("pk", "version"):
        assert version == 1 + writes[pk]


def test_the_last_event_of_a_row_says_what_the_row_holds(sheets, events):
    last = {e.result_id: e for e in events if e.kind in OF_COMMUNES and e.result_id}
    for sheet in sheets:
        for row in sheet.rows:
            if row.result.version == 1:
                continue
            event = last[row.result.pk]
            assert event.at == row.result.changed_at
            assert event.by_id == row.result.changed_by_id
            assert event.after == {
                "values": {
                    k: v if isinstance(v, bool | str) else str(v) for k, v in row.values.items()
                },
                "stated": row.result.stated,
                "not_applicable": row.result.not_applicable,
                "absence_reason": row.result.absence_reason,
                "note": row.result.note,
                "verdict": row.result.declared_verdict,
            }


def test_the_sending_says_how_many_rows_and_criteria_were_sent(sheets):
    for sheet in sheets:
        if not sheet.assessment.is_handed_in:
            continue
        sent = sheet.assessment.events.filter(kind=EventKind.SUBMITTED).order_by("pk").last()
        assert sent.at == sheet.assessment.submitted_at
        assert sent.by_id == sheet.assessment.submitted_by_id
        declared = sum(
            evaluate_criterion(row.verdict for row in criterion.rows) == Verdict.MET
            for criterion in sheet.criteria
        )
        assert (sent.after["entered"], sent.after["met"]) == (sheet.entered, declared)


def test_every_review_has_its_event(demo):
    reviewed = IndicatorResult.objects.exclude(review=Review.PENDING)
    kinds = {Review.VERIFIED: EventKind.VERIFIED, Review.RETURNED: EventKind.RETURNED}
    stored = {
        (e.result_id, e.kind, e.at, e.by_id, e.reason)
        for e in Event.objects.filter(result__isnull=False)
    }
    assert reviewed.count() > 1900
    for row in reviewed:
        event = (row.pk, kinds[row.review], row.reviewed_at, row.reviewed_by_id, row.review_reason)
        assert event in stored


def test_a_row_is_reviewed_only_after_it_was_sent(demo):
    rows = IndicatorResult.objects.exclude(review=Review.PENDING).select_related("assessment")
    for row in rows:
        assert row.assessment.submitted_at < row.reviewed_at


def test_returned_rows_were_corrected_and_sent_again(demo):
    corrected = Event.objects.filter(kind=EventKind.CORRECTED).select_related("assessment")
    assert corrected.count() == 3
    for event in corrected:
        assert event.before["values"] != event.after["values"]
        story = Event.objects.filter(assessment=event.assessment).exclude(
            kind__in=[
                EventKind.ENTERED,
                EventKind.UNCHANGED,
                EventKind.VERIFIED,
                EventKind.ATTACHED,
            ]
        )
        expected = [
            EventKind.OPENED,
            EventKind.SUBMITTED,
            EventKind.RETURNED,
            EventKind.CORRECTED,
            EventKind.SUBMITTED,
            EventKind.ACCEPTED,
        ]
        if event.assessment.period.is_open:
            expected.pop()  # not verified yet: it waits as the first in its agency's queue
        assert list(story.order_by("pk").values_list("kind", flat=True)) == expected


def test_every_changed_due_date_has_its_event_with_a_reason(demo):
    changed = Assessment.objects.exclude(extended_to=None)
    assert changed.count() == 6
    for assessment in changed:
        event = assessment.events.get(kind=EventKind.EXTENDED)
        assert event.after == {"due_on": assessment.extended_to.isoformat()}
        assert event.before == {"due_on": assessment.period.due_on.isoformat()}
        assert event.reason


def test_the_sheet_of_a_returned_row_shows_why(demo):
    assessment = Assessment.objects.select_related(
        "unit__parent__parent", "period", "criteria_set", "submitted_by"
    ).get(state="returned")
    assert sum(row.is_returned for row in load_sheet(assessment).rows) == 2


def whole(events, slug: str, quarter: str) -> Event:
    """The event by which the verification of one assessment ended."""
    (found,) = [
        event
        for event in events
        if event.kind == EventKind.VERIFIED
        and event.result_id is None
        and (event.assessment.unit.slug, event.assessment.period.slug) == (slug, quarter)
    ]
    return found


def test_where_rows_were_left_the_verification_ended_by_decision_with_its_reason_and_count(events):
    ended = [e for e in events if e.kind == EventKind.VERIFIED and e.result_id is None]
    for event in ended:
        left = (
            left_to_verify()
            .filter(assessment=event.assessment)
            .exclude(counted_verdict=Verdict.MISSING)
            .count()
        )
        assert event.after.get("declared_only", 0) == left
        assert bool(event.reason) is bool(left)


def test_binh_lu_reached_its_state_as_the_portal_s_own_act_would_have_brought_it_there(events):
    """The same trace as the action leaves from the same rows."""
    told = whole(events, "binh-lu", "2023-q3")
    office = User.objects.get(username=told.by.username)
    deciding.reopen(by=office, assessment=told.assessment, reason="Thử lại", channel=Channel.FORM)
    deciding.complete(
        by=office, assessment=told.assessment, channel=Channel.FORM, reason=told.reason
    )
    acted = Event.objects.filter(assessment=told.assessment, kind=EventKind.VERIFIED).latest("pk")
    for name in ("before", "after", "reason", "channel", "by_id"):
        assert getattr(acted, name) == getattr(told, name), name
    assert told.after == {"state": "verified", "declared_only": 1}
    with translation.override("vi"):
        titles = {line.title for line in decisions(told.assessment, office)}
    assert "Kết thúc thẩm định theo quyết định" in titles
    assert "Thẩm định xong toàn bộ phiếu" not in titles
    notice = Notice.objects.filter(kind="verified", assessment=told.assessment).earliest("pk")
    assert (notice.facts["declared_only"], notice.facts["reason"]) == (1, told.reason)
