"""Indicators without figures are named with the commune's reason, never as not met and never as 0."""

import io
from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from docx import Document
from openpyxl import load_workbook

from periods.models import ReportingPeriod
from reports import narrative_next
from reports.blanks import LONGEST, blank
from reports.building import build_snapshot
from reports.differences import differences
from reports.paper_annexes import unmet
from reports.paper_context import annex_titles
from reports.quotable import quotable
from reports.quoting import quoted_in
from reports.render_docx import render_docx
from reports.render_pdf import render_pdf
from reports.render_xlsx import render_xlsx
from reports.snapshot import Snapshot
from reports.starting import start_term
from tests.reports.pdf_reading import Pdf, close, stand_in_order
from tests.reports.small_papers import said
from tests.reports.snapshots import six_months
from tests.reports.summary_stages import coordinator

REASON = "Chưa điều tra xong; phòng Y tế hẹn\nđến 20/7 & sẽ bổ sung"


def with_blanks(*reasons: str, provisional: bool = False, whole: Snapshot | None = None):
    """The first indicators of the first commune left blank, each with its reason."""
    whole = whole or six_months()
    left = [
        replace(one, values=(), value="để trống", declared="missing", verified="",
                counted="missing", reason=reason, gap="")
        for one, reason in zip(whole.indicators, reasons, strict=False)
    ]  # fmt: skip
    head = whole.headline
    return replace(
        whole,
        paper=replace(whole.paper, provisional=provisional),
        indicators=(*left, *whole.indicators[len(left) :]),
        headline=replace(head, entered=head.entered - len(left)),
    )


def limits(snapshot: Snapshot) -> str:
    return "\n".join(said(narrative_next.limits, snapshot)[0])


def test_without_blanks_nothing_is_said_of_them():
    whole = six_months()
    assert whole.blank == ()
    assert "chưa có số liệu" not in limits(whole)
    assert annex_titles(whole)[1] == "Chỉ tiêu chưa đạt, 6 tháng đầu năm 2023"
    assert (blank(whole).values, blank(whole).note) == ((), "")


def test_a_blank_stands_in_a_part_of_its_own_with_its_reason():
    snapshot = with_blanks(REASON)
    name = snapshot.commune_names[snapshot.indicators[0].commune].short_name
    (row,) = blank(snapshot).rows
    first = snapshot.indicators[0]
    about = snapshot.indicator_names[first.code]
    assert row == (
        "1", name, first.code, about.text, "Chưa điều tra xong; phòng Y tế hẹn đến 20/7 & sẽ bổ sung",
        about.lead,
    )  # fmt: skip
    assert "không phải là chưa đạt và không được tính là 0" in blank(snapshot).note
    assert (name, first.code) not in {row[1:3] for row in unmet(snapshot).rows}
    assert annex_titles(snapshot)[1].startswith("Chỉ tiêu chưa đạt và chỉ tiêu chưa có số liệu, ")


def test_limits_name_a_few_blanks_with_their_reasons():
    snapshot = with_blanks(REASON, "")
    text = limits(snapshot)
    first, second = snapshot.blank
    assert (
        "- Còn 02 chỉ tiêu chưa có số liệu (không tính là đạt, cũng không tính là chưa đạt): "
        f"chỉ tiêu {first.code} của {first.commune} (lý do: Chưa điều tra xong; phòng Y tế hẹn đến "
        f"20/7 & sẽ bổ sung), chỉ tiêu {second.code} của {second.commune}" in text
    )
    assert text.count("\n") == len(said(narrative_next.limits, snapshot)[0]) - 1


def test_a_long_reason_is_cut_in_the_sentence_and_whole_in_the_annex():
    long = "chờ kết quả rà soát " * 60
    snapshot = with_blanks(long)
    line = next(one for one in limits(snapshot).split("\n") if "chưa có số liệu" in one)
    assert len(line) < LONGEST + 200
    assert "…)" in line
    assert blank(snapshot).rows[0][4] == long.strip()


def test_many_blanks_are_counted_by_commune_in_the_sentence():
    snapshot = with_blanks(*[""] * 12)
    name = snapshot.blank[0].commune
    assert f"): {name} 12; chi tiết tại Phụ lục II" in limits(snapshot)
    assert len(blank(snapshot).rows) == 12
    assert "Ô lý do trống" in blank(snapshot).note


def test_while_the_quarter_is_open_what_waits_is_one_line_for_each_commune():
    snapshot = with_blanks(REASON, *[""] * 8, provisional=True)
    rows = blank(snapshot).rows
    assert [row[2] for row in rows] == [snapshot.blank[0].code, "08 chỉ tiêu"]
    assert rows[1][3] == "; ".join(one.code for one in snapshot.blank[1:])
    assert "chưa nhập (kỳ số liệu chưa khóa)" in limits(snapshot)
    assert "các xã còn nhập tiếp" in blank(snapshot).note


