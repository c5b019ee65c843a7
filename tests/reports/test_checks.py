"""What is said before publishing: unverified, missing, contradictory, late. And what differs."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import translation

from reports.checks import Finding, findings
from reports.differences import differences, figure_pairs
from tests.reports.small_papers import missing, paper
from tests.reports.snapshots import published, six_months


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def said(snapshot) -> str:
    return "\n".join(f"{one.kind}: {one.text}" for one in findings(snapshot))


def whole():
    """Nothing to say about it."""
    base = six_months()
    return replace(
        base,
        headline=replace(base.headline, only_declared=0, entered=684, indicators=684),
        comparisons=tuple(one for one in base.comparisons if one.available),
        communes=tuple(replace(one, lost=()) for one in base.communes),
        reporting=tuple(replace(one, handed_in=True, returned=0) for one in base.reporting),
        written=(),
        indicators=tuple(replace(one, level_unconfirmed=False) for one in base.indicators),
        sections=tuple(replace(one, text=one.text or "Có.") for one in base.sections),
    )


def test_a_paper_in_order_has_no_findings():
    assert findings(whole()) == []


def test_a_recognised_commune_that_lost_criteria_comes_first():
    base = whole()
    first = next(one for one in base.communes if one.recognised)
    rest = tuple(one for one in base.communes if one is not first)
    found = findings(replace(base, communes=(replace(first, lost=(2, 17)), *rest)))
    assert [one.kind for one in found] == ["contradictory"]
    assert f"{first.name} is recognised and has lost criteria: 2, 17." == found[0].text


def test_a_list_of_recognised_that_is_not_the_counted_one_is_contradictory():
    base = whole()
    assert "has changed since the quarter closed" in said(
        replace(base, recognised=base.recognised[1:])
    )


def test_an_edited_text_with_an_old_figure_is_found_with_its_section():
    base = whole()
    sections = tuple(
        replace(one, edited=True, quoted={"headline.recognised": "07"})
        if one.key == "overall"
        else one
        for one in base.sections
    )
    found = findings(replace(base, sections=sections))
    assert [(one.kind, one.section) for one in found] == [("contradictory", "overall")]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"paper": {"provisional": True}},
            "missing: Quarter II of 2023, the last of the term, is still open: its figures are",
        ),
        (
            {"paper": {"provisional": True, "kind": "quarter"}},
            "missing: The quarter is still open: its figures are provisional.",
        ),
        ({"headline": {"entered": 680}}, "missing: 4 indicators are not entered yet."),
        ({"headline": {"entered": 683}}, "missing: 1 indicator is not entered yet."),
        ({"poverty": {"communes": 9}}, "missing: Poor households are known of 9 of 12"),
        ({"headline": {"only_declared": 2}}, "unverified: 2 indicators are only declared"),
    ],
)
def test_what_is_missing_or_unverified_is_counted(change, sentence):
    base = whole()
    given = {name: replace(getattr(base, name), **parts) for name, parts in change.items()}
    assert sentence in said(replace(base, **given))


def test_who_is_late_is_named():
    base = whole()
    first, *rest = base.reporting
    due = base.paper.as_of - dt.timedelta(days=1)
    late = replace(base, reporting=(replace(first, handed_in=False, due_on=due), *rest))
    assert f"late: 1 commune has not sent its figures: {first.short_name}." in said(late)
    waiting = replace(
        six_months().written[0], sender="Phòng Nội vụ", submitted_at=None, state="", due_on=due
    )
    assert "late: 1 written report has not arrived: Phòng Nội vụ." in said(
        replace(base, written=(waiting,))
    )


def test_until_the_due_date_nobody_is_late():
    base = whole()
    first, *rest = base.reporting
    today = base.paper.as_of
    waiting = replace(base, reporting=(replace(first, handed_in=False, due_on=today), *rest))
    assert f"missing: 1 commune has not sent its figures: {first.short_name}." in said(waiting)
    paper = replace(six_months().written[0], sender="Phòng Nội vụ", submitted_at=None, due_on=today)
    both = said(replace(waiting, written=(paper,)))
    assert "missing: 1 written report has not arrived: Phòng Nội vụ." in both
    assert "late:" not in both


def test_a_missing_base_and_an_empty_section_are_said():
    base = replace(whole(), comparisons=(missing("cùng kỳ năm 2022"),))
    assert "missing: There are no figures to compare with: cùng kỳ năm 2022." in said(base)
    sections = tuple(replace(one, text="") for one in base.sections)
    assert said(replace(base, sections=sections)).count("has no text") == 11


def test_the_same_paper_issued_again_does_not_differ():
    assert differences(six_months(), published()) == ()


def test_every_changed_figure_row_and_text_is_named():
    before = six_months()
    row, *rows = before.indicators
    after = replace(
        before,
        headline=replace(before.headline, criteria_met=197),
        indicators=(replace(row, value="khác", counted="not_met"), *rows),
        sections=tuple(
            replace(one, text="Khác.") if one.key == "causes" else one for one in before.sections
        ),
    )
    found = differences(before, after)
    assert "Tổng số tiêu chí đạt: 196 sửa thành 197." in found
    assert any(f"chỉ tiêu {row.code}" in one and "khác - Chưa đạt" in one for one in found)
    assert found[-1].startswith("Mục III.2 “Nguyên nhân”: ")
    assert "“Khác.”" in found[-1]


def test_a_name_alone_that_changed_is_said_too():
    before = six_months()
    after = replace(before, masthead=replace(before.masthead, place="Bình Lư"))
    assert differences(before, after) == (
        "Các phần khác cũng có thay đổi: thể thức văn bản (cơ quan ban hành, nơi nhận).",
    )


def test_pairs_say_what_only_one_paper_has():
    without = replace(six_months(), communes=six_months().communes[1:])
    gone = six_months().communes[0]
    pair = next(
        one for one in figure_pairs(six_months(), without) if one.key == f"commune.{gone.slug}"
    )
    assert pair.first
    assert (pair.second, pair.differs) == ("", True)
    assert paper().headline.communes == 12


def test_the_names_stand_behind_what_is_linked():
    assert Finding("late", "2 communes: Nà Tăm, Tả Lèng.").parts == (
        "2 communes:",
        "Nà Tăm, Tả Lèng.",
    )
    assert Finding("missing", "“Nguyên nhân” has no text.").parts[1] == ""


TERM_ENDS = "missing: The term has not ended yet: its data run until 14/6/2023, the paper is of "


@pytest.mark.parametrize("kind", ["quarter", "6-months", "9-months", "12-months"])
@pytest.mark.parametrize("provisional", [True, False])
def test_a_paper_of_a_term_that_has_not_ended_says_so_whether_its_quarter_is_open_or_not(
    kind, provisional
):
    base = whole()
    early = replace(base.paper, kind=kind, provisional=provisional, as_of=dt.date(2023, 6, 14))
    found = findings(replace(base, paper=early))
    assert [one.place for one in found] == ["quarter"] * (1 + provisional)
    assert f"missing: {found[0].text}" == f"{TERM_ENDS}14/6/2023."
    over = replace(early, as_of=dt.date(2023, 6, 15))
    assert TERM_ENDS not in said(replace(base, paper=over))
