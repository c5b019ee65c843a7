"""Which level holds here: the most specific one, and none where none is known."""

from decimal import Decimal

import pytest

from criteria.evaluation import (
    AmbiguousLevelError,
    Place,
    missing_condition,
    possible_levels,
    resolve_level,
)
from tests.criteria.builders import (
    HERE,
    MORE_THAN_THREE,
    SCHOOLS,
    THREE_OR_FEWER,
    at_least,
)


def test_a_condition_does_not_matter_where_a_more_specific_level_holds():
    level_1 = SCHOOLS[1]
    delta = Place(region="DBSH", year=2023)
    assert missing_condition(level_1.levels, delta, {}) is None
    assert missing_condition(level_1.levels, HERE, {}) == "schools"
    assert len(possible_levels(level_1.levels, HERE, {})) == 2
    assert missing_condition(level_1.levels, HERE, {"schools": Decimal(4)}) is None


def test_a_less_specific_level_stays_possible_while_a_condition_is_open():
    levels = (at_least(80), at_least(70, condition=MORE_THAN_THREE), at_least(10, region="DBSH"))
    assert set(possible_levels(levels, HERE, {})) == set(levels[:2])
    assert possible_levels(levels, HERE, {"schools": Decimal(3)}) == levels[:1]
    assert possible_levels(levels, HERE, {"schools": Decimal(4)}) == levels[1:2]


@pytest.mark.parametrize(
    ("general", "specific"),
    [
        ({}, {"region": "TDMNPB"}),
        ({"region": "TDMNPB"}, {"province": "12"}),
        ({"region": "TDMNPB", "group": "kv3", "year": 2023}, {"province": "12"}),
        ({"group": "kv3", "year": 2023}, {"region": "TDMNPB"}),
        ({}, {"group": "kv3"}),
        ({"year": 2023}, {"group": "kv3"}),
        ({}, {"year": 2023}),
        ({"condition": MORE_THAN_THREE}, {"year": 2023}),
        ({}, {"condition": MORE_THAN_THREE}),
    ],
)
def test_the_most_specific_level_wins(general, specific):
    broad, narrow = at_least(1, **general), at_least(2, **specific)
    values = {"schools": Decimal(4)}
    assert resolve_level([broad, narrow], HERE, values) == narrow
    assert resolve_level([narrow, broad], HERE, values) == narrow


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"province": "11"},
        {"region": "DBSH"},
        {"group": "kv1"},
        {"year": 2022},
        {"condition": THREE_OR_FEWER},
    ],
)
def test_a_level_for_elsewhere_is_none_here(elsewhere):
    values = {"schools": Decimal(4)}
    assert resolve_level([at_least(1, **elsewhere)], HERE, values) is None
    assert resolve_level([at_least(1, **elsewhere), at_least(2)], HERE, values) == at_least(2)


def test_a_place_of_which_nothing_is_known_has_only_the_national_level():
    levels = [at_least(1), at_least(2, region="TDMNPB"), at_least(3, group="kv3")]
    assert resolve_level(levels, Place(), {}) == at_least(1)


def test_two_equally_specific_levels_contradict_each_other():
    levels = [at_least(30, region="TDMNPB"), at_least(40, region="TDMNPB")]
    with pytest.raises(AmbiguousLevelError, match="2 levels"):
        resolve_level(levels, HERE, {})
    assert resolve_level([*levels, at_least(5, province="12")], HERE, {}) == at_least(
        5, province="12"
    )
