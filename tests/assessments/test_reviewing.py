"""Verifying and returning one row: every success, every refusal, and what stays behind."""

import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import Role
from assessments import reviewing
from assessments.errors import InvalidRow, Refused, StaleVersion
from assessments.models import AssessmentState, Event, EventKind, IndicatorResult, Review
from assessments.workflow import Lock
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
REASON = "Chưa khớp với biểu rà soát của phòng."


@pytest.fixture
def sent():
    return factories.sent()


def row(code="11"):
    return factories.row_of(code)


def events(kind, code="11"):
    return list(Event.objects.filter(result=row(code), kind=kind))


def locked(act, *arguments, **more) -> Lock:
    with pytest.raises(Refused) as refused:
        act(*arguments, **more)
    assert str(refused.value)
    return refused.value.lock


def test_a_row_is_verified_as_declared_with_who_when_and_its_event(sent):
    before = row()
    factories.verify("11")
    held = row()
    assert (held.review, held.verified_verdict) == (Review.VERIFIED, "met")
    assert (held.reviewed_by, held.review_reason) == (factories.department("lao-dong"), "")
    assert held.reviewed_at is not None
    assert held.version == before.version + 1
    (event,) = events(EventKind.VERIFIED)
    assert event.by == held.reviewed_by
    assert event.before == {"review": "pending", "verdict": "met"}
    assert event.after == {"review": "verified", "verdict": "met", "declared": "met"}


def test_another_verdict_needs_a_reason_and_both_verdicts_stay(sent):
    with pytest.raises(InvalidRow) as invalid:
        factories.verify("11", verdict="not_met", reason="  ")
    assert list(invalid.value.errors) == ["reason"]
    factories.verify("11", verdict="not_met", reason=REASON)
    held = row()
    assert (held.declared_verdict, held.verified_verdict) == ("met", "not_met")
    assert held.counted_verdict == "not_met"
    assert held.review_reason == REASON
    assert events(EventKind.VERIFIED)[0].reason == REASON


def test_the_declared_verdict_is_confirmed_and_not_given_as_another(sent):
    for _time in range(2):
        with pytest.raises(InvalidRow) as invalid:
            factories.verify("11", verdict="met", reason=REASON)
        assert "hãy xác nhận" in invalid.value.errors["verdict"]
        assert row().review_reason == ""
        factories.verify("11")


def test_another_verdict_is_taken_back_by_confirming(sent):
    factories.verify("11", verdict="not_met", reason=REASON)
    factories.verify("11")
    held = row()
    assert (held.verified_verdict, held.review_reason) == ("met", "")
    event = Event.objects.filter(result=held, kind=EventKind.VERIFIED).latest("pk")
    assert event.before == {"review": "verified", "verdict": "not_met"}
    assert event.after == {"review": "verified", "verdict": "met", "declared": "met"}


@pytest.mark.parametrize("verdict", ["missing", "not_applicable", "abc", "\x00"])
def test_a_verdict_that_the_row_cannot_have_is_refused(sent, verdict):
    with pytest.raises(InvalidRow) as invalid:
        factories.verify("11", verdict=verdict, reason=REASON)
    assert list(invalid.value.errors) == ["verdict"]
    assert row().review == Review.PENDING


def test_a_reason_is_tidied_and_bounded(sent):
    with pytest.raises(InvalidRow):
        factories.give_back("11", "x" * 2001)
    with pytest.raises(InvalidRow):
        factories.give_back("11", "\x00 \n")
    factories.give_back("11", " Chu\u031ba \u0111u\u0309\x00 ")
    assert row().review_reason == "Chưa đủ"


def test_pressing_confirm_twice_writes_one_event(sent):
    version = row().version
    factories.verify("11", version=version)
    factories.verify("11", version=version)
    assert len(events(EventKind.VERIFIED)) == 1


def test_pressing_return_twice_writes_one_event(sent):
    version = row().version
    factories.give_back("11", version=version)
    factories.give_back("11", version=version)
    assert len(events(EventKind.RETURNED)) == 1


def test_a_stale_version_is_refused_with_what_stands_now(sent):
    version = row().version
    factories.verify("11")
    with pytest.raises(StaleVersion) as stale:
        factories.verify("11", version=version, verdict="not_met", reason=REASON)
    assert stale.value.result.verified_verdict == "met"
    with pytest.raises(StaleVersion):
        factories.give_back("11", version=version)
    assert row().review == Review.VERIFIED


