"""The workbook of a correction has one more sheet: every change, with what stood there before."""

from __future__ import annotations

from collections.abc import Callable

from openpyxl import Workbook

from reports.paper_words import replacement
from reports.plain_tables import WORDS, Column
from reports.snapshot import Snapshot
from reports.xlsx_parts import Sheet

CORRECTION = "Đính chính"
KINDS = {
    "figure": "Số liệu",
    "indicator": "Chỉ tiêu",
    "annex": "Phụ lục",
    "name": "Tên gọi",
    "text": "Lời văn",
    "other": "Khác",
}


def correction_sheets(snapshot: Snapshot) -> tuple[Callable[[Workbook, Snapshot], Sheet], ...]:
    return (correction,) if snapshot.publication.edition > 1 and not snapshot.is_draft else ()


def correction(workbook: Workbook, snapshot: Snapshot) -> Sheet:
    replaced = snapshot.publication.replaces
    before = f"Báo cáo số {replaced.number:02d}" if replaced else "Bản trước"
    columns = [
        Column("Loại", 0, WORDS, letters=12),
        Column("Nội dung", 0, WORDS, letters=44),
        Column(before, 0, WORDS, letters=52),
        Column(f"Báo cáo số {snapshot.publication.number:02d}", 0, WORDS, letters=52),
    ]
    sheet = Sheet(workbook, snapshot, CORRECTION, columns)
    sheet.title("NỘI DUNG ĐÍNH CHÍNH")
    sheet.line(replacement(snapshot))
    sheet.line(f"Lý do: {snapshot.publication.reason}")
    first = sheet.head()
    for one in snapshot.publication.changes:
        sheet.write((KINDS[one.kind], one.place, one.before, one.after))
    sheet.sheet.freeze_panes = f"A{first + 1}"
    sheet.sheet.print_title_rows = f"{first}:{first}"
    sheet.filter(first, sheet.row)
    return sheet
