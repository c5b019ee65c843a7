"""How single indicators stand: of those one agency leads across the communes, of one commune.

Part of ``statistics``, which hands these functions on; the verdict counted is the same one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import QuerySet

from assessments.frozen import frozen_quarter
from assessments.models import IndicatorResult
from assignments.models import Duty
from assignments.queries import indicators_of
from criteria.definitions import IndicatorDefinition
from criteria.evaluation import Verdict
from criteria.models import CriteriaSet, Indicator
from periods.models import ReportingPeriod


@dataclass(frozen=True, slots=True)
class IndicatorStanding:
    """One indicator across the communes asked for. ``unmet``, ``won`` and ``lost`` name them;
    ``unverified`` counts what was entered and no agency has verified; ``met_before`` is None
    where nobody had entered it in the base."""

    code: str
    title: str
    communes: int
    met: int
    not_met: int
    not_applicable: int
    missing: int
    unverified: int
    unmet: tuple[str, ...] = ()
    won: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    met_before: int | None = None


class _Row(NamedTuple):
    indicator: int
    unit: str
    name: str
    verdict: str
    verified: str


def led_indicators(
    period: ReportingPeriod,
    criteria_set: CriteriaSet,
    agency_id: int,
    base: ReportingPeriod | None = None,
) -> list[IndicatorStanding]:
    """The indicators that an agency leads, across all communes, against ``base`` where it is
    given, else the quarter before; four queries."""
    wanted = Indicator.objects.filter(
        pk__in=indicators_of(agency_id, Duty.LEAD), criterion__criteria_set=criteria_set
    )
    return _standings(period, criteria_set, wanted, {}, base)


def commune_indicators(
    period: ReportingPeriod,
    criteria_set: CriteriaSet,
    unit_id: int,
    base: ReportingPeriod | None = None,
) -> list[IndicatorStanding]:
    """Every indicator of one commune, against ``base`` as above; four queries."""
    wanted = Indicator.objects.filter(criterion__criteria_set=criteria_set)
    return _standings(period, criteria_set, wanted, {"assessment__unit_id": unit_id}, base)


def _standings(
    period: ReportingPeriod,
    criteria_set: CriteriaSet,
    wanted: QuerySet,
    scope: dict[str, int],
    base: ReportingPeriod | None,
) -> list[IndicatorStanding]:
    wanted = list(wanted.order_by("criterion__number", "position"))
    scope = scope | {
        "assessment__criteria_set": criteria_set,
        "indicator__in": [indicator.pk for indicator in wanted],
    }
    kept = frozen_quarter(period, criteria_set.pk)
    names = {unit.slug: unit.short_name for unit in kept.units.values()} if kept else {}
    now = _rows(IndicatorResult.objects.filter(assessment__period=period, **scope), names)
    earlier = [base] if base else _quarter_before(period)
    before = _rows(IndicatorResult.objects.filter(assessment__period__in=earlier, **scope), names)
    worded = {one.id: one for one in kept.definition.indicators} if kept else {}
    return [
        _standing(worded.get(one.pk, one), now.get(one.pk, []), before.get(one.pk, []))
        for one in wanted
    ]


def _quarter_before(period: ReportingPeriod) -> QuerySet:
    """The quarter directly before, where it had begun: a gap is not bridged."""
    year, quarter = divmod(period.index - 1 - 1, 4)
    return ReportingPeriod.objects.begun().filter(year=year, quarter=quarter + 1)


def _rows(results: QuerySet, names: Mapping[str, str]) -> dict[int, list[_Row]]:
    """``names``: those that a closed quarter keeps, by slug; else the communes' own."""
    found: dict[int, list[_Row]] = {}
    for row in results.order_by("assessment__unit__sort_key").values_list(
        "indicator_id",
        "assessment__unit__slug",
        "assessment__unit__short_name",
        "counted_verdict",
        "verified_verdict",
    ):
        found.setdefault(row[0], []).append(_Row(*row[:2], names.get(row[1], row[2]), *row[3:]))
    return found


def _standing(
    indicator: Indicator | IndicatorDefinition, rows: list[_Row], before: list[_Row]
) -> IndicatorStanding:
    was = {row.unit: row.verdict for row in before}
    known = any(verdict != Verdict.MISSING for verdict in was.values())

    def count(verdict: Verdict) -> int:
        return sum(row.verdict == verdict for row in rows)

    return IndicatorStanding(
        code=indicator.code,
        title=indicator.title,
        communes=len(rows),
        met=count(Verdict.MET),
        not_met=count(Verdict.NOT_MET),
        not_applicable=count(Verdict.NOT_APPLICABLE),
        missing=count(Verdict.MISSING),
        unverified=sum(row.verdict != Verdict.MISSING and not row.verified for row in rows),
        unmet=tuple(row.name for row in rows if row.verdict == Verdict.NOT_MET),
        won=tuple(_changed(rows, was, Verdict.NOT_MET, Verdict.MET)),
        lost=tuple(_changed(rows, was, Verdict.MET, Verdict.NOT_MET)),
        met_before=sum(verdict == Verdict.MET for verdict in was.values()) if known else None,
    )


def _changed(rows: list[_Row], before: dict, old: Verdict, now: Verdict) -> Iterator[str]:
    """Communes whose verdict went from one to the other; a blank proves neither."""
    for row in rows:
        if row.verdict == now and before.get(row.unit) == old:
            yield row.name
