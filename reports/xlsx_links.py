"""Which cells of the paper's tables are formulas in the workbook: what has its parts on another
sheet is counted from them, so that a reader can follow and recount it.

A formula stands only where its parts come to the figure of the snapshot; otherwise, and where the
parts are in no sheet (figures of the year before), the figure itself does.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from openpyxl.utils import get_column_letter

from reports.snapshot import IndicatorFigures, Snapshot, TrendPoint
from reports.xlsx_parts import Formula

HEADLINE, MATRIX, INDICATORS = "Tổng hợp", "Ma trận tiêu chí", "Chỉ tiêu"
QUARTERS, RECOGNISED, SENT = "Các quý", "Xã được công nhận", "Gửi số liệu"
CONSTANTS = (
    "Ô tổng hợp là công thức tính từ các trang khác của tệp này; số liệu kỳ trước, kế hoạch và mức "
    "tăng, giảm không có số liệu gốc trong tệp thì ghi bằng số đã chốt."
)
#: Row and column of a table (both from 0) with what stands there.
Links = dict[tuple[int, int], Formula]


def first_row(snapshot: Snapshot) -> int:
    """Of the table of each sheet: under title, subject, notices, a blank line and the head."""
    paper = snapshot.paper
    named = snapshot.is_draft or bool(snapshot.publication.code)
    return 5 + named + paper.provisional + paper.demo


def matrix_last_row(snapshot: Snapshot) -> int:
    return first_row(snapshot) + len(snapshot.communes) - 1


def total_column(snapshot: Snapshot) -> str:
    return get_column_letter(3 + len(snapshot.criteria))


def area(sheet: str, column: str, snapshot: Snapshot, rows: int) -> str:
    first = first_row(snapshot)
    return f"'{sheet}'!{column}{first}:{column}{first + rows - 1}"


def matrix_area(column: str, snapshot: Snapshot) -> str:
    return area(MATRIX, column, snapshot, len(snapshot.communes))


def met(snapshot: Snapshot) -> str:
    """What each commune meets: blank where it has no figures."""
    return matrix_area(total_column(snapshot), snapshot)


def statutory(snapshot: Snapshot) -> Links:
    """Biểu tổng hợp: this term from matrix and headline, last year where its quarter is listed."""
    found: Links = {}
    first = first_row(snapshot)
    places = {one.number: n for n, one in enumerate(snapshot.statutory)}
    if not snapshot.communes:
        return found
    now = dict(_this_term(snapshot, places))
    for number, formula in now.items():
        if number in places:
            found[places[number], 4] = formula
    end = quarter_row(snapshot, f"{snapshot.paper.year - 1}-q4")
    if end:
        point, row = end
        for number, (column, value) in _quarter_cells(point).items():
            if number in places and value is not None:
                found[places[number], 3] = Formula(f"'{QUARTERS}'!{column}{row}", value)
    if "3" in places and "2" in places and snapshot.headline.average is not None:
        share = f"ROUND(E{first + places['2']}/'{HEADLINE}'!C{first},1)"
        found[places["3"], 4] = Formula(share, snapshot.headline.average)
    return found


def _this_term(snapshot: Snapshot, places: dict[str, int]) -> Iterator[tuple[str, Formula]]:
    given = snapshot.headline
    for n, tier in enumerate(snapshot.tiers, 1):
        listed = area(RECOGNISED, "C", snapshot, len(snapshot.recognised))
        count = sum(one.tier == tier.tier for one in snapshot.recognised)
        if snapshot.recognised and count == tier.communes:
            yield f"1.{n}", Formula(f'COUNTIF({listed},"{tier.name}")', count)
    if not snapshot.is_blank:
        yield "2", Formula(f"SUM({met(snapshot)})", given.criteria_met)
    contents = {one.content: one.number for one in snapshot.statutory}
    for bucket in snapshot.distribution:
        if bucket.content in contents and not (snapshot.is_blank and bucket.has_data):
            yield contents[bucket.content], bucket_count(bucket, snapshot)
    for number, (row, value) in zip(("5.1", "5.2"), _rates(snapshot), strict=True):
        if value is not None:
            yield number, Formula(f"'{HEADLINE}'!C{row}", value)
    total = matrix_last_row(snapshot) + 1
    for n, one in enumerate(snapshot.criteria):
        if one.is_blank:
            continue
        column = get_column_letter(3 + n)
        yield f"6.{one.number}", Formula(f"'{MATRIX}'!{column}{total}", one.met)


def bucket_count(bucket, snapshot: Snapshot) -> Formula:
    if not snapshot.communes:
        return Formula("0", bucket.count)
    found = met(snapshot)
    if not bucket.has_data:
        return Formula(f"COUNTBLANK({found})", bucket.count)
    return Formula(f'COUNTIFS({found},">={bucket.lower}",{found},"<={bucket.upper}")', bucket.count)


def _rates(snapshot: Snapshot) -> tuple[tuple[int, Decimal | None], tuple[int, Decimal | None]]:
    """Poor and near poor: their rows in the headline, after the groups and the three households."""
    first = first_row(snapshot) + 5 + len(snapshot.distribution) + 3
    return (first, snapshot.poverty.poor_rate), (first + 1, snapshot.poverty.near_poor_rate)


def quarter_row(snapshot: Snapshot, slug: str) -> tuple[TrendPoint, int] | None:
    for n, one in enumerate(snapshot.trend):
        if one.period == slug:
            return one, first_row(snapshot) + n
    return None


def _quarter_cells(point: TrendPoint) -> dict[str, tuple[str, int | Decimal | None]]:
    """Rows of the statutory table -> column of the sheet of quarters, with what stands there."""
    return {
        "1.1": ("C", point.recognised),
        "2": ("E", None if point.average is None else point.criteria_met),
        "3": ("F", point.average),
        "5.1": ("G", point.poor_rate),
        "5.2": ("H", point.near_poor_rate),
    }


def criteria(snapshot: Snapshot) -> Links:
    """Theo tiêu chí: met, not met and blank, counted in the matrix."""
    found: Links = {}
    if not snapshot.communes:
        return found
    total = matrix_last_row(snapshot) + 1
    for n, one in enumerate(snapshot.criteria):
        column = get_column_letter(3 + n)
        cells = matrix_area(column, snapshot)
        verdicts = [commune.cells[n].verdict for commune in snapshot.communes]
        if not one.is_blank:
            found[n, 2] = Formula(f"'{MATRIX}'!{column}{total}", verdicts.count("met"))
            found[n, 3] = Formula(f'COUNTIF({cells},"C*")', verdicts.count("not_met"))
        found[n, 4] = Formula(f"COUNTBLANK({cells})", verdicts.count("missing"))
    return found


def communes(snapshot: Snapshot) -> Links:
    """Theo xã: what each meets, as the matrix counts it. A commune without figures has words."""
    column, first = total_column(snapshot), first_row(snapshot)
    return {
        (n, 3): Formula(f"'{MATRIX}'!{column}{first + n}", one.met)
        for n, one in enumerate(snapshot.communes)
        if one.has_data
    }


def households(snapshot: Snapshot, key: str, given: Decimal) -> Formula | Decimal:
    """Summed over the sheet of indicators, by the name of the measure, which must be its alone."""
    rows = [
        (one, value)
        for one in snapshot.indicators
        for value in one.values
        if value.number is not None
    ]
    labels = {(value.label, one.criterion) for one, value in rows if value.key == key}
    if len(labels) != 1:
        return given
    ((label, _criterion),) = labels
    named = [value.number for _one, value in rows if value.label == label]
    if not label or set('"*?~') & set(label) or sum(named) != given:
        return given
    lines = sum(measure_lines(one) for one in snapshot.indicators)
    names, numbers = (area(INDICATORS, column, snapshot, lines) for column in "FG")
    return Formula(f'SUMIF({names},"{label}",{numbers})', given)


def measure_lines(one: IndicatorFigures) -> int:
    return max(len(one.values), 1)


def sent_total(snapshot: Snapshot, column: str, name: str, given: int) -> Formula | int:
    """A column of the sheet of who sent what."""
    if not snapshot.reporting or sum(getattr(one, name) for one in snapshot.reporting) != given:
        return given
    return Formula(f"SUM({area(SENT, column, snapshot, len(snapshot.reporting))})", given)


def sent_count(snapshot: Snapshot) -> Formula | int:
    """Communes with a day of sending."""
    given = snapshot.headline.handed_in
    if not snapshot.reporting or given != sum(
        one.submitted_at is not None for one in snapshot.reporting
    ):
        return given
    return Formula(f"COUNT({area(SENT, 'C', snapshot, len(snapshot.reporting))})", given)


def change(snapshot: Snapshot, name: str, row: int, value) -> Formula | int | Decimal | None:
    """This term minus the base, where the base is a quarter that the workbook lists."""
    known = snapshot.compared
    found = quarter_row(snapshot, known.base) if known and value is not None else None
    columns = {
        "recognised": "C", "meeting_all": "D", "criteria_met": "E", "average": "F",
        "poor_rate": "G", "near_poor_rate": "H",
    }  # fmt: skip
    if not found or name not in columns:
        return value
    now = getattr(snapshot.headline, name, None)
    if name.endswith("_rate"):
        now = getattr(snapshot.poverty, name)
    before = getattr(found[0], name)
    if now is None or before is None or now - before != value:
        return value
    return Formula(f"ROUND(C{row}-'{QUARTERS}'!{columns[name]}{found[1]},2)", value)
