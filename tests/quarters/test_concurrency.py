"""Closing a quarter while others work in it, on real connections: before the close, or refused."""

from decimal import Decimal

import pytest
from django.core.management import call_command

from accounts.models import User
from assessments import actions, mailing, quarters, reviewing
from assessments.closing import closing_report
from assessments.errors import Changed, QuarterRefused, Refused
from assessments.models import Channel, Event, FrozenQuarter, IndicatorResult, Notice
from assessments.notifying import COMMUNES, tell
from assessments.rows import RowChange
from periods.models import PeriodState, ReportingPeriod
from tests import factories
from tests.assessments.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 12


@pytest.fixture
def committed_quarters(transactional_db):
    call_command("load_reference", verbosity=0)
    return factories.two_quarters()


def period(slug="2023-q3") -> ReportingPeriod:
    return ReportingPeriod.objects.get(slug=slug)


def closer(target, fingerprint):
    by = factories.coordinator()

    def work():
        return quarters.close_period(
            by=by, period=target, fingerprint=fingerprint, channel=Channel.FORM
        )

    return work


def saver(code, slug, value):
    by, row = factories.officer(slug), factories.row_of(code, slug)

    def work():
        return actions.save_row(
            by=by,
            rows=IndicatorResult.objects.all(),
            result_id=row.pk,
            version=row.version,
            read=lambda definition: RowChange(values={"value": Decimal(value)}),
            channel=Channel.FORM,
        )

    return work


def is_refused_as_closed(outcome) -> bool:
    return isinstance(outcome, Refused) and outcome.lock.value == "period_closed"


def test_saving_while_the_quarter_closes_is_in_it_or_refused(committed_quarters):
    """Two communes save; whoever is not in what the office read is refused, or the close is."""
    for turn in range(ROUNDS):
        target = period()
        close = closer(target, closing_report(target).fingerprint)
        works = [saver("11", "ban-bo", turn + 1), saver("11", "na-tam", turn + 1)]
        closed, *saved = at_once(close, *works)
        if closed is True:
            assert all(map(is_refused_as_closed, saved)), (turn, saved)
            assert period().state == PeriodState.CLOSED
            assert FrozenQuarter.objects.filter(period=target).count() == 1
            quarters.reopen_period(
                by=factories.coordinator(), period=target, reason="Thử", channel=Channel.FORM
            )
        else:
            assert isinstance(closed, Changed), (turn, closed)
            assert any(isinstance(one, tuple) for one in saved), (turn, saved)
            assert all(isinstance(one, tuple) for one in saved), (turn, saved)
            assert period().is_open
    decided = target.events.filter(kind__in=["closed", "reopened"])
    assert decided.filter(kind="closed").count() == decided.filter(kind="reopened").count()
    rows = IndicatorResult.objects.filter(assessment__period=target, indicator__code="11")
    for row in rows.filter(version__gt=1):
        assert Event.objects.filter(result=row).count() == row.version - 1


def test_verifying_and_sending_while_the_quarter_closes(committed_quarters):
    factories.sent("ban-bo")
    sheet = factories.fill(factories.assessment("na-tam"))
    row = factories.row_of("11")
    verifier, officer = factories.verifier_of(row), factories.officer("na-tam")
    waiting = factories.assessment("na-tam")
    target = period()
    close = closer(target, closing_report(target).fingerprint)

    def verify():
        return reviewing.verify_row(
            by=verifier, rows=IndicatorResult.objects.all(), result_id=row.pk,
            version=row.version, channel=Channel.FORM,
        )  # fmt: skip

    def send():
        return actions.submit(
            by=officer, assessment=waiting, fingerprint=sheet.fingerprint, channel=Channel.FORM
        )

    closed, verified, sent = at_once(close, verify, send)
    if closed is True:
        assert is_refused_as_closed(verified)
        assert is_refused_as_closed(sent)
    else:
        assert isinstance(closed, Changed)
        assert isinstance(verified, tuple)
        assert sent is True
    events = Event.objects.filter(assessment=waiting, kind="submitted").count()
    assert events == int(sent is True)


def test_closing_pressed_twice_at_once_closes_once(committed_quarters):
    target = period()
    close = closer(target, closing_report(target).fingerprint)
    assert sorted(at_once(close, close, close)) == [False, False, True]
    assert target.events.filter(kind="closed").count() == 1
    assert FrozenQuarter.objects.filter(period=target).count() == 1


def test_closing_a_quarter_while_the_one_before_is_reopened(committed_quarters):
    """Closed quarters stay without a gap, whichever comes first."""
    by, before, target = factories.coordinator(), period("2023-q2"), period()
    close = closer(target, closing_report(target).fingerprint)

    def reopen():
        return quarters.reopen_period(by=by, period=before, reason="Sai", channel=Channel.FORM)

    outcomes = at_once(close, reopen)
    assert sum(isinstance(one, QuarterRefused) for one in outcomes) == 1, outcomes
    assert (period("2023-q2").state, period().state) in {("open", "open"), ("closed", "closed")}


def test_a_year_created_and_a_quarter_opened_twice_at_once(committed_quarters):
    by = factories.coordinator()
    due = {quarter: ReportingPeriod.plan(2024, quarter).due_on for quarter in (1, 2, 3, 4)}

    def plan():
        return len(quarters.plan_quarters(by=by, year=2024, due_dates=due, channel=Channel.FORM))

    assert sum(at_once(plan, plan, plan)) == 4
    assert ReportingPeriod.objects.filter(year=2024).count() == 4
    target = period("2024-q1")
    assert target.events.filter(kind="planned").count() == 1
    factories.officer()

    def open_it():
        return quarters.open_period(by=by, period=target, channel=Channel.FORM)

    assert sorted(at_once(open_it, open_it)) == [0, 12]
    assert target.events.filter(kind="opened").count() == 1
    told = Notice.objects.filter(kind="opened", period=target, recipient=factories.officer())
    assert told.count() == 1


def test_an_occasion_told_by_two_processes_is_one_row_and_one_letter(
    committed_quarters, mailoutbox
):
    factories.officer()
    target = period()
    Notice.objects.all().delete()

    def occasion():
        tell(COMMUNES, "opened", "once", by=None, period=target,
             facts={"due_on": "2023-09-25", "by": "Phòng"})  # fmt: skip

    assert at_once(occasion, occasion, occasion) == [None, None, None]
    people = User.objects.filter(COMMUNES, is_active=True).count()
    assert Notice.objects.filter(key="once").count() == people
    runs = at_once(mailing.send_digests, mailing.send_digests)
    assert sum(run.letters for run in runs) == people
    assert len(mailoutbox) == people
