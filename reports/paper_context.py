"""A snapshot as its paper prints it: finished strings in the order in which they stand.

Templates only lay out; nothing is counted here and nothing is looked up.
"""

from __future__ import annotations

from reports import paper_words as words
from reports.cleaning import blocks
from reports.paper_annexes import (
    NO_DATA,
    Table,
    matrix,
    recognised,
    reporting,
    targets,
    unmet,
    unmet_and_missing,
    written,
)
from reports.snapshot import Section, Snapshot


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
    return (f"{words.replacement(snapshot)} Lý do: {issued.reason}", *issued.differences)


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
        "chart": CHARTS.get(section.table, "") if snapshot.communes else "",
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
    base = snapshot.compared
    return base.label if base else ""


def change_note(snapshot: Snapshot, what: str) -> str:
    """What the column "Tăng, giảm" is told against, or why it is blank."""
    if snapshot.why_not_compared:
        return f"Cột “Tăng, giảm”: {snapshot.why_not_compared}."
    base = against(snapshot)
    return f"Cột “Tăng, giảm”: {what} so với {base}." if base else ""


def criteria(snapshot: Snapshot) -> Table:
    base = against(snapshot)
    return Table(
        caption="Biểu 2. Kết quả theo từng tiêu chí",
        head=(
            "TT",
            "Tiêu chí",
            "Số xã đạt",
            "Số xã chưa đạt",
            "Chưa có số liệu",
            "Tăng, giảm",
            "Cơ quan chủ trì",
        ),
        rows=tuple(
            (
                str(one.number),
                one.name,
                str(one.met),
                str(one.failing),
                str(one.without_data),
                words.figure(one.change, sign=True) if base else "",
                "; ".join(one.leads),
            )
            for one in snapshot.criteria
        ),
        css="criteria",
        note=change_note(snapshot, "số xã đạt"),
    )


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
                str(one.met) if one.has_data else NO_DATA,
                words.figure(one.change, sign=True) if base and one.has_data else "",
                unmet_and_missing(one),
            )
            for n, one in enumerate(snapshot.communes, 1)
        ),
        css="communes",
        note=f"{change_note(snapshot, 'số tiêu chí đạt')} ".lstrip()
        + "“Đã được công nhận” là theo quyết định đang có hiệu lực, khác với số tiêu chí đang đạt.",
    )  # fmt: skip
