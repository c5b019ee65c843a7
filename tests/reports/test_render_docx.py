"""The Word file: what stands in it equals the snapshot, cell by cell; it can be edited and printed."""

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace

import pytest
import time_machine
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from reports.paper_context import paper_context
from reports.paper_words import INVENTED, NOTHING
from reports.render_docx import render_docx
from reports.rendering import RENDERERS
from reports.snapshot import Snapshot
from reports.xml_text import readable
from tests.reports import odd_snapshots as odd
from tests.reports.snapshots import published, six_months


def opened(snapshot: Snapshot | None = None):
    return Document(io.BytesIO(render_docx(snapshot or six_months())))


def words(document) -> str:
    """All text of the body, tables included."""
    return "\n".join(
        "".join(t.text or "" for t in p.iter(qn("w:t")))
        for p in document.element.body.iter(qn("w:p"))
    )


def cells(table) -> list[list[str]]:
    return [
        ["".join(t.text or "" for t in tc.iter(qn("w:t"))) for tc in row._tr.iter(qn("w:tc"))]
        for row in table.rows
    ]


def table_of(document, *head: str) -> list[list[str]]:
    """The table that begins with this head, without it."""
    for table in document.tables:
        found = cells(table)
        if found[0][: len(head)] == list(head):
            return found[1:]
    raise AssertionError(head)


@pytest.fixture(scope="module")
def draft():
    return opened()


def test_the_matrix_stands_as_in_the_snapshot(draft):
    snapshot = six_months()
    letters = {"met": "Đ", "not_met": "C", "not_applicable": "–", "missing": ""}
    marks = {"won": "▲", "lost": "▼", "": ""}
    rows = table_of(draft, "Xã", "1", "2")
    assert len(rows) == len(snapshot.communes) + 1
    for row, commune in zip(rows, snapshot.communes, strict=False):
        assert row[0] == commune.short_name + (" (CN)" if commune.recognised else "")
        assert row[1:-1] == [
            letters[c.verdict] + marks[c.change] + ("*" if c.only_declared else "")
            for c in commune.cells
        ]
        assert row[-1] == str(commune.met)
    assert rows[-1][1:] == [str(c.met) for c in snapshot.criteria] + ["196"]


def number(text: str) -> str | None:
    return text.replace(".", "").replace(",", ".") if text else None


def test_the_statutory_table_stands_as_in_the_snapshot(draft):
    rows = table_of(draft, "TT", "Nội dung", "Đơn vị tính")
    assert [[number(text) for text in row[3:6]] for row in rows] == [
        [None if n is None else str(n) for n in (row.last_year, row.this_term, row.plan)]
        for row in six_months().statutory
    ]
    assert [(row[0], row[1], row[2], row[6]) for row in rows] == [
        (row.number, row.content, row.unit, row.note) for row in six_months().statutory
    ]


def test_criteria_and_communes_stand_as_in_the_snapshot(draft):
    snapshot = six_months()
    for row, one in zip(table_of(draft, "TT", "Tiêu chí"), snapshot.criteria, strict=True):
        assert row[:4] == [str(one.number), one.name, str(one.met), str(one.failing)]
        assert row[4] == str(one.without_data)
        assert int(row[5]) == one.change
        assert row[6] == "; ".join(one.leads)
    rows = table_of(draft, "TT", "Xã", "Đã được công nhận")
    for row, one in zip(rows, snapshot.communes, strict=True):
        assert row[1] == one.short_name
        assert (row[2] == "x") == one.recognised
        assert row[3] == str(one.met)
        assert int(row[4]) == one.change
        assert row[5] == ", ".join(map(str, one.unmet))


def test_every_unmet_indicator_stands_with_value_level_and_lead(draft):
    rows = table_of(draft, "TT", "Xã", "Chỉ tiêu")
    given = [
        [one.commune, one.code, one.text, one.value, one.level, one.lead]
        for one in six_months().unmet
    ]
    assert [row[1:7] for row in rows] == given
    assert len(rows) == 43


