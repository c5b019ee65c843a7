"""The workbook: numbers equal the snapshot's, totals compute to the same, text is never a formula."""

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from openpyxl import load_workbook

from reports import xlsx_counted as counted
from reports import xlsx_links as links
from reports.render_xlsx import render_xlsx
from reports.rendering import RENDERERS
from reports.snapshot import Change, Replaced, Snapshot, ValueFigure, from_json
from reports.xlsx_sheets import PLANS
from reports.xml_text import readable
from tests.reports import odd_snapshots as odd
from tests.reports.snapshots import first_schema, published, six_months
from tests.reports.workbook_formulas import computed


def opened(snapshot: Snapshot | None = None, **how):
    return load_workbook(io.BytesIO(render_xlsx(snapshot or six_months())), **how)


def table(book, name: str, head: str) -> list[tuple]:
    """The rows under the head, as cells."""
    sheet = book[name]
    rows = list(sheet.iter_rows())
    (start,) = [n for n, row in enumerate(rows) if row[0].value == head]
    found = []
    for row in rows[start + 1 :]:
        if all(cell.value is None for cell in row):
            break
        found.append(row)
    return found


def values(row) -> list:
    return [cell.value for cell in row]


@pytest.fixture(scope="module")
def book():
    return opened()


def test_the_sheets_are_those_that_a_coordinator_looks_for(book):
    assert book.sheetnames == [
        "Tổng hợp", "Ma trận tiêu chí", "Chỉ tiêu", "Biểu tổng hợp", "Các quý", "Theo tiêu chí",
        "Theo xã", "Chỉ tiêu chưa đạt", "Chỉ tiêu chưa có số liệu", "Xã được công nhận", "Mục tiêu", "Gửi số liệu",
        "Báo cáo định kỳ",
    ]  # fmt: skip


def test_the_headline_computes_to_the_snapshots_figures(book):
    given = six_months()
    sheet = book[counted.HEADLINE]
    shown = {
        row[0].value: computed(book, sheet, row[2].value)
        for row in table(book, counted.HEADLINE, "Nội dung")
    }
    head = given.headline
    assert shown["Số xã thuộc Chương trình"] == head.communes
    assert shown["Số xã đã được công nhận đạt chuẩn nông thôn mới"] == head.recognised
    assert shown["Số xã đang đạt đủ 19 tiêu chí"] == head.meeting_all
    assert shown["Tổng số tiêu chí đạt"] == head.criteria_met
    assert shown["Bình quân tiêu chí đạt trên một xã"] == head.average
    for bucket in given.distribution:
        assert shown[bucket.content] == bucket.count
    assert shown["Tổng số hộ"] == given.poverty.households
    assert Decimal(str(shown["Tỷ lệ hộ nghèo"])) == given.poverty.poor_rate
    assert Decimal(str(shown["Tỷ lệ hộ cận nghèo"])) == given.poverty.near_poor_rate
    assert shown["Số chỉ tiêu đã thẩm định"] == head.verified


def test_the_changes_are_numbers_against_a_named_base(book):
    base = six_months().comparison
    rows = {row[0].value: row for row in table(book, counted.HEADLINE, "Nội dung")}
    row = rows["Tỷ lệ hộ nghèo"]
    assert row[3].value == base.label
    assert computed(book, book[counted.HEADLINE], row[4].value) == base.poor_rate


def test_the_matrix_stands_as_in_the_snapshot_and_adds_up_both_ways(book):
    given = six_months()
    sheet = book[counted.MATRIX]
    rows = table(book, counted.MATRIX, "Xã")
    letters = {"met": "Đ", "not_met": "C", "not_applicable": "–", "missing": None}
    marks = {"won": "▲", "lost": "▼", "": ""}
    for row, one in zip(rows, given.communes, strict=False):
        assert row[0].value == one.short_name
        assert (row[1].value == "x") == one.recognised
        assert values(row[2:21]) == [
            letters[c.verdict] + marks[c.change] + ("*" if c.only_declared else "")
            for c in one.cells
        ]
        assert computed(book, sheet, row[21].value) == one.met
        assert row[22].value == one.change
    total = rows[len(given.communes)]
    assert total[0].value == "Số xã đạt"
    assert [computed(book, sheet, cell.value) for cell in total[2:21]] == [
        one.met for one in given.criteria
    ]
    assert computed(book, sheet, total[21].value) == given.headline.criteria_met


