"""Two presses, and a level confirmed while officers write: on real connections."""

import datetime as dt
import threading
import time
from decimal import Decimal

import pytest
from django.db import transaction

from assessments.commenting import comment
from assessments.errors import CommentRefused, StaleVersion
from assessments.models import Basis, Comment, Event, EventKind, IndicatorResult
from assessments.rejudging import confirm_level
from criteria.actions import ConfirmedLevel, LevelReplaced
from criteria.models import Threshold
from tests import factories
from tests.assessments.test_concurrency import at_once, committed_quarters, writer

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["committed_quarters"]


def speaker(by, pk, text):
    return lambda: comment(by=by, rows=IndicatorResult.objects.all(), result_id=pk, text=text)


def test_two_presses_at_once_say_it_once(committed_quarters):
    officer, pk = factories.officer(), factories.row_of("11").pk
    for turn in range(10):
        outcomes = at_once(*[speaker(officer, pk, f"Lần {turn}")] * 3)
        assert all(isinstance(one, Comment) for one in outcomes), outcomes
        assert Comment.objects.filter(text=f"Lần {turn}").count() == 1


def test_a_comment_and_the_close_never_cross(committed_quarters):
    _before, period = committed_quarters
    officer, pk = factories.officer(), factories.row_of("11").pk
    outcomes = at_once(
        lambda: factories.close_quarter(period),
        speaker(officer, pk, "Còn một điều"),
    )
    said = Comment.objects.filter(text="Còn một điều").count()
    assert isinstance(outcomes[1], CommentRefused if said == 0 else Comment), outcomes


def test_a_row_saved_while_its_level_is_confirmed_stands_on_the_new_one(committed_quarters):
    by, office, pk = factories.officer(), factories.coordinator(), factories.row_of("11").pk
    for turn in range(10):
        version = factories.row_of("11").version
        old = Threshold.objects.get(
            measure__indicator__code="11", region="TDMNPB", valid_to=None,
            measure__indicator__criterion__criteria_set__slug="ntm",
        )  # fmt: skip
        Threshold.objects.filter(pk=old.pk).update(certainty="memory")
        level = ConfirmedLevel(
            value=Decimal(20 + turn), options=[], source="QĐ", set_by="UBND tỉnh",
            begins=dt.date(2023, 6, 15) + dt.timedelta(days=turn),
        )  # fmt: skip

        def confirm(old=old, level=level):
            return confirm_level(by=office, threshold_id=old.pk, level=level)

        outcomes = at_once(confirm, confirm, writer(by, pk, turn + 40, version))
        assert sum(isinstance(one, LevelReplaced) for one in outcomes[:2]) == 1, outcomes
        assert isinstance(outcomes[2], tuple | StaleVersion), outcomes
        row = factories.row_of("11")
        if row.values.exists():
            (reason,) = [r for r in row.reasons if r["measure"] == "value"]
            assert Decimal(reason["level"]["value"]) == 20 + turn
            assert not row.unconfirmed
    assert Event.objects.filter(result=pk, kind=EventKind.REJUDGED).count() <= 10


@pytest.mark.postgres  # SQLite lets one write at a time: there the second waits before it begins
def test_a_first_value_under_way_is_judged_by_the_level_that_is_confirmed_meanwhile(
    committed_quarters,
):
    """The row is still blank for everybody else when the level is confirmed."""
    by, office, pk = factories.officer(), factories.coordinator(), factories.row_of("11").pk
    assert factories.row_of("11").basis == Basis.BLANK
    old = Threshold.objects.get(
        measure__indicator__code="11", region="TDMNPB", valid_to=None,
        measure__indicator__criterion__criteria_set__slug="ntm",
    )  # fmt: skip
    Threshold.objects.filter(pk=old.pk).update(certainty="memory")
    level = ConfirmedLevel(
        value=Decimal(20), options=[], source="QĐ", set_by="UBND tỉnh",
        begins=dt.date(2023, 6, 15),
    )  # fmt: skip
    written, confirming = threading.Event(), threading.Event()

    def write_slowly():
        with transaction.atomic():
            saved = writer(by, pk, 15, factories.row_of("11").version)()
            written.set()
            confirming.wait(10)
            time.sleep(0.5)  # the other has reached its lock, or, without one, its end
        return saved

    def confirm():
        written.wait(10)
        confirming.set()
        return confirm_level(by=office, threshold_id=old.pk, level=level)

    _saved, effect = at_once(write_slowly, confirm)
    assert [one.result.pk for one in effect.rejudged] == [pk]
    row = factories.row_of("11")
    assert Decimal(row.reasons[0]["level"]["value"]) == 20
    assert row.declared_verdict == "met"
    assert not row.unconfirmed
