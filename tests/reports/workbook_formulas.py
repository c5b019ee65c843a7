"""Computes the few formulas that the workbook uses, so that tests need no office program."""

from __future__ import annotations

import fnmatch
import re
from decimal import ROUND_HALF_UP, Decimal

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

_CALL = re.compile(r"(?P<name>[A-Z]+)\((?P<given>.*)\)")
_RANGE = re.compile(r"(?:'(?P<sheet>[^']+)'!)?(?P<area>[A-Z]+\d+:[A-Z]+\d+)")


def computed(book: Workbook, sheet: Worksheet, value):
    """What a cell comes to; other values as they are."""
    if not (isinstance(value, str) and value.startswith("=")):
        return value
    text = value[1:]
    if re.fullmatch(r"\d+", text):
        return int(text)
    call = _CALL.fullmatch(text)
    given = re.split(r",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", call["given"])
    match call["name"]:
        case "SUM":
            return sum(n for n in _values(book, sheet, given[0]) if isinstance(n, int | Decimal))
        case "COUNTIF" | "COUNTIFS":
            ranges = [_values(book, sheet, one) for one in given[::2]]
            tests = [_test(one) for one in given[1::2]]
            return sum(
                all(t(v) for t, v in zip(tests, row, strict=True))
                for row in zip(*ranges, strict=True)
            )
        case "COUNTBLANK":
            return sum(one is None for one in _values(book, sheet, given[0]))
        case "ROUND":
            left, right = given[0].split("/")
            parts = [Decimal(computed(book, sheet, sheet[one].value)) for one in (left, right)]
            places = Decimal(1).scaleb(-int(given[1]))
            return (parts[0] / parts[1]).quantize(places, ROUND_HALF_UP)
    raise AssertionError(f"not known: {value}")


def _values(book: Workbook, sheet: Worksheet, text: str) -> list:
    found = _RANGE.fullmatch(text)
    there = book[found["sheet"]] if found["sheet"] else sheet
    return [computed(book, there, cell.value) for row in there[found["area"]] for cell in row]


def _test(text: str):
    text = text.strip('"')
    if text.startswith((">=", "<=")):
        limit, less = int(text[2:]), text.startswith("<")
        return lambda value: isinstance(value, int) and (value <= limit if less else value >= limit)
    if text.isdigit():
        return lambda value: value == int(text)
    return lambda value: isinstance(value, str) and fnmatch.fnmatchcase(value, text)
