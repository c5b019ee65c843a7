"""Definitions as plain data: the right levels, few queries, and nothing stale."""

import datetime as dt
from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest
from django.utils import translation

from communes.models import AdministrativeUnit, Level, UnitKind
from criteria import evaluation
from criteria.actions import bump_revision
from criteria.definitions import load_definition, place_of
from criteria.models import CriteriaSet, Criterion, Indicator, Measure, Threshold

pytestmark = pytest.mark.django_db
DAY = dt.date(2023, 9, 14)


def unit(name: str, level: str, parent=None, **fields) -> AdministrativeUnit:
    kinds = {"province": UnitKind.PROVINCE, "district": UnitKind.DISTRICT}
    return AdministrativeUnit.objects.create(
        code=fields.pop("code", name[:8]),
        name=name,
        short_name=name,
        slug=name,
        level=level,
        kind=kinds.get(level, UnitKind.COMMUNE),
        parent=parent,
        **fields,
    )


@pytest.fixture
def province() -> AdministrativeUnit:
    return unit("lai-chau", Level.PROVINCE, code="12", region="TDMNPB")


@pytest.fixture
def criteria_set() -> CriteriaSet:
    return CriteriaSet.objects.create(
        slug="thu",
        code="THU",
        name="Bộ thử",
        name_en="Trial set",
        level="commune",
        tier="ntm",
        decision_number="1/QĐ",
        decision_date=DAY,
        valid_from=dt.date(2022, 1, 1),
        official_criteria=2,
        official_indicators=3,
    )


@pytest.fixture
def share(criteria_set, province) -> Measure:
    """The conditional measure of a lone indicator 5, in a set whose rows were made out of order."""
    water = Criterion.objects.create(
        criteria_set=criteria_set, number=17, name="Môi trường", name_en="Environment"
    )
    schools = Criterion.objects.create(criteria_set=criteria_set, number=5, name="Trường học")
    for code, position in (("17.10", 10), ("17.9", 9)):
        indicator = Indicator.objects.create(
            criterion=water, code=code, position=position, text=code, text_en=f"en {code}"
        )
        Measure.objects.create(indicator=indicator, key="value", kind="boolean")
    indicator = Indicator.objects.create(criterion=schools, code="5", position=1, text="Trường")
    number = Measure.objects.create(
        indicator=indicator,
        key="schools",
        position=2,
        kind="number",
        unit="trường",
        unit_en="schools",
        decimals=0,
        deciding=False,
    )
    share = Measure.objects.create(
        indicator=indicator,
        key="level_1",
        position=1,
        label="Mức độ 1",
        label_en="Level 1",
        kind="percentage",
        unit="%",
    )
    Threshold.objects.create(
        measure=share,
        operator="gte",
        value=Decimal(70),
        province=province,
        condition_measure=number,
        condition_operator="gt",
        condition_value=Decimal(3),
        certainty="verified",
        set_by="Bộ GD&ĐT",
    )
    Threshold.objects.create(
        measure=share,
        operator="gte",
        value=Decimal(40),
        valid_to=dt.date(2022, 12, 31),
        certainty="memory",
    )
    Threshold.objects.create(
        measure=share,
        operator="gte",
        value=Decimal(50),
        valid_from=dt.date(2023, 1, 1),
        certainty="memory",
    )
    return share


def test_a_set_is_read_in_its_official_order(criteria_set, share):
    loaded = load_definition(criteria_set.pk, 1, DAY)
    assert (loaded.id, loaded.slug) == (criteria_set.pk, "thu")
    assert [criterion.number for criterion in loaded.criteria] == [5, 17]
    assert [indicator.code for indicator in loaded.indicators] == ["5", "17.9", "17.10"]
    assert [measure.key for measure in loaded.by_code("5").measures] == ["level_1", "schools"]
    assert loaded.indicator(share.indicator_id).criterion_number == 5
    assert loaded.criterion(17).indicators[1].code == "17.10"
    assert loaded.by_code("5").measure("level_1").id == share.pk
    assert loaded.by_code("5").measure("unheard-of") is None
    with pytest.raises(KeyError):
        loaded.indicator(0)


