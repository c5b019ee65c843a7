"""The sheets whose totals are formulas: the headline over the matrix, the matrix over its letters."""

from __future__ import annotations

from itertools import count

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from reports import paper_annexes
from reports.plain_tables import CHANGE, NUMBER, WORDS, Column
from reports.snapshot import Snapshot
from reports.xlsx_parts import TENTHS, Formula, Sheet, Shown

HEADLINE, MATRIX = "Tổng hợp", "Ma trận tiêu chí"


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

    def row(name, unit, value, change=None) -> None:
        sheet.write((name, unit, value, than if change is not None else "", change))

    last = matrix_last_row(snapshot)
    met = f"'{MATRIX}'!{total_column(snapshot)}{matrix_first_row(snapshot)}:{total_column(snapshot)}{last}"
    row("Số xã thuộc Chương trình", "xã", given.communes)
    row(
        "Số xã đã được công nhận đạt chuẩn nông thôn mới",
        "xã",
        Formula(
            f"COUNTIF('{MATRIX}'!B{matrix_first_row(snapshot)}:B{last},\"x\")"
            if snapshot.communes
            else "0",
            given.recognised,
        ),
        known and known.recognised,
    )
    row(
        f"Số xã đang đạt đủ {given.criteria} tiêu chí",
        "xã",
        Formula(
            f"COUNTIF({met},{given.criteria})" if snapshot.communes and given.criteria else "0",
            given.meeting_all,
        ),
        known and known.meeting_all,
    )
    row(
        "Tổng số tiêu chí đạt",
        "tiêu chí",
        Formula(f"SUM({met})" if snapshot.communes else "0", given.criteria_met),
        known and known.criteria_met,
    )
    total = sheet.row
    if snapshot.communes:
        average = Shown(Formula(f"ROUND(C{total}/C{total - 3},1)", given.average), TENTHS)
        sheet.write(
            (
                "Bình quân tiêu chí đạt trên một xã",
                "tiêu chí/xã",
                average,
                than,
                known and known.average,
            )
        )
    for bucket in snapshot.distribution:
        bounds = f'{met},">={bucket.lower}",{met},"<={bucket.upper}"'
        formula = f"COUNTIFS({bounds})" if bucket.has_data else f"COUNTBLANK({met})"
        row(
            bucket.content,
            "xã",
            Formula(formula if snapshot.communes else "0", bucket.count),
        )
    poverty = snapshot.poverty
    for name, unit, value, change in (
        ("Tổng số hộ", "hộ", poverty.households if poverty.communes else None, None),
        ("Số hộ nghèo", "hộ", poverty.poor if poverty.communes else None, None),
        ("Số hộ cận nghèo", "hộ", poverty.near_poor if poverty.communes else None, None),
        ("Tỷ lệ hộ nghèo", "%", poverty.poor_rate, known and known.poor_rate),
        ("Tỷ lệ hộ cận nghèo", "%", poverty.near_poor_rate, known and known.near_poor_rate),
        ("Tỷ lệ nghèo đa chiều", "%", poverty.poverty_rate, known and known.poverty_rate),
        ("Số xã đã gửi phiếu đánh giá", "xã", given.handed_in, None),
        ("Số chỉ tiêu phải nhập", "chỉ tiêu", given.indicators, None),
        ("Số chỉ tiêu đã nhập", "chỉ tiêu", given.entered, None),
        ("Số chỉ tiêu đã thẩm định", "chỉ tiêu", given.verified, None),
        ("Số chỉ tiêu mới do xã tự đánh giá", "chỉ tiêu", given.only_declared, None),
    ):
        row(name, unit, value, change)
    sheet.filter(first, sheet.row)
    sheet.line("")
    _not_compared(sheet, snapshot)
    sheet.line(
        "“Đã được công nhận” và “đang đạt đủ tiêu chí” là hai số liệu khác nhau.", italic=True
    )
    return sheet


def _not_compared(sheet: Sheet, snapshot: Snapshot) -> None:
    if snapshot.why_not_compared:
        sheet.line(f"Cột “Tăng, giảm”: {snapshot.why_not_compared}.", italic=True)


def matrix_first_row(snapshot: Snapshot) -> int:
    return 2 + _notices(snapshot) + 1 + 1 + 1


def matrix_last_row(snapshot: Snapshot) -> int:
    return matrix_first_row(snapshot) + len(snapshot.communes) - 1


def _notices(snapshot: Snapshot) -> int:
    paper = snapshot.paper
    named = snapshot.is_draft or bool(snapshot.publication.code)
    return named + paper.provisional + paper.demo


def total_column(snapshot: Snapshot) -> str:
    return get_column_letter(3 + len(snapshot.criteria))


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
            Formula(f'COUNTIF({column}{first}:{column}{last},"Đ*")', met)
            for column, met in zip(map(get_column_letter, count(3)), given.totals, strict=False)
        ]
        whole = total_column(snapshot)
        recognised = Formula(f'COUNTIF(B{first}:B{last},"x")', given.recognised)
        total = Formula(f"SUM({whole}{first}:{whole}{last})", given.total)
        sheet.write(("Số xã đạt", recognised, *counts, total, None), total=True)
    sheet.line("")
    _not_compared(sheet, snapshot)
    sheet.line(given.legend, italic=True)
    for number, name in given.columns:
        sheet.line(f"{number}. {name}")
    return sheet
