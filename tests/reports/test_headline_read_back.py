"""The headline and the distribution read back from all three kinds of file."""

import io
from decimal import Decimal
from functools import lru_cache

import openpyxl
import pytest
from docx import Document

from reports.rendering import render
from reports.snapshot import Snapshot
from tests.reports import odd_snapshots as odd
from tests.reports.pdf_reading import Pdf, close
from tests.reports.snapshots import published
from tests.reports.workbook_formulas import computed


def wanted(given: Snapshot) -> dict[str, Decimal]:
    line = given.headline
    return {
        "Số xã đã được công nhận đạt chuẩn nông thôn mới": Decimal(line.recognised),
        "Tổng số tiêu chí đạt": Decimal(line.criteria_met),
        "Bình quân tiêu chí đạt trên một xã": line.average,
        **{one.content: Decimal(one.count) for one in given.distribution if one.has_data},
        "Tỷ lệ hộ nghèo": given.poverty.poor_rate,
        "Tỷ lệ hộ cận nghèo": given.poverty.near_poor_rate,
    }


@lru_cache(maxsize=3)
def made(paper_format: str) -> bytes:
    return render(paper_format, published())


def test_word_says_the_headline():
    tables = Document(io.BytesIO(made("docx"))).tables
    rows = next(t for t in tables if t.cell(0, 1).text == "Nội dung").rows
    said = {row.cells[1].text: row.cells[4].text for row in rows}
    for name, number in wanted(published()).items():
        assert Decimal(said[name].replace(".", "").replace(",", ".")) == number, name


def test_excel_says_the_headline():
    book = openpyxl.load_workbook(io.BytesIO(made("xlsx")))
    sheet = book["Biểu tổng hợp"]
    said = {
        row[1].value: computed(book, sheet, row[4].value)
        for row in sheet.iter_rows()
        if len(row) > 4
    }
    for name, number in wanted(published()).items():
        assert Decimal(str(said[name])) == number, name


def test_pdf_says_the_headline():
    text = close(Pdf(made("pdf")).text())
    rows = {row.content: row for row in published().statutory}
    for name, number in wanted(published()).items():
        row = rows[name]
        assert row.this_term == number
        shown = f"{number:,f}".replace(",", "_").replace(".", ",").replace("_", ".")
        cells = close(f"{row.number}{name}{row.unit}")
        assert cells in text
        after = text[text.index(cells) + len(cells) :][:16]
        assert shown in after, (name, after)


@pytest.mark.parametrize("paper_format", ["pdf", "docx"])
def test_a_commune_without_data_is_counted_nowhere_among_the_weakest(paper_format):
    given = odd.without_data()
    silent = given.distribution[-1]
    assert (silent.content, silent.count, silent.lower) == ("Số xã chưa có số liệu", 1, -1)
    lowest = given.distribution[-2]
    assert given.communes[0].short_name not in lowest.communes
    content = render(paper_format, given)
    text = Pdf(content).text() if paper_format == "pdf" else _words(content)
    assert close("chưa có số liệu") in close(text)


def _words(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    return "".join(cell.text for table in document.tables for cell in table._cells)
