"""Verify ∥ edit ∥ return ∥ close on real connections: 300 rounds, and nothing is lost or doubled.

Each round lets two to four people press at the same moment. Whoever wins, the row afterwards is
what the winner's event says, its version rose once for each act that was done, and no half-state
stands. SQLite runs the same rounds with its own way of waiting; fewer, it has no row locks.
"""

import itertools
from collections import Counter
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection

from accounts.models import User
from assessments import actions, deciding, quarters, reviewing
from assessments.closing import closing_report
from assessments.errors import Changed, InvalidRow, QuarterRefused, Refused, StaleVersion
from assessments.models import Assessment, Channel, Event, IndicatorResult, QuarterEvent
from assessments.rows import RowChange
from assessments.sheet import load_sheet
from assessments.withdrawing import withdraw_return
from tests import factories
from tests.assessments.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "Chưa khớp với biểu của phòng."
#: An act that did not win says so with one of these; anything else is a fault.
REFUSALS = (Refused, StaleVersion, InvalidRow, Changed, QuarterRefused)


def rounds(on_postgres: int) -> int:
    return on_postgres if connection.vendor == "postgresql" else on_postgres // 10


@pytest.fixture
def sent(transactional_db):
    call_command("load_reference", verbosity=0)
    factories.two_quarters()
    factories.department("lao-dong")
    return factories.sent()


def row():
    return factories.row_of("11")


def state() -> str:
    return factories.assessment("ban-bo").state


def verifying(version, verdict=""):
    """As declared, or with another verdict and its reason."""
    by, pk = factories.department("lao-dong"), row().pk
    reason = REASON if verdict else ""

    def work():
        return reviewing.verify_row(
            by=by, rows=IndicatorResult.objects.all(), result_id=pk, version=version,
            verdict=verdict, reason=reason, channel=Channel.FORM,
        )  # fmt: skip

    return work


def returning(version, by=None):
    by, pk = by or factories.department("lao-dong"), row().pk

    def work():
        return reviewing.return_row(
            by=by, rows=IndicatorResult.objects.all(), result_id=pk, version=version,
            reason=REASON, channel=Channel.FORM,
        )  # fmt: skip

    return work


def withdrawing(version):
    by, pk = factories.department("lao-dong"), row().pk

    def work():
        return withdraw_return(
            by=by, rows=IndicatorResult.objects.all(), result_id=pk, version=version,
            reason=REASON, channel=Channel.FORM,
        )  # fmt: skip

    return work


def editing(version, value):
    by, pk = factories.officer(), row().pk

    def work():
        return actions.save_row(
            by=by, rows=IndicatorResult.objects.all(), result_id=pk, version=version,
            read=lambda definition: RowChange(values={"value": Decimal(value)}, note=f"Lần {value}"),
            channel=Channel.FORM,
        )  # fmt: skip

    return work


def sending():
    by, target = factories.officer(), factories.assessment("ban-bo")
    fingerprint = load_sheet(target).fingerprint

    def work():
        return actions.submit(
            by=by, assessment=target, fingerprint=fingerprint, channel=Channel.FORM
        )

    return work


def won(outcomes) -> list[bool]:
    """Which acts were done; every other one was refused in a way that the page can say."""
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            assert isinstance(outcome, REFUSALS), repr(outcome)
    return [not isinstance(o, Exception) and o is not False for o in outcomes]


def whole() -> None:
    """No half-state anywhere: what the constraints say, and the assessment fits its rows."""
    target = factories.assessment("ban-bo")
    reviews = Counter(target.results.values_list("review", flat=True))
    if target.state == "returned":
        assert reviews["returned"]
    else:
        assert not reviews["returned"]
    if target.state == "verified":
        assert not reviews["pending"]


def test_verify_and_return_the_same_row_one_wins(sent):
    """100 rounds: verified and returned by two of the same agency; then the commune sends again."""
    first = factories.department("lao-dong")
    second = User.objects.create_user("lao-dong.2", role=first.role, agency=first.agency)
    for turn in range(rounds(100)):
        before, events = row(), Event.objects.filter(result=row()).count()
        outcomes = at_once(
            verifying(before.version, "not_met" if turn % 2 else ""),
            returning(before.version, second),
        )
        assert sum(won(outcomes)) == 1, outcomes
        held = row()
        assert held.version == before.version + 1
        assert held.review == ("verified" if won(outcomes)[0] else "returned")
        assert Event.objects.filter(result=held).count() == events + 1
        assert Event.objects.filter(result=held).first().after["review"] == held.review
        whole()
        if held.review == "verified":
            returning(held.version)()
        factories.save("11", {"value": Decimal(turn % 9)}, note=f"Sửa lần {turn}")
        factories.send()


def test_withdraw_and_correct_the_same_row_one_wins(sent):
    """50 rounds: the department withdraws its return while the commune corrects the row."""
    for turn in range(rounds(50)):
        factories.give_back("11")
        before, events = row(), Event.objects.filter(result=row()).count()
        withdrawn, edited = won(
            at_once(withdrawing(before.version), editing(before.version, turn % 9 + 10))
        )
        assert withdrawn + edited == 1
        held = row()
        assert held.version == before.version + 1
        assert held.review == ("pending" if withdrawn else "returned")
        assert state() == ("submitted" if withdrawn else "returned")
        assert Event.objects.filter(result=held).count() == events + 1
        whole()
        if edited:
            factories.send()


