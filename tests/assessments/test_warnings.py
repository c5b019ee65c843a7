"""What looks wrong in a row, in plain values."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.warnings import WarningKind, is_criterion_lost, row_warnings
from criteria.evaluation import Kind, Level, Operator, Verdict

PERCENT = [SimpleNamespace(key="value", kind=Kind.PERCENTAGE, levels=())]
NUMBER = [SimpleNamespace(key="value", kind=Kind.NUMBER, levels=())]
LEVELS = tuple(Level(Operator.AT_LEAST, value) for value in (Decimal(42), Decimal(71), None))
INCOME = [SimpleNamespace(key="value", kind=Kind.NUMBER, levels=LEVELS)]
percentages = st.decimals(0, 100, places=2)


def kinds(measures, values, previous):
    return [w.kind for w in row_warnings(measures, values, previous)]


@pytest.mark.parametrize(
    ("before", "after", "jumps"),
    [("30", "35", True), ("30", "34.99", False), ("35", "30", True), ("30", "30", False)],
)
def test_five_points_up_or_down_are_a_jump(before, after, jumps):
    found = kinds(PERCENT, {"value": Decimal(after)}, {"value": Decimal(before)})
    assert (WarningKind.JUMP in found) is jumps


@pytest.mark.parametrize(
    ("before", "after", "jumps"),
    [("40", "48", True), ("40", "47.99", False), ("0", "1", True), ("0", "0", False)],
)
def test_a_fifth_of_any_other_number_is_a_jump(before, after, jumps):
    found = kinds(NUMBER, {"value": Decimal(after)}, {"value": Decimal(before)})
    assert (WarningKind.JUMP in found) is jumps


@given(percentages, percentages)
def test_a_jump_up_is_as_large_as_the_same_jump_down(one, other):
    up = kinds(PERCENT, {"value": one}, {"value": other})
    down = kinds(PERCENT, {"value": other}, {"value": one})
    assert up == down


def test_a_blank_on_either_side_is_no_jump():
    assert kinds(PERCENT, {}, {"value": Decimal(1)}) == []
    assert kinds(PERCENT, {"value": Decimal(90)}, {}) == []


def test_the_warning_says_from_what_to_what():
    (warning,) = row_warnings(PERCENT, {"value": Decimal("25.52")}, {"value": Decimal("34.9")})
    assert (warning.before, warning.after) == (Decimal("34.9"), Decimal("25.52"))
    assert warning.difference == Decimal("-9.38")


def test_a_part_larger_than_its_whole_is_pointed_out():
    values = {"clean": Decimal(30), "central": Decimal(31)}
    assert kinds([], values, {}) == [WarningKind.PART_EXCEEDS_WHOLE]
    assert kinds([], {"clean": Decimal(30), "central": Decimal(30)}, {}) == []


@pytest.mark.parametrize(
    ("rate", "found"),
    [
        ("39.05", []),
        ("39.06", []),
        ("39.07", [WarningKind.RATE_DIFFERS]),
        ("39.1", []),
        ("39.0", []),
        ("39.2", [WarningKind.RATE_DIFFERS]),
        ("25.52", [WarningKind.RATE_DIFFERS]),
    ],
)
def test_a_typed_poverty_rate_is_held_against_its_households(rate, found):
    values = {
        "value": Decimal(rate),
        "households": Decimal(10_000),
        "poor": Decimal(2552),
        "near_poor": Decimal(1353),
    }
    assert kinds([], values, {}) == found


def test_more_poor_households_than_households_are_pointed_out():
    values = {"households": Decimal(10), "poor": Decimal(8), "near_poor": Decimal(3)}
    assert kinds([], values, {}) == [WarningKind.COUNTS_EXCEED]


def test_no_households_at_all_is_no_division_by_zero():
    values = dict.fromkeys(("value", "households", "poor", "near_poor"), Decimal(0))
    assert kinds([], values, {}) == []


def test_only_met_to_not_met_is_a_loss():
    assert is_criterion_lost(Verdict.MET, Verdict.NOT_MET)
    for before in (None, Verdict.NOT_MET, Verdict.MISSING, Verdict.NOT_APPLICABLE):
        assert not is_criterion_lost(before, Verdict.NOT_MET)
    assert not is_criterion_lost(Verdict.MET, Verdict.MISSING)


@pytest.mark.parametrize(
    ("value", "asked"), [("46000000", True), ("71000", True), ("70999.99", False), ("46", False)]
)
def test_a_thousand_times_the_highest_level_is_rather_another_unit(value, asked):
    assert (kinds(INCOME, {"value": Decimal(value)}, {}) == [WarningKind.OTHER_UNIT]) is asked


def test_another_unit_is_asked_about_before_the_jump_it_makes():
    found = kinds(INCOME, {"value": Decimal(46_000_000)}, {"value": Decimal(46)})
    assert found == [WarningKind.OTHER_UNIT, WarningKind.JUMP]


@pytest.mark.parametrize("value", ["0", "99999999"])
def test_without_a_level_no_unit_is_doubted(value):
    assert kinds(NUMBER, {"value": Decimal(value)}, {}) == []


@pytest.mark.parametrize(("schools", "asked"), [("0", True), ("0.0", True), ("1", False)])
def test_no_school_at_all_is_asked_about(schools, asked):
    values = {"schools": Decimal(schools), "minimum": Decimal(100), "level_1": Decimal(70)}
    assert (kinds([], values, {}) == [WarningKind.NO_SCHOOLS]) is asked
    assert kinds([], {"schools": None}, {}) == []
