"""Confirming a level: the old one ends, the new one begins, open quarters are judged anew."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Role
from assessments.models import Channel, Event, EventKind, Review
from assessments.rejudging import NotYours, confirm_level, preview, standing_on
from assessments.sheet import load_sheet
from communes.provenance import Certainty
from criteria.actions import ConfirmedLevel, LevelReplaced
from criteria.models import CriteriaSet, Threshold
from periods.clock import now
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
BEGINS = dt.date(2023, 6, 15)  # the first day of Quarter III's data


def poverty() -> Threshold:
    """The unconfirmed level of indicator 11 in this region: at most 13 %."""
    return Threshold.objects.get(
        measure__indicator__code="11", measure__indicator__criterion__criteria_set__slug="ntm",
        region="TDMNPB", valid_to=None,
    )  # fmt: skip


def level(value="13", begins=BEGINS) -> ConfirmedLevel:
    return ConfirmedLevel(
        value=Decimal(value),
        options=[],
        source="Quyết định 100/QĐ-UBND ngày 01/06/2023 của UBND tỉnh Lai Châu",
        set_by="UBND tỉnh Lai Châu",
        begins=begins,
    )


def confirm(value="13", begins=BEGINS, by=None, threshold=None):
    return confirm_level(
        by=by or factories.coordinator(),
        threshold_id=(threshold or poverty()).pk,
        level=level(value, begins),
    )


def test_the_old_level_ends_and_the_confirmed_one_begins():
    old = poverty()
    revision = CriteriaSet.objects.get(slug="ntm").revision
    confirm("15")
    old.refresh_from_db()
    new = poverty()
    assert (old.value, old.certainty) != (new.value, new.certainty)
    assert old.valid_to == dt.date(2023, 6, 14)
    assert (new.value, new.valid_from, new.certainty) == (15, BEGINS, Certainty.CONFIRMED)
    assert new.source.startswith("Quyết định 100/QĐ-UBND")
    assert CriteriaSet.objects.get(slug="ntm").revision == revision + 1
    assert new.history.get().history_user == factories.coordinator()


def test_saved_rows_of_open_quarters_are_judged_anew_with_an_event():
    factories.save("11", {"value": Decimal(14)}, note="Theo rà soát")
    before = factories.row_of("11")
    effect = confirm("15")
    row = factories.row_of("11")
    assert (before.declared_verdict, row.declared_verdict) == ("not_met", "met")
    assert before.unconfirmed
    assert not row.unconfirmed
    assert row.version == before.version + 1
    assert row.changed_by == before.changed_by
    assert [one.result.pk for one in effect.turning] == [row.pk]
    event = Event.objects.get(kind=EventKind.REJUDGED)
    assert (event.channel, event.by) == (Channel.SYSTEM, factories.coordinator())
    assert (event.before["verdict"], event.after["verdict"]) == ("not_met", "met")
    assert "100/QĐ-UBND" in event.reason
    sheet = load_sheet(factories.assessment("ban-bo"))
    assert sheet.row(row.pk).verdict == "met"


def test_a_mere_confirmation_takes_the_mark_away_and_changes_no_verdict():
    factories.save("11", {"value": Decimal(14)})
    effect = confirm("13")
    assert len(effect.rejudged) == 1
    assert effect.turning == []
    row = factories.row_of("11")
    assert (row.declared_verdict, row.unconfirmed) == ("not_met", False)


def test_blank_rows_and_other_indicators_stay_as_they_are():
    factories.save("10", {"value": Decimal(30)})
    confirm("15")
    assert not Event.objects.filter(kind=EventKind.REJUDGED).exists()
    assert factories.row_of("10").version == 2


def test_a_closed_quarter_never_changes():
    before = factories.row_of("11", period="2023-q2")
    confirm("1")
    after = factories.row_of("11", period="2023-q2")
    assert (after.version, after.declared_verdict, after.reasons) == (
        before.version,
        before.declared_verdict,
        before.reasons,
    )


def test_a_day_within_a_closed_quarter_is_refused():
    with pytest.raises(ValidationError) as refused:
        confirm(begins=dt.date(2023, 6, 14))
    assert "begins" in refused.value.message_dict
    assert poverty().valid_to is None


def test_what_was_verified_keeps_its_verdict_and_is_named():
    factories.save("11", {"value": Decimal(14)})
    row = factories.row_of("11")
    row.review, row.verified_verdict = Review.VERIFIED, "not_met"
    row.reviewed_by, row.reviewed_at = factories.department(), now()
    row.save(update_fields=["review", "verified_verdict", "reviewed_by", "reviewed_at"])
    effect = confirm("15")
    assert [one.result.pk for one in effect.left] == [row.pk]
    assert effect.rejudged == ()
    row.refresh_from_db()
    assert (row.declared_verdict, row.verified_verdict) == ("not_met", "not_met")


def test_a_preview_says_the_same_and_leaves_nothing():
    factories.save("11", {"value": Decimal(14)})
    old, version = poverty(), factories.row_of("11").version
    effect = preview(by=factories.coordinator(), threshold_id=old.pk, level=level("15"))
    assert [one.after for one in effect.turning] == ["met"]
    assert poverty().pk == old.pk
    assert factories.row_of("11").version == version
    assert not Event.objects.filter(kind=EventKind.REJUDGED).exists()
    assert not load_sheet(factories.assessment("ban-bo")).row(factories.row_of("11").pk).is_blank


def test_a_second_press_changes_nothing_more():
    old = poverty()
    confirm("15")
    with pytest.raises(LevelReplaced):
        confirm("15", threshold=old)
    assert Threshold.objects.filter(measure=old.measure, region="TDMNPB").count() == 2


@pytest.mark.parametrize(
    "who", [factories.officer, factories.department, factories.leader], ids=lambda who: who.__name__
)
def test_only_the_standing_office_confirms(who):
    with pytest.raises(NotYours):
        confirm(by=who())
    assert poverty().valid_to is None


def test_the_administrator_may_too():
    assert confirm(by=factories.person(Role.ADMINISTRATOR)) is not None


def test_how_many_rows_stand_on_a_level_is_what_was_applied():
    for slug in ("ban-bo", "giang-ma"):
        factories.save("11", {"value": Decimal(14)}, slug=slug)
    levels = list(
        Threshold.objects.filter(measure=poverty().measure).select_related("measure", "province")
    )
    found = standing_on(levels)
    assert found.pop(poverty().pk) == 2
    assert set(found.values()) <= {0}


def test_the_queries_do_not_grow_with_the_rows(django_assert_max_num_queries):
    factories.save("11", {"value": Decimal(14)})
    ask = {"by": factories.coordinator(), "threshold_id": poverty().pk, "level": level("15")}
    with django_assert_max_num_queries(50) as few:
        preview(**ask)
    for slug in ("giang-ma", "ho-thau", "binh-lu", "ta-leng", "na-tam"):
        factories.save("11", {"value": Decimal(14)}, slug=slug)
    with django_assert_max_num_queries(50) as many:
        effect = preview(**ask)
    assert len(effect.turning) == 6
    assert len(many) == len(few)
