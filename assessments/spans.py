"""Several quarters counted at once, each as ``counting.count_quarter`` counts one.

For the trend and for comparisons with any base: seven queries whatever the number of quarters and
communes. ``against`` sets any of them as what another is compared with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assessments.counting import QuarterCounts, count_periods
from assessments.figures import Comparison, Headline, Matrix
from assessments.statistics import headline_of, matrix_of
from criteria.models import CriteriaSet
from periods.models import ReportingPeriod


def count_quarters(
    periods: Sequence[ReportingPeriod], criteria_set: CriteriaSet
) -> dict[str, QuarterCounts]:
    """Quarter -> its counts, without a base. Quarters that have not begun are left out."""
    begun = [period for period in periods if period.state != "planned"]
    if not begun:
        return {}
    return {counts.period: counts for counts in count_periods(begun, criteria_set)}


def against(now: QuarterCounts, base: QuarterCounts | None) -> QuarterCounts:
    """The same quarter, compared with ``base`` whatever lies between."""
    return replace(now, before=base)


@dataclass(frozen=True, slots=True)
class UnitChange:
    """Criteria met more (or fewer) than in the base, and which were won and lost since.

    ``met`` is None for a commune that the base did not have.
    """

    slug: str
    met: int | None
    won: tuple[int, ...]
    lost: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A quarter minus any other one."""

    headline: Comparison
    near_poor_rate: Decimal | None
    by_criterion: dict[int, int]
    units: tuple[UnitChange, ...]


def change_between(now: QuarterCounts, base: QuarterCounts) -> Change:
    compared, earlier = headline_of(against(now, base)), headline_of(base)
    found, before = matrix_of(against(now, base)), matrix_of(base)
    known = _known(found) & _known(before)
    return Change(
        headline=compared.before,
        near_poor_rate=_near_poor(compared, earlier),
        by_criterion={
            number: met - earlier.by_criterion[number]
            for number, met in compared.by_criterion.items()
            if number in known
        },
        units=_units(found, before),
    )


def _known(matrix: Matrix) -> set[int]:
    """Criteria with data: nobody's figures are not nought, so nothing is more or less than they."""
    return {column.number for column in matrix.columns if column.has_data}


def _near_poor(now: Headline, before: Headline) -> Decimal | None:
    new, old = now.poverty.near_poor_rate, before.poverty.near_poor_rate
    return None if new is None or old is None else new - old


def _units(now: Matrix, before: Matrix) -> tuple[UnitChange, ...]:
    met = {row.slug: row.met for row in before.rows}
    return tuple(
        UnitChange(
            slug=row.slug,
            met=row.met - met[row.slug] if row.slug in met else None,
            won=tuple(cell.number for cell in row.cells if cell.change == "won"),
            lost=tuple(cell.number for cell in row.cells if cell.change == "lost"),
        )
        for row in now.rows
    )