def test_who_reported_and_who_is_recognised_stand_as_in_the_snapshot(draft):
    snapshot = six_months()
    assert [row[1] for row in table_of(draft, "TT", "Đơn vị báo cáo")] == [
        w.sender for w in snapshot.written
    ]
    rows = table_of(draft, "TT", "Xã", "Ngày gửi")
    assert [(row[1], row[5], row[6], row[7]) for row in rows] == [
        (r.short_name, str(r.indicators), str(r.entered), str(r.verified))
        for r in snapshot.reporting
    ]
    assert [row[1] for row in table_of(draft, "TT", "Xã", "Mức độ")] == [
        r.commune for r in snapshot.recognised
    ]
    assert [row[1] for row in table_of(draft, "TT", "Đơn vị", "Mục tiêu đạt chuẩn")] == [
        t.unit for t in snapshot.targets
    ]


def test_every_sentence_of_every_section_stands_in_its_order(draft):
    text, place = words(draft), 0
    for section in six_months().sections:
        for line in filter(str.strip, section.text.split("\n")):
            found = text.find(line, place)
            assert found >= 0, line
            place = found
    assert text[place:].find("./.") >= 0


def test_an_empty_section_says_so_and_a_mere_heading_does_not():
    text = words(opened(odd.without_text("steering")))
    assert f"I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH\n{NOTHING}" in text
    assert f"II. KẾT QUẢ THỰC HIỆN\n{NOTHING}" not in text


def test_headings_are_real_and_outline_the_paper(draft):
    outline = [
        (p.style.name, p.text) for p in draft.paragraphs if p.style.name.startswith("Heading")
    ]
    assert ("Heading 1", "II. KẾT QUẢ THỰC HIỆN") in outline
    assert ("Heading 2", "1. Kết quả chung") in outline
    assert (
        "Heading 1",
        "Phụ lục I\nKết quả 19 tiêu chí của 12 xã, 6 tháng đầu năm 2023",
    ) in outline


def test_the_form_is_that_of_decree_30(draft):
    first, *annexes, last = draft.sections
    assert round(first.page_width.mm) == round(last.page_width.mm) == 210
    assert 20 <= round(first.top_margin.mm) <= 25
    assert 30 <= round(first.left_margin.mm) <= 35
    assert 15 <= round(first.right_margin.mm) <= 20
    assert len(annexes) == 4
    assert all(annex.orientation == WD_ORIENT.LANDSCAPE for annex in annexes)
    normal = draft.styles["Normal"]
    assert (normal.font.name, normal.font.size.pt) == ("Times New Roman", 14)
    text = words(draft)
    for part in (
        "ỦY BAN NHÂN DÂN\nHUYỆN TAM ĐƯỜNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        "BÁO CÁO\nKết quả thực hiện Chương trình",
        "Nơi nhận:",
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
    ):
        assert part in text, part


def header(part) -> str:
    return part._element.xml


def test_pages_are_numbered_from_the_second_and_the_whole_is_vietnamese(draft):
    for n, section in enumerate(draft.sections):
        assert section.different_first_page_header_footer
        assert "PAGE" not in header(section.first_page_header)
        assert " PAGE " in header(section.header)
        start = section._sectPr.find(qn("w:pgNumType"))
        assert (start.get(qn("w:start")) if n else start) == ("1" if n else None), "as in the PDF"
    language = draft.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "vi-VN"


def test_the_heads_of_tables_are_repeated_and_rows_are_not_torn(draft):
    for table in draft.tables:
        if table.style.name != "Table Grid":
            continue
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        before_last = [row._tr.find(f".//{qn('w:keepNext')}") for row in table.rows[-3:-1]]
        assert None not in before_last, "the last row is on no page alone"


def test_each_chart_is_a_picture_that_says_what_it_shows(draft):
    pictures = list(draft.element.body.iter(qn("wp:docPr")))
    assert len(pictures) == 3
    for picture in pictures:
        assert len(picture.get("descr")) > 40
    assert [p.text[:11] for p in draft.paragraphs if p.style.name == "Caption"] == [
        "Biểu đồ 1. ",
        "Biểu đồ 2. ",
        "Biểu đồ 3. ",
    ]


def test_a_draft_says_so_and_leaves_number_date_and_signature_blank(draft):
    text = words(draft)
    assert re.search(r"Số: \s+/BC-UBND", text)
    assert re.search(r"Tam Đường, ngày\s+tháng\s+năm 2023", text)
    for section in draft.sections:
        assert "DỰ THẢO" in header(section.header)
        assert "DỰ THẢO" in header(section.first_page_header)
    assert INVENTED in text
    assert "DỰ THẢO" in words(draft).split("BÁO CÁO")[0], "a line of its own, not only a picture"
    assert draft.core_properties.title == "Dự thảo - Báo cáo 6 tháng đầu năm 2023"


