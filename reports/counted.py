"""What is read for one snapshot: the quarter counted, and the quarters that it compares with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from assessments.counting import QuarterCounts
from assessments.figures import Completeness, Headline, Matrix
from assessments.spans import Change, change_between
from assessments.statistics import headline_of
from assignments.queries import AgencyLabel
from criteria.models import CriteriaSet
from periods.models import ROMAN, ReportingPeriod
from reports.models import SummaryKind


@dataclass(frozen=True, slots=True)
class Base:
    """What a summary compares with; ``period`` is None where that quarter has no figures."""

    key: str
    label: str
    slug: str
    period: ReportingPeriod | None


def bases_of(kind: str, period: ReportingPeriod, begun: list[ReportingPeriod]) -> list[Base]:
    """DESIGN §2: a quarter with the one before; the others with the end of last year and with
    the same quarter last year."""
    by_time = {(one.year, one.quarter): one for one in begun}

    def base(key: str, label: str, year: int, quarter: int) -> Base:
        return Base(key, label, f"{year}-q{quarter}", by_time.get((year, quarter)))

    year, quarter = period.year, period.quarter
    if kind == SummaryKind.QUARTER:
        if quarter == 1:
            return [base("quarter-before", f"quý IV năm {year - 1}", year - 1, 4)]
        return [base("quarter-before", f"quý {ROMAN[quarter - 1]}", year, quarter - 1)]
    end = base("year-end", f"cuối năm {year - 1}", year - 1, 4)
    if quarter == 4:
        return [end]
    same = base("same-quarter-last-year", f"cùng kỳ năm {year - 1}", year - 1, quarter)
    return [end, same]


@dataclass(frozen=True)
class Counted:
    """What was read for one snapshot. No slots: changes are computed once."""

    period: ReportingPeriod
    criteria_set: CriteriaSet
    headline: Headline
    matrix: Matrix
    completeness: Completeness
    leads: Mapping[int, AgencyLabel]
    counts: Mapping[str, QuarterCounts]
    bases: list[Base]
    trend: list[ReportingPeriod]

    @cached_property
    def changes(self) -> dict[str, Change]:
        """By the key of the base, where it has figures: a quarter without any is no base."""
        now = self.counts[self.period.slug]
        found = {base.key: self.counts[base.period.slug] for base in self.bases if base.period}
        return {
            key: change_between(now, base)
            for key, base in found.items()
            if headline_of(base).average_criteria is not None
        }

    @cached_property
    def change(self) -> Change | None:
        """Against the first base that has figures."""
        return next(iter(self.changes.values()), None)

    @cached_property
    def names(self) -> dict[str, str]:
        return {row.slug: row.short_name for row in self.matrix.rows}
