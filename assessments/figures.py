"""What ``assessments.statistics`` answers with: frozen, plain, the same for screen and paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from criteria.evaluation import Verdict


def rounded_share(part: int | Decimal, whole: int | Decimal, places: int) -> Decimal | None:
    """``part / whole`` rounded half up, exactly (16.25 is 16.3); None where there is no whole."""
    if not whole:
        return None
    one = Decimal(1).scaleb(-places)
    units = (2 * part * 10**places + whole) // (2 * whole)
    return units * one


def may_compare(*, provisional: bool, entered: int, indicators: int) -> bool:
    """Whether totals may be set against another quarter's: not while figures are still coming in,
    when what is not entered yet would read as a decline. The one rule of every screen and paper."""
    return not provisional or entered == indicators


@dataclass(frozen=True, slots=True)
class Poverty:
    """Households counted by ``communes`` communes; rates in per cent, weighted by households.

    ``impossible`` more communes gave numbers that cannot be, so none of theirs are counted."""

    communes: int
    households: Decimal
    poor: Decimal
    near_poor: Decimal
    impossible: int = 0

    @property
    def poor_rate(self) -> Decimal | None:
        return rounded_share(self.poor * 100, self.households, 2)

    @property
    def near_poor_rate(self) -> Decimal | None:
        return rounded_share(self.near_poor * 100, self.households, 2)

    @property
    def poverty_rate(self) -> Decimal | None:
        return rounded_share((self.poor + self.near_poor) * 100, self.households, 2)


@dataclass(frozen=True, slots=True)
class Comparison:
    """This quarter minus the quarter before. A rate is None where either quarter has none."""

    period: str
    recognised: int
    meeting_all: int
    criteria_met: int
    average_criteria: Decimal | None
    poor_rate: Decimal | None
    poverty_rate: Decimal | None


@dataclass(frozen=True, slots=True)
class Headline:
    """The figures of one quarter. ``average_criteria`` is rounded half up to one place; None while
    no commune has any data, when the other counts are nought only because nothing is known."""

    period: str
    criteria_set: str
    provisional: bool
    communes: int
    criteria: int
    recognised: int
    meeting_all: int
    criteria_met: int
    average_criteria: Decimal | None
    by_criterion: Mapping[int, int]
    distribution: Mapping[str, int]
    poverty: Poverty
    handed_in: int
    indicators: int
    entered: int
    verified: int
    only_declared: int
    before: Comparison | None = None

    @property
    def change(self) -> Comparison | None:
        """``before`` where the totals may be compared at all: both quarters have data."""
        whole = may_compare(
            provisional=self.provisional, entered=self.entered, indicators=self.indicators
        )
        known = self.before is not None and self.before.average_criteria is not None
        return self.before if whole and known else None

    @property
    def verified_share(self) -> Decimal | None:
        """Whole per cent of what is entered."""
        return rounded_share(self.verified * 100, self.entered, 0)


@dataclass(frozen=True, slots=True)
class Cell:
    """One criterion of one commune. ``change`` is "won", "lost" or "" against last quarter."""

    number: int
    verdict: Verdict
    change: str
    indicators: int
    met: int
    verified: int
    only_declared: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    slug: str
    name: str
    short_name: str
    recognised: bool
    target_tier: str
    target_year: int | None
    state: str
    handed_in: bool
    met: int
    cells: tuple[Cell, ...]
    tile_row: int | None
    tile_column: int | None

    @property
    def has_data(self) -> bool:
        return any(cell.verdict != Verdict.MISSING for cell in self.cells)


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """``has_data`` is False where every commune it applies to is blank: ``met`` says nothing."""

    number: int
    name: str
    met: int
    has_data: bool = True


@dataclass(frozen=True, slots=True)
class Matrix:
    """Communes by criteria: recognised first, then by criteria met, then by name."""

    period: str
    criteria_set: str
    provisional: bool
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    total: int

    @property
    def has_data(self) -> bool:
        return not self.rows or any(row.has_data for row in self.rows)


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """Who has handed in. ``days_late``: at sending, or until today where nothing was sent."""

    unit_id: int
    slug: str
    name: str
    short_name: str
    state: str
    handed_in: bool
    submitted_at: dt.datetime | None
    due_on: dt.date | None
    extended: bool
    days_late: int
    indicators: int
    entered: int
    verified: int
    returned: int


@dataclass(frozen=True, slots=True)
class Completeness:
    """``correcting`` of those ``handed_in`` have rows back and must send again; none once the
    quarter is closed, when nothing can be corrected any more."""

    period: str
    communes: int
    handed_in: int
    correcting: int
    late: int
    units: tuple[UnitProgress, ...]

    @property
    def never_sent(self) -> int:
        """Communes that have not sent, late or not; for a closed quarter those that never did."""
        return self.communes - self.handed_in


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one quarter from one reading: six queries."""

    headline: Headline
    matrix: Matrix
    completeness: Completeness
