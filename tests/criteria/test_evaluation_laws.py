"""Laws that hold for every value, level and place (Hypothesis)."""

import ast
import itertools
import json
from dataclasses import FrozenInstanceError
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from criteria import evaluation
from criteria.evaluation import (
    AmbiguousLevelError,
    Condition,
    Kind,
    Level,
    MeasureSpec,
    Operator,
    Place,
    Reason,
    Verdict,
    Why,
    evaluate_criterion,
    evaluate_criterion_counts,
    evaluate_indicator,
    resolve_level,
)
from criteria.reasons import reasons_from_json, reasons_to_json

numbers = st.decimals(0, 1000, places=2)
verdicts = st.sampled_from(Verdict)
comparisons = st.sampled_from([Operator.AT_LEAST, Operator.AT_MOST, Operator.MORE_THAN])
conditions = st.builds(Condition, st.sampled_from(["a", "b"]), comparisons, numbers)
levels = st.builds(
    Level,
    operator=comparisons,
    value=numbers,
    province=st.sampled_from(["", "12", "11"]),
    region=st.sampled_from(["", "TDMNPB", "DBSH"]),
    group=st.sampled_from(["", "kv1", "kv3"]),
    year=st.sampled_from([None, 2022, 2023]),
    condition=st.none() | conditions,
    confirmed=st.booleans(),
)
places = st.builds(
    Place,
    province=st.sampled_from(["", "12"]),
    region=st.sampled_from(["", "TDMNPB"]),
    group=st.sampled_from(["", "kv3"]),
    year=st.sampled_from([None, 2022, 2023]),
)
inputs = st.dictionaries(st.sampled_from(["a", "b"]), st.none() | numbers)


def verdict_of(operator: Operator, level: Decimal, value: Decimal) -> Verdict:
    measure = MeasureSpec("value", Kind.NUMBER, levels=(Level(operator, level),))
    return evaluate_indicator([measure], {"value": value}, Place()).verdict


@given(st.sampled_from([Operator.AT_LEAST, Operator.MORE_THAN]), numbers, numbers, numbers)
def test_more_of_what_should_be_high_never_loses_the_verdict(operator, level, value, more):
    before, after = (verdict_of(operator, level, v) for v in (value, value + more))
    assert not (before == Verdict.MET and after == Verdict.NOT_MET)


@given(numbers, numbers, numbers)
def test_less_of_what_should_be_low_never_loses_the_verdict(level, value, less):
    assume(value >= less)
    before, after = (verdict_of(Operator.AT_MOST, level, v) for v in (value, value - less))
    assert not (before == Verdict.MET and after == Verdict.NOT_MET)


@given(numbers)
def test_exactly_on_the_level_is_enough_unless_more_is_asked(level):
    assert verdict_of(Operator.AT_LEAST, level, level) == Verdict.MET
    assert verdict_of(Operator.AT_MOST, level, level) == Verdict.MET
    assert verdict_of(Operator.MORE_THAN, level, level) == Verdict.NOT_MET


def outcome_of_resolving(some_levels, place, values):
    try:
        return resolve_level(some_levels, place, values)
    except AmbiguousLevelError:
        return AmbiguousLevelError


@given(st.lists(levels, max_size=4), places, inputs)
def test_the_order_of_the_levels_never_matters(some_levels, place, values):
    found = {
        outcome_of_resolving(order, place, values) for order in itertools.permutations(some_levels)
    }
    assert len(found) == 1


@given(st.lists(levels, max_size=6), places, inputs)
def test_a_level_for_this_very_place_group_year_and_condition_always_wins(
    some_levels, place, values
):
    here = Place("12", "TDMNPB", "kv3", 2023)
    exact = Level(
        Operator.AT_LEAST,
        Decimal(1),
        province="12",
        group="kv3",
        year=2023,
        condition=Condition("a", Operator.AT_LEAST, Decimal(0)),
    )
    others = [
        level for level in some_levels if not (level.province and level.group and level.condition)
    ]
    for position in range(len(others) + 1):
        mixed = [*others[:position], exact, *others[position:]]
        assert resolve_level(mixed, here, {**values, "a": Decimal(1)}) == exact


@given(st.lists(levels, max_size=4), places, inputs, st.sampled_from([None, True, False]))
def test_a_level_that_hangs_on_a_blank_gives_no_verdict(some_levels, place, values, stated):
    measure = MeasureSpec("value", Kind.NUMBER, levels=tuple(some_levels))
    try:
        outcome = evaluate_indicator(
            [measure], {**values, "value": Decimal(1)}, place, stated=stated
        )
    except AmbiguousLevelError:
        return
    if any(reason.why == Why.BLANK for reason in outcome.reasons):
        assert outcome.verdict == Verdict.MISSING
    for reason in outcome.reasons:
        if reason.level is not None and reason.level.condition is not None:
            assert values[reason.level.condition.measure] is not None


BETTER = {Verdict.NOT_MET: 0, Verdict.MISSING: 1, Verdict.MET: 2}


@given(st.lists(st.sampled_from(list(BETTER)), min_size=1), st.data())
def test_a_better_indicator_never_makes_a_criterion_worse(some, data):
    at = data.draw(st.integers(0, len(some) - 1))
    better = data.draw(st.sampled_from([v for v in BETTER if BETTER[v] >= BETTER[some[at]]]))
    improved = [*some[:at], better, *some[at + 1 :]]
    assert BETTER[evaluate_criterion(improved)] >= BETTER[evaluate_criterion(some)]


@given(st.lists(verdicts, min_size=1), st.integers(1, 3))
def test_what_does_not_apply_changes_nothing(some, times):
    more = [*some, *[Verdict.NOT_APPLICABLE] * times]
    assert evaluate_criterion(more) == evaluate_criterion(some)


@given(st.lists(verdicts))
def test_counting_gives_the_same_criterion_as_listing(some):
    counts = {verdict: some.count(verdict) for verdict in Verdict}
    assert evaluate_criterion_counts(counts) == evaluate_criterion(some)


reasons = st.builds(
    Reason,
    why=st.sampled_from(Why),
    verdict=verdicts,
    measure=st.text(max_size=5),
    value=st.none() | st.booleans() | st.text() | st.decimals(allow_nan=False),
    level=st.none()
    | levels
    | st.builds(
        Level,
        operator=st.just(Operator.ONE_OF),
        options=st.lists(st.text(), min_size=1).map(tuple),
    ),
)


@given(st.lists(reasons))
def test_reasons_come_back_from_json_exactly(some):
    stored = json.loads(json.dumps(reasons_to_json(some)))
    back = reasons_from_json(stored)
    assert back == tuple(some)
    assert [repr(reason) for reason in back] == [repr(reason) for reason in some]


def test_the_rule_knows_no_framework_no_database_and_no_floats():
    tree = ast.parse(Path(evaluation.__file__).read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= {"__future__", "collections", "dataclasses", "decimal", "enum", "typing"}
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    constants = {type(n.value) for n in ast.walk(tree) if isinstance(n, ast.Constant)}
    assert "float" not in names
    assert float not in constants


@pytest.mark.parametrize(
    ("thing", "field"),
    [
        (Level(Operator.AT_LEAST, Decimal(1)), "value"),
        (Place(), "year"),
        (Reason(Why.YES, Verdict.MET), "verdict"),
        (MeasureSpec("value", Kind.BOOLEAN), "levels"),
    ],
)
def test_definitions_and_reasons_cannot_be_altered(thing, field):
    with pytest.raises(FrozenInstanceError):
        setattr(thing, field, None)