def test_levels_carry_everything_that_evaluation_asks(criteria_set, share):
    measure = load_definition(criteria_set.pk, 1, DAY).by_code("5").measure("level_1")
    assert measure.set_by == "Bộ GD&ĐT"
    assert measure.levels == (
        evaluation.Level(
            evaluation.Operator.AT_LEAST,
            Decimal(70),
            province="12",
            condition=evaluation.Condition("schools", evaluation.Operator.MORE_THAN, Decimal(3)),
        ),
        evaluation.Level(evaluation.Operator.AT_LEAST, Decimal(50), confirmed=False),
    )


def test_a_closed_level_still_holds_for_the_days_in_which_it_was_valid(criteria_set, share):
    then = load_definition(criteria_set.pk, 1, dt.date(2022, 12, 31)).by_code("5")
    values = [level.value for level in then.measure("level_1").levels]
    assert values == [70, 40]


def test_four_queries_the_first_time_and_none_afterwards(
    criteria_set, share, django_assert_num_queries
):
    with django_assert_num_queries(4):
        first = load_definition(criteria_set.pk, 1, DAY)
    with django_assert_num_queries(0):
        assert load_definition(criteria_set.pk, 1, DAY) is first


def test_a_change_that_raises_the_revision_is_read_anew(criteria_set, share):
    before = load_definition(criteria_set.pk, criteria_set.revision, DAY)
    Indicator.objects.filter(pk=share.indicator_id).update(text="Trường học mới")
    assert bump_revision(criteria_set) == 2
    assert criteria_set.revision == 2
    after = load_definition(criteria_set.pk, criteria_set.revision, DAY)
    assert before.by_code("5").text == "Trường"
    assert after.by_code("5").text == "Trường học mới"


def test_revisions_raised_by_two_people_are_both_counted(criteria_set):
    stale = CriteriaSet.objects.get(pk=criteria_set.pk)
    bump_revision(criteria_set)
    assert bump_revision(stale) == 3


def test_titles_follow_the_language_and_fall_back_to_vietnamese(criteria_set, share):
    loaded = load_definition(criteria_set.pk, 1, DAY)
    measure = loaded.by_code("5").measure("level_1")
    with translation.override("vi"):
        assert (loaded.title, measure.title) == ("Bộ thử", "Mức độ 1")
        assert loaded.by_code("17.9").title == "17.9"
    with translation.override("en"):
        assert (loaded.title, measure.title) == ("Trial set", "Level 1")
        assert loaded.by_code("17.9").title == "en 17.9"
        assert loaded.criterion(17).title == "Environment"
        assert loaded.criterion(5).title == "Trường học"
        assert loaded.by_code("5").measure("schools").unit_title == "schools"


def test_an_empty_set_is_a_set_and_an_unknown_one_an_error(criteria_set):
    assert load_definition(criteria_set.pk, 1, DAY).criteria == ()
    with pytest.raises(CriteriaSet.DoesNotExist):
        load_definition(0, 1, DAY)


def test_definitions_cannot_be_altered(criteria_set, share):
    loaded = load_definition(criteria_set.pk, 1, DAY)
    for thing in (
        loaded,
        loaded.criteria[0],
        loaded.indicators[0],
        loaded.indicators[0].measures[0],
    ):
        with pytest.raises(FrozenInstanceError):
            thing.id = 0


def test_a_place_is_told_from_the_unit_and_those_above_it(province, django_assert_num_queries):
    district = unit("tam-duong", Level.DISTRICT, province)
    unit("ban-bo", Level.COMMUNE, district, group="kv3")
    commune = AdministrativeUnit.objects.select_related("parent__parent").get(slug="ban-bo")
    with django_assert_num_queries(0):
        place = place_of(commune, 2023)
    assert place == evaluation.Place("12", "TDMNPB", "kv3", 2023)


def test_a_unit_that_names_a_region_of_its_own_is_judged_by_that(province):
    commune = unit("xa", Level.COMMUNE, province, region="DBSH")
    assert place_of(commune, 2025) == evaluation.Place("12", "DBSH", "", 2025)
    alone = unit("le", Level.COMMUNE)
    assert place_of(alone, 2025) == evaluation.Place(year=2025)
