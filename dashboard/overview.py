"""The overview as its page shows it: the figures of ``statistics`` in words, ready as tuples.

Rendering decides how many readers a server bears, so the template gets finished strings and does
no arithmetic and no look-ups.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Role, User
from assessments.figures import Cell, Completeness, Figures, Matrix, MatrixRow, UnitProgress
from assessments.models import Assessment, AssessmentState
from assessments.statistics import NO_DATA
from assessments.wording import STATE_KINDS, state_text
from communes.alphabet import sort_key
from criteria.evaluation import Verdict
from criteria.wording import verdict_text
from periods.models import ReportingPeriod

#: Reads the states of communes that are not its own: "not sent yet", never "to enter and send".
BYSTANDER = User(role=Role.LEADER)
#: Lower bounds of the four shades of the schematic map; the highest is the whole set.
SHADES = (15, 10, 0)


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """One commune: its cells are (css classes, shape, accessible name)."""

    name: str
    url: str
    recognised: bool
    entering: bool
    cells: tuple[tuple[str, str, str], ...]
    met: int | None


@dataclass(frozen=True, slots=True)
class Tile:
    """One commune in the schematic map. ``met`` is None where nothing is entered."""

    name: str
    met: int | None
    css: str
    recognised: bool


@dataclass(frozen=True, slots=True)
class SentLine:
    """Who has handed in: one commune."""

    name: str
    url: str
    kind: str
    state: str
    progress: UnitProgress
    late: str


def matrix_lines(matrix: Matrix, urls: Mapping[str, str]) -> list[MatrixLine]:
    words = _CellWords(matrix)
    return [
        MatrixLine(
            name=row.short_name,
            url=urls.get(row.slug, ""),
            recognised=row.recognised,
            entering=not row.handed_in,
            cells=tuple(words.cell(row, cell) for cell in row.cells),
            met=row.met if row.has_data else None,
        )
        for row in matrix.rows
    ]


class _CellWords:
    """The words of all cells, translated once and not once a cell."""

    def __init__(self, matrix: Matrix) -> None:
        self.verdicts = {verdict: verdict_text(verdict) for verdict in Verdict}
        self.changes = {"won": _("newly won"), "lost": _("newly lost")}
        self.declared = _("not fully verified")
        self.entering = _("still being entered, not sent")
        self.provisional = matrix.provisional
        self.columns = {
            column.number: _("criterion %(number)s %(name)s")
            % {"number": column.number, "name": column.name}
            for column in matrix.columns
        }

    def cell(self, row: MatrixRow, cell: Cell) -> tuple[str, str, str]:
        css, label = f"verdict-{cell.verdict}", [self.verdicts[cell.verdict]]
        is_sent = row.handed_in or not self.provisional
        if cell.change and is_sent:  # nothing is won or lost by what is still being typed
            css += f" newly-{cell.change}"
            label.append(self.changes[cell.change])
        if cell.only_declared:
            css += " declared"
            label.append(self.declared if is_sent else self.entering)
        name = f"{row.name}, {self.columns[cell.number]}: {', '.join(label)}"
        return css, cell.verdict.value, name


def tiles(matrix: Matrix) -> list[Tile]:
    """The communes that have a place in the schematic map."""
    whole = len(matrix.columns)
    return [
        Tile(
            row.short_name, row.met if row.has_data else None, _tile_css(row, whole), row.recognised
        )
        for row in sorted(matrix.rows, key=lambda row: sort_key(row.short_name))
        if row.tile_row is not None and row.tile_column is not None
    ]


def _tile_css(row, whole: int) -> str:
    shade = whole if row.met == whole else next(low for low in SHADES if row.met >= low)
    name = "all" if shade == whole else shade if row.has_data else "none"
    return f"tile-{name} tile-r{row.tile_row} tile-c{row.tile_column}"


def sent_lines(
    completeness: Completeness, period: ReportingPeriod, urls: Mapping[str, str], reader: User
) -> list[SentLine]:
    return [_sent_line(unit, period, urls, reader) for unit in completeness.units]


def _sent_line(unit: UnitProgress, period: ReportingPeriod, urls, reader: User) -> SentLine:
    late = (
        late_text(unit.days_late) if unit.days_late and (period.is_open or unit.handed_in) else ""
    )
    kind, words = "grey", _("No assessment")
    if unit.state:
        is_late = unit.days_late > 0 and not unit.handed_in
        assessment = Assessment(period=period, state=unit.state)
        own = reader.unit_id is not None and reader.unit_id == unit.unit_id
        words = state_text(assessment, reader if own else BYSTANDER, late=is_late)
        kind = "red" if is_late else STATE_KINDS[AssessmentState(unit.state)]
    return SentLine(unit.short_name, urls.get(unit.slug, ""), kind, words, unit, late)


def late_text(days: int) -> str:
    """Trễ 5 ngày."""
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}


def distribution_lines(figures: Figures) -> list[tuple[str, int]]:
    """Groups in words with their communes; those without figures only where there are some."""
    return [
        (_group_words(group), communes)
        for group, communes in figures.headline.distribution.items()
        if group != NO_DATA or communes
    ]


def weakest_criteria(matrix: Matrix, most: int = 5) -> list[tuple[str, int]]:
    """The criteria that fewest communes meet, with how many do; those that all meet, or that
    nobody has figures of, are left out."""
    short = [
        column for column in matrix.columns if column.has_data and column.met < len(matrix.rows)
    ]
    short.sort(key=lambda column: (column.met, column.number))
    return [(f"{column.number}. {column.name}", column.met) for column in short[:most]]


def _group_words(group: str) -> str:
    if group == NO_DATA:
        return _("No figures yet")
    if group == "under 5":
        return _("Under 5 criteria")
    return _("%(group)s criteria") % {"group": group.replace("-", "–")}
