"""Complete, accept, reopen: the standing office's decisions about a whole assessment."""

from decimal import Decimal

import pytest

from accounts.models import Role
from assessments import deciding
from assessments.errors import InvalidRow, Refused
from assessments.models import AssessmentState, Channel, Event, EventKind, Notice
from assessments.workflow import Lock
from periods.clock import now
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
REASON = "Bảo hiểm xã hội huyện chưa có tài khoản; số liệu tính theo xã tự đánh giá."


def decide(act, by=None, **more):
    return act(
        by=by or factories.coordinator(),
        assessment=factories.assessment("ban-bo"),
        channel=Channel.FORM,
        **more,
    )


def state():
    return factories.assessment("ban-bo").state


def locked(act, **more) -> Lock:
    with pytest.raises(Refused) as refused:
        decide(act, **more)
    assert str(refused.value)
    return refused.value.lock


def events(kind):
    return list(Event.objects.filter(assessment__unit__slug="ban-bo", kind=kind, result=None))


def test_completing_with_rows_left_needs_the_sentence_that_they_are_declared_only():
    factories.sent()
    factories.verify("11")
    with pytest.raises(InvalidRow) as invalid:
        decide(deciding.complete)
    assert list(invalid.value.errors) == ["reason"]
    assert decide(deciding.complete, reason=REASON) is True
    assert state() == AssessmentState.VERIFIED
    (event,) = events(EventKind.VERIFIED)
    assert event.reason == REASON
    assert event.after == {"state": "verified", "declared_only": 56}
    assert decide(deciding.complete) is False
    assert len(events(EventKind.VERIFIED)) == 1
    assert factories.row_of("10").verified_verdict == ""
    assert factories.row_of("10").counted_verdict == "met"


def test_what_is_being_corrected_is_neither_completed_nor_accepted():
    factories.sent()
    factories.give_back("11")
    assert locked(deciding.complete, reason=REASON) is Lock.BEING_CORRECTED
    assert locked(deciding.accept) is Lock.BEING_CORRECTED
    assert locked(deciding.reopen, reason=REASON) is Lock.NOTHING_TO_REOPEN


def test_accepting_is_recorded_once():
    factories.verified()
    assert decide(deciding.accept) is True
    assert decide(deciding.accept) is False
    target = factories.assessment("ban-bo")
    assert target.state == AssessmentState.ACCEPTED
    assert target.accepted_by == factories.coordinator()
    (event,) = events(EventKind.ACCEPTED)
    assert (event.before, event.after) == ({"state": "verified"}, {"state": "accepted"})


def test_what_is_not_verified_is_not_accepted():
    factories.sent()
    assert locked(deciding.accept) is Lock.NOT_VERIFIED


@pytest.mark.parametrize("stage", ["verified", "accepted"])
def test_reopening_gives_it_back_to_the_departments_and_needs_a_reason(stage):
    getattr(factories, stage)()
    with pytest.raises(InvalidRow):
        decide(deciding.reopen, reason=" ")
    decide(deciding.reopen, reason=REASON)
    target = factories.assessment("ban-bo")
    assert (target.state, target.accepted_at, target.accepted_by) == ("submitted", None, None)
    (event,) = events(EventKind.REOPENED)
    assert (event.before, event.reason) == ({"state": stage}, REASON)
    assert locked(deciding.reopen, reason=REASON) is Lock.NOTHING_TO_REOPEN


def test_after_reopening_a_row_can_be_verified_otherwise_and_then_all_is_completed():
    """A second look does not end by itself: another department may still be looking."""
    factories.accepted()
    decide(deciding.reopen, reason=REASON)
    factories.verify("11", verdict="not_met", reason=REASON)
    assert state() == AssessmentState.SUBMITTED
    factories.verify("10", verdict="not_met", reason=REASON)
    assert decide(deciding.complete) is True
    assert decide(deciding.accept) is True
    assert factories.row_of("11").counted_verdict == "not_met"


def test_after_reopening_a_row_can_be_returned():
    factories.accepted()
    decide(deciding.reopen, reason=REASON)
    factories.give_back("11")
    assert state() == AssessmentState.RETURNED


def test_the_commune_is_told_of_each_decision():
    officer = factories.officer()
    factories.sent()
    factories.give_back("11")
    factories.save("11", {"value": Decimal(12)}, note="Đã rà soát")
    factories.send()
    decide(deciding.complete, reason=REASON)
    decide(deciding.accept)
    decide(deciding.reopen, reason=REASON)
    told = (
        Notice.objects.filter(recipient=officer)
        .exclude(kind__in=["opened", "closed"])
        .order_by("pk")
    )
    kinds = list(told.values_list("kind", flat=True))
    assert kinds == ["returned", "verified", "accepted", "reopened"]


def test_an_administrator_reopens_but_neither_completes_nor_accepts():
    factories.verified()
    by = factories.person(Role.ADMINISTRATOR)
    assert locked(deciding.accept, by=by) is Lock.NOT_YOURS
    assert locked(deciding.complete, by=by) is Lock.NOT_YOURS
    decide(deciding.reopen, by=by, reason=REASON)


@pytest.mark.parametrize("act", ["complete", "accept", "reopen"])
def test_nobody_else_decides(act):
    factories.verified()
    more = {} if act == "accept" else {"reason": REASON}
    for by in (factories.officer(), factories.department(), factories.leader()):
        assert locked(getattr(deciding, act), by=by, **more) is Lock.NOT_YOURS
    assert state() == AssessmentState.VERIFIED


def test_in_a_closed_quarter_nothing_is_decided():
    target = factories.verified()
    target.period.state, target.period.closed_at = "closed", now()
    target.period.save()
    for act, more in ((deciding.accept, {}), (deciding.reopen, {"reason": REASON})):
        assert locked(act, **more) is Lock.PERIOD_CLOSED
    assert state() == AssessmentState.VERIFIED
