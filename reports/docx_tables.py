"""Tables as Word draws them: texts, shares of the width, what stands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.paper_annexes import Matrix
from reports.plain_tables import WORDS, Table


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
        widths=[column.width for column in table.columns],
        words=frozenset(n for n, column in enumerate(table.columns) if column.kind == WORDS),
        note=table.note,
    )


def matrix_grid(matrix: Matrix) -> Grid:
    """Communes by criteria; what is not met stands out."""
    rows = [
        (row.marked_name, *(letter for letter, _verdict in row.cells), _known(row.met))
        for row in matrix.rows
    ]
    strong = {
        (n, place)
        for n, row in enumerate(matrix.rows)
        for place, (_letter, verdict) in enumerate(row.cells, start=1)
        if verdict == "not_met"
    }
    totals = ("Số xã đạt", *map(str, matrix.totals), str(matrix.total))
    return Grid(
        title=matrix.caption,
        head=("Xã", *(str(number) for number, _name in matrix.columns), "Số TC đạt"),
        rows=(*rows, totals) if rows else (),
        widths=(15, *(4.2 for _column in matrix.columns), 6.2),
        note=f"{matrix.legend} (CN): xã đã được công nhận đạt chuẩn.\nTên tiêu chí: {matrix.names}.",
        bold=frozenset({len(rows)}),
        strong=frozenset(strong),
    )


def _known(number: int | None) -> str:
    return "" if number is None else str(number)
