"""How a sheet of the workbook is laid out: cells by kind, frozen head, filter, paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from reports import paper_words
from reports.plain_tables import Column
from reports.snapshot import Snapshot
from reports.xml_text import readable

FONT = "Times New Roman"
#: Excel draws the separators of its own language: 1.234,5 on a Vietnamese computer.
EXACT = "exact"  # as many places as the number needs, whatever it was stored with
WHOLE, TENTHS, HUNDREDTHS, DATE = "#,##0", "#,##0.0", "#,##0.00", "dd/mm/yyyy"
A3, A4 = 8, 9
LINE, LETTERS_PER_WIDTH = 15, 1.25
LONGEST = 32_767  # characters in one cell, by the format's own limit
_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_LINE = Side(style="thin", color="FF999999")
BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
HEAD_FILL = PatternFill("solid", fgColor="FFE2F0E7")
TOTAL_FILL = PatternFill("solid", fgColor="FFF2F2F2")


@lru_cache(maxsize=64)
def _font(bold: bool, italic: bool, size: float, colour: str) -> Font:
    return Font(name=FONT, size=size, bold=bold, italic=italic, color=colour or None)


@lru_cache(maxsize=64)
def _place(horizontal: str, wrap: bool) -> Alignment:
    return Alignment(horizontal=horizontal, vertical="center", wrap_text=wrap)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of ours, and what the snapshot says that it comes to; nothing that a person wrote
    ever becomes one."""

    text: str
    result: int | Decimal


@dataclass(frozen=True, slots=True)
class Shown:
    """A number in a form of its own."""

    value: int | Decimal | Formula | None
    form: str


Value = str | int | Decimal | dt.date | dt.datetime | Formula | Shown | None


