"""The sheets of the workbook: those that compute, then every table of the paper as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from openpyxl import Workbook

from reports import paper_annexes as annexes
from reports import text_tables as texts
from reports import xlsx_counted as counted
from reports.plain_tables import Table
from reports.snapshot import Snapshot
from reports.xlsx_parts import Sheet


@dataclass(frozen=True, slots=True)
class Plan:
    """``frozen`` are the columns that stay when the sheet is moved sideways."""

    name: str
    title: str
    table: Callable[[Snapshot], Table]
    frozen: int = 2


PLANS = (
    Plan("Chỉ tiêu", "KẾT QUẢ TỪNG CHỈ TIÊU CỦA TỪNG XÃ", annexes.indicators, frozen=3),
    Plan("Biểu tổng hợp", "BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN", texts.statutory),
    Plan("Các quý", "DIỄN BIẾN QUA CÁC QUÝ", texts.trend, frozen=1),
    Plan("Theo tiêu chí", "KẾT QUẢ THEO TỪNG TIÊU CHÍ", texts.criteria),
    Plan("Theo xã", "KẾT QUẢ THEO TỪNG XÃ", texts.communes),
    Plan("Chỉ tiêu chưa đạt", "CHỈ TIÊU CHƯA ĐẠT THEO TỪNG XÃ", annexes.unmet, frozen=3),
    Plan("Xã được công nhận", "XÃ ĐÃ ĐƯỢC CÔNG NHẬN", annexes.recognised),
    Plan("Mục tiêu", "MỤC TIÊU", annexes.targets),
    Plan("Gửi số liệu", "TÌNH HÌNH GỬI SỐ LIỆU CỦA CÁC XÃ", annexes.reporting),
    Plan("Báo cáo định kỳ", "TÌNH HÌNH GỬI BÁO CÁO BẰNG VĂN BẢN", annexes.written),
)


def sheet_of(plan: Plan, workbook: Workbook, snapshot: Snapshot) -> Sheet:
    table = plan.table(snapshot)
    sheet = Sheet(workbook, snapshot, plan.name, table.columns)
    sheet.freeze(columns=plan.frozen)
    sheet.title(plan.title)
    first = sheet.head()
    for row in table.values:
        sheet.write(row)
    sheet.filter(first, sheet.row)
    for line in filter(None, (table.note, "" if table.values else table.empty)):
        sheet.line("")
        sheet.line(line, italic=True)
    return sheet


SHEETS = (counted.headline, counted.matrix, *(partial(sheet_of, plan) for plan in PLANS))
