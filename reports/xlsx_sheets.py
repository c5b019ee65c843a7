"""The sheets of the workbook, each from its part of the snapshot; totals are formulas."""

from __future__ import annotations

from decimal import Decimal

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from reports.paper_words import legend, letter
from reports.snapshot import IndicatorFigures, Snapshot
from reports.xlsx_parts import HUNDREDTHS, TENTHS, Column, Formula, Sheet, Shown, stored_form

HEADLINE, MATRIX, INDICATORS = "Tổng hợp", "Ma trận tiêu chí", "Chỉ tiêu"
STATUTORY, WRITTEN, TREND = "Biểu tổng hợp", "Báo cáo định kỳ", "Các quý"
VERDICTS = {
    "met": "Đạt",
    "not_met": "Chưa đạt",
    "not_applicable": "Không áp dụng",
    "missing": "Chưa nhập",
    "": "",
}
CENTRE, RIGHT = "center", "right"


def headline(workbook: Workbook, snapshot: Snapshot) -> Sheet:
    """The figures of the headline; what adds up is added up by formulas over the matrix."""
    sheet = Sheet(
        workbook,
        snapshot,
        HEADLINE,
        [
            Column("Nội dung", 62),
            Column("Đơn vị", 16, CENTRE),
            Column("Kết quả", 14, RIGHT),
            Column("So với", 20, CENTRE),
            Column("Tăng, giảm", 14, RIGHT),
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
    return get_column_letter(3 + len(snapshot.definitions.criteria))


def matrix(workbook: Workbook, snapshot: Snapshot) -> Sheet:
    criteria = snapshot.definitions.criteria
    columns = [Column("Xã", 16), Column("Đã được công nhận", 11, CENTRE)]
    columns += [Column(str(one.number), 5.5, CENTRE) for one in criteria]
    columns += [Column("Số TC đạt", 10, CENTRE), Column("Tăng, giảm", 10, CENTRE)]
    sheet = Sheet(workbook, snapshot, MATRIX, columns)
    sheet.freeze(columns=1)
    sheet.title("KẾT QUẢ TỪNG TIÊU CHÍ CỦA TỪNG XÃ")
    sheet.head()
    first, end = sheet.row + 1, get_column_letter(2 + len(criteria))
    for one in snapshot.communes:
        here = sheet.row + 1
        cells = [letter(cell) for cell in one.cells]
        change = one.change if snapshot.compared else None
        total = Formula(f'COUNTIF(C{here}:{end}{here},"Đ*")', one.met) if one.has_data else None
        sheet.write((one.short_name, "x" if one.recognised else "", *cells, total, change))
    last = sheet.row
    sheet.filter(first - 1, last)
    if snapshot.communes:
        counts = [
            Formula(f'COUNTIF({_column(n)}{first}:{_column(n)}{last},"Đ*")', one.met)
            for n, one in enumerate(snapshot.criteria, start=3)
        ]
        whole = total_column(snapshot)
        sheet.write(
            (
                "Số xã đạt",
                Formula(f'COUNTIF(B{first}:B{last},"x")', snapshot.headline.recognised),
                *counts,
                Formula(f"SUM({whole}{first}:{whole}{last})", snapshot.headline.criteria_met),
                None,
            ),
            total=True,
        )
    sheet.line("")
    _not_compared(sheet, snapshot)
    sheet.line(legend(snapshot), italic=True)
    for one in criteria:
        sheet.line(f"{one.number}. {one.name}")
    return sheet


def _column(number: int) -> str:
    return get_column_letter(number)


def indicators(workbook: Workbook, snapshot: Snapshot) -> Sheet:
    """Every indicator of every commune: value, level, both verdicts, in rows that filter."""
    sheet = Sheet(
        workbook,
        snapshot,
        INDICATORS,
        [
            Column("Xã", 12),
            Column("Tiêu chí", 7, CENTRE),
            Column("Chỉ tiêu", 8, CENTRE),
            Column("Nội dung chỉ tiêu", 42),
            Column("Trị số", 9, RIGHT),
            Column("Đơn vị", 13, CENTRE),
            Column("Kết quả (đầy đủ)", 30),
            Column("Mức phải đạt", 22),
            Column("Xã tự đánh giá", 11),
            Column("Thẩm định", 11),
            Column("Được tính", 11),
            Column("Cơ quan chủ trì", 24),
        ],
    )
    sheet.freeze(columns=3)
    sheet.title("KẾT QUẢ TỪNG CHỈ TIÊU CỦA TỪNG XÃ")
    first = sheet.head()
    for one in snapshot.indicators:
        sheet.write(_indicator(one, snapshot))
    sheet.filter(first, sheet.row)
    return sheet


def _indicator(one: IndicatorFigures, snapshot: Snapshot) -> tuple:
    name = snapshot.indicator_names[one.code]
    number = one.values[0].number if one.values else None
    return (
        snapshot.commune_names[one.commune].short_name,
        one.criterion,
        one.code,
        name.text,
        number,
        one.values[0].unit if number is not None else "",
        one.value,
        one.level,
        VERDICTS[one.declared],
        VERDICTS[one.verified],
        VERDICTS[one.counted],
        name.lead,
    )


def statutory(workbook: Workbook, snapshot: Snapshot) -> Sheet:
    sheet = Sheet(
        workbook,
        snapshot,
        STATUTORY,
        [
            Column("TT", 8, CENTRE),
            Column("Nội dung", 66),
            Column("Đơn vị", 14, CENTRE),
            Column(f"Kết quả đến 31/12/{snapshot.paper.year - 1}", 18, RIGHT),
            Column("Kết quả kỳ này", 14, RIGHT),
            Column("Kế hoạch", 12, RIGHT),
            Column("Ghi chú", 30),
        ],
    )
    sheet.freeze(columns=2)
    sheet.title("BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN")
    first = sheet.head()
    for row in snapshot.statutory:
        sheet.write(
            (
                row.number,
                row.content,
                row.unit,
                _exact(row.last_year),
                _exact(row.this_term),
                _exact(row.plan),
                row.note,
            )
        )
    sheet.filter(first, sheet.row)
    return sheet


def _exact(number: Decimal | None) -> Shown | None:
    """With the places that the statistics give: 16,0 and 14,00."""
    return None if number is None else Shown(number, stored_form(number))


def trend(workbook: Workbook, snapshot: Snapshot) -> Sheet:
    sheet = Sheet(
        workbook,
        snapshot,
        TREND,
        [
            Column("Quý", 16),
            Column("Số xã", 10, RIGHT),
            Column("Đã được công nhận", 14, RIGHT),
            Column("Đạt đủ tiêu chí", 14, RIGHT),
            Column("Tổng số tiêu chí đạt", 14, RIGHT),
            Column("Bình quân/xã", 14, RIGHT, TENTHS),
            Column("Tỷ lệ hộ nghèo (%)", 14, RIGHT, HUNDREDTHS),
            Column("Tỷ lệ hộ cận nghèo (%)", 14, RIGHT, HUNDREDTHS),
            Column("Ghi chú", 18),
        ],
    )
    sheet.freeze(columns=1)
    sheet.title("DIỄN BIẾN QUA CÁC QUÝ")
    first = sheet.head()
    for one in snapshot.trend:
        sheet.write(
            (
                one.label,
                one.communes,
                one.recognised,
                one.meeting_all,
                one.criteria_met,
                one.average,
                one.poor_rate,
                one.near_poor_rate,
                "tạm tính" if one.provisional else "",
            )
        )
    sheet.filter(first, sheet.row)
    return sheet


def written(workbook: Workbook, snapshot: Snapshot) -> Sheet:
    """Who sent what and when: figures of the communes, written reports of all bodies."""
    sheet = Sheet(
        workbook,
        snapshot,
        WRITTEN,
        [
            Column("Loại", 18),
            Column("Đơn vị gửi", 46),
            Column("Trạng thái", 18),
            Column("Hạn gửi", 13, CENTRE),
            Column("Ngày gửi", 13, CENTRE),
            Column("Trễ (ngày)", 12, RIGHT),
            Column("Đã nhập", 11, RIGHT),
            Column("Đã thẩm định", 11, RIGHT),
        ],
    )
    sheet.freeze(columns=2)
    sheet.title("TÌNH HÌNH GỬI PHIẾU VÀ BÁO CÁO")
    first = sheet.head()
    for one in snapshot.reporting:
        sheet.write(
            (
                "Phiếu đánh giá",
                one.name,
                one.state_text,
                one.due_on,
                one.submitted_at,
                one.days_late,
                one.entered,
                one.verified,
            )
        )
    for one in snapshot.written:
        sheet.write(
            (
                "Báo cáo định kỳ",
                one.sender,
                one.state_text,
                one.due_on,
                one.submitted_at,
                one.days_late,
                None,
                None,
            )
        )
    sheet.filter(first, sheet.row)
    return sheet


SHEETS = (headline, matrix, indicators, statutory, trend, written)
