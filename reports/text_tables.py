"""The tables that stand in the text of a paper, and that its charts draw."""

from __future__ import annotations

from reports.plain_tables import CHANGE, NUMBER, WORDS, Column, Table, numbered
from reports.snapshot import CommuneFigures, Snapshot, TargetFigures

NO_DATA = "chưa có số liệu"
#: Stands for a number that nobody has: nought would be a figure.
DASH = "–"


def numbers(found: tuple[int, ...]) -> str:
    return ", ".join(str(number) for number in found)


def unmet_and_missing(one: CommuneFigures | TargetFigures) -> str:
    """Criteria not met, then those that nothing can be said about."""
    parts = [numbers(one.unmet)] if one.unmet else []
    parts += [f"{NO_DATA}: {numbers(one.missing)}"] if one.missing else []
    return "; ".join(parts)


def change_note(snapshot: Snapshot, what: str) -> str:
    """What the column "Tăng, giảm" is told against, or why it is blank."""
    if snapshot.why_not_compared:
        return f"Cột “Tăng, giảm”: {snapshot.why_not_compared}."
    base = snapshot.compared
    return f"Cột “Tăng, giảm”: {what} so với {base.label}." if base else ""


def statutory(snapshot: Snapshot) -> Table:
    """Result at 31/12 last year, this term, plan, note."""
    paper = snapshot.paper
    return Table(
        key="statutory",
        caption=f"Biểu 1. Kết quả thực hiện {paper.term}",
        columns=(
            Column("TT", 11, letters=8),
            Column("Nội dung", 54, WORDS, letters=66),
            Column("Đơn vị tính", 16, letters=14),
            Column(f"Kết quả đến 31/12/{paper.year - 1}", 23, NUMBER, letters=18),
            Column(f"Kết quả {paper.term}", 23, NUMBER, letters=16),
            Column("Kế hoạch", 14, NUMBER, letters=12),
            Column("Ghi chú", 24, WORDS, letters=30),
        ),
        values=tuple(
            (
                row.number, row.content, row.unit, row.last_year,
                DASH if row.this_term is None else row.this_term, row.plan, row.note,
            )
            for row in snapshot.statutory
        ),
    )  # fmt: skip


def trend(snapshot: Snapshot) -> Table:
    """What the chart of the quarters draws, with the rates beside it."""
    return Table(
        key="trend",
        caption="Biểu 2. Diễn biến qua các quý",
        columns=(
            Column("Quý", 27, letters=16),
            Column("Số xã", 13, NUMBER),
            Column("Đã được công nhận", 20, NUMBER, letters=14),
            Column(f"Đạt đủ {snapshot.headline.criteria} tiêu chí", 18, NUMBER, letters=14),
            Column("Tổng số tiêu chí đạt", 19, NUMBER, letters=14),
            Column("Bình quân một xã", 19, NUMBER, letters=14),
            Column("Tỷ lệ hộ nghèo (%)", 18, NUMBER, letters=14),
            Column("Tỷ lệ hộ cận nghèo (%)", 18, NUMBER, letters=14),
            Column("Ghi chú", 13, letters=16),
        ),
        values=tuple(
            (
                one.label,
                one.communes,
                one.recognised,
                *(
                    (DASH, DASH, DASH)
                    if one.average is None
                    else (one.meeting_all, one.criteria_met, one.average)
                ),
                one.poor_rate,
                one.near_poor_rate,
                "tạm tính" if one.provisional else "",
            )
            for one in snapshot.trend
        ),
    )


def criteria(snapshot: Snapshot) -> Table:
    base = snapshot.compared
    return Table(
        key="criteria",
        caption="Biểu 3. Kết quả theo từng tiêu chí",
        columns=(
            Column("TT", 10),
            Column("Tiêu chí", 46, WORDS, letters=44),
            Column("Số xã đạt", 15, NUMBER, letters=10),
            Column("Số xã chưa đạt", 16, NUMBER, letters=12),
            Column("Chưa có số liệu", 15, NUMBER, letters=12),
            Column("Tăng, giảm", 15, CHANGE, letters=10),
            Column("Cơ quan chủ trì", 48, WORDS, letters=60),
        ),
        values=tuple(
            (
                one.number,
                one.name,
                DASH if one.is_blank else one.met,
                DASH if one.is_blank else one.failing,
                one.without_data,
                one.change if base else None,
                "; ".join(one.leads),
            )
            for one in snapshot.criteria
        ),
        note=change_note(snapshot, "số xã đạt"),
    )


def communes(snapshot: Snapshot) -> Table:
    base = snapshot.compared
    return Table(
        key="communes",
        caption="Biểu 4. Kết quả theo từng xã",
        columns=(
            Column("TT", 10),
            Column("Xã", 32, WORDS, letters=20),
            Column("Đã được công nhận", 24, letters=13),
            Column("Số tiêu chí đạt", 22, NUMBER, letters=15),
            Column("Tăng, giảm", 18, CHANGE, letters=10),
            Column("Tiêu chí chưa đạt", 59, WORDS, letters=50),
        ),
        values=numbered(
            (
                one.short_name,
                "x" if one.recognised else "",
                one.met if one.has_data else NO_DATA,
                one.change if base and one.has_data else None,
                unmet_and_missing(one),
            )
            for one in snapshot.communes
        ),
        note=f"{change_note(snapshot, 'số tiêu chí đạt')} ".lstrip()
        + "“Đã được công nhận” là theo quyết định đang có hiệu lực, khác với số tiêu chí đang đạt.",
    )
