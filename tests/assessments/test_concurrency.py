"""Several officers at once, on real connections: exactly one wins, nothing is lost or doubled."""

import threading
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connections

from assessments import actions
from assessments.errors import Refused, StaleVersion
from assessments.models import Channel, Event, IndicatorResult
from assessments.rows import RowChange
from assessments.sheet import load_sheet
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committed_quarters(transactional_db):
    call_command("load_reference", verbosity=0)
    return factories.two_quarters()


def at_once(*works):
    """Run each in a thread with a connection of its own; what each returned or raised."""
    barrier, outcomes = threading.Barrier(len(works)), [None] * len(works)

    def run(number, work):
        barrier.wait()
        try:
            outcomes[number] = work()
        except Exception as error:
            outcomes[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


def writer(by, pk, value, version):
    def work():
        return actions.save_row(
            by=by,
            rows=IndicatorResult.objects.all(),
            result_id=pk,
            version=version,
            read=lambda definition: RowChange(values={"value": Decimal(value)}),
            channel=Channel.FORM,
        )

    return work


def test_two_officers_on_one_row_one_wins_and_one_is_told(committed_quarters):
    one, other = factories.officer(), factories.officer(username="xa.ban-bo.2")
    pk = factories.row_of("11").pk
    for turn in range(20):
        version = factories.row_of("11").version
        outcomes = at_once(writer(one, pk, turn, version), writer(other, pk, turn + 30, version))
        assert sum(isinstance(o, StaleVersion) for o in outcomes) == 1, outcomes
        assert sum(isinstance(o, tuple) for o in outcomes) == 1, outcomes
        row = factories.row_of("11")
        assert row.version == version + 1
        won = turn if isinstance(outcomes[0], tuple) else turn + 30
        assert row.values.get().number == won
    assert Event.objects.filter(result=pk).count() == 20


def test_sending_pressed_twice_at_once_sends_once(committed_quarters):
    sheet = factories.fill(factories.assessment("ban-bo"))
    by, target = factories.officer(), factories.assessment("ban-bo")

    def press():
        return actions.submit(
            by=by, assessment=target, fingerprint=sheet.fingerprint, channel=Channel.FORM
        )

    assert sorted(at_once(press, press, press)) == [False, False, True]
    sent = Event.objects.filter(assessment=target, kind="submitted")
    assert sent.count() == 1


def test_sending_while_a_row_is_saved_sends_either_before_or_after(committed_quarters):
    """What was sent is what was confirmed: the row is in it, or refused, never half."""
    by = factories.officer()
    sheet = factories.fill(factories.assessment("ban-bo"))
    row = next(r for r in sheet.rows if r.definition.code == "11")
    target = factories.assessment("ban-bo")

    def send():
        return actions.submit(
            by=by, assessment=target, fingerprint=sheet.fingerprint, channel=Channel.FORM
        )

    sent, saved = at_once(send, writer(by, row.result.pk, 12, row.result.version))
    stored = factories.row_of("11").values.get().number
    if sent is True:
        assert isinstance(saved, Refused)
        assert stored == 13
    else:
        assert type(sent).__name__ == "Changed"
        assert stored == 12
    assert load_sheet(factories.assessment("ban-bo")).entered == 57