class Sheet:
    """One sheet while it is written, from its title down."""

    def __init__(
        self,
        workbook: Workbook,
        snapshot: Snapshot,
        name: str,
        columns: Sequence[Column],
        *,
        wide: bool = False,
    ) -> None:
        self.sheet = workbook.create_sheet(name)
        self.columns = columns
        self.snapshot = snapshot
        self.row = 0
        self.styles: dict[tuple, object] = {}
        self.results: list[int | Decimal] = []
        for n, column in enumerate(columns, start=1):
            self.sheet.column_dimensions[get_column_letter(n)].width = column.sheet_width
        self._paper(name, wide)

    def _paper(self, name: str, wide: bool) -> None:
        sheet = self.sheet
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = A3 if wide else A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_options.horizontalCentered = True
        margins = sheet.page_margins
        margins.left = margins.right = 0.6
        margins.top = margins.bottom = 0.7
        sheet.oddFooter.left.text = _footer(f"{self.snapshot.paper.subject}")
        sheet.oddFooter.center.text = "Trang &P/&N"
        sheet.oddFooter.right.text = _footer(name)
        for part in (sheet.oddFooter.left, sheet.oddFooter.center, sheet.oddFooter.right):
            part.size = 8

    def freeze(self, columns: int = 0) -> None:
        """The head, which comes after the lines of ``title``, and some first columns."""
        head = self._title_lines() + 1
        self.sheet.freeze_panes = f"{get_column_letter(columns + 1)}{head + 1}"
        self.sheet.print_title_rows = f"{head}:{head}"

    def _title_lines(self) -> int:
        return 2 + len(self._notices()) + 1

    def _notices(self) -> list[str]:
        paper, publication = self.snapshot.paper, self.snapshot.publication
        found = []
        if self.snapshot.is_draft:
            found.append("DỰ THẢO")
        elif publication.code:
            found.append(
                f"Số {publication.number:02d}/{self.snapshot.masthead.symbol} · "
                f"{paper_words.edition(self.snapshot)}"
            )
        if paper.provisional:
            found.append(paper_words.provisional(self.snapshot))
        if paper.demo:
            found.append(f"{paper_words.INVENTED}.")
        return found

    def title(self, text: str) -> None:
        self.line(text, bold=True, size=14)
        self.line(
            f"{self.snapshot.paper.subject}. {paper_words.sentence(paper_words.basis(self.snapshot))}",
            italic=True,
        )
        for notice in self._notices():
            self.line(notice, italic=True, colour="FF8A5A00")
        self.line("")

    def line(self, text: str, *, bold=False, italic=False, size: float = 11, colour="") -> None:
        self.row += 1
        if not text:
            self.sheet.append([])
            return
        cell = WriteOnlyCell(self.sheet, None)
        _set_text(cell, text)
        cell.font = _font(bold, italic, size, colour)
        self.sheet.append([cell])

    def head(self) -> int:
        self.row += 1
        cells = []
        for column in self.columns:
            cell = WriteOnlyCell(self.sheet, None)
            _set_text(cell, column.head)
            cell.font, cell.fill, cell.border = _font(True, False, 11, ""), HEAD_FILL, BORDER
            cell.alignment = _place("center", True)
            cells.append(cell)
        self._height([column.head for column in self.columns])
        self.sheet.append(cells)
        return self.row

    def write(self, values: Iterable[Value], *, total: bool = False) -> int:
        """One row under the head; answers with its number."""
        self.row += 1
        values = list(values)
        self._height(values)
        self.sheet.append(
            [
                self._cell(value, column, total)
                for value, column in zip(values, self.columns, strict=True)
            ]
        )
        return self.row

    def _height(self, values: list[Value]) -> None:
        """Room for wrapped text: not every program finds the height of a row by itself."""
        lines = max(
            (
                -(-len(value) // max(int(column.sheet_width * LETTERS_PER_WIDTH), 1))
                for value, column in zip(values, self.columns, strict=True)
                if isinstance(value, str)
            ),
            default=1,
        )
        if lines > 1:
            self.sheet.row_dimensions[self.row].height = min(LINE * lines + 2, 400)

    def _cell(self, value: Value, column: Column, total: bool) -> WriteOnlyCell:
        cell = WriteOnlyCell(self.sheet, None)
        put(cell, value, column.form)
        formula = value.value if isinstance(value, Shown) else value
        if isinstance(formula, Formula):
            self.results.append(formula.result)
        # A style is looked up by all that it is made of; a sheet has a dozen, so they are kept.
        key = (column, total, cell.number_format, cell.quotePrefix)
        if key in self.styles:
            cell._style = self.styles[key]
            return cell
        cell.font, cell.border = _font(total, False, 11, ""), BORDER
        cell.alignment = _place(column.align, column.align != "right")
        if total:
            cell.fill = TOTAL_FILL
        self.styles[key] = cell._style
        return cell

    def filter(self, first: int, last: int) -> None:
        """Over the rows of the table; also where it has none."""
        self.sheet.auto_filter.ref = (
            f"A{first}:{get_column_letter(len(self.columns))}{max(first, last)}"
        )


def put(cell: WriteOnlyCell, value: Value, form: str = "") -> None:
    """A number as a number, a day as a day, a formula of ours as one, everything else as text."""
    match value:
        case None | "":
            return
        case Formula():
            cell.value, cell.number_format = f"={value.text}", form or WHOLE
        case Shown():
            put(cell, value.value, value.form)
        case Decimal():
            cell.value = value
            cell.number_format = exactness(value) if form == EXACT else form or stored_form(value)
        case int():
            cell.value, cell.number_format = value, form or WHOLE
        case dt.datetime():
            local = value.astimezone(_HANOI).date()
            cell.value, cell.number_format = local, DATE
        case dt.date():
            cell.value, cell.number_format = value, DATE
        case _:
            _set_text(cell, value)


def _set_text(cell: WriteOnlyCell, text: str) -> None:
    """Never a formula: the type of the cell is fixed before anything guesses it."""
    text = readable(text)[:LONGEST]
    cell.value = text
    cell.data_type = "s"
    if text.startswith(("=", "+", "-", "@", "\t", "\r")):
        cell.quotePrefix = True


def exactness(number: Decimal) -> str:
    """As many places as the number needs; a column's ``form`` may keep more."""
    places = max(0, -int(number.normalize().as_tuple().exponent))
    return {0: WHOLE, 1: TENTHS}.get(places, HUNDREDTHS)


def stored_form(number: Decimal) -> str:
    """The places that the number was given with: 16.0 keeps its one."""
    return {0: WHOLE, -1: TENTHS}.get(int(number.as_tuple().exponent), HUNDREDTHS)


def _footer(text: str) -> str:
    """``&`` begins a code in a footer, and it takes 255 characters in all."""
    return text.replace("&", "&&")[:100]
