"""The little evaluator of our own formulas: as an office program computes them, and nothing else."""

from decimal import Decimal

import pytest
from openpyxl import Workbook

from tests.reports.workbook_formulas import computed


@pytest.fixture
def book():
    found = Workbook()
    found.active.title = "Một"
    other = found.create_sheet("Hai ba")
    for n, value in enumerate((8, 12.5, "Đ*", None, "=A1+1"), start=1):
        found.active[f"A{n}"] = value
        other[f"B{n}"] = n
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A1+A2", "20.5"),
        ("A1-2-1", "5"),
        ("2+3*4", "14"),
        ("(2+3)*4", "20"),
        ("-A1+10", "2"),
        ("100/A1/2", "6.25"),
        ("A5-'Hai ba'!B3", "6"),
        ("ROUND(100*(A1+A2)/'Hai ba'!B3,2)", "683.33"),
        ("ROUND(0.125,2)", "0.13"),
        ("SUM(A1:A5)", "29.5"),
        ('COUNTIF(A1:A5,"Đ*")', "1"),
        ("COUNTBLANK(A1:A5)", "1"),
        ("COUNTIFS('Hai ba'!B1:B5,\">=2\",'Hai ba'!B1:B5,\"<=4\")", "3"),
    ],
)
def test_what_we_write_is_computed(book, text, value):
    assert computed(book, book.active, f"={text}") == Decimal(value)


@pytest.mark.parametrize("text", ["A1&A2", "__import__('os')", "A1;A2", "HYPERLINK(A1)", "1 +", ""])
def test_anything_else_is_refused(book, text):
    with pytest.raises((AssertionError, IndexError)):
        computed(book, book.active, f"={text}")


def test_what_is_no_formula_stays_as_it_is(book):
    assert computed(book, book.active, "1+1") == "1+1"
    assert computed(book, book.active, None) is None