def test_a_program_that_computes_nothing_shows_the_same_results(book):
    """What stands beside each formula is what it comes to."""
    shown = opened(data_only=True)
    seen = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    seen += 1
                    kept = shown[sheet.title][cell.coordinate].value
                    assert Decimal(str(kept)) == computed(book, sheet, cell.value), cell.coordinate
    assert seen > 150


def formulas(book, name: str, head: str, column: int) -> list[bool]:
    return [row[column].data_type == "f" for row in table(book, name, head)]


def test_every_total_that_has_its_parts_in_the_workbook_is_a_formula(book):
    assert all(formulas(book, "Tổng hợp", "Nội dung", 2))
    changes = {row[0].value: row[4].data_type for row in table(book, "Tổng hợp", "Nội dung")}
    assert [name for name, kind in changes.items() if kind == "f"] == [
        "Số xã đã được công nhận đạt chuẩn nông thôn mới",
        "Số xã đang đạt đủ 19 tiêu chí",
        "Tổng số tiêu chí đạt",
        "Bình quân tiêu chí đạt trên một xã",
        "Tỷ lệ hộ nghèo",
        "Tỷ lệ hộ cận nghèo",
    ]
    assert all(formulas(book, "Biểu tổng hợp", "TT", 4))
    for column in (2, 3, 4):
        assert all(formulas(book, "Theo tiêu chí", "TT", column))
    assert all(formulas(book, "Theo xã", "TT", 3))
    last_year = table(book, "Biểu tổng hợp", "TT")
    assert {row[0].value for row in last_year if row[3].data_type == "f"} == {
        "1.1", "2", "3", "5.1", "5.2",
    }  # fmt: skip
    for name in ("Tổng hợp", "Biểu tổng hợp", "Theo tiêu chí", "Theo xã"):
        said = [row[0].value for row in book[name].iter_rows()]
        assert links.CONSTANTS in said, "what stays a constant is said to be one"


def test_a_figure_whose_parts_do_not_add_up_stays_as_it_was_frozen():
    whole = six_months()
    odd_one = replace(
        whole,
        poverty=replace(whole.poverty, poor=whole.poverty.poor + 1),
        headline=replace(whole.headline, entered=1),
        criteria=(replace(whole.criteria[0], met=3), *whole.criteria[1:]),
    )
    book = opened(odd_one)
    rows = {row[0].value: row[2] for row in table(book, "Tổng hợp", "Nội dung")}
    assert (rows["Số hộ nghèo"].value, rows["Số hộ nghèo"].data_type) == (2553, "n")
    assert (rows["Số chỉ tiêu đã nhập"].value, rows["Tổng số hộ"].data_type) == (1, "f")
    assert table(book, "Theo tiêu chí", "TT")[0][2].value == 3


def test_households_years_and_counts_are_whole_numbers_in_their_form(book):
    rows = {row[0].value: row[2] for row in table(book, "Tổng hợp", "Nội dung")}
    assert rows["Tổng số hộ"].number_format == rows["Số hộ nghèo"].number_format == "#,##0"
    assert rows["Tỷ lệ hộ nghèo"].number_format == "#,##0.00"
    for row, one in zip(table(book, "Mục tiêu", "TT"), six_months().targets, strict=True):
        assert (row[3].value, row[3].number_format) == (one.year, "0")
        assert row[4].value == one.met


def test_a_unit_wraps_in_its_column_instead_of_running_over_the_next(book):
    assert table(book, "Chỉ tiêu", "Xã")[0][7].alignment.wrap_text


VERDICTS = {
    "Đạt": "met",
    "Chưa đạt": "not_met",
    "Không áp dụng": "not_applicable",
    "Chưa nhập": "missing",
    None: "",
}


