"""Nine months estimate the year, twelve name the targets of the next (regulations, part d)."""

from dataclasses import replace

import pytest

from reports import narrative_next
from reports.presenting import generated_section
from reports.sections import compose
from tests.reports.small_papers import said
from tests.reports.snapshots import six_months


def paper(kind: str, *years: int):
    """The demonstration's as another kind; each target due in the next of ``years``."""
    whole = six_months()
    targets = tuple(
        replace(one, year=year) for one, year in zip(whole.targets, years, strict=False)
    )
    given = replace(whole.paper, kind=kind, term="9 tháng đầu năm 2023")
    return replace(whole, paper=given, targets=targets)


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        ("quarter", None),
        ("6-months", None),
        ("9-months", "Ước thực hiện cả năm 2023"),
        ("12-months", "Mục tiêu năm 2024"),
        ("adhoc", None),
    ],
)
def test_each_kind_has_the_section_that_it_is_asked_for(kind, heading):
    snapshot = paper(kind)
    found = [one for one in compose(snapshot, {}, []) if (one.number, one.level) == ("7", 2)]
    assert [one.heading for one in found] == ([heading] if heading else [])
    assert all(one.text for one in found), "where there is no data it says so"
    for key in ("estimate", "next_targets"):
        there = generated_section(snapshot, key, [])
        assert (there is not None) == (key in [one.key for one in found])


def test_the_estimate_names_what_is_due_this_year_and_guesses_nothing():
    lines = said(narrative_next.estimate, paper("9-months", 2023, 2025))[0]
    assert lines == [
        "Đến hết 9 tháng đầu năm 2023, 08/12 xã đã được công nhận đạt chuẩn nông thôn mới.",
        "Theo mục tiêu được giao, trong năm 2023 phấn đấu hoàn thành:",
        "- Xã Giang Ma: đạt chuẩn nông thôn mới (hiện đạt 13/19 tiêu chí).",
        "Chưa có số liệu ước thực hiện cả năm 2023.",
    ]
    lines = said(narrative_next.estimate, paper("9-months", 2025))[0]
    assert lines[1] == "Không có đơn vị nào được giao mục tiêu đạt chuẩn trong năm 2023."


def test_the_year_names_the_targets_of_the_next_and_else_the_later_ones():
    lines = said(narrative_next.next_targets, paper("12-months", 2024, 2025))[0]
    assert lines[0] == "Mục tiêu được giao trong năm 2024:"
    assert len(lines) == 2
    lines = said(narrative_next.next_targets, paper("12-months", *[2025] * 6))[0]
    assert lines[0] == "Chưa có mục tiêu nào được giao riêng cho năm 2024."
    assert lines[2] == (
        "- Xã Giang Ma: đạt chuẩn nông thôn mới đến năm 2025 (hiện đạt 13/19 tiêu chí);"
    )
    assert lines[-1].endswith(
        "nâng cao đến năm 2025 (hiện đạt 18/19 tiêu chí của bộ tiêu chí xã nông thôn mới)."
    )
    assert said(narrative_next.next_targets, paper("12-months"))[0] == [
        "Chưa có mục tiêu nào được giao riêng cho năm 2024."
    ]


def test_a_unit_without_figures_is_said_to_have_none():
    snapshot = paper("12-months", 2024)
    silent = replace(snapshot.targets[0], met=0, unmet=(), missing=(1, 2))
    lines = said(narrative_next.next_targets, replace(snapshot, targets=(silent,)))[0]
    assert lines[1].endswith("(chưa có số liệu đánh giá).")
