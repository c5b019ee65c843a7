"""The sheets of the workbook: those that compute, then every table of the paper as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from openpyxl import Workbook

from reports import paper_annexes as annexes
from reports import text_tables as texts
from reports import xlsx_counted as counted
from reports import xlsx_links as links
from reports.blanks import blank
from reports.plain_tables import Table, Value
from reports.snapshot import Snapshot
from reports.xlsx_parts import Formula, Sheet, Shown, stored_form


@dataclass(frozen=True, slots=True)
class Plan:
    """``frozen`` are the columns that stay when the sheet is moved sideways; ``links`` tells which
    cells are counted from other sheets; ``wide`` prints on A3."""

    name: str
    title: str
    table: Callable[[Snapshot], Table]
    frozen: int = 2
    links: Callable[[Snapshot], links.Links] | None = None
    wide: bool = False


PLANS = (
    Plan("Chỉ tiêu", "KẾT QUẢ TỪNG CHỈ TIÊU CỦA TỪNG XÃ", annexes.indicators, frozen=3, wide=True),
    Plan(
        "Biểu tổng hợp", "BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN", texts.statutory, links=links.statutory
    ),
    Plan("Các quý", "DIỄN BIẾN QUA CÁC QUÝ", texts.trend, frozen=1),
    Plan("Theo tiêu chí", "KẾT QUẢ THEO TỪNG TIÊU CHÍ", texts.criteria, links=links.criteria),
    Plan("Theo xã", "KẾT QUẢ THEO TỪNG XÃ", texts.communes, links=links.communes),
    Plan("Chỉ tiêu chưa đạt", "CHỈ TIÊU CHƯA ĐẠT THEO TỪNG XÃ", annexes.unmet, frozen=3),
    Plan("Chỉ tiêu chưa có số liệu", "CHỈ TIÊU CHƯA CÓ SỐ LIỆU THEO TỪNG XÃ", blank, frozen=3),
    Plan("Xã được công nhận", "XÃ ĐÃ ĐƯỢC CÔNG NHẬN", annexes.recognised),
    Plan("Mục tiêu", "MỤC TIÊU", annexes.targets),
    Plan("Gửi số liệu", "TÌNH HÌNH GỬI SỐ LIỆU CỦA CÁC XÃ", annexes.reporting),
    Plan("Báo cáo định kỳ", "TÌNH HÌNH GỬI BÁO CÁO BẰNG VĂN BẢN", annexes.written),
)


def sheet_of(plan: Plan, workbook: Workbook, snapshot: Snapshot) -> Sheet:
    table = plan.table(snapshot)
    sheet = Sheet(workbook, snapshot, plan.name, table.columns, wide=plan.wide)
    sheet.freeze(columns=plan.frozen)
    sheet.title(plan.title)
    first = sheet.head()
    counted_cells = plan.links(snapshot) if plan.links else {}
    for n, row in enumerate(table.values):
        sheet.write(
            _counted(value, counted_cells.get((n, place))) for place, value in enumerate(row)
        )
    sheet.filter(first, sheet.row)
    for line in filter(None, (table.note, "" if table.values else table.empty)):
        sheet.line("")
        sheet.line(line, italic=True)
    if counted_cells:
        sheet.line("")
        sheet.line(links.CONSTANTS, italic=True)
    return sheet


def _counted(value: Value, formula: Formula | None) -> Value | Formula | Shown:
    """The formula where it comes to the figure of the paper, in the form of that figure."""
    if formula is None or not isinstance(value, int | Decimal) or formula.result != value:
        return value
    return Shown(formula, stored_form(value)) if isinstance(value, Decimal) else formula


SHEETS = (counted.headline, counted.matrix, *(partial(sheet_of, plan) for plan in PLANS))
