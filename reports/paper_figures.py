"""The figures of a snapshot, one frozen dataclass for each table of the paper (docs/snapshot.md)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


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
    """Communes by how many criteria they meet: "19", "15-18", ... "dưới 5"; last, with ``lower``
    -1, those that have entered nothing, which is not nought."""

    label: str
    lower: int
    upper: int
    count: int
    communes: tuple[str, ...]

    @property
    def has_data(self) -> bool:
        return self.lower >= 0

    @property
    def content(self) -> str:
        return f"Số xã đạt {self.label} tiêu chí" if self.has_data else f"Số xã {self.label}"


@dataclass(frozen=True, slots=True)
class CriterionFigures:
    """Met, not met, no data yet: three things. A criterion that applies nowhere is none of them.

    ``change``, ``won`` and ``lost`` (names of communes) against the first comparison. An issue of
    before counted in ``not_met`` who had no data: take ``failing``, which the names give.
    """

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

    @property
    def failing(self) -> int:
        return len(self.not_met_communes)

    @property
    def without_data(self) -> int:
        return len(self.missing_communes)

    @property
    def is_blank(self) -> bool:
        """Nobody has figures of it: none that meet it is not nought."""
        return not self.met and not self.failing and bool(self.missing_communes)


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
    def has_data(self) -> bool:
        return any(cell.verdict != "missing" for cell in self.cells)

    @property
    def unmet(self) -> tuple[int, ...]:
        return tuple(cell.number for cell in self.cells if cell.verdict == "not_met")

    @property
    def missing(self) -> tuple[int, ...]:
        """Criteria that nothing can be said about: figures are not entered."""
        return tuple(cell.number for cell in self.cells if cell.verdict == "missing")


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
    """One value: ``number`` where it is one (for a cell that computes), ``text`` always. ``level``
    is the measure's own; empty where it decides nothing, and in an issue of schema 1."""

    key: str
    label: str
    unit: str
    number: Decimal | None
    text: str
    level: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorFigures:
    """One indicator of one commune; ``declared``, ``verified`` and ``counted`` are verdicts. The
    ``reason`` of a blank is the commune's own; older issues did not keep it."""

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
    """A unit that is to reach a tier; a commune's has how it stands now (``met`` is None for the
    district): criteria not met, and those without figures."""

    unit: str
    tier: str
    tier_name: str
    year: int
    met: int | None
    unmet: tuple[int, ...]
    missing: tuple[int, ...]

    @property
    def has_no_data(self) -> bool:
        """A commune that has entered nothing stands nowhere, which is not nought."""
        return bool(self.missing) and not self.met and not self.unmet


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
    finding: str


@dataclass(frozen=True, slots=True)
class BlankIndicator:
    """An indicator that nothing can be said about. ``entered`` is the part of its values that is
    there, ``reason`` the commune's own, empty where none is known."""

    commune: str
    code: str
    text: str
    entered: str
    reason: str
    lead: str