def test_every_measure_of_every_indicator_stands_with_its_number_unit_and_level(book):
    given = six_months()
    rows = table(book, "Chỉ tiêu", "Xã")
    blank = ValueFigure("", "", "", None, "")  # stated met or not, without a figure
    measures = [
        (one, n, value)
        for one in given.indicators
        for n, value in enumerate(one.values or (blank,), 1)
    ]
    assert len(rows) == len(measures)
    assert len([row for row in rows if row[4].value == 1]) == len(given.indicators) == 684
    for row, (one, n, value) in zip(rows, measures, strict=True):
        assert row[0].value == given.commune_names[one.commune].short_name
        assert values(row[1:3]) == [one.criterion, one.code]
        assert row[3].value == given.indicator_names[one.code].text
        assert (row[4].value, row[5].value or "") == (n, value.label)
        if value.number is None:
            assert row[6].value is None
        else:
            assert Decimal(str(row[6].value)) == value.number
            assert row[6].data_type == "n"
            assert (row[7].value or "") == value.unit
        several = len(one.values) > 1
        assert (row[8].value or "") == (value.text if several else one.value)
        assert (row[9].value or "") == (value.level if one.values else one.level)
        assert [VERDICTS[cell.value] for cell in row[10:13]] == [
            one.declared, one.verified, one.counted,
        ]  # fmt: skip


@pytest.mark.parametrize(("code", "measures"), [("12.1", 2), ("17.1", 2), ("5", 3)])
def test_an_indicator_of_several_measures_has_a_number_for_each(book, code, measures):
    rows = [row for row in table(book, "Chỉ tiêu", "Xã") if row[2].value == code]
    assert len(rows) == 12 * measures
    assert all(row[6].data_type == "n" and row[7].value for row in rows)


def test_an_issue_of_the_first_schema_keeps_the_level_of_the_indicator():
    old = from_json(first_schema())
    rows = table(opened(old), "Chỉ tiêu", "Xã")
    assert [row[9].value or "" for row in rows if row[4].value == 1] == [
        one.level for one in old.indicators
    ]


@pytest.mark.parametrize("plan", PLANS, ids=[plan.name for plan in PLANS])
def test_each_sheet_holds_its_table_cell_by_cell(book, plan):
    """The same tables as in PDF and Word, numbers and days as what they are."""
    drawn = plan.table(six_months())
    found = table(book, plan.name, drawn.head[0])
    assert [tuple(read(book, cell) for cell in row) for row in found] == [
        tuple(kept(value) for value in row) for row in drawn.values
    ]


def read(book, cell):
    value = computed(book, cell.parent, cell.value)
    if isinstance(value, dt.datetime):
        return value.date()
    return Decimal(str(value)) if isinstance(value, int | float | Decimal) else value


def kept(value):
    if isinstance(value, dt.datetime):
        return value.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    return Decimal(value) if isinstance(value, int) else None if value == "" else value


def test_the_statutory_sheet_stands_as_in_the_snapshot(book):
    for row, one in zip(table(book, "Biểu tổng hợp", "TT"), six_months().statutory, strict=True):
        assert values(row[:3]) == [one.number, one.content, one.unit]
        for cell, number in zip(row[3:6], (one.last_year, one.this_term, one.plan), strict=True):
            assert read(book, cell) == number
        assert (row[6].value or "") == one.note


def test_who_reported_when_stands_with_days_as_days(book):
    given = six_months()
    rows = table(book, "Gửi số liệu", "TT")
    for row, one in zip(rows, given.reporting, strict=True):
        assert (row[1].value, row[4].value) == (one.short_name, one.days_late)
        assert values(row[5:8]) == [one.indicators, one.entered, one.verified]
        assert row[3].value.date() == one.due_on
        assert row[3].number_format == "dd/mm/yyyy"
    for row, one in zip(table(book, "Báo cáo định kỳ", "TT"), given.written, strict=True):
        assert (row[1].value, row[4].value, row[5].value) == (
            one.sender, one.days_late, one.state_text,
        )  # fmt: skip
        assert row[3].value.date() == one.due_on


def test_the_trend_stands_as_in_the_snapshot(book):
    for row, one in zip(table(book, "Các quý", "Quý"), six_months().trend, strict=True):
        assert values(row[:5]) == [
            one.label, one.communes, one.recognised, one.meeting_all, one.criteria_met
        ]  # fmt: skip
        assert [Decimal(str(cell.value)) for cell in row[5:8]] == [
            one.average, one.poor_rate, one.near_poor_rate
        ]  # fmt: skip