def test_a_verdict_can_be_thought_over_until_the_assessment_is_verified(sent):
    factories.verify("11")
    factories.verify("11", verdict="not_met", reason=REASON)
    _first, second = sorted(events(EventKind.VERIFIED), key=lambda event: event.pk)
    assert second.before == {"review": "verified", "verdict": "met"}
    assert row().verified_verdict == "not_met"


def test_only_the_leading_agency_verifies(sent):
    for by in (
        factories.department("giao-duc"),
        factories.department("y-te"),
        factories.coordinator(),
        factories.leader(),
        factories.person(Role.ADMINISTRATOR),
        factories.officer(),
    ):
        factories.department("lao-dong")
        assert locked(factories.verify, "11", by=by) is Lock.NOT_YOURS
        assert locked(factories.give_back, "11", by=by) is Lock.NOT_YOURS


def test_a_supporting_agency_reads_and_does_not_verify(sent):
    factories.department("lao-dong")
    supporter = factories.department("hoi-phu-nu")
    rows = IndicatorResult.objects.visible_to(supporter)
    assert rows.filter(pk=row("18.5").pk).exists()
    assert locked(factories.verify, "18.5", by=supporter, rows=rows) is Lock.NOT_YOURS


def test_a_row_outside_the_scope_does_not_exist(sent):
    by = factories.department("giao-duc")
    with pytest.raises(IndicatorResult.DoesNotExist):
        factories.verify("11", by=by, rows=IndicatorResult.objects.visible_to(by))


def test_the_standing_office_verifies_what_its_own_agency_leads(sent):
    factories.verify("10", by=factories.coordinator())
    assert row("10").review == Review.VERIFIED


def test_the_standing_office_stands_in_where_the_leading_agency_has_no_account(sent):
    factories.verify("15.1", by=factories.coordinator())
    assert row("15.1").reviewed_by == factories.coordinator()


def test_it_no_longer_stands_in_once_the_agency_has_an_account(sent):
    somebody = factories.department("bao-hiem-xa-hoi")
    assert locked(factories.verify, "15.1", by=factories.coordinator()) is Lock.NOT_YOURS
    somebody.is_active = False
    somebody.save()
    factories.verify("15.1", by=factories.coordinator())


def test_the_standing_office_stands_in_where_nobody_leads(sent):
    indicator = row("11").indicator
    indicator.criterion.assignments.filter(duty="lead").delete()
    factories.verify("11", by=factories.coordinator())
    assert row().review == Review.VERIFIED


def test_nobody_verifies_or_returns_what_they_entered(sent):
    by = factories.department("lao-dong")
    IndicatorResult.objects.filter(pk=row().pk).update(changed_by=by)
    assert locked(factories.verify, "11", by=by) is Lock.OWN_ENTRY
    assert locked(factories.give_back, "11", by=by) is Lock.OWN_ENTRY


def test_nobody_corrects_what_they_returned(sent):
    factories.give_back("11")
    IndicatorResult.objects.filter(pk=row().pk).update(reviewed_by=factories.officer(username="b"))
    held = row()
    refused = locked(factories.save, "11", {"value": 1}, by=held.reviewed_by)
    assert refused is Lock.OWN_REVIEW


def test_what_is_not_sent_is_not_verified():
    factories.fill(factories.assessment("ban-bo"))
    assert locked(factories.verify, "11") is Lock.NOT_SUBMITTED
    assert locked(factories.give_back, "11") is Lock.NOT_SUBMITTED


def test_a_returned_row_waits_for_the_commune(sent):
    factories.give_back("11")
    assert locked(factories.verify, "11") is Lock.ROW_RETURNED
    assert locked(factories.give_back, "11", "Lý do khác") is Lock.ROW_RETURNED


def test_a_return_needs_a_reason(sent):
    with pytest.raises(InvalidRow):
        factories.give_back("11", "")
    assert row().review == Review.PENDING
    assert factories.assessment("ban-bo").state == AssessmentState.SUBMITTED


def test_a_return_gives_only_that_row_back_and_others_are_verified_on(sent):
    factories.give_back("11", REASON)
    assert factories.assessment("ban-bo").state == AssessmentState.RETURNED
    held = row()
    assert (held.review, held.review_reason, held.verified_verdict) == ("returned", REASON, "")
    factories.verify("14.1")
    assert row("14.1").review == Review.VERIFIED
    assert factories.assessment("ban-bo").state == AssessmentState.RETURNED
    assert locked(factories.save, "14.2", {"men": 99}) is Lock.ROW_NOT_RETURNED