def test_a_value_entered_in_part_is_told_with_the_blank():
    whole = six_months()
    at = next(n for n, one in enumerate(whole.indicators) if len(one.values) > 1)
    one = whole.indicators[at]
    part = replace(one, values=one.values[:1], value="1.024 hộ", counted="missing", reason="")
    snapshot = replace(
        whole, indicators=(*whole.indicators[:at], part, *whole.indicators[at + 1 :])
    )
    assert blank(snapshot).rows[0][3].endswith(" (đã nhập: 1.024 hộ)")


def test_a_commune_that_entered_nothing_is_one_line():
    whole = six_months()
    first = whole.communes[0]
    cells = tuple(replace(one, verdict="missing", change="", met=0) for one in first.cells)
    own = [n for n, one in enumerate(whole.indicators) if one.commune == first.slug]
    indicators = tuple(
        replace(one, values=(), value="để trống", counted="missing", reason="") if n in own else one
        for n, one in enumerate(whole.indicators)
    )
    snapshot = replace(
        whole, communes=(replace(first, cells=cells, met=0), *whole.communes[1:]),
        indicators=indicators,
    )  # fmt: skip
    (row,) = blank(snapshot).rows
    assert row[1:3] == (first.short_name, f"{len(own)} chỉ tiêu")


def test_pdf_word_and_excel_name_the_same_blanks():
    snapshot = with_blanks(REASON, "", "=HYPERLINK(1)")
    table = blank(snapshot)
    text = Pdf(render_pdf(snapshot)).text()
    stand_in_order(table.rows, text)
    assert close(table.note) in close(text)
    document = Document(io.BytesIO(render_docx(snapshot)))
    (found,) = [one for one in document.tables if one.rows[0].cells[-2].text == "Lý do xã nêu"]
    assert [tuple(cell.text for cell in row.cells) for row in found.rows[1:]] == list(table.rows)
    assert table.note in [one.text for one in document.paragraphs]
    sheet = load_workbook(io.BytesIO(render_xlsx(snapshot)))["Chỉ tiêu chưa có số liệu"]
    rows = [tuple("" if v is None else str(v) for v in row) for row in sheet.values]
    at = rows.index(table.head)
    assert rows[at + 1 : at + 1 + len(table.rows)] == list(table.rows)


def test_without_blanks_word_and_pdf_have_no_such_part_and_the_sheet_says_so():
    snapshot = six_months()
    assert close("Lý do xã nêu") not in close(Pdf(render_pdf(snapshot)).text())
    heads = [
        one.rows[0].cells[-1].text for one in Document(io.BytesIO(render_docx(snapshot))).tables
    ]
    assert "Lý do xã nêu" not in heads
    sheet = load_workbook(io.BytesIO(render_xlsx(snapshot)))["Chỉ tiêu chưa có số liệu"]
    assert "Không có chỉ tiêu nào chưa có số liệu." in [row[0] for row in sheet.values]


def test_the_page_of_the_paper_has_the_same_part():
    snapshot = with_blanks("vì <b>bão</b>")
    page = render_to_string("reports/tables/annexes.html", {"snapshot": snapshot})
    assert "2. Chỉ tiêu chưa đạt và chỉ tiêu chưa có số liệu" in page
    assert "vì &lt;b&gt;bão&lt;/b&gt;" in page
    page = render_to_string("reports/tables/annexes.html", {"snapshot": six_months()})
    assert "Lý do xã nêu" not in page


def test_an_edited_text_remembers_how_many_blanks_it_names():
    figures = quotable(with_blanks(REASON, ""))
    found = quoted_in("Còn 02 chỉ tiêu chưa có số liệu ở các xã.", figures)
    assert found == {"headline.not_entered": "02"}


def test_a_correction_says_that_a_reason_was_added():
    before, after = with_blanks(""), with_blanks("chờ điều tra")
    (line,) = [one for one in differences(before, after) if "chỉ tiêu 1" in one]
    assert line.endswith(
        "để trống - Chưa nhập sửa thành để trống - Chưa nhập (lý do: chờ điều tra)."
    )


@pytest.mark.usefixtures("demonstration")
def test_the_reason_that_the_commune_gave_comes_from_its_assessment():
    """The demonstration's Giang Ma left 17.9 blank in the first quarter of 2023."""
    period = ReportingPeriod.objects.get(slug="2023-q1")
    snapshot = build_snapshot(start_term(by=coordinator(), kind="quarter", period=period))
    (row,) = snapshot.blank
    assert (row.commune, row.code) == ("Giang Ma", "17.9")
    assert row.reason
    assert snapshot.not_entered == 1
    limits_text = next(one.text for one in snapshot.sections if one.key == "limits")
    assert f"chỉ tiêu 17.9 của Giang Ma (lý do: {row.reason.rstrip('.')})" in limits_text
