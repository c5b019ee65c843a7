"""The paper's sections as a list of builders (regulations, part d); a new one is one line here.

A builder writes its text from the figures or from the written reports. Where somebody has edited
the section its edited text stands, with the figures that it quoted then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from reports import narrative, narrative_next, narrative_results
from reports.models import Part, SummaryKind
from reports.quotable import Figure, Quotes, quotable
from reports.snapshot import Section, Snapshot
from reports.written.passages import Passage

Write = Callable[[Snapshot, Quotes, Iterable[Passage]], list[str]]


class EditedText(Protocol):
    """What ``models.SummarySection`` has."""

    text: str
    quoted: dict[str, str]


@dataclass(frozen=True, slots=True)
class SectionBuilder:
    """``kinds`` are those of the summaries that have the section, all where it names none; ``parts`` are those of the written reports whose passages the section takes in."""

    key: str
    level: int
    number: str
    heading: str
    write: Write
    parts: tuple[str, ...] = ()
    table: str = ""
    is_heading: bool = False
    kinds: tuple[str, ...] = ()

    def belongs_to(self, kind: str) -> bool:
        """A section of some kinds of summary only (regulations, part d)."""
        return not self.kinds or kind in self.kinds


def _from_figures(write: Callable[[Snapshot, Quotes], list[str]]) -> Write:
    return lambda snapshot, quote, told: write(snapshot, quote)


def _nothing(snapshot: Snapshot, quote: Quotes, told: Iterable[Passage]) -> list[str]:
    return []


def _said_by(is_wanted: Callable[[str], bool], part: str) -> Write:
    """What the written reports of some bodies say, each under its name."""

    def write(snapshot: Snapshot, quote: Quotes, told: Iterable[Passage]) -> list[str]:
        found: list[str] = []
        for one in told:
            if one.part == part and is_wanted(one.body):
                found += attributed(one)
        return found

    return write


def attributed(passage: Passage) -> list[str]:
    """A passage as a section takes it in: who says it, then what."""
    return [f"{passage.body}:", *(line for line in passage.text.split("\n") if line.strip())]


def _keeps_the_money(body: str) -> bool:
    return "Tài chính" in body


def _is_other_agency(body: str) -> bool:
    return not _keeps_the_money(body) and not body.startswith(("Xã ", "Thị trấn "))


FIGURES = _from_figures
SECTIONS: tuple[SectionBuilder, ...] = (
    SectionBuilder(
        "steering", 1, "I", "Công tác chỉ đạo, điều hành", _nothing, parts=(Part.RESULTS,)
    ),
    SectionBuilder("results", 1, "II", "Kết quả thực hiện", _nothing, is_heading=True),
    SectionBuilder(
        "overall", 2, "1", "Kết quả chung", FIGURES(narrative.overall), table="statutory"
    ),
    SectionBuilder(
        "by_criterion",
        2,
        "2",
        "Kết quả theo từng tiêu chí",
        FIGURES(narrative_results.by_criterion),
        table="criteria",
    ),
    SectionBuilder(
        "by_commune",
        2,
        "3",
        "Kết quả theo từng xã",
        FIGURES(narrative_results.by_commune),
        parts=(Part.RESULTS,),
        table="communes",
    ),
    SectionBuilder(
        "targets",
        2,
        "4",
        "Thực hiện các mục tiêu",
        FIGURES(narrative_results.targets),
        table="targets",
    ),
    SectionBuilder(
        "directive_tasks",
        2,
        "5",
        "Thực hiện các nhiệm vụ được giao",
        _said_by(_is_other_agency, Part.RESULTS),
        parts=(Part.RESULTS,),
    ),
    SectionBuilder(
        "capital",
        2,
        "6",
        "Huy động và giải ngân nguồn vốn",
        _said_by(_keeps_the_money, Part.RESULTS),
        parts=(Part.RESULTS,),
    ),
    SectionBuilder(
        "estimate",
        2,
        "7",
        "Ước thực hiện cả năm {year}",
        FIGURES(narrative_next.estimate),
        kinds=(SummaryKind.NINE_MONTHS,),
    ),
    SectionBuilder(
        "next_targets",
        2,
        "7",
        "Mục tiêu năm {next_year}",
        FIGURES(narrative_next.next_targets),
        kinds=(SummaryKind.TWELVE_MONTHS,),
    ),
    SectionBuilder(
        "shortcomings", 1, "III", "Tồn tại, hạn chế và nguyên nhân", _nothing, is_heading=True
    ),
    SectionBuilder(
        "limits",
        2,
        "1",
        "Tồn tại, hạn chế",
        FIGURES(narrative_next.limits),
        parts=(Part.DIFFICULTIES,),
    ),
    SectionBuilder("causes", 2, "2", "Nguyên nhân", _nothing, parts=(Part.CAUSES,)),
    SectionBuilder(
        "tasks",
        1,
        "IV",
        "Nhiệm vụ trọng tâm {next_term}",
        FIGURES(narrative_next.tasks),
        parts=(Part.NEXT_TASKS,),
    ),
    SectionBuilder("proposals", 1, "V", "Đề xuất, kiến nghị", _nothing, parts=(Part.PROPOSALS,)),
)
BY_KEY = {builder.key: builder for builder in SECTIONS}


def compose(
    snapshot: Snapshot, edited: Mapping[str, EditedText], told: Iterable[Passage]
) -> tuple[Section, ...]:
    figures, told = quotable(snapshot), list(told)
    return tuple(
        _section(one, snapshot, figures, edited.get(one.key), told)
        for one in SECTIONS
        if one.belongs_to(snapshot.paper.kind)
    )


def _section(
    builder: SectionBuilder,
    snapshot: Snapshot,
    figures: Mapping[str, Figure],
    edited: EditedText | None,
    told: list[Passage],
) -> Section:
    if edited is None:
        text, quoted = generated(builder, snapshot, figures, told)
    else:
        text, quoted = edited.text, dict(edited.quoted)
    return Section(
        key=builder.key,
        level=builder.level,
        number=builder.number,
        heading=builder.heading.format(
            next_term=snapshot.paper.next_term,
            year=snapshot.paper.year,
            next_year=snapshot.paper.year + 1,
        ),
        text=text,
        table=builder.table,
        edited=edited is not None,
        quoted=quoted,
    )


def generated(
    builder: SectionBuilder,
    snapshot: Snapshot,
    figures: Mapping[str, Figure],
    told: Iterable[Passage],
) -> tuple[str, dict[str, str]]:
    """The text that the figures and the reports give, and the figures that it quotes."""
    quote = Quotes(figures)
    return "\n".join(builder.write(snapshot, quote, told)), quote.taken