def test_a_returned_row_can_be_corrected_and_sent_again(sent):
    factories.give_back("11", REASON)
    factories.save("11", {"value": Decimal(12)}, note="Đã rà soát")
    target = factories.send()
    assert target.state == AssessmentState.SUBMITTED
    held = row()
    assert (held.review, held.review_reason, held.reviewed_by) == ("pending", "", None)
    factories.verify("11")
    kinds = list(Event.objects.filter(result=held).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["entered", "returned", "corrected", "verified"]


def test_a_return_leaves_the_commune_days_to_correct_past_the_due_date(sent, settings):
    """Due on Monday 25/9; returned on Thursday 28/9, three working days: Tuesday 3/10."""
    settings.PORTAL_TODAY = "2023-09-28"
    factories.give_back("11", REASON)
    target = factories.assessment("ban-bo")
    assert target.due_on == dt.date(2023, 10, 3)
    (event,) = events(EventKind.RETURNED)
    assert event.before["due_on"] == "2023-09-25"
    assert event.after["due_on"] == "2023-10-03"
    factories.save("11", {"value": Decimal(12)}, note="Đã rà soát")
    settings.PORTAL_TODAY = "2023-10-03"
    assert factories.send().state == AssessmentState.SUBMITTED


def test_a_return_long_before_the_due_date_moves_nothing(sent, settings):
    settings.PORTAL_TODAY = "2023-09-18"
    factories.give_back("11", REASON)
    assert factories.assessment("ban-bo").extended_to is None
    assert "due_on" not in events(EventKind.RETURNED)[0].after


def test_a_blank_is_returned_or_found_not_met_but_never_met(sent):
    factories.give_back("11", REASON)
    factories.save("11", absence_reason="Chưa có kết quả rà soát")
    factories.send()
    for verdict in ("", "met", "missing"):
        with pytest.raises(InvalidRow):
            factories.verify("11", verdict=verdict, reason=REASON)
    factories.verify("11", verdict="not_met", reason=REASON)
    assert row().counted_verdict == "not_met"


def test_with_the_last_row_the_assessment_is_verified_and_says_so_once():
    target = factories.verified()
    assert target.state == AssessmentState.VERIFIED
    (event,) = Event.objects.filter(assessment=target, kind="verified", result=None)
    assert event.before == {"state": "submitted"}
    assert event.after == {"state": "verified"}
    assert locked(factories.verify, "11", verdict="not_met", reason=REASON) is Lock.VERIFIED


def test_a_second_press_on_the_last_row_is_not_an_error():
    target = factories.verified()
    last = target.results.order_by("reviewed_at", "pk").last()
    reviewing.verify_row(
        by=last.reviewed_by,
        rows=IndicatorResult.objects.all(),
        result_id=last.pk,
        version=last.version - 1,
        channel="form",
    )
    assert Event.objects.filter(result=last, kind="verified").count() == 1


def test_a_blank_with_a_reason_keeps_nobody_waiting(sent):
    factories.give_back("11", REASON)
    factories.save("11", absence_reason="Chưa có kết quả rà soát")
    factories.send()
    for code in sent.results.exclude(indicator__code="11").values_list(
        "indicator__code", flat=True
    ):
        factories.verify(code)
    assert factories.assessment("ban-bo").state == AssessmentState.VERIFIED


def test_a_verified_assessment_can_still_lose_a_row_to_the_commune():
    factories.verified()
    factories.give_back("11", REASON)
    assert factories.assessment("ban-bo").state == AssessmentState.RETURNED
    assert events(EventKind.RETURNED)[0].before == {"review": "verified", "verdict": "met"}
    factories.save("11", {"value": Decimal(12)}, note="Đã rà soát")
    factories.send()
    factories.verify("11")
    assert factories.assessment("ban-bo").state == AssessmentState.VERIFIED


def test_verifying_a_row_costs_few_queries(sent, django_assert_max_num_queries):
    result, by = row(), factories.department("lao-dong")
    factories.verify("12.1")
    with django_assert_max_num_queries(13):
        reviewing.verify_row(
            by=by,
            rows=IndicatorResult.objects.visible_to(by),
            result_id=result.pk,
            version=result.version,
            channel="form",
        )
