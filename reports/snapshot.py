"""Everything that a paper shows, frozen: files are made from a ``Snapshot`` and nothing else.

``building.build_snapshot`` makes one from ``assessments.statistics`` and the definitions;
``to_json`` and ``from_json`` store it exactly. Every text is Vietnamese, as papers are by law,
whatever the reader's language. What is not known is None or empty, never a guess.
docs/snapshot.md describes the schema for whoever renders it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from reports import exact

#: Raised by every change of the shape; an issue keeps the one that it was published with.
SCHEMA = 1


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
class Publication:
    """What publishing adds; a draft has none of it (``number`` is None)."""

    number: int | None = None
    published_on: dt.date | None = None
    published_at: dt.datetime | None = None
    signed_by: str = ""
    edition: int = 1
    code: str = ""
    reason: str = ""
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PovertyFigures:
    communes: int
    households: Decimal
    poor: Decimal
    near_poor: Decimal
    poor_rate: Decimal | None
    near_poor_rate: Decimal | None
    poverty_rate: Decimal | None


@dataclass(frozen=True, slots=True)
class HeadlineFigures:
    communes: int
    criteria: int
    recognised: int
    meeting_all: int
    criteria_met: int
    average: Decimal | None
    indicators: int
    entered: int
    verified: int
    only_declared: int
    verified_share: Decimal | None
    handed_in: int


@dataclass(frozen=True, slots=True)
class TierFigures:
    """Communes recognised at one tier: now, and at 31 December of the year before."""

    tier: str
    name: str
    communes: int
    last_year: int


@dataclass(frozen=True, slots=True)
class CommuneChange:
    """One commune against a base: criteria met more or fewer, and which."""

    slug: str
    short_name: str
    met: int
    won: tuple[int, ...]
    lost: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ComparisonFigures:
    """This term minus a base: ``key`` is quarter-before, year-end or same-quarter-last-year.

    Where the base has no figures ``available`` is False and every difference None or empty.
    """

    key: str
    label: str
    base: str
    available: bool
    recognised: int | None = None
    meeting_all: int | None = None
    criteria_met: int | None = None
    average: Decimal | None = None
    poor_rate: Decimal | None = None
    near_poor_rate: Decimal | None = None
    poverty_rate: Decimal | None = None
    by_criterion: dict[str, int] | None = None
    communes: tuple[CommuneChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Bucket:
    """Communes by how many criteria they meet: "19", "15-18", ... "dưới 5"."""

    label: str
    lower: int
    upper: int
    count: int
    communes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CriterionFigures:
    """``change``, ``won`` and ``lost`` (names of communes) against the first comparison."""

    number: int
    name: str
    met: int
    not_met: int
    not_met_communes: tuple[str, ...]
    missing_communes: tuple[str, ...]
    change: int | None
    won: tuple[str, ...]
    lost: tuple[str, ...]
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CellFigures:
    """One criterion of one commune. ``change``: won, lost or empty, against the first comparison.

    ``only_declared`` of its ``indicators`` are declared by the commune and verified by nobody.
    """

    number: int
    verdict: str
    change: str
    indicators: int
    met: int
    only_declared: int


@dataclass(frozen=True, slots=True)
class CommuneFigures:
    """One row of the matrix, in its order: recognised first, then by criteria met."""

    slug: str
    name: str
    short_name: str
    recognised: bool
    target: str
    target_year: int | None
    met: int
    change: int | None
    won: tuple[int, ...]
    lost: tuple[int, ...]
    handed_in: bool
    cells: tuple[CellFigures, ...]

    @property
    def unmet(self) -> tuple[int, ...]:
        """Numbers of the criteria that are not met, not entered ones included."""
        return tuple(
            cell.number for cell in self.cells if cell.verdict not in ("met", "not_applicable")
        )


@dataclass(frozen=True, slots=True)
class TrendPoint:
    period: str
    label: str
    provisional: bool
    communes: int
    recognised: int
    meeting_all: int
    criteria_met: int
    average: Decimal | None
    poor_rate: Decimal | None
    near_poor_rate: Decimal | None


@dataclass(frozen=True, slots=True)
class CommuneReporting:
    """Who sent the figures of the quarter and when. ``days_late`` until ``as_of`` where not sent."""

    name: str
    short_name: str
    state: str
    state_text: str
    handed_in: bool
    submitted_at: dt.datetime | None
    due_on: dt.date | None
    days_late: int
    indicators: int
    entered: int
    verified: int
    returned: int


@dataclass(frozen=True, slots=True)
class WrittenReportLine:
    """Who sent a written report and when; ``submitted_at`` is None where none has come."""

    sender: str
    is_agency: bool
    state: str
    state_text: str
    submitted_at: dt.datetime | None
    due_on: dt.date | None
    days_late: int


@dataclass(frozen=True, slots=True)
class ValueFigure:
    """One value: ``number`` where it is one (for a cell that computes), ``text`` always."""

    key: str
    label: str
    unit: str
    number: Decimal | None
    text: str


@dataclass(frozen=True, slots=True)
class IndicatorFigures:
    """One indicator of one commune; ``declared``, ``verified`` and ``counted`` are verdicts."""

    commune: str
    criterion: int
    code: str
    values: tuple[ValueFigure, ...]
    value: str
    level: str
    level_unconfirmed: bool
    declared: str
    verified: str
    counted: str
    reason: str
    gap: str


@dataclass(frozen=True, slots=True)
class RecognisedCommune:
    """A recognition in force. Number and day of the decision stay empty where unknown."""

    commune: str
    tier: str
    tier_name: str
    decision_number: str
    decided_on: dt.date | None
    confirmed: bool


@dataclass(frozen=True, slots=True)
class TargetFigures:
    """A unit that is to reach a tier; a commune's has how it stands now."""

    unit: str
    tier: str
    tier_name: str
    year: int
    met: int | None
    unmet: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StatutoryRow:
    """The statutory shape: result at 31/12 last year, this term, plan, note; None stays blank."""

    number: str
    content: str
    unit: str
    last_year: Decimal | None
    this_term: Decimal | None
    plan: Decimal | None
    note: str


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


@dataclass(frozen=True, slots=True)
class UnmetIndicator:
    """A line of the annex of unmet indicators, with its words in place."""

    commune: str
    criterion: int
    code: str
    text: str
    value: str
    level: str
    level_unconfirmed: bool
    reason: str
    gap: str
    lead: str
    verified: bool


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
        """The one that won and lost criteria are told against."""
        return self.comparisons[0] if self.comparisons else None

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
        )


def to_json(snapshot: Snapshot) -> dict[str, Any]:
    return exact.to_json(snapshot)


def from_json(stored: dict[str, Any]) -> Snapshot:
    """Raises ``exact.NotThatShape`` for data that is not of a schema known here."""
    if stored.get("schema") != SCHEMA:
        raise exact.NotThatShape(f"schema {stored.get('schema')} is not known")
    return exact.from_json(Snapshot, stored)
