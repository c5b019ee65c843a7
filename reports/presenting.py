"""What the pages of summaries draw: sections to edit, tables of the paper, lines of the archive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.models import User
from accounts.permissions import may
from reports import titles
from reports.cleaning import blocks
from reports.models import SummaryReport, SummarySection
from reports.paper_charts import page_charts, section_chart
from reports.quotable import Changed, changed, quotable
from reports.sections import BY_KEY, attributed, generated
from reports.snapshot import Section, Snapshot
from reports.typed_texts import TypedText, mark
from reports.written.passages import Passage


@dataclass(frozen=True, slots=True)
class PassageView:
    """One passage of a written report; ``taken`` when the text has it already."""

    number: int
    body: str
    text: str
    taken: bool


@dataclass(slots=True)
class SectionView:
    """A section as the composition draws it; ``typed`` is what was typed and not stored."""

    section: Section
    version: int
    was: str
    editable: bool
    blocks: list
    is_heading: bool
    changed: list[Changed] = field(default_factory=list)
    passages: list[PassageView] = field(default_factory=list)
    edited_by: str = ""
    edited_at: object = None
    typed: str | None = None
    error: str = ""
    theirs: str | None = None

    @property
    def text(self) -> str:
        return self.section.text if self.typed is None else self.typed

    def keep(self, one: TypedText) -> None:
        """What was typed stands in the form; a version of -1 is the one that is stored now."""
        self.typed, self.error, self.theirs = one.text, one.error, one.theirs
        if one.version >= 0:
            self.version, self.was = one.version, one.was

    @property
    def is_open(self) -> bool:
        return self.typed is not None


def section_views(
    snapshot: Snapshot,
    stored: dict[str, SummarySection],
    told: Iterable[Passage],
    *,
    editable: bool,
) -> list[SectionView]:
    figures, told = quotable(snapshot), list(told)
    views = []
    for section in snapshot.sections:
        builder, row = BY_KEY[section.key], stored.get(section.key)
        views.append(
            SectionView(
                section=section,
                version=row.version if row else 0,
                was=mark(section.text),
                editable=editable and not builder.is_heading,
                blocks=blocks(section.text),
                is_heading=builder.is_heading,
                changed=changed(section.quoted, figures) if section.edited else [],
                passages=_passages(section, told, builder.parts) if editable else [],
                edited_by=row.edited_by.display_name if row else "",
                edited_at=row.edited_at if row else None,
            )
        )
    return views


def _passages(section: Section, told: list[Passage], parts: tuple[str, ...]) -> list[PassageView]:
    return [
        PassageView(n, one.body, one.text, taken="\n".join(attributed(one)) in section.text)
        for n, one in enumerate(told)
        if one.part in parts
    ]


def with_passage(text: str, passage: Passage) -> str:
    """The text with the passage under it, once."""
    taken = "\n".join(attributed(passage))
    if taken in text:
        return text
    return f"{text.rstrip()}\n{taken}".lstrip("\n")


def generated_section(snapshot: Snapshot, key: str, told: Iterable[Passage]) -> Section | None:
    """The section as figures and reports write it now, whatever was edited; None for no section."""
    builder = BY_KEY.get(key)
    if builder is None or not builder.belongs_to(snapshot.paper.kind):
        return None
    text, quoted = generated(builder, snapshot, quotable(snapshot), told)
    return Section(key, builder.level, builder.number, "", text, "", edited=False, quoted=quoted)


@dataclass(frozen=True, slots=True)
class PaperSection:
    section: Section
    blocks: list
    is_heading: bool
    chart: tuple | None


def paper_sections(snapshot: Snapshot) -> list[PaperSection]:
    drawn = page_charts(snapshot)
    return [
        PaperSection(
            one,
            blocks(one.text),
            BY_KEY[one.key].is_heading if one.key in BY_KEY else False,
            section_chart(drawn, one.table, snapshot),
        )
        for one in snapshot.sections
    ]


def title(summary: SummaryReport) -> str:
    return titles.title(summary.kind, summary.period, summary.on)


def may_read_draft(user: User) -> bool:
    return may(user, "reports.read_drafts")
