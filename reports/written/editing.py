"""The parts as a page draws them: what is stored, what was typed, what stood there last time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.wording import moment
from reports.cleaning import blocks, clean
from reports.models import Part, PeriodicReport, ReportPart, SummaryKind
from reports.written.actions import PartInput, digest
from reports.written.bodies import Body
from reports.written.terms import Term

#: What belongs into a part, for who writes one for the first time.
HINTS: dict[str, Promise] = {
    Part.RESULTS: _("What was done and reached: documents, checks, works, criteria, figures."),
    Part.DIFFICULTIES: _("What went badly or slowly, and where."),
    Part.CAUSES: _("Why: causes from outside, and causes of our own."),
    Part.NEXT_TASKS: _("What will be done next, by whom and until when."),
    Part.PROPOSALS: _("What you ask the district or the province to decide or to help with."),
}
#: How many earlier reports are looked through for text to copy.
LOOK_BACK = 6


@dataclass(frozen=True, slots=True)
class Source:
    """A text that stands at hand: from which report, and the value of its copy button. "Nothing to
    report" is an answer too: it has no text to copy."""

    label: str
    value: str
    text: str

    @property
    def nothing(self) -> bool:
        return not self.text

    @property
    def blocks(self) -> list[tuple[str, list[str]]]:
        return blocks(self.text)


@dataclass(frozen=True, slots=True)
class Theirs:
    """What stands in the portal now, where somebody else has changed a part meanwhile."""

    who: str
    when: str
    text: str
    nothing: bool

    @property
    def blocks(self) -> list[tuple[str, list[str]]]:
        return blocks(self.text)


@dataclass(slots=True)
class PartField:
    """One part on the page."""

    part: str
    label: str
    hint: str
    text: str = ""
    nothing: bool = False
    version: int = 0
    was: str = ""
    error: str = ""
    theirs: Theirs | None = None
    sources: list[Source] = field(default_factory=list)

    @property
    def blocks(self) -> list[tuple[str, list[str]]]:
        return blocks(self.text)

    @property
    def is_answered(self) -> bool:
        return self.nothing or bool(self.text.strip())


def read_parts(data: Mapping[str, str]) -> dict[str, PartInput]:
    """What was posted; a part that the form did not hold is left out."""
    return {
        part: PartInput(
            version=_number(data.get(f"{part}-version", "")),
            text=data.get(f"{part}-text", ""),
            nothing=bool(data.get(f"{part}-nothing")),
            was=data.get(f"{part}-was"),
        )
        for part in Part.values
        if f"{part}-version" in data
    }


def _number(text: str) -> int:
    """A version that was tampered with is none that exists."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


def fields(
    report: PeriodicReport | None,
    typed: Mapping[str, PartInput] | None = None,
    sources: Mapping[str, list[Source]] | None = None,
) -> list[PartField]:
    """The five parts in their order; what was typed goes before what is stored."""
    stored = {part.part: part for part in report.parts.all()} if report else {}
    found = []
    for part in Part:
        one = PartField(part.value, part.label, HINTS[part])
        if part.value in stored:
            row = stored[part.value]
            one.text, one.nothing, one.version = row.text, row.nothing, row.version
        one.was = digest(one.text, one.nothing)
        if typed and part.value in typed:
            given = typed[part.value]
            one.text, one.nothing, one.version = given.text, given.nothing, given.version
            one.was = one.was if given.was is None else given.was
        one.sources = (sources or {}).get(part.value, [])
        found.append(one)
    return found


def differs(report: PeriodicReport | None, typed: Mapping[str, PartInput]) -> bool:
    """Whether what was typed is something else than what is stored."""
    stored = {part.part: (part.text, part.nothing) for part in report.parts.all()} if report else {}
    return any(
        (clean(given.text), given.nothing) != stored.get(part, ("", False))
        for part, given in typed.items()
    )


def earlier_texts(body: Body, term: Term) -> dict[str, list[Source]]:
    """Text at hand, by part: last term's report of the same kind, and for a longer term the one
    that the body wrote about its last quarter. Two queries."""
    reports = (
        PeriodicReport.objects.filter(period__data_to__lte=term.period.data_to, **body.key)
        .exclude(period=term.period, kind=term.kind)
        .select_related("period")
        .prefetch_related("parts")
        .order_by("-period__data_to", "kind")[: LOOK_BACK * 2]
    )
    found: dict[str, list[Source]] = {part: [] for part in Part.values}
    for report in _at_hand(reports, term):
        label = Term(report.period, SummaryKind(report.kind)).label
        for part in report.parts.all():
            if part.text or part.nothing:
                value = f"copy:{report.pk}:{part.part}"
                found[part.part].append(Source(label, value, part.text))
    return found


def _at_hand(reports: Iterable[PeriodicReport], term: Term) -> list[PeriodicReport]:
    of_quarter = last = None
    for report in reports:
        if report.period_id == term.period.pk:
            if report.kind == SummaryKind.QUARTER:
                of_quarter = of_quarter or report
        elif report.kind == term.kind:
            last = last or report
    if last is None and term.kind != SummaryKind.QUARTER:
        before = [r for r in reports if r.period_id != term.period.pk]
        last = next((r for r in before if r.kind != SummaryKind.QUARTER), None)
    return [report for report in (of_quarter, last) if report]


def with_copied(
    typed: Mapping[str, PartInput], value: str, sources: Mapping[str, list[Source]]
) -> tuple[dict[str, PartInput], str] | None:
    """What was typed with a text at hand put beneath it, and the part; None for a wrong value."""
    for part, given in sources.items():
        for source in given:
            if source.value == value and source.text and part in typed:
                one = typed[part]
                text = "\n".join(filter(None, [one.text.rstrip(), source.text]))
                return {**typed, part: replace(one, text=text, nothing=False)}, part
    return None


def with_nothing(typed: Mapping[str, PartInput]) -> dict[str, PartInput]:
    """Every part that is still blank answered with "nothing to report"; texts stay."""
    return {
        part: given if given.text.strip() else replace(given, nothing=True)
        for part, given in typed.items()
    }


def show_theirs(one: PartField, row: ReportPart) -> None:
    """Set what stands in the portal beside what was typed; saving again then decides for mine."""
    one.version, one.was = row.version, digest(row.text, row.nothing)
    one.theirs = Theirs(
        who=row.changed_by.display_name if row.changed_by else "",
        when=moment(row.changed_at) if row.changed_at else "",
        text=row.text,
        nothing=row.nothing,
    )
