"""All 57 indicators of Decision 318/QĐ-TTg, Annex I, from the data file to the verdict.

Asked as for a commune of Tam Đường: Lai Châu, northern midlands and mountains, 2023.
"""

import datetime as dt
import json
from decimal import Decimal
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from communes.models import AdministrativeUnit
from criteria.definitions import MeasureDefinition, SetDefinition, load_definition, place_of
from criteria.evaluation import (
    Kind,
    Operator,
    Place,
    Verdict,
    Why,
    evaluate_indicator,
    resolve_level,
)
from criteria.models import CriteriaSet

HERE = Place(province="12", region="TDMNPB", year=2023)
FIXTURE = json.loads((settings.BASE_DIR / "fixtures" / "ntm.json").read_text(encoding="utf-8"))
CODES = [i["code"] for criterion in FIXTURE["criteria"] for i in criterion["indicators"]]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker) -> tuple[SetDefinition, Place]:
    """The set and the place of Bản Bo, loaded by the real command once and rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", stdout=StringIO())
        criteria_set = CriteriaSet.objects.get(slug="ntm")
        commune = AdministrativeUnit.objects.filter(slug="ban-bo").order_by("valid_from").first()
        data = load_definition.__wrapped__(criteria_set.pk, 1, dt.date(2023, 9, 14))
        place = place_of(commune, 2023)
        transaction.set_rollback(True)
    return data, place


@pytest.fixture(scope="module")
def national_set(loaded) -> SetDefinition:
    return loaded[0]


def verdict_of(indicator, values, **options) -> Verdict:
    return evaluate_indicator(indicator.specs, values, HERE, **options).verdict


def step(measure: MeasureDefinition) -> Decimal:
    """The smallest difference that can be typed."""
    return Decimal(1).scaleb(-measure.decimals)


def enough(measure: MeasureDefinition, known: dict):
    """A value that only just suffices; where no level is known, any value."""
    if measure.kind == Kind.BOOLEAN:
        return True
    level = resolve_level(measure.levels, HERE, known)
    if measure.kind == Kind.CHOICE:
        return level.options[0] if level else measure.choices[0]
    if level is None:
        return Decimal(1)
    return level.value + step(measure) if level.operator is Operator.MORE_THAN else level.value


def enough_everywhere(indicator, **known) -> dict:
    values = {m.key: Decimal(4) for m in indicator.measures if not m.deciding and m.required}
    values.update(known)
    return values | {m.key: enough(m, values) for m in indicator.measures if m.deciding}


def around(measure: MeasureDefinition, known: dict) -> list[tuple[object, Verdict]]:
    """Values just below, on and just above the level, each with the verdict that the law gives."""
    met, not_met = Verdict.MET, Verdict.NOT_MET
    if measure.kind == Kind.BOOLEAN:
        return [(True, met), (False, not_met)]
    level = resolve_level(measure.levels, HERE, known)
    if measure.kind == Kind.CHOICE:
        return [(c, met if c in level.options else not_met) for c in measure.choices]
    below, on, above = {
        Operator.AT_LEAST: (not_met, met, met),
        Operator.AT_MOST: (met, met, not_met),
        Operator.MORE_THAN: (not_met, not_met, met),
    }[level.operator]
    cases = [
        (level.value - step(measure), below),
        (level.value, on),
        (level.value + step(measure), above),
    ]
    highest = Decimal(100) if measure.kind == Kind.PERCENTAGE else Decimal("Infinity")
    return [(value, verdict) for value, verdict in cases if 0 <= value <= highest]


def is_known(measure: MeasureDefinition, known: dict) -> bool:
    return measure.kind == Kind.BOOLEAN or resolve_level(measure.levels, HERE, known) is not None


def test_the_set_has_its_19_criteria_and_57_indicators_in_order(national_set):
    assert [criterion.number for criterion in national_set.criteria] == list(range(1, 20))
    assert [indicator.code for indicator in national_set.indicators] == CODES
    assert len(set(CODES)) == 57
    assert CODES.index("17.10") == CODES.index("17.9") + 1


def test_ban_bo_lies_where_these_tests_ask(loaded):
    assert (loaded[1].province, loaded[1].region) == (HERE.province, HERE.region)


@pytest.mark.parametrize("code", CODES)
def test_an_indicator_is_missing_until_something_is_entered(national_set, code):
    indicator = national_set.by_code(code)
    outcome = evaluate_indicator(indicator.specs, {}, HERE, stated=True)
    assert outcome.verdict == Verdict.MISSING
    assert {reason.why for reason in outcome.reasons} == {Why.BLANK}


@pytest.mark.parametrize("code", CODES)
def test_an_indicator_is_met_where_each_value_only_just_suffices(national_set, code):
    indicator = national_set.by_code(code)
    values = enough_everywhere(indicator)
    assert verdict_of(indicator, values, stated=True) == Verdict.MET


@pytest.mark.parametrize("code", CODES)
def test_an_indicator_turns_exactly_at_each_of_its_levels(national_set, code):
    indicator = national_set.by_code(code)
    values = enough_everywhere(indicator)
    known = [m for m in indicator.measures if m.deciding and is_known(m, values)]
    for measure in known:
        cases = around(measure, values)
        assert len(cases) >= 2
        for value, verdict in cases:
            assert verdict_of(indicator, {**values, measure.key: value}, stated=True) == verdict


@pytest.mark.parametrize("code", CODES)
def test_an_indicator_without_a_known_level_is_what_the_officer_states(national_set, code):
    indicator = national_set.by_code(code)
    values = enough_everywhere(indicator)
    unknown = [m for m in indicator.measures if m.deciding and not is_known(m, values)]
    expected = (
        {True: Verdict.MET, False: Verdict.NOT_MET, None: Verdict.MISSING}
        if unknown
        else dict.fromkeys((True, False, None), Verdict.MET)
    )
    for stated, verdict in expected.items():
        assert verdict_of(indicator, values, stated=stated) == verdict


def test_some_levels_are_unknown_and_all_of_them_are_numbers(national_set):
    unknown = {
        indicator.code
        for indicator in national_set.indicators
        for measure in indicator.measures
        if measure.deciding and not is_known(measure, {"schools": Decimal(4)})
    }
    assert {"2.1", "2.2", "2.3", "2.4", "16"} <= unknown
    assert "11" not in unknown


@pytest.mark.parametrize(
    ("code", "key", "level"),
    [
        ("3.1", "value", 80),
        ("4.2", "value", 95),
        ("5", "minimum", 100),
        ("9.1", "value", 0),
        ("9.2", "value", 75),
        ("10", "value", 42),
        ("11", "value", 13),
        ("12.1", "men", 60),
        ("12.1", "women", 60),
        ("12.2", "men", 20),
        ("14.2", "women", 70),
        ("15.3", "value", 24),
        ("15.4", "value", 50),
        ("17.1", "clean", 30),
        ("17.1", "central", 10),
        ("17.4", "value", 2),
        ("17.10", "value", 100),
    ],
)
def test_the_level_of_the_northern_mountains_is_taken(national_set, code, key, level):
    measure = national_set.by_code(code).measure(key)
    assert resolve_level(measure.levels, HERE, {}).value == level


def test_the_income_asked_rises_with_the_year(national_set):
    levels = national_set.by_code("10").measures[0].levels
    by_year = [
        resolve_level(levels, Place(region="TDMNPB", year=year), {}).value
        for year in (2022, 2023, 2024, 2025)
    ]
    assert by_year == [39, 42, 45, 48]


@pytest.mark.parametrize(("schools", "level"), [(1, 50), (3, 50), (4, 70), (9, 70)])
def test_indicator_5_asks_more_of_a_commune_with_more_than_three_schools(
    national_set, schools, level
):
    indicator = national_set.by_code("5")
    values = {"schools": Decimal(schools), "minimum": Decimal(100), "level_1": Decimal(level)}
    assert verdict_of(indicator, values) == Verdict.MET
    values["level_1"] -= Decimal("0.01")
    assert verdict_of(indicator, values) == Verdict.NOT_MET
    del values["schools"]
    assert verdict_of(indicator, values, stated=True) == Verdict.MISSING


@pytest.mark.parametrize("code", ["12.1", "12.2", "14.2", "17.1"])
def test_a_pair_fails_on_either_side_and_is_missing_by_half(national_set, code):
    indicator = national_set.by_code(code)
    values = enough_everywhere(indicator)
    first, second = (measure for measure in indicator.measures if measure.deciding)
    for measure in (first, second):
        short = {**values, measure.key: values[measure.key] - Decimal("0.01")}
        assert verdict_of(indicator, short) == Verdict.NOT_MET
        assert verdict_of(indicator, {**values, measure.key: None}) == Verdict.MISSING


@pytest.mark.parametrize("code", ["9.1", "11", "15.3"])
def test_where_lower_is_better_less_is_met_and_more_is_not(national_set, code):
    indicator = national_set.by_code(code)
    (measure,) = (m for m in indicator.measures if m.deciding)
    assert measure.direction == "lower"
    level = resolve_level(measure.levels, HERE, {}).value
    assert verdict_of(indicator, {"value": Decimal(0)}) == Verdict.MET
    assert verdict_of(indicator, {"value": level + step(measure)}) == Verdict.NOT_MET


def test_the_poverty_of_the_directive_fails_by_an_unconfirmed_level(national_set):
    indicator = national_set.by_code("11")
    rate = Decimal("25.52") + Decimal("13.53")
    outcome = evaluate_indicator(indicator.specs, {"value": rate}, HERE)
    assert outcome.verdict == Verdict.NOT_MET
    assert outcome.unconfirmed
    assert len(outcome.reasons) == 1


def test_a_verified_level_is_not_marked(national_set):
    indicator = national_set.by_code("15.3")
    assert not evaluate_indicator(indicator.specs, {"value": Decimal(24)}, HERE).unconfirmed


def test_the_direction_of_each_measure_agrees_with_its_levels(national_set):
    wanted = {
        Operator.AT_LEAST: "higher",
        Operator.MORE_THAN: "higher",
        Operator.AT_MOST: "lower",
    }
    for indicator in national_set.indicators:
        for measure in indicator.measures:
            for level in measure.levels:
                assert measure.direction == wanted.get(level.operator, measure.direction)