def test_each_sheet_is_ready_to_be_read_filtered_and_printed(book):
    for sheet in book:
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == (8 if sheet.title == "Chỉ tiêu" else 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        head = int(re.search(r"\d+", sheet.auto_filter.ref)[0])
        assert sheet.print_title_rows == f"${head}:${head}"
        assert sheet.freeze_panes.endswith(str(head + 1))
        assert "&P/&N" in sheet.oddFooter.center.text


def test_a_draft_and_invented_figures_are_called_so_on_every_sheet(book):
    for sheet in book:
        said = [row[0].value for row in sheet.iter_rows(max_row=4)]
        assert "DỰ THẢO" in said
        assert any(text and text.startswith("Số liệu minh họa") for text in said)
    for sheet in opened(published()):
        said = " ".join(str(row[0].value) for row in sheet.iter_rows(max_row=4))
        assert "DỰ THẢO" not in said
        assert "Số 05/BC-UBND · Mã xác thực: TD23-7KQM-4RXA" in said


@pytest.mark.parametrize("text", odd.HOSTILE)
def test_what_a_person_wrote_is_never_a_formula(text):
    book = opened(odd.with_text(text))
    kept = readable(text)
    cell = table(book, counted.MATRIX, "Xã")[0][0]
    assert (cell.value, cell.data_type) == (kept, "s")
    cell = table(book, "Biểu tổng hợp", "TT")[0][6]
    assert (cell.value, cell.data_type) == (kept, "s")


def test_an_empty_quarter_is_a_workbook_too():
    book = opened(odd.empty())
    sheet = book[counted.HEADLINE]
    shown = {
        row[0].value: computed(book, sheet, row[2].value)
        for row in table(book, counted.HEADLINE, "Nội dung")
    }
    assert shown["Tổng số tiêu chí đạt"] == 0
    assert "Bình quân tiêu chí đạt trên một xã" not in shown
    assert shown["Tỷ lệ hộ nghèo"] is None
    assert table(book, "Chỉ tiêu", "Xã") == []


def test_a_commune_without_data_has_blank_cells_and_no_criterion():
    book = opened(odd.without_data())
    row = table(book, counted.MATRIX, "Xã")[0]
    assert values(row[1:21]) == [None] * 20
    assert row[21].value is None  # no data is not nought
    shown = {
        row[0].value: computed(book, book[counted.HEADLINE], row[2].value)
        for row in table(book, counted.HEADLINE, "Nội dung")
    }
    assert [shown[one.content] for one in odd.without_data().distribution] == [0, 7, 4, 0, 0, 1]
    assert shown["Số xã chưa có số liệu"] == 1


def test_a_text_of_any_length_fits_a_cell():
    book = opened(odd.with_text("ộ" * 40_000))
    assert len(table(book, "Biểu tổng hợp", "TT")[0][6].value) == 32_767


def test_the_same_snapshot_gives_the_same_bytes_on_any_day():
    first = render_xlsx(published())
    with time_machine.travel(dt.datetime(2031, 2, 3, tzinfo=dt.UTC)):
        assert render_xlsx(published()) == first


def test_the_renderer_is_the_one_of_the_table_and_the_archive_is_whole():
    assert RENDERERS["xlsx"].load() is render_xlsx
    with zipfile.ZipFile(io.BytesIO(render_xlsx(six_months()))) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert "[Content_Types].xml" in names


def test_the_workbook_of_a_correction_has_every_change_in_two_columns():
    changes = (
        Change("figure", "Tổng số tiêu chí đạt", "195", "196"),
        Change("text", "Mục III.2 “Nguyên nhân”", "=vốn chậm", "vốn muộn"),
    )
    given = published(
        edition=2,
        reason="Sửa số.",
        replaces=Replaced(3, published().publication.published_on, 1, "NTM-A"),
        changes=changes,
    )
    sheet = load_workbook(io.BytesIO(render_xlsx(given)))["Đính chính"]
    rows = [[cell.value for cell in row if cell.value] for row in sheet.iter_rows()]
    assert ["Loại", "Nội dung", "Báo cáo số 03", "Báo cáo số 05"] in rows
    assert ["Số liệu", "Tổng số tiêu chí đạt", "195", "196"] in rows
    assert ["Lời văn", "Mục III.2 “Nguyên nhân”", "=vốn chậm", "vốn muộn"] in rows
    assert any("thay thế Báo cáo số 03/BC-UBND" in row[0] for row in rows if row)
    first = load_workbook(io.BytesIO(render_xlsx(published())))
    assert "Đính chính" not in first.sheetnames
