"""The annexes of a paper as tables of finished strings."""

from __future__ import annotations

from dataclasses import dataclass

from reports import paper_words as words
from reports.snapshot import CommuneFigures, Snapshot, TargetFigures

NO_DATA = "chưa có số liệu"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; ``css`` knows the widths of its columns, ``empty`` stands where
    there is no row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    css: str = ""
    note: str = ""
    empty: str = ""


def numbers(found: tuple[int, ...]) -> str:
    return ", ".join(str(number) for number in found)


def unmet_and_missing(one: CommuneFigures | TargetFigures) -> str:
    """Criteria not met, then those that nothing can be said about."""
    parts = [numbers(one.unmet)] if one.unmet else []
    parts += [f"{NO_DATA}: {numbers(one.missing)}"] if one.missing else []
    return "; ".join(parts)


def matrix(snapshot: Snapshot) -> dict[str, object]:
    """Annex I: one line a commune, one column a criterion, and the sums of both."""
    return {
        "columns": [(one.number, one.name) for one in snapshot.criteria],
        "rows": [
            (
                f"{one.short_name}{' (CN)' if one.recognised else ''}",
                [(words.letter(cell), cell.verdict) for cell in one.cells],
                one.met if one.has_data else "",
            )
            for one in snapshot.communes
        ],
        "totals": [one.met for one in snapshot.criteria],
        "total": snapshot.headline.criteria_met,
        "legend": words.legend(snapshot),
        "tight": len(snapshot.communes) > 13
        or any(len(one.short_name) > 16 for one in snapshot.communes),
        "caption": f"Theo {snapshot.definitions.name} ({snapshot.definitions.decision})",
    }


def unmet(snapshot: Snapshot) -> Table:
    return Table(
        caption="Chỉ tiêu chưa đạt theo từng xã",
        head=(
            "TT", "Xã", "Chỉ tiêu", "Nội dung", "Kết quả", "Mức phải đạt", "Cơ quan chủ trì",
            "Kết luận thẩm định",
        ),
        rows=tuple(
            (
                str(n),
                one.commune,
                one.code,
                one.text,
                one.value,
                one.level,
                one.lead,
                one.finding,
            )
            for n, one in enumerate(snapshot.unmet, 1)
        ),
        css="unmet",
        empty="Không có chỉ tiêu nào chưa đạt.",
        note="“(chưa xác nhận)”: mức phải đạt chưa được đối chiếu với văn bản gốc."
        if any(one.level_unconfirmed for one in snapshot.unmet)
        else "",
    )  # fmt: skip


def recognised(snapshot: Snapshot) -> Table:
    return Table(
        caption="Xã đã được công nhận",
        head=("TT", "Xã", "Mức độ", "Số quyết định", "Ngày quyết định"),
        rows=tuple(
            (
                str(n),
                one.commune,
                one.tier_name,
                one.decision_number,
                words.short_day(one.decided_on),
            )
            for n, one in enumerate(snapshot.recognised, 1)
        ),
        css="recognised",
        empty="Chưa có xã nào được công nhận.",
        note="Ô trống: hệ thống chưa có số, ngày của quyết định."
        if any(not one.decision_number for one in snapshot.recognised)
        else "",
    )


def standing(one: TargetFigures, snapshot: Snapshot) -> str:
    if one.met is None:
        return ""
    return NO_DATA if one.has_no_data else f"{one.met}/{snapshot.headline.criteria}"


def targets(snapshot: Snapshot) -> Table:
    return Table(
        caption="Mục tiêu",
        head=(
            "TT",
            "Đơn vị",
            "Mục tiêu đạt chuẩn",
            "Năm",
            "Số tiêu chí đang đạt",
            "Tiêu chí chưa đạt",
        ),
        rows=tuple(
            (
                str(n),
                one.unit,
                one.tier_name,
                str(one.year),
                standing(one, snapshot),
                unmet_and_missing(one),
            )
            for n, one in enumerate(snapshot.targets, 1)
        ),
        css="targets",
        note="Số tiêu chí đang đạt tính theo bộ tiêu chí xã nông thôn mới; "
        "ô trống: chưa theo dõi trong hệ thống.",
    )


def late(days: int) -> str:
    return f"{days} ngày" if days else ""


def reporting(snapshot: Snapshot) -> Table:
    return Table(
        caption="Số liệu của các xã",
        head=(
            "TT", "Xã", "Ngày gửi", "Hạn gửi", "Trễ hạn", "Số chỉ tiêu", "Đã nhập", "Đã thẩm định",
            "Trạng thái",
        ),
        rows=tuple(
            (
                str(n),
                one.short_name,
                words.short_day(one.submitted_at),
                words.short_day(one.due_on),
                late(one.days_late),
                str(one.indicators),
                str(one.entered),
                str(one.verified),
                one.state_text,
            )
            for n, one in enumerate(snapshot.reporting, 1)
        ),
        css="reporting",
        empty="Chưa có phiếu đánh giá nào.",
    )  # fmt: skip


def written(snapshot: Snapshot) -> Table:
    return Table(
        caption="Báo cáo bằng văn bản của các cơ quan và các xã",
        head=("TT", "Đơn vị báo cáo", "Ngày gửi", "Hạn gửi", "Trễ hạn", "Trạng thái"),
        rows=tuple(
            (
                str(n),
                one.sender,
                words.short_day(one.submitted_at),
                words.short_day(one.due_on),
                late(one.days_late),
                one.state_text,
            )
            for n, one in enumerate(snapshot.written, 1)
        ),
        css="written",
        empty="Chưa có báo cáo bằng văn bản nào.",
    )
