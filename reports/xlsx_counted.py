"""The sheets whose totals are formulas: the headline over the matrix, the matrix over its letters."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import count

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from reports import paper_annexes
from reports import xlsx_links as links
from reports.plain_tables import CHANGE, NUMBER, WORDS, Column
from reports.snapshot import Snapshot
from reports.text_tables import DASH
from reports.xlsx_links import HEADLINE, MATRIX
from reports.xlsx_parts import (
    HUNDREDTHS,
    TENTHS,
    Formula,
    Sheet,
    Shown,
    exactness,
    stored_form,
)


def headline(workbook: Workbook, snapshot: Snapshot) -> Sheet:
    """The figures of the headline; what adds up is added up by formulas over the matrix."""
    sheet = Sheet(
        workbook,
        snapshot,
        HEADLINE,
        [
            Column("Nội dung", 0, WORDS, letters=62),
            Column("Đơn vị", 0, letters=16),
            Column("Kết quả", 0, NUMBER, letters=14),
            Column("So với", 0, letters=20),
            Column("Tăng, giảm", 0, CHANGE, letters=14),
        ],
    )
    sheet.freeze()
    sheet.title("KẾT QUẢ CHUNG")
    first = sheet.head()
    given, known = snapshot.headline, snapshot.compared
    than = known.label if known else ""

    def row(name, unit, value, moved: str = "") -> None:
        """``moved`` names the difference in the comparison."""
        by = getattr(known, moved) if known and moved else None
        if by is not None:
            shown = links.change(snapshot, moved, sheet.row + 1, by)
            by = Shown(shown, stored_form(by)) if isinstance(by, Decimal) else shown
        sheet.write((name, unit, value, than if by is not None else "", by))

    whole, met = bool(snapshot.communes), links.met(snapshot)
    names, marked = (links.matrix_area(column, snapshot) for column in "AB")
    row(
        "Số xã thuộc Chương trình",
        "xã",
        Formula(f"COUNTA({names})", given.communes)
        if whole and given.communes == len(snapshot.communes)
        else given.communes,
    )
    row(
        "Số xã đã được công nhận đạt chuẩn nông thôn mới",
        "xã",
        Formula(f'COUNTIF({marked},"x")' if whole else "0", given.recognised),
        "recognised",
    )
    row(
        f"Số xã đang đạt đủ {given.criteria} tiêu chí",
        "xã",
        DASH
        if snapshot.is_blank
        else Formula(
            f"COUNTIF({met},{given.criteria})" if whole and given.criteria else "0",
            given.meeting_all,
        ),
        "meeting_all",
    )
    row(
        "Tổng số tiêu chí đạt",
        "tiêu chí",
        DASH if snapshot.is_blank else Formula(f"SUM({met})" if whole else "0", given.criteria_met),
        "criteria_met",
    )
    total = sheet.row
    if whole:
        average: Shown | str = DASH
        if given.average is not None and not snapshot.is_blank:
            average = Shown(Formula(f"ROUND(C{total}/C{total - 3},1)", given.average), TENTHS)
        row("Bình quân tiêu chí đạt trên một xã", "tiêu chí/xã", average, "average")
    for bucket in snapshot.distribution:
        blank = snapshot.is_blank and bucket.has_data
        row(bucket.content, "xã", DASH if blank else links.bucket_count(bucket, snapshot))
    _poverty(snapshot, sheet, row)
    row("Số xã đã gửi phiếu đánh giá", "xã", links.sent_count(snapshot))
    for name, column, key in (
        ("Số chỉ tiêu phải nhập", "F", "indicators"),
        ("Số chỉ tiêu đã nhập", "G", "entered"),
        ("Số chỉ tiêu đã thẩm định", "H", "verified"),
    ):
        row(name, "chỉ tiêu", links.sent_total(snapshot, column, key, getattr(given, key)))
    rest: int | Formula = given.only_declared
    if given.entered - given.verified == rest:
        rest = Formula(f"C{sheet.row - 1}-C{sheet.row}", rest)
    row("Số chỉ tiêu mới do xã tự đánh giá", "chỉ tiêu", rest)
    sheet.filter(first, sheet.row)
    sheet.line("")
    _not_compared(sheet, snapshot)
    sheet.line(
        "“Đã được công nhận” và “đang đạt đủ tiêu chí” là hai số liệu khác nhau.", italic=True
    )
    sheet.line(links.CONSTANTS, italic=True)
    return sheet


def _poverty(snapshot: Snapshot, sheet: Sheet, row: Callable) -> None:
    """Households from the sheet of indicators, rates from the households above."""
    poverty, first = snapshot.poverty, sheet.row + 1
    for name, key in (
        ("Tổng số hộ", "households"),
        ("Số hộ nghèo", "poor"),
        ("Số hộ cận nghèo", "near_poor"),
    ):
        found = getattr(poverty, key)
        shown = Shown(links.households(snapshot, key, found), exactness(found))
        row(name, "hộ", shown if poverty.communes else None)
    for name, parts, key in (
        ("Tỷ lệ hộ nghèo", f"C{first + 1}", "poor_rate"),
        ("Tỷ lệ hộ cận nghèo", f"C{first + 2}", "near_poor_rate"),
        ("Tỷ lệ nghèo đa chiều", f"(C{first + 1}+C{first + 2})", "poverty_rate"),
    ):
        rate = getattr(poverty, key)
        if rate is not None:
            rate = Shown(Formula(f"ROUND(100*{parts}/C{first},2)", rate), HUNDREDTHS)
        row(name, "%", rate, key)


def _not_compared(sheet: Sheet, snapshot: Snapshot) -> None:
    if snapshot.why_not_compared:
        sheet.line(f"Cột “Tăng, giảm”: {snapshot.why_not_compared}.", italic=True)


def matrix(workbook: Workbook, snapshot: Snapshot) -> Sheet:
    """The annex's matrix; what a commune meets and what meets a criterion is counted by formulas."""
    given = paper_annexes.matrix(snapshot)
    columns = [Column("Xã", 0, WORDS, letters=16), Column("Đã được công nhận", 0, letters=11)]
    columns += [Column(str(number), 0, letters=5.5) for number, _name in given.columns]
    columns += [Column("Số TC đạt", 0, letters=10), Column("Tăng, giảm", 0, letters=10)]
    sheet = Sheet(workbook, snapshot, MATRIX, columns)
    sheet.freeze(columns=1)
    sheet.title("KẾT QUẢ TỪNG TIÊU CHÍ CỦA TỪNG XÃ")
    sheet.head()
    first, end = sheet.row + 1, get_column_letter(2 + len(given.columns))
    for row in given.rows:
        here = sheet.row + 1
        total = None
        if row.met is not None:
            total = Formula(f'COUNTIF(C{here}:{end}{here},"Đ*")', row.met)
        letters = [letter for letter, _verdict in row.cells]
        sheet.write((row.name, "x" if row.recognised else "", *letters, total, row.change))
    last = sheet.row
    sheet.filter(first - 1, last)
    if given.rows:
        counts = [
            met if met == DASH else Formula(f'COUNTIF({column}{first}:{column}{last},"Đ*")', met)
            for column, met in zip(map(get_column_letter, count(3)), given.totals, strict=False)
        ]
        whole = links.total_column(snapshot)
        recognised = Formula(f'COUNTIF(B{first}:B{last},"x")', given.recognised)
        total = given.total
        if total != DASH:
            total = Formula(f"SUM({whole}{first}:{whole}{last})", total)
        sheet.write(("Số xã đạt", recognised, *counts, total, None), total=True)
    sheet.line("")
    _not_compared(sheet, snapshot)
    sheet.line(given.legend, italic=True)
    for number, name in given.columns:
        sheet.line(f"{number}. {name}")
    return sheet
