"""How wide the columns of the paper's tables are in Word, and which of them hold words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.paper_context import Table

#: Shares of the width, by the table's name in ``paper_context``.
WIDTHS = {
    "statutory": (7.5, 41, 11, 14.5, 11, 9, 15),
    "criteria": (6, 31, 10, 11, 11, 10, 21),
    "communes": (6, 22, 15, 13, 12, 32),
    "unmet": (4, 8, 6, 25, 19, 15, 14, 11),
    "recognised": (6, 24, 28, 24, 18),
    "targets": (6, 24, 26, 9, 13, 30),
    "reporting": (5, 17, 12, 12, 10, 10, 10, 12, 16),
    "written": (5, 45, 13, 13, 10, 20),
}
#: Columns of words, counted from 0; the others are centred.
WORDS = {
    "statutory": {1, 6},
    "criteria": {1, 6},
    "communes": {1, 5},
    "unmet": {1, 3, 4, 5, 6, 7},
    "recognised": {1, 2, 3},
    "targets": {1, 2, 5},
    "reporting": {1, 8},
    "written": {1, 5},
}


@dataclass(frozen=True, slots=True)
class Grid:
    """A table ready to be drawn. ``bold`` are the numbers of rows that stand out, ``strong`` tells
    which cells do."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    words: frozenset[int] = frozenset({0})
    note: str = ""
    bold: frozenset[int] = frozenset()
    strong: frozenset[tuple[int, int]] = frozenset()


def grid_of(table: Table) -> Grid:
    return Grid(
        title=table.caption,
        head=table.head,
        rows=table.rows,
        widths=WIDTHS[table.css],
        words=frozenset(WORDS[table.css]),
        note=table.note,
    )


def matrix_grid(matrix: dict) -> Grid:
    """Communes by criteria; what is not met stands out."""
    numbers = [str(number) for number, _name in matrix["columns"]]
    rows = [
        (name, *(letter for letter, _verdict in cells), str(met))
        for name, cells, met in matrix["rows"]
    ]
    strong = {
        (n, place)
        for n, (_name, cells, _met) in enumerate(matrix["rows"])
        for place, (_letter, verdict) in enumerate(cells, start=1)
        if verdict == "not_met"
    }
    totals = ("Số xã đạt", *map(str, matrix["totals"]), str(matrix["total"]))
    names = "; ".join(f"{number}. {name}" for number, name in matrix["columns"])
    return Grid(
        title=matrix["caption"],
        head=("Xã", *numbers, "Số TC đạt"),
        rows=(*rows, totals) if rows else (),
        widths=(15, *(4.2 for _number in numbers), 6.2),
        note=f"{matrix['legend']} (CN): xã đã được công nhận đạt chuẩn.\nTên tiêu chí: {names}.",
        bold=frozenset({len(rows)}),
        strong=frozenset(strong),
    )
