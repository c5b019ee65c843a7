"""What the page of two issues draws: the picker, the pairs of figures, texts with their changes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.template.defaultfilters import date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from reports import naming
from reports.annex_changes import annex_changes
from reports.differences import (
    FigurePair,
    IndicatorPair,
    SectionPair,
    figure_pairs,
    indicator_pairs,
    section_pairs,
    sentence,
    unlisted_parts,
)
from reports.figure_names import either, indicator_names, label_of, unit_of
from reports.models import SummaryIssue
from reports.other_parts import same
from reports.snapshot import Snapshot
from reports.word_diff import Piece, pieces


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two papers as the head of its column names it."""

    value: str
    title: str
    edition: int
    number: int
    published_at: object
    url: str
    replaced: bool

    @staticmethod
    def value_of(issue: SummaryIssue) -> str:
        return f"{issue.summary.slug}:{issue.edition}"


def side_of(issue: SummaryIssue, issues: list[SummaryIssue]) -> Side:
    newest = max(one.edition for one in issues if one.summary_id == issue.summary_id)
    return Side(
        value=Side.value_of(issue),
        title=title_of(issue),
        edition=issue.edition,
        number=issue.serial,
        published_at=issue.published_at,
        url=f"{issue.summary.get_absolute_url()}issues/{issue.edition}/",
        replaced=issue.edition != newest,
    )


def title_of(issue: SummaryIssue) -> str:
    return naming.title(issue.summary.kind, issue.summary.period, issue.summary.on)


def choices(issues: list[SummaryIssue]) -> list[tuple[int, list[tuple[str, str]]]]:
    """By year: value, and what it is, which issue, its number and day."""
    ordered = sorted(issues, key=lambda one: -one.summary.period.year)
    return [
        (year, [(Side.value_of(one), _label(one)) for one in found])
        for year, found in groupby(ordered, key=lambda one: one.summary.period.year)
    ]


def _label(issue: SummaryIssue) -> str:
    """Short: a phone shows little of a chosen line."""
    term = title_of(issue).removeprefix("Báo cáo ")
    return _("%(term)s · issue %(edition)s · No. %(number)s · %(day)s") % {
        "term": f"{term[:1].upper()}{term[1:]}",
        "edition": issue.edition,
        "number": f"{issue.serial:02d}",
        "day": date(localtime(issue.published_at), "d/m/Y"),
    }


@dataclass(frozen=True, slots=True)
class TextPair:
    pair: SectionPair
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class NamedFigure:
    pair: FigurePair
    label: str
    unit: str


@dataclass(frozen=True, slots=True)
class NamedIndicator:
    pair: IndicatorPair
    name: str


@dataclass(frozen=True, slots=True)
class CommuneIndicators:
    commune: str
    rows: list[NamedIndicator]


def _named(pair: FigurePair, first: Snapshot, second: Snapshot) -> NamedFigure:
    return NamedFigure(pair, label_of(pair.key, pair.label, first, second), unit_of(pair.key))


def _by_commune(
    pairs: list[IndicatorPair], first: Snapshot, second: Snapshot
) -> list[CommuneIndicators]:
    old, new = indicator_names(first), indicator_names(second)
    found: dict[str, list[NamedIndicator]] = {}
    for one in pairs:
        name = either(old.get(one.code, ""), new.get(one.code, ""))
        found.setdefault(one.commune, []).append(NamedIndicator(one, name))
    return [CommuneIndicators(commune, rows) for commune, rows in found.items()]


#: Indicators that differ and are shown at once.
FEW = 20


@dataclass(frozen=True, slots=True)
class Compared:
    figures: list[NamedFigure]
    same_figures: list[NamedFigure]
    indicators: list[CommuneIndicators]
    texts: list[TextPair]
    annexes: list[str]
    other_parts: list[str]
    same: bool
    changed_indicators: int
    changed_figures: int
    changed_texts: int

    @property
    def few_indicators(self) -> bool:
        """Few enough to stand open; else each commune is unfolded by whoever wants it."""
        return self.changed_indicators <= FEW

    @property
    def few_annexes(self) -> bool:
        return len(self.annexes) <= FEW


def compared(first: Snapshot, second: Snapshot, *, only_changed: bool) -> Compared:
    """What differs comes first, each part in the order of the papers."""
    figures, texts = figure_pairs(first, second), section_pairs(first, second)
    named = [_named(one, first, second) for one in figures]
    indicators = indicator_pairs(first, second)
    shown = [
        one for one in texts if (one.first or one.second) and (one.differs or not only_changed)
    ]
    return Compared(
        figures=[one for one in named if one.pair.differs],
        same_figures=[one for one in named if not one.pair.differs and not only_changed],
        indicators=_by_commune(indicators, first, second),
        texts=[
            TextPair(one, pieces(one.first, one.second))
            for one in sorted(shown, key=lambda one: not one.differs)
        ],
        annexes=[sentence(one) for one in annex_changes(first, second)],
        other_parts=unlisted_parts(first, second),
        same=same(first, second),
        changed_indicators=len(indicators),
        changed_figures=sum(one.differs for one in figures),
        changed_texts=sum(one.differs for one in texts),
    )