def test_edit_send_and_return_another_row_never_leave_a_half(sent):
    """100 rounds: the commune corrects and sends while the department returns a second row."""
    values = itertools.cycle(range(9))
    for turn in range(rounds(100)):
        factories.give_back("11")
        factories.save("11", {"value": Decimal(next(values))}, note=f"Sửa {turn}")
        held, other = row(), factories.row_of("12.1")
        by = factories.department("lao-dong")

        def give_back(by=by, other=other):
            return reviewing.return_row(
                by=by, rows=IndicatorResult.objects.all(), result_id=other.pk,
                version=other.version, reason=REASON, channel=Channel.FORM,
            )  # fmt: skip

        sent_before = sent.events.filter(kind="submitted").count()
        edit, send, back = won(at_once(editing(held.version, turn % 7), sending(), give_back))
        assert back  # a pending row can be returned whether or not the rest was sent
        assert sent.events.filter(kind="submitted").count() == sent_before + send
        assert row().version == held.version + edit + send
        whole()
        assert state() == "returned"
        for code in ("11", "12.1"):
            if factories.row_of(code).review == "returned":
                correct(code, turn)
        factories.send()
        whole()


def correct(code, turn):
    held = factories.row_of(code)
    values = {v.measure.key: v.value for v in held.values.select_related("measure")}
    factories.save(code, values, note=f"Đã rà soát lần {turn}, {held.version}")


def closing():
    period = factories.assessment("ban-bo").period
    by, fingerprint = factories.coordinator(), closing_report(period).fingerprint

    def work():
        return quarters.close_period(
            by=by, period=period, fingerprint=fingerprint, channel=Channel.FORM
        )

    return work


def reopen() -> None:
    quarters.reopen_period(
        by=factories.coordinator(),
        period=factories.assessment("ban-bo").period,
        reason="Mở lại để thử tiếp.",
        channel=Channel.FORM,
    )


def test_closing_while_rows_are_verified_returned_and_edited(sent):
    """100 rounds: what the quarter was closed with is what stands in it, and later acts are told."""
    for turn in range(rounds(100)):
        before, all_events = row(), Event.objects.count()
        closed_before = QuarterEvent.objects.filter(kind="closed").count()
        outcomes = at_once(
            verifying(before.version, "not_met" if turn % 2 else ""),
            closing(),
            returning(before.version),
            editing(before.version, turn % 9),
        )
        verified, closed, returned, edited = won(outcomes)
        assert sum([verified, returned]) <= 1, outcomes
        assert not edited or returned  # only what was returned can be edited
        assert verified or returned or closed, outcomes
        held = row()
        done = verified + returned + edited
        assert held.version == before.version + done
        assert Event.objects.count() == all_events + done
        assert QuarterEvent.objects.filter(kind="closed").count() == closed_before + closed
        period = factories.assessment("ban-bo").period
        assert period.state == ("closed" if closed else "open")
        whole()
        if closed:
            for act in (verifying(held.version, "not_met"), returning(held.version)):
                with pytest.raises(Refused):
                    act()
            reopen()
        if held.review != "returned":
            returning(held.version)()
        correct("11", turn)
        factories.send()


def test_two_agencies_on_the_last_two_rows_complete_the_assessment_once(sent):
    """Each sees the other's row pending; whoever comes second completes, exactly once."""
    for code in sent.results.exclude(indicator__code__in=["11", "14.1"]).values_list(
        "indicator__code", flat=True
    ):
        factories.verify(code)
    for _turn in range(rounds(20)):
        works = []
        for code in ("11", "14.1"):
            held = factories.row_of(code)
            by = factories.verifier_of(held)
            works.append(one_verifying(by, held))
        completed = sent.events.filter(kind="verified", result=None).count()
        assert won(at_once(*works)) == [True, True]
        assert state() == "verified"
        assert sent.events.filter(kind="verified", result=None).count() == completed + 1
        for code in ("11", "14.1"):
            factories.give_back(code)
            correct(code, _turn)
        factories.send()


def one_verifying(by, held):
    def work():
        return reviewing.verify_row(
            by=by, rows=IndicatorResult.objects.all(), result_id=held.pk, version=held.version,
            channel=Channel.FORM,
        )  # fmt: skip

    return work


def test_accepting_pressed_twice_at_once_accepts_once(sent):
    for code in sent.results.values_list("indicator__code", flat=True):
        factories.verify(code)
    by, target = factories.coordinator(), factories.assessment("ban-bo")

    def press():
        return deciding.accept(by=by, assessment=target, channel=Channel.FORM)

    assert sorted(at_once(press, press, press)) == [False, False, True]
    assert Event.objects.filter(assessment=target, kind="accepted").count() == 1
    assert Assessment.objects.get(pk=target.pk).state == "accepted"
