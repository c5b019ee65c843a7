"""A table of a paper as plain data: heading, columns, rows of values. PDF, Word and Excel draw it.

Values are what they are (numbers, days, words): a workbook writes them so, the papers write
``texts``. Nothing is counted here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from reports import paper_words as words

Value = str | int | Decimal | dt.date | dt.datetime | None

WORDS, CENTRE, NUMBER, CHANGE, DAYS, DATE = "words", "centre", "number", "change", "days", "date"
#: The form of a year: a number without the separator of thousands.
PLAIN = "0"
#: The kinds of columns that a workbook aligns at the right.
NUMBERS = (NUMBER, CHANGE, DAYS)


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` in millimetres of paper; ``kind`` is what its values are: words, centred words,
    numbers, changes (written with their sign), days late (nought is blank) or dates. ``letters``
    is the width in a workbook, which has more room."""

    head: str
    width: float
    kind: str = CENTRE
    letters: float = 0
    form: str = ""

    @property
    def align(self) -> str:
        return {WORDS: "left"}.get(self.kind, "right" if self.kind in NUMBERS else "center")

    @property
    def sheet_width(self) -> float:
        return self.letters or max(7, round(self.width * 0.62))

    def text(self, value: Value) -> str:
        """As a paper writes it; what is not known stays blank."""
        if value is None or isinstance(value, str):
            return value or ""
        if isinstance(value, dt.date):
            return words.short_day(value)
        if self.form == PLAIN:
            return str(value)
        if self.kind == DAYS:
            return f"{value} ngày" if value else ""
        return words.figure(value, sign=self.kind == CHANGE)


@dataclass(frozen=True)
class Table:
    """``empty`` stands where there is no row. No slots: its texts are made once."""

    key: str
    caption: str
    columns: tuple[Column, ...]
    values: tuple[tuple[Value, ...], ...]
    note: str = ""
    empty: str = ""

    @cached_property
    def head(self) -> tuple[str, ...]:
        return tuple(column.head for column in self.columns)

    @cached_property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        return tuple(
            tuple(column.text(value) for column, value in zip(self.columns, row, strict=True))
            for row in self.values
        )

    @property
    def heads(self) -> list[tuple[str, int]]:
        """Each head with its share of the width in thousandths, which names its class."""
        whole = sum(column.width for column in self.columns)
        return [(column.head, round(1000 * column.width / whole)) for column in self.columns]

    @property
    def cells(self) -> list[list[tuple[str, bool]]]:
        """The texts, and whether each is words, which stand at the left."""
        left = [column.kind == WORDS for column in self.columns]
        return [list(zip(row, left, strict=True)) for row in self.rows]


def numbered(rows) -> tuple[tuple[Value, ...], ...]:
    """With their number before them."""
    return tuple((n, *row) for n, row in enumerate(rows, 1))
