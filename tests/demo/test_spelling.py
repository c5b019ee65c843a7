"""One spelling of what is invented, in the portal and in the files behind its rows: "minh họa"."""

from pathlib import Path

import openpyxl
import pytest

from tests.reports.pdf_reading import Pdf

FILES = Path(__file__).parents[2] / "fixtures" / "demo" / "evidence"
PDFS = sorted(FILES.glob("*.pdf"))


def test_the_files_are_there():
    assert len(PDFS) == 3


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.stem)
def test_a_paper_says_that_it_is_invented(path):
    assert "TÀI LIỆU MINH HỌA – nội dung và số liệu giả định" in Pdf(path.read_bytes()).text()


def test_the_list_says_so_too():
    book = openpyxl.load_workbook(FILES / "danh-sach-ho-ngheo.xlsx")
    assert book.active["A1"].value == "DANH SÁCH HỘ NGHÈO (minh họa, giả định)"
