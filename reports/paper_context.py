"""A snapshot as its paper prints it: finished strings in the order in which they stand.

Templates only lay out; nothing is counted here and nothing is looked up.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports import paper_words as words
from reports.blanks import blank
from reports.cleaning import blocks
from reports.paper_annexes import matrix, recognised, reporting, targets, unmet, written
from reports.paper_charts import CHARTS
from reports.plain_tables import Table
from reports.snapshot import Section, Snapshot
from reports.text_tables import communes, criteria, statutory, trend

ANNEXES = ("I", "II", "III", "IV")
#: This picture stands before its tables: rows fill the page where it would jump to the next.
BEFORE_ITS_TABLES = "communes"


def paper_context(snapshot: Snapshot) -> dict[str, object]:
    return {
        "snapshot": snapshot,
        "paper": snapshot.paper,
        "masthead": snapshot.masthead,
        "publication": snapshot.publication,
        "subject": words.balanced(snapshot.paper.subject),
        "title": words.titled(snapshot, f"Báo cáo {snapshot.paper.subject}"),
        "draft_line": words.DRAFT if snapshot.is_draft else "",
        "number": words.number_line(snapshot),
        "place_and_date": words.place_and_date(snapshot),
        "opening": words.opening(snapshot),
        "provisional": words.provisional(snapshot),
        "closing": words.closing(snapshot),
        "belongs_to": words.belongs_to(snapshot),
        "correction": correction(snapshot),
        "sections": [section_page(snapshot, n) for n in range(len(snapshot.sections))],
        "matrix": matrix(snapshot),
        "annexes": annexes(snapshot),
        "invented": words.INVENTED,
    }


def annex_titles(snapshot: Snapshot) -> tuple[str, ...]:
    line, term = snapshot.headline, snapshot.paper.term
    blanks = " và chỉ tiêu chưa có số liệu" if snapshot.blank else ""
    return (
        f"Kết quả {line.criteria} tiêu chí của {line.communes} xã, {term}",
        f"Chỉ tiêu chưa đạt{blanks}, {term}",
        "Xã đã được công nhận và mục tiêu",
        "Tình hình gửi số liệu và báo cáo",
    )


@dataclass(frozen=True, slots=True)
class Annex:
    """``tables`` in their order; the first annex is the matrix, which each file draws its way."""

    number: str
    title: str
    tables: tuple[Table, ...] = ()


def annexes(snapshot: Snapshot) -> list[Annex]:
    """As every file lays them out."""
    blanks = blank(snapshot)
    tables = (
        (),
        (unmet(snapshot), blanks) if blanks.values else (unmet(snapshot),),
        (recognised(snapshot), targets(snapshot)),
        (reporting(snapshot), written(snapshot)),
    )
    titles = annex_titles(snapshot)
    return [Annex(*one) for one in zip(ANNEXES, titles, tables, strict=True)]


def correction(snapshot: Snapshot) -> tuple[str, ...]:
    """A further issue says that it replaces the one before, why, and in what it differs."""
    issued = snapshot.publication
    if snapshot.is_draft or issued.edition == 1:
        return ()
    return (
        f"{words.replacement(snapshot)} Lý do: {words.full_stop(issued.reason)}",
        *issued.differences,
    )


def section_page(snapshot: Snapshot, at: int) -> dict[str, object]:
    section = snapshot.sections[at]
    following = snapshot.sections[at + 1 : at + 2]
    parts = section.level == 1 and bool(following) and following[0].level == 2
    text = blocks(section.text)
    if not text and not parts:
        text = [("p", [words.NOTHING])]
    chart = CHARTS.get(section.table, "") if snapshot.communes else ""
    return {
        "level": section.level,
        "number": section.number,
        "heading": section.heading.upper() if section.level == 1 else section.heading,
        "blocks": [("lead" if is_lead(lines) else kind, lines) for kind, lines in text],
        "tables": tables_of(snapshot, section),
        "chart": chart,
        "chart_first": chart == BEFORE_ITS_TABLES,
    }


def is_lead(lines: list[str]) -> bool:
    """The name of a body before what it reports: never alone at the foot of a page."""
    return len(lines) == 1 and lines[0].endswith(":")


#: The tables that stand with a section, in their order; targets are an annex of their own.
TABLES = {
    "statutory": (statutory, trend),
    "criteria": (criteria,),
    "communes": (communes,),
}


def tables_of(snapshot: Snapshot, section: Section) -> list[Table]:
    drawn = [table(snapshot) for table in TABLES.get(section.table, ())]
    return [table for table in drawn if table.values]
