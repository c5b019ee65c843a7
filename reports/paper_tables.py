"""The tables of a paper in words, from its snapshot: what stands in which cell, not how it looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from reports import naming
from reports.snapshot import Snapshot

LEFT, CENTRE, RIGHT = "left", "center", "right"
LETTERS = {"met": "Đ", "not_met": "C", "not_applicable": "–", "missing": ""}
CHANGES = {"won": "+", "lost": "−"}
NO_TEXT = "Không có nội dung báo cáo."
DEMONSTRATION = (
    "Số liệu minh họa: trừ các số liệu nêu trong công văn của UBND huyện, số liệu trong tài liệu "
    "này là giả định."
)
PROVISIONAL = "Số liệu tạm tính: quý chưa chốt, số liệu còn có thể thay đổi."
LEGEND = (
    "Ghi chú: Đ: đạt; C: chưa đạt; –: không áp dụng; để trống: chưa nhập. Dấu + là mới đạt, dấu − "
    "là không còn đạt"
)
_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` is its share of the table's."""

    head: str
    width: float
    align: str = LEFT


@dataclass(frozen=True, slots=True)
class PaperTable:
    """``bold`` are the numbers of rows that stand out, such as a total, ``strong`` the words that
    do in any cell."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    bold: frozenset[int] = frozenset()
    strong: frozenset[str] = frozenset()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    number: int
    title: str
    tables: tuple[PaperTable, ...]


def day(date: dt.date | dt.datetime | None) -> str:
    """20/9/2023, in Việt Nam; blank where not known."""
    if date is None:
        return ""
    if isinstance(date, dt.datetime):
        date = date.astimezone(_HANOI).date()
    return naming.day(date)


def figure(number: Decimal | None) -> str:
    """As exact as it is known: 16,0 and 25,52; blank where not known."""
    if number is None:
        return ""
    return naming.figure(number, max(0, -int(number.as_tuple().exponent)))


def signed(number: int | Decimal | None) -> str:
    """+1, −2, 0; blank where there is nothing to compare with."""
    if number is None:
        return ""
    words = naming.figure(abs(Decimal(number)))
    return f"{'+' if number > 0 else '−' if number < 0 else ''}{words}"


def statutory(snapshot: Snapshot) -> PaperTable:
    year = snapshot.paper.year - 1
    return PaperTable(
        title="Kết quả theo biểu tổng hợp",
        columns=(
            Column("TT", 7.5, CENTRE),
            Column("Nội dung", 41),
            Column("Đơn vị", 11, CENTRE),
            Column(f"Kết quả 31/12/{year}", 14.5, CENTRE),
            Column("Kết quả kỳ này", 11, CENTRE),
            Column("Kế hoạch", 9, CENTRE),
            Column("Ghi chú", 15),
        ),
        rows=tuple(
            (
                row.number,
                row.content,
                row.unit,
                figure(row.last_year),
                figure(row.this_term),
                figure(row.plan),
                row.note,
            )
            for row in snapshot.statutory
        ),
    )


def criteria(snapshot: Snapshot) -> PaperTable:
    return PaperTable(
        title="Số xã đạt từng tiêu chí",
        columns=(
            Column("TC", 8, CENTRE),
            Column("Tên tiêu chí", 34),
            Column("Số xã đạt", 12, CENTRE),
            Column("Tăng, giảm", 12, CENTRE),
            Column("Xã chưa đạt", 34),
        ),
        rows=tuple(
            (
                str(one.number),
                one.name,
                f"{naming.count(one.met)}/{snapshot.headline.communes}",
                signed(one.change),
                "; ".join(
                    filter(
                        None,
                        [
                            ", ".join(one.not_met_communes),
                            f"chưa nhập: {', '.join(one.missing_communes)}"
                            if one.missing_communes
                            else "",
                        ],
                    )
                ),
            )
            for one in snapshot.criteria
        ),
        note=_against(snapshot),
    )


def communes(snapshot: Snapshot) -> PaperTable:
    return PaperTable(
        title="Số tiêu chí đạt của từng xã",
        columns=(
            Column("TT", 7, CENTRE),
            Column("Xã", 20),
            Column("Đã được công nhận", 15, CENTRE),
            Column("Số tiêu chí đạt", 13, CENTRE),
            Column("Tăng, giảm", 12, CENTRE),
            Column("Tiêu chí chưa đạt", 33),
        ),
        rows=tuple(
            (
                str(n),
                one.short_name,
                "x" if one.recognised else "",
                f"{one.met}/{snapshot.headline.criteria}",
                signed(one.change),
                _numbers(one.unmet, one.missing),
            )
            for n, one in enumerate(snapshot.communes, start=1)
        ),
        note=_against(snapshot),
    )


def targets(snapshot: Snapshot) -> PaperTable:
    return PaperTable(
        title="Đơn vị phấn đấu đạt chuẩn",
        columns=(
            Column("Đơn vị", 24),
            Column("Mục tiêu", 28),
            Column("Năm", 10, CENTRE),
            Column("Đang đạt", 12, CENTRE),
            Column("Tiêu chí chưa đạt", 30),
        ),
        rows=tuple(
            (
                one.unit,
                one.tier_name,
                str(one.year),
                "" if one.met is None else f"{one.met}/{snapshot.headline.criteria}",
                _numbers(one.unmet, one.missing),
            )
            for one in snapshot.targets
        ),
        empty="Chưa có mục tiêu nào được ghi nhận.",
    )


SECTION_TABLES: Mapping[str, Callable[[Snapshot], PaperTable]] = {
    "statutory": statutory,
    "criteria": criteria,
    "communes": communes,
    "targets": targets,
}


def matrix(snapshot: Snapshot) -> PaperTable:
    """Communes by criteria, with the totals of both."""
    numbers = [one.number for one in snapshot.definitions.criteria]
    cells = (
        (
            one.short_name,
            *(LETTERS[cell.verdict] + CHANGES.get(cell.change, "") for cell in one.cells),
            str(one.met),
        )
        for one in snapshot.communes
    )
    total = ("Số xã đạt", *(str(one.met) for one in snapshot.criteria))
    return PaperTable(
        title="",
        columns=(
            Column("Xã", 14),
            *(Column(str(number), 4.2, CENTRE) for number in numbers),
            Column("Số TC đạt", 6.2, CENTRE),
        ),
        rows=(*cells, (*total, str(snapshot.headline.criteria_met))) if snapshot.communes else (),
        empty="Chưa có số liệu của xã nào.",
        note=f"{LEGEND}{_than(snapshot)}. {_declared(snapshot)}",
        bold=frozenset({len(snapshot.communes)}),
        strong=frozenset({"C", "C−", "Đ+"}),
    )


def unmet(snapshot: Snapshot) -> PaperTable:
    return PaperTable(
        title="",
        columns=(
            Column("Xã", 8),
            Column("Chỉ tiêu", 5.5, CENTRE),
            Column("Nội dung chỉ tiêu", 25),
            Column("Kết quả", 21),
            Column("Mức phải đạt", 15),
            Column("Còn thiếu", 11.5),
            Column("Cơ quan chủ trì", 16),
        ),
        rows=tuple(
            (one.commune, one.code, one.text, one.value, one.level, one.gap, one.lead)
            for one in snapshot.unmet
        ),
        empty="Không có chỉ tiêu chưa đạt.",
    )


def recognised(snapshot: Snapshot) -> PaperTable:
    return PaperTable(
        title="Xã đã được công nhận",
        columns=(
            Column("TT", 6, CENTRE),
            Column("Xã", 24),
            Column("Mức công nhận", 28),
            Column("Số quyết định", 24),
            Column("Ngày", 18, CENTRE),
        ),
        rows=tuple(
            (str(n), one.commune, one.tier_name, one.decision_number, day(one.decided_on))
            for n, one in enumerate(snapshot.recognised, start=1)
        ),
        note="Để trống: chưa có số, ngày quyết định trong dữ liệu.",
        empty="Chưa có xã được công nhận.",
    )


def reporting(snapshot: Snapshot) -> PaperTable:
    return PaperTable(
        title="Phiếu đánh giá của các xã",
        columns=(
            Column("Xã", 22),
            Column("Trạng thái", 20),
            Column("Hạn gửi", 13, CENTRE),
            Column("Ngày gửi", 13, CENTRE),
            Column("Trễ hạn", 12, CENTRE),
            Column("Đã nhập", 10, CENTRE),
            Column("Đã thẩm định", 12, CENTRE),
        ),
        rows=tuple(
            (
                one.name,
                one.state_text,
                day(one.due_on),
                day(one.submitted_at),
                _late(one.days_late),
                f"{one.entered}/{one.indicators}",
                str(one.verified),
            )
            for one in snapshot.reporting
        ),
        empty="Chưa có phiếu đánh giá.",
    )


def written(snapshot: Snapshot) -> PaperTable:
    return PaperTable(
        title="Báo cáo định kỳ của các cơ quan, các xã",
        columns=(
            Column("Đơn vị gửi", 44),
            Column("Trạng thái", 18),
            Column("Hạn gửi", 13, CENTRE),
            Column("Ngày gửi", 13, CENTRE),
            Column("Trễ hạn", 12, CENTRE),
        ),
        rows=tuple(
            (
                one.sender,
                one.state_text,
                day(one.due_on),
                day(one.submitted_at),
                _late(one.days_late),
            )
            for one in snapshot.written
        ),
        empty="Chưa có báo cáo định kỳ.",
    )


def annexes(snapshot: Snapshot) -> tuple[Annex, ...]:
    term = snapshot.paper.term
    size = f"{snapshot.headline.criteria} tiêu chí của {snapshot.headline.communes} xã"
    return (
        Annex(1, f"Kết quả {size}, {term}", (matrix(snapshot),)),
        Annex(2, f"Các chỉ tiêu chưa đạt, {term}", (unmet(snapshot),)),
        Annex(
            3,
            "Xã đã được công nhận và mục tiêu phấn đấu",
            (recognised(snapshot), targets(snapshot)),
        ),
        Annex(4, "Tình hình gửi phiếu và báo cáo", (reporting(snapshot), written(snapshot))),
    )


def _numbers(failed: tuple[int, ...], missing: tuple[int, ...]) -> str:
    found = [", ".join(map(str, failed))] if failed else []
    if missing:
        found.append(f"chưa nhập: {', '.join(map(str, missing))}")
    return "; ".join(found)


def _late(days: int) -> str:
    return f"{days} ngày" if days else ""


def _than(snapshot: Snapshot) -> str:
    base = snapshot.comparison
    return f" so với {base.label}" if base and base.available else ""


def _against(snapshot: Snapshot) -> str:
    base = snapshot.comparison
    if base is None:
        return ""
    if base.available:
        return f"Tăng, giảm so với {base.label}."
    return f"Chưa có số liệu {base.label} để so sánh."


def _declared(snapshot: Snapshot) -> str:
    found = snapshot.headline.only_declared
    if not found:
        return "Các chỉ tiêu đã nhập đều đã được cơ quan chủ trì thẩm định."
    return f"Còn {found} chỉ tiêu mới do xã tự đánh giá, chưa được thẩm định."
