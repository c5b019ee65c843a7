"""A figure that stands alone bears its whole name and its unit."""

from dataclasses import replace

import pytest

from reports.comparing import compared
from reports.figure_names import either, label_of, unit_of
from reports.quotable import quotable
from tests.reports.snapshots import published


def test_every_figure_that_can_be_quoted_has_a_unit():
    snapshot = published()
    bases = {one.key for one in snapshot.comparisons}
    keys = [key for key in quotable(snapshot) if key.partition(".")[0] not in bases]
    assert keys
    assert all(unit_of(key) for key in keys)


@pytest.mark.parametrize(
    ("key", "unit"),
    [
        ("headline.average", "tiêu chí/xã"),
        ("headline.recognised", "xã"),
        ("headline.verified", "chỉ tiêu"),
        ("poverty.poor_rate", "%"),
        ("commune.ban-bo", "tiêu chí"),
        ("criterion.11", "xã"),
    ],
)
def test_units(key, unit):
    assert unit_of(key) == unit


def renamed(snapshot, number: int, name: str):
    criteria = tuple(
        replace(one, name=name) if one.number == number else one
        for one in snapshot.definitions.criteria
    )
    return replace(snapshot, definitions=replace(snapshot.definitions, criteria=criteria))


def test_a_criterion_that_was_renamed_shows_both_names():
    first, second = published(), renamed(published(), 1, "Quy hoạch mới")
    old = first.definitions.criteria[0].name
    label = label_of("criterion.1", "Số xã đạt tiêu chí 1", first, second)
    assert label == f"Số xã đạt tiêu chí 1: Quy hoạch mới (văn bản thứ nhất: {old})"
    assert label_of("criterion.99", "Số xã đạt tiêu chí 99", first, second).endswith("99")


def test_a_name_of_one_paper_only_stands_alone():
    assert either("", "Mới") == "Mới"
    assert either("Cũ", "") == "Cũ"
    assert either("Một", "Một") == "Một"


def test_the_same_paper_twice_differs_in_nothing():
    found = compared(published(), published(), only_changed=True)
    assert found.same
    assert found.figures == found.same_figures == found.indicators == found.texts == []
