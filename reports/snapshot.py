"""Everything that a paper shows, frozen: files are made from a ``Snapshot`` and nothing else.

``building.build_snapshot`` makes one from ``assessments.statistics`` and the definitions;
``to_json`` and ``from_json`` store it exactly. Every text is Vietnamese, as papers are by law,
whatever the reader's language. What is not known is None or empty, never a guess.
docs/snapshot.md describes the schema for whoever renders it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assessments.figures import may_compare
from reports import exact, older
from reports.naming import count
from reports.paper_figures import (
    BlankIndicator,
    Bucket,
    CellFigures,
    CommuneChange,
    CommuneFigures,
    CommuneReporting,
    ComparisonFigures,
    CriterionFigures,
    HeadlineFigures,
    IndicatorFigures,
    PovertyFigures,
    RecognisedCommune,
    StatutoryRow,
    TargetFigures,
    TierFigures,
    TrendPoint,
    UnmetIndicator,
    ValueFigure,
    WrittenReportLine,
)

__all__ = [
    "SCHEMA",
    "BlankIndicator",
    "Bucket",
    "CellFigures",
    "Change",
    "CommuneChange",
    "CommuneFigures",
    "CommuneReporting",
    "ComparisonFigures",
    "CriterionFigures",
    "CriterionName",
    "Definitions",
    "HeadlineFigures",
    "IndicatorFigures",
    "IndicatorName",
    "Masthead",
    "Paper",
    "PovertyFigures",
    "Publication",
    "RecognisedCommune",
    "Replaced",
    "Section",
    "Snapshot",
    "StatutoryRow",
    "TargetFigures",
    "TierFigures",
    "TrendPoint",
    "UnmetIndicator",
    "ValueFigure",
    "WrittenReportLine",
    "from_json",
    "to_json",
]

#: Raised by every change of the shape; an issue keeps the one that it was published with.
SCHEMA = 2


@dataclass(frozen=True, slots=True)
class Paper:
    """What the paper is. ``subject`` is the trích yếu, ``term`` such as "quý II năm 2023"."""

    slug: str
    kind: str
    subject: str
    term: str
    next_term: str
    year: int
    quarter: int
    period: str
    data_from: dt.date
    data_to: dt.date
    as_of: dt.date
    provisional: bool
    demo: bool


@dataclass(frozen=True, slots=True)
class Masthead:
    """Names of agencies and the signature block, line by line (Decree 30/2020/NĐ-CP).

    ``superior`` is the body above the issuer, empty where the People's Committee itself issues.
    """

    superior: str
    issuer: tuple[str, ...]
    symbol: str
    place: str
    province: str
    district: str
    authority: tuple[str, ...]
    position: tuple[str, ...]
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replaced:
    """The issue that a correction takes the place of."""

    number: int
    published_on: dt.date
    edition: int
    code: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a correction changes: ``kind`` is figure, indicator, annex, name or text, or
    other (``after`` names parts whose changes are not listed); ``before`` or ``after`` is empty
    where something was added or taken out. ``near`` are the words that stand before a passage, in
    an annex the day of sending."""

    kind: str
    place: str
    before: str
    after: str
    near: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """What publishing adds; a draft has none of it (``number`` is None).

    ``address`` is where the code could be looked up when the paper was published; schema 1 did not
    keep it. ``differences`` are the sentences of a correction, ``changes`` the same as data.
    """

    number: int | None = None
    published_on: dt.date | None = None
    published_at: dt.datetime | None = None
    signed_by: str = ""
    edition: int = 1
    code: str = ""
    address: str = ""
    reason: str = ""
    differences: tuple[str, ...] = ()
    replaces: Replaced | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its text: paragraphs, lines that begin with "- " are items of a list
    (``cleaning.blocks``). ``table`` names what is drawn under it: statutory, criteria, communes,
    targets or nothing. ``quoted`` are the figures that the text names, by their key."""

    key: str
    level: int
    number: str
    heading: str
    text: str
    table: str
    edited: bool
    quoted: dict[str, str]


@dataclass(frozen=True, slots=True)
class IndicatorName:
    code: str
    criterion: int
    text: str
    unconfirmed: bool
    lead: str


@dataclass(frozen=True, slots=True)
class CriterionName:
    number: int
    name: str
    group: str


@dataclass(frozen=True, slots=True)
class Definitions:
    """The set as it stood: its legal source, the names of its criteria and indicators."""

    slug: str
    name: str
    decision: str
    criteria: tuple[CriterionName, ...]
    indicators: tuple[IndicatorName, ...]


@dataclass(frozen=True)
class Snapshot:
    """No slots: its look-up tables are kept once made."""

    schema: int
    paper: Paper
    masthead: Masthead
    publication: Publication
    headline: HeadlineFigures
    tiers: tuple[TierFigures, ...]
    comparisons: tuple[ComparisonFigures, ...]
    distribution: tuple[Bucket, ...]
    criteria: tuple[CriterionFigures, ...]
    communes: tuple[CommuneFigures, ...]
    trend: tuple[TrendPoint, ...]
    poverty: PovertyFigures
    reporting: tuple[CommuneReporting, ...]
    written: tuple[WrittenReportLine, ...]
    indicators: tuple[IndicatorFigures, ...]
    recognised: tuple[RecognisedCommune, ...]
    targets: tuple[TargetFigures, ...]
    statutory: tuple[StatutoryRow, ...]
    sections: tuple[Section, ...]
    definitions: Definitions

    @property
    def is_draft(self) -> bool:
        return self.publication.number is None

    @property
    def comparison(self) -> ComparisonFigures | None:
        """The one that won and lost criteria are told against: a blank proves neither."""
        return self.comparisons[0] if self.comparisons else None

    @property
    def met_by_all(self) -> tuple[CriterionFigures, ...]:
        return tuple(one for one in self.criteria if one.met and one.met == len(self.communes))

    @property
    def met_by_nobody(self) -> tuple[CriterionFigures, ...]:
        """Where figures say so: a criterion without any data is none of them."""
        return tuple(one for one in self.criteria if not one.met and one.failing)

    @property
    def is_blank(self) -> bool:
        """No commune has any data: counts of criteria say nothing, least of all nought."""
        return bool(self.communes) and not any(one.has_data for one in self.communes)

    @property
    def without_data(self) -> int:
        """Communes that have entered nothing."""
        return sum(one.count for one in self.distribution if not one.has_data)

    @property
    def not_entered(self) -> int:
        return self.headline.indicators - self.headline.entered

    @property
    def is_comparable(self) -> bool:
        return not self.is_blank and may_compare(
            provisional=self.paper.provisional,
            entered=self.headline.entered,
            indicators=self.headline.indicators,
        )

    @property
    def comparable(self) -> tuple[ComparisonFigures, ...]:
        """The bases that a total may be set against."""
        if not self.is_comparable:
            return ()
        return tuple(one for one in self.comparisons if one.available)

    @property
    def compared(self) -> ComparisonFigures | None:
        """The first of them: the one that columns "Tăng, giảm" are told against."""
        base = self.comparison
        return base if base in self.comparable else None

    @property
    def why_not_compared(self) -> str:
        """Said where a difference would stand, while figures are still coming in."""
        base = self.comparison
        if self.is_comparable or base is None or not base.available:
            return ""
        if self.is_blank:
            return "chưa so sánh: trong kỳ chưa có số liệu"
        return f"chưa so sánh: còn {count(self.not_entered)} chỉ tiêu chưa nhập"

    @cached_property
    def indicator_names(self) -> dict[str, IndicatorName]:
        return {one.code: one for one in self.definitions.indicators}

    @cached_property
    def commune_names(self) -> dict[str, CommuneFigures]:
        return {one.slug: one for one in self.communes}

    @cached_property
    def unmet(self) -> tuple[UnmetIndicator, ...]:
        """Indicators found or declared not met, by commune and code."""
        return tuple(self._unmet(one) for one in self.indicators if one.counted == "not_met")

    @cached_property
    def blank(self) -> tuple[BlankIndicator, ...]:
        """Indicators without figures, by commune and code: neither met nor not met, nor nought."""
        return tuple(self._blank(one) for one in self.indicators if one.counted == "missing")

    @cached_property
    def blank_by_commune(self) -> dict[str, int]:
        """How many of them each commune has, by its slug, in their order; only those with some."""
        return dict(Counter(one.commune for one in self.indicators if one.counted == "missing"))

    def _blank(self, one: IndicatorFigures) -> BlankIndicator:
        name = self.indicator_names[one.code]
        return BlankIndicator(
            commune=self.commune_names[one.commune].short_name,
            code=one.code,
            text=name.text,
            entered=one.value if one.values else "",
            reason=" ".join(one.reason.split()),
            lead=name.lead,
        )

    def _unmet(self, one: IndicatorFigures) -> UnmetIndicator:
        name = self.indicator_names[one.code]
        return UnmetIndicator(
            commune=self.commune_names[one.commune].short_name,
            criterion=one.criterion,
            code=one.code,
            text=name.text,
            value=one.value,
            level=one.level,
            level_unconfirmed=one.level_unconfirmed,
            reason=one.reason,
            gap=one.gap,
            lead=name.lead,
            verified=bool(one.verified),
            finding=_finding(one),
        )


def _finding(one: IndicatorFigures) -> str:
    """Declared is not verified: which of the two the paper counts, and where they differ."""
    if not one.verified:
        return "chưa thẩm định"
    return "chưa đạt (xã tự đánh giá: đạt)" if one.declared == "met" else "chưa đạt"


def to_json(snapshot: Snapshot) -> dict[str, Any]:
    """In the shape of the schema that it was read from: an old issue keeps its checksum."""
    return older.as_stored(exact.to_json(snapshot))


def from_json(stored: dict[str, Any]) -> Snapshot:
    """Raises ``exact.NotThatShape`` for data that is not of a schema known here."""
    if stored.get("schema") not in (1, SCHEMA):
        raise exact.NotThatShape(f"schema {stored.get('schema')} is not known")
    return exact.from_json(Snapshot, stored)
