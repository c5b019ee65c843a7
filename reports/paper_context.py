"""A snapshot as its paper prints it: finished strings in the order in which they stand.

Templates only lay out; nothing is counted here and nothing is looked up.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports import paper_words as words
from reports.cleaning import blocks
from reports.snapshot import IndicatorFigures, Section, Snapshot


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the text. ``wide`` names the columns that hold words, the others are centred."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    css: str = ""
    note: str = ""


def paper_context(snapshot: Snapshot) -> dict[str, object]:
    return {
        "snapshot": snapshot,
        "paper": snapshot.paper,
        "masthead": snapshot.masthead,
        "publication": snapshot.publication,
        "subject": words.balanced(snapshot.paper.subject),
        "title": f"Báo cáo {snapshot.paper.subject}",
        "number": words.number_line(snapshot),
        "place_and_date": words.place_and_date(snapshot),
        "opening": words.opening(snapshot),
        "provisional": words.provisional(snapshot),
        "closing": words.closing(snapshot),
        "belongs_to": words.belongs_to(snapshot),
        "correction": correction(snapshot),
        "sections": [section_page(snapshot, n) for n in range(len(snapshot.sections))],
        "annex_titles": annex_titles(snapshot),
        "matrix": matrix(snapshot),
        "unmet": unmet(snapshot),
        "recognised": recognised(snapshot),
        "targets": targets(snapshot),
        "reporting": reporting(snapshot),
        "written": written(snapshot),
        "invented": words.INVENTED,
    }


def annex_titles(snapshot: Snapshot) -> tuple[str, ...]:
    line, term = snapshot.headline, snapshot.paper.term
    return (
        f"Kết quả {line.criteria} tiêu chí của {line.communes} xã, {term}",
        f"Chỉ tiêu chưa đạt, {term}",
        "Xã đã được công nhận và mục tiêu",
        "Tình hình gửi số liệu và báo cáo",
    )


def correction(snapshot: Snapshot) -> tuple[str, ...]:
    """A further issue says that it replaces the one before, why, and in what it differs."""
    issued = snapshot.publication
    if snapshot.is_draft or issued.edition == 1:
        return ()
    said = (
        f"Báo cáo này là bản phát hành lần {issued.edition}, thay thế bản phát hành lần "
        f"{issued.edition - 1}. Lý do: {issued.reason}"
    )
    return (said, *issued.differences)


def section_page(snapshot: Snapshot, at: int) -> dict[str, object]:
    section = snapshot.sections[at]
    following = snapshot.sections[at + 1 : at + 2]
    parts = section.level == 1 and bool(following) and following[0].level == 2
    text = blocks(section.text)
    if not text and not parts:
        text = [("p", [words.NOTHING])]
    return {
        "level": section.level,
        "number": section.number,
        "heading": section.heading.upper() if section.level == 1 else section.heading,
        "blocks": text,
        "tables": tables_of(snapshot, section),
        "chart": CHARTS.get(section.table, ""),
    }


#: The chart that stands with a section's table.
CHARTS = {"statutory": "trend", "criteria": "criteria", "communes": "communes"}


def tables_of(snapshot: Snapshot, section: Section) -> list[Table]:
    drawn = {
        "statutory": statutory,
        "criteria": criteria,
        "communes": communes,
        "targets": lambda _snapshot: None,  # an annex of its own
    }
    found = drawn[section.table](snapshot) if section.table else None
    return [found] if found and found.rows else []


def statutory(snapshot: Snapshot) -> Table:
    return Table(
        caption=f"Biểu 1. Kết quả thực hiện {snapshot.paper.term}",
        head=(
            "TT",
            "Nội dung",
            "Đơn vị tính",
            f"Kết quả đến 31/12/{snapshot.paper.year - 1}",
            f"Kết quả {snapshot.paper.term}",
            "Kế hoạch",
            "Ghi chú",
        ),
        rows=tuple(
            (
                row.number,
                row.content,
                row.unit,
                words.figure(row.last_year),
                words.figure(row.this_term),
                words.figure(row.plan),
                row.note,
            )
            for row in snapshot.statutory
        ),
        css="statutory",
    )


def against(snapshot: Snapshot) -> str:
    base = snapshot.comparison
    return base.label if base and base.available else ""


def criteria(snapshot: Snapshot) -> Table:
    base = against(snapshot)
    return Table(
        caption="Biểu 2. Kết quả theo từng tiêu chí",
        head=("TT", "Tiêu chí", "Số xã đạt", "Số xã chưa đạt", "Tăng, giảm", "Cơ quan chủ trì"),
        rows=tuple(
            (
                str(one.number),
                one.name,
                str(one.met),
                str(one.not_met),
                words.figure(one.change, sign=True) if base else "",
                "; ".join(one.leads),
            )
            for one in snapshot.criteria
        ),
        css="criteria",
        note=f"Cột “Tăng, giảm”: số xã đạt so với {base}." if base else "",
    )


def numbers(found: tuple[int, ...]) -> str:
    return ", ".join(str(number) for number in found)


def communes(snapshot: Snapshot) -> Table:
    base = against(snapshot)
    return Table(
        caption="Biểu 3. Kết quả theo từng xã",
        head=(
            "TT", "Xã", "Đã được công nhận", "Số tiêu chí đạt", "Tăng, giảm", "Tiêu chí chưa đạt",
        ),
        rows=tuple(
            (
                str(n),
                one.short_name,
                "x" if one.recognised else "",
                str(one.met),
                words.figure(one.change, sign=True) if base else "",
                numbers(one.unmet),
            )
            for n, one in enumerate(snapshot.communes, 1)
        ),
        css="communes",
        note=(f"Cột “Tăng, giảm”: số tiêu chí đạt so với {base}. " if base else "")
        + "“Đã được công nhận” là theo quyết định đang có hiệu lực, khác với số tiêu chí đang đạt.",
    )  # fmt: skip


def matrix(snapshot: Snapshot) -> dict[str, object]:
    """Annex I: one line a commune, one column a criterion, and the sums of both."""
    return {
        "columns": [(one.number, one.name) for one in snapshot.criteria],
        "rows": [
            (
                f"{one.short_name}{' (CN)' if one.recognised else ''}",
                [(words.letter(cell), cell.verdict) for cell in one.cells],
                one.met,
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


def verification(found: IndicatorFigures) -> str:
    """Declared is not verified: which of the two the paper counts, and where they differ."""
    if not found.verified:
        return "chưa thẩm định"
    return "chưa đạt (xã tự đánh giá: đạt)" if found.declared == "met" else "chưa đạt"


def unmet(snapshot: Snapshot) -> Table:
    not_met = [one for one in snapshot.indicators if one.counted == "not_met"]
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
                verification(found),
            )
            for n, (one, found) in enumerate(zip(snapshot.unmet, not_met, strict=True), 1)
        ),
        css="unmet",
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
        note="Ô trống: hệ thống chưa có số, ngày của quyết định."
        if any(not one.decision_number for one in snapshot.recognised)
        else "",
    )


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
                "" if one.met is None else f"{one.met}/{snapshot.headline.criteria}",
                numbers(one.unmet),
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
    )