def test_an_issue_has_number_date_signer_and_code_and_no_mark_of_a_draft():
    document = opened(published())
    text = words(document)
    assert "Số: 05/BC-UBND" in text
    assert "Tam Đường, ngày 26 tháng 6 năm 2023" in text
    assert "Nguyễn Văn Thử" in text
    assert "TD23-7KQM-4RXA" in document.sections[0].footer.paragraphs[0].text
    for section in document.sections:
        assert "DỰ THẢO" not in header(section.header)
    assert "DỰ THẢO" not in text


def test_a_correction_says_what_differs():
    document = opened(
        published(edition=2, reason="Sửa số hộ nghèo", differences=("2.552 thành 2.553",))
    )
    text = words(document)
    assert "thay thế bản ban hành lần 1. Lý do: Sửa số hộ nghèo.\n- 2.552 thành 2.553" in text


def test_provisional_figures_are_called_so():
    text = words(opened(odd.provisional()))
    assert "12/12 xã đã gửi số liệu; các số liệu trong báo cáo này là tạm tính" in text
    assert INVENTED not in text


@pytest.mark.parametrize("text", odd.HOSTILE)
def test_what_looks_like_markup_is_text(text):
    document = opened(odd.with_text(text))
    shown = readable(text).removeprefix("- ")
    assert shown in words(document)


def test_a_long_section_is_whole():
    long = "\n".join(f"Dòng {n}: " + "mười chữ cho mỗi dòng dài thêm nữa " * 5 for n in range(210))
    assert 38_000 < len(long) < 40_000
    text = words(opened(odd.with_sections(long)))
    assert text.count("Dòng 209: ") == len(six_months().sections)


def test_an_empty_quarter_is_a_paper_too():
    text = words(opened(odd.empty()))
    assert text.count(NOTHING) >= 9
    assert "Không có chỉ tiêu nào chưa đạt." in text
    assert "Chưa có phiếu đánh giá nào." in text
    assert "Chưa có báo cáo bằng văn bản nào." in text


def test_a_commune_without_data_has_blank_cells():
    rows = table_of(opened(odd.without_data()), "Xã", "1", "2")
    assert rows[0][1:] == [""] * 20  # no data is not nought


def test_the_last_page_lets_a_reader_check_the_paper():
    document = opened(published())
    text = words(document)
    for part in (
        "Xác thực báo cáo",
        "TD23-7KQM-4RXA",
        "/reports/verify/TD23-7KQM-4RXA/",
        "09:30 ngày 26/06/2023",
    ):
        assert part in text
    names = [picture.get("name") for picture in document.element.body.iter(qn("wp:docPr"))]
    assert names[-1] == "Mã QR"
    assert "chưa có mã xác thực" in words(opened())


def test_word_and_pdf_say_the_same(draft):
    """Every table and sentence of the one stands in the other."""
    given, text = paper_context(six_months()), words(draft)
    for name in ("opening", "closing", "place_and_date", "number"):
        assert given[name] in text
    drawn = [cells(table) for table in draft.tables]
    tables = [table for annex in given["annexes"] for table in annex.tables]
    assert len(tables) >= 5
    tables += [table for section in given["sections"] for table in section["tables"]]
    for table in tables:
        assert [list(table.head), *map(list, table.rows)] in drawn, table.caption


def test_the_same_snapshot_gives_the_same_bytes_on_any_day():
    first = render_docx(published())
    with time_machine.travel(dt.datetime(2031, 2, 3, tzinfo=dt.UTC)):
        assert render_docx(published()) == first
    assert render_docx(replace(published())) == first


def test_its_properties_are_those_of_the_paper():
    core = opened(published()).core_properties
    assert core.title == "Báo cáo 6 tháng đầu năm 2023"
    assert core.author == "ỦY BAN NHÂN DÂN HUYỆN TAM ĐƯỜNG"
    assert core.created == dt.datetime(2023, 6, 26, 2, 30, tzinfo=dt.UTC)
    assert core.language == "vi-VN"


def test_the_renderer_is_the_one_of_the_table():
    assert RENDERERS["docx"].load() is render_docx
    with zipfile.ZipFile(io.BytesIO(render_docx(six_months()))) as archive:
        assert archive.testzip() is None
