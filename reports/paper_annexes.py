"""The tables of a paper's annexes, and the list of indicators that only the workbook has room for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports import paper_words as words
from reports.plain_tables import DATE, DAYS, NUMBER, PLAIN, WORDS, Column, Table, Value, numbered
from reports.snapshot import IndicatorFigures, Snapshot, TargetFigures
from reports.text_tables import DASH, NO_DATA, unmet_and_missing

VERDICTS = {
    "met": "Đạt",
    "not_met": "Chưa đạt",
    "not_applicable": "Không áp dụng",
    "missing": "Chưa nhập",
    "": "",
}


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """``met`` and ``change`` are None where there is nothing to tell."""

    name: str
    recognised: bool
    cells: tuple[tuple[str, str], ...]
    met: int | None
    change: int | None

    @property
    def marked_name(self) -> str:
        return f"{self.name} (CN)" if self.recognised else self.name


@dataclass(frozen=True, slots=True)
class Matrix:
    """Communes by criteria, with the sums of both; a cell is its letter and its verdict. A sum is
    a dash where nobody has figures."""

    caption: str
    columns: tuple[tuple[int, str], ...]
    rows: tuple[MatrixRow, ...]
    totals: tuple[int | str, ...]
    total: int | str
    recognised: int
    legend: str
    empty: str = "Chưa có số liệu của xã nào."

    @property
    def tight(self) -> bool:
        """Many rows, or a name of two lines: smaller letters keep it on its page."""
        return len(self.rows) > 13 or any(len(row.name) > 16 for row in self.rows)

    @property
    def names(self) -> str:
        return "; ".join(f"{number}. {name}" for number, name in self.columns)


def matrix(snapshot: Snapshot) -> Matrix:
    return Matrix(
        caption=f"Theo {snapshot.definitions.name} ({snapshot.definitions.decision})",
        columns=tuple((one.number, one.name) for one in snapshot.criteria),
        rows=tuple(
            MatrixRow(
                name=one.short_name,
                recognised=one.recognised,
                cells=tuple((words.letter(cell), cell.verdict) for cell in one.cells),
                met=one.met if one.has_data else None,
                change=one.change if snapshot.compared and one.has_data else None,
            )
            for one in snapshot.communes
        ),
        totals=tuple(DASH if one.is_blank else one.met for one in snapshot.criteria),
        total=DASH if snapshot.is_blank else snapshot.headline.criteria_met,
        recognised=snapshot.headline.recognised,
        legend=words.legend(snapshot),
    )


def unmet(snapshot: Snapshot) -> Table:
    return Table(
        key="unmet",
        caption="Chỉ tiêu chưa đạt theo từng xã",
        columns=(
            Column("TT", 10),
            Column("Xã", 23, WORDS, letters=14),
            Column("Chỉ tiêu", 15),
            Column("Nội dung", 54, WORDS, letters=46),
            Column("Kết quả", 48, WORDS, letters=34),
            Column("Mức phải đạt", 40, WORDS, letters=26),
            Column("Cơ quan chủ trì", 36, WORDS, letters=26),
            Column("Kết luận thẩm định", 26, WORDS, letters=20),
        ),
        values=numbered(
            (one.commune, one.code, one.text, one.value, one.level, one.lead, one.finding)
            for one in snapshot.unmet
        ),
        empty="Không có chỉ tiêu nào chưa đạt.",
        note="“(chưa xác nhận)”: mức phải đạt chưa được đối chiếu với văn bản gốc."
        if any(one.level_unconfirmed for one in snapshot.unmet)
        else "",
    )


def indicators(snapshot: Snapshot) -> Table:
    """A row for each measure: every figure is a number of its own. Verdicts are the indicator's;
    filtering "Chỉ số thứ" by 1 leaves each indicator once."""
    return Table(
        key="indicators",
        caption="Kết quả từng chỉ tiêu của từng xã",
        columns=(
            Column("Xã", 0, WORDS, letters=12),
            Column("Tiêu chí", 0, letters=7),
            Column("Chỉ tiêu", 0, letters=8),
            Column("Nội dung chỉ tiêu", 0, WORDS, letters=42),
            Column("Chỉ số thứ", 0, letters=7),
            Column("Chỉ số", 0, WORDS, letters=24),
            Column("Trị số", 0, NUMBER, letters=10, form="exact"),
            Column("Đơn vị", 0, letters=13),
            Column("Kết quả (đầy đủ)", 0, WORDS, letters=30),
            Column("Mức phải đạt", 0, WORDS, letters=22),
            Column("Xã tự đánh giá", 0, WORDS, letters=11),
            Column("Thẩm định", 0, WORDS, letters=11),
            Column("Được tính", 0, WORDS, letters=11),
            Column("Cơ quan chủ trì", 0, WORDS, letters=24),
        ),
        values=tuple(row for one in snapshot.indicators for row in _measures(one, snapshot)),
    )


def _measures(one: IndicatorFigures, snapshot: Snapshot) -> Iterator[tuple[Value, ...]]:
    name = snapshot.indicator_names[one.code]
    first = (snapshot.commune_names[one.commune].short_name, one.criterion, one.code, name.text)
    last = (VERDICTS[one.declared], VERDICTS[one.verified], VERDICTS[one.counted], name.lead)
    known = any(value.level for value in one.values)  # schema 1 has the indicator's only
    for n, value in enumerate(one.values, 1):
        yield (
            *first,
            n,
            value.label,
            value.number,
            value.unit if value.number is not None else "",
            value.text if len(one.values) > 1 else one.value,
            value.level if known else one.level,
            *last,
        )
    if not one.values:
        yield (*first, 1, "", None, "", one.value, one.level, *last)


def recognised(snapshot: Snapshot) -> Table:
    return Table(
        key="recognised",
        caption="Xã đã được công nhận",
        columns=(
            Column("TT", 10),
            Column("Xã", 87, WORDS, letters=24),
            Column("Mức độ", 60, WORDS, letters=26),
            Column("Số quyết định", 55, WORDS, letters=26),
            Column("Ngày quyết định", 40, DATE, letters=16),
        ),
        values=numbered(
            (one.commune, one.tier_name, one.decision_number, one.decided_on)
            for one in snapshot.recognised
        ),
        empty="Chưa có xã nào được công nhận.",
        note="Ô trống: hệ thống chưa có số, ngày của quyết định."
        if any(not one.decision_number for one in snapshot.recognised)
        else "",
    )


def standing(one: TargetFigures) -> int | str | None:
    return NO_DATA if one.has_no_data else one.met


def targets(snapshot: Snapshot) -> Table:
    return Table(
        key="targets",
        caption="Mục tiêu",
        columns=(
            Column("TT", 10),
            Column("Đơn vị", 64, WORDS, letters=30),
            Column("Mục tiêu đạt chuẩn", 58, WORDS, letters=26),
            Column("Năm", 18, form=PLAIN),
            Column(f"Số tiêu chí đang đạt (trên {snapshot.headline.criteria})", 32, letters=16),
            Column("Tiêu chí chưa đạt", 70, WORDS, letters=44),
        ),
        values=numbered(
            (
                one.unit,
                one.tier_name,
                one.year,
                standing(one),
                unmet_and_missing(one),
            )
            for one in snapshot.targets
        ),
        note="Số tiêu chí đang đạt tính theo bộ tiêu chí xã nông thôn mới; "
        "ô trống: chưa theo dõi trong hệ thống.",
    )


def reporting(snapshot: Snapshot) -> Table:
    return Table(
        key="reporting",
        caption="Số liệu của các xã",
        columns=(
            Column("TT", 10),
            Column("Xã", 52, WORDS, letters=20),
            Column("Ngày gửi", 28, DATE, letters=13),
            Column("Hạn gửi", 28, DATE, letters=13),
            Column("Trễ hạn", 22, DAYS, letters=11),
            Column("Số chỉ tiêu", 22, NUMBER, letters=12),
            Column("Đã nhập", 22, NUMBER, letters=11),
            Column("Đã thẩm định", 24, NUMBER, letters=12),
            Column("Trạng thái", 34, WORDS, letters=22),
        ),
        values=numbered(
            (
                one.short_name,
                one.submitted_at,
                one.due_on,
                one.days_late,
                one.indicators,
                one.entered,
                one.verified,
                one.state_text,
            )
            for one in snapshot.reporting
        ),
        empty="Chưa có phiếu đánh giá nào.",
    )


def written(snapshot: Snapshot) -> Table:
    return Table(
        key="written",
        caption="Báo cáo bằng văn bản của các cơ quan và các xã",
        columns=(
            Column("TT", 10),
            Column("Đơn vị báo cáo", 100, WORDS, letters=46),
            Column("Ngày gửi", 26, DATE, letters=13),
            Column("Hạn gửi", 26, DATE, letters=13),
            Column("Trễ hạn", 22, DAYS, letters=11),
            Column("Trạng thái", 68, WORDS, letters=34),
        ),
        values=numbered(
            (one.sender, one.submitted_at, one.due_on, one.days_late, one.state_text)
            for one in snapshot.written
        ),
        empty="Chưa có báo cáo bằng văn bản nào.",
    )
