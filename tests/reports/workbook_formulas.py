"""Computes the few formulas that the workbook uses, so that tests need no office program."""

from __future__ import annotations

import datetime as dt
import fnmatch
import re
from collections import deque
from decimal import ROUND_HALF_UP, Decimal

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

_CALL = re.compile(r"(?P<name>[A-Z]+)\((?P<given>.*)\)")
_RANGE = re.compile(r"(?:'(?P<sheet>[^']+)'!)?(?P<area>[A-Z]+\d+:[A-Z]+\d+)")
_CELL = re.compile(r"(?:'(?P<sheet>[^']+)'!)?(?P<at>[A-Z]+\d+)")
_TOKEN = re.compile(r"((?:'([^']+)'!)?([A-Z]+\d+)|\d+(?:\.\d+)?|[-+*/()])")
_SIGNS = frozenset("+-*/()")
_COMMA = re.compile(r",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")


def computed(book: Workbook, sheet: Worksheet, value):
    """What a cell comes to; other values as they are."""
    if not (isinstance(value, str) and value.startswith("=")):
        return value
    text = value[1:]
    if call := _CALL.fullmatch(text):
        return _called(book, sheet, call["name"], _COMMA.split(call["given"]))
    return _arithmetic(book, sheet, text)


def _called(book: Workbook, sheet: Worksheet, name: str, given: list[str]):
    match name:
        case "SUM":
            return sum(_numbers(_values(book, sheet, given[0])))
        case "SUMIF":
            test = _test(given[1])
            both = zip(_values(book, sheet, given[0]), _values(book, sheet, given[2]), strict=True)
            return sum(_numbers(number for named, number in both if test(named)))
        case "COUNTIF" | "COUNTIFS":
            ranges = [_values(book, sheet, one) for one in given[::2]]
            tests = [_test(one) for one in given[1::2]]
            return sum(
                all(t(v) for t, v in zip(tests, row, strict=True))
                for row in zip(*ranges, strict=True)
            )
        case "COUNT":
            counted = int | float | Decimal | dt.datetime
            return sum(isinstance(one, counted) for one in _values(book, sheet, given[0]))
        case "COUNTA":
            return sum(one is not None for one in _values(book, sheet, given[0]))
        case "COUNTBLANK":
            return sum(one is None for one in _values(book, sheet, given[0]))
        case "ROUND":
            places = Decimal(1).scaleb(-int(given[1]))
            return _arithmetic(book, sheet, given[0]).quantize(places, ROUND_HALF_UP)
    raise AssertionError(f"not known: {name}")


def _arithmetic(book: Workbook, sheet: Worksheet, text: str) -> Decimal:
    """Cells and numbers with + - * / and brackets, exactly."""
    tokens = _TOKEN.findall(text)
    assert "".join(token for token, _sheet, _at in tokens) == text, text

    def number(token: tuple[str, str, str]) -> Decimal:
        whole, name, at = token
        if not at:
            return Decimal(whole)
        there = book[name] if name else sheet
        return Decimal(str(computed(book, there, there[at].value)))

    left = deque(one[0] if one[0] in _SIGNS else number(one) for one in tokens)
    found = _terms(left)
    assert not left, text
    return found


def _terms(left: deque) -> Decimal:
    found = _factors(left)
    while left and left[0] in ("+", "-"):
        sign, more = left.popleft(), _factors(left)
        found = found + more if sign == "+" else found - more
    return found


def _factors(left: deque) -> Decimal:
    found = _one(left)
    while left and left[0] in ("*", "/"):
        sign, more = left.popleft(), _one(left)
        found = found * more if sign == "*" else found / more
    return found


def _one(left: deque) -> Decimal:
    first = left.popleft()
    if first == "-":
        return -_one(left)
    if first != "(":
        assert isinstance(first, Decimal), first
        return first
    found = _terms(left)
    assert left.popleft() == ")"
    return found


def _numbers(values) -> list[Decimal]:
    return [Decimal(str(n)) for n in values if isinstance(n, int | float | Decimal)]


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
