"""What ``statistics`` counts from: one quarter and the one before, read in six queries.

The same six whatever the number of communes: verdicts are counted by the database, one group for
each assessment, criterion and counted verdict. A closed quarter's communes, recognitions and
criteria are those that it kept (``frozen``), whatever was changed since.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import get_language

from assessments.frozen import FrozenUnit, frozen_quarter, units_from_json
from assessments.models import (
    HANDED_IN,
    Assessment,
    FrozenQuarter,
    IndicatorResult,
    MeasureValue,
    Review,
)
from communes.models import AdministrativeUnit, Recognition, Target, UnitQuerySet
from criteria.models import CriteriaSet, Criterion
from periods.models import PeriodState, ReportingPeriod

#: The values behind the poverty indicator (Decision 318/QĐ-TTg, indicator 11).
POVERTY_KEYS = ("households", "poor", "near_poor")


@dataclass(frozen=True, slots=True)
class VerdictCount:
    """How many indicators of one criterion have one counted verdict in one assessment."""

    number: int
    verdict: str
    indicators: int
    verified: int


@dataclass(frozen=True, slots=True)
class HouseholdCount:
    households: Decimal
    poor: Decimal
    near_poor: Decimal

    @property
    def is_possible(self) -> bool:
        """Of no households nothing can be a share; and no part is larger than the whole."""
        return 0 < self.households >= self.poor + self.near_poor


@dataclass(frozen=True, slots=True)
class CountedAssessment:
    """One commune's assessment in one quarter, counted."""

    state: str
    handed_in: bool
    submitted_at: dt.datetime | None
    due_on: dt.date
    extended: bool
    returned: int = 0
    verdicts: tuple[VerdictCount, ...] = ()
    poverty: HouseholdCount | None = None

    @property
    def indicators(self) -> int:
        return sum(count.indicators for count in self.verdicts)

    @property
    def entered(self) -> int:
        return sum(count.indicators for count in self.verdicts if count.verdict != "missing")

    @property
    def verified(self) -> int:
        """Of what is entered, how much the leading agencies have verified."""
        return sum(count.verified for count in self.verdicts if count.verdict != "missing")


@dataclass(frozen=True, slots=True)
class CountedUnit:
    """A commune of the programme. ``assessment`` is None where the quarter has none for it."""

    id: int
    slug: str
    name: str
    short_name: str
    recognised: bool
    assessment: CountedAssessment | None = None
    target_tier: str = ""
    target_year: int | None = None
    tile_row: int | None = None
    tile_column: int | None = None


@dataclass(frozen=True, slots=True)
class CountedCriterion:
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class QuarterCounts:
    """Everything that the figures of one quarter are made of; plain data, no database."""

    period: str
    closed: bool
    criteria_set: str
    criteria: tuple[CountedCriterion, ...]
    units: tuple[CountedUnit, ...]
    before: QuarterCounts | None = None


def count_quarter(period: ReportingPeriod, criteria_set: CriteriaSet) -> QuarterCounts:
    """The quarter's counts, with those of the quarter before where that one had begun."""
    periods, kept = _with_quarter_before(period, criteria_set)
    now, *before = _count(periods, kept, criteria_set)
    return replace(now, before=before[0] if before else None)


def count_periods(
    periods: Sequence[ReportingPeriod], criteria_set: CriteriaSet
) -> list[QuarterCounts]:
    """Several quarters in their order, none with a base; the first one names the criteria.

    Six queries whatever the number of quarters.
    """
    frozen = FrozenQuarter.objects.filter(period__in=periods, criteria_set=criteria_set)
    closed = {one.pk for one in periods if one.state == PeriodState.CLOSED}
    kept = {
        pk: units_from_json(units)
        for pk, units in frozen.values_list("period_id", "units")
        if pk in closed
    }
    return list(_count(list(periods), kept, criteria_set))


def _count(
    periods: list[ReportingPeriod],
    kept: dict[int, tuple[FrozenUnit, ...]],
    criteria_set: CriteriaSet,
) -> Iterator[QuarterCounts]:
    criteria, households = _criteria(periods[0], criteria_set)
    units = _units(periods, kept, criteria_set)
    assessments = _assessments(periods, criteria_set, households)
    for one in periods:
        yield QuarterCounts(
            period=one.slug,
            closed=not one.is_open,
            criteria_set=criteria_set.slug,
            criteria=criteria,
            units=tuple(
                replace(unit, assessment=assessments.get((one.pk, unit.id)))
                for unit in units[one.pk]
            ),
        )


def _with_quarter_before(
    period: ReportingPeriod, criteria_set: CriteriaSet
) -> tuple[list[ReportingPeriod], dict[int, tuple[FrozenUnit, ...]]]:
    """The quarter and the one directly before (a gap in the line of time is not bridged), and
    the communes that those of them keep which are closed."""
    year, quarter = (
        (period.year - 1, 4) if period.quarter == 1 else (period.year, period.quarter - 1)
    )
    frozen = FrozenQuarter.objects.filter(period=OuterRef("pk"), criteria_set=criteria_set)
    found = ReportingPeriod.objects.filter(
        Q(pk=period.pk) | ~Q(state=PeriodState.PLANNED) & Q(year=year, quarter=quarter)
    ).annotate(kept=Subquery(frozen.values("units")[:1]))
    periods, kept = [period], {}
    for one in found:
        if one.pk != period.pk:
            periods.append(one)
        if one.kept is not None and one.state == PeriodState.CLOSED:
            kept[one.pk] = units_from_json(one.kept)
    return periods, kept


def _criteria(
    period: ReportingPeriod, criteria_set: CriteriaSet
) -> tuple[tuple[CountedCriterion, ...], dict[int, str]]:
    """The criteria in their order, and the measures that count households: id -> key.

    One query brings both: the values themselves are then asked by the measures' ids, which
    PostgreSQL finds by index even where it does not know yet how many rows there are.
    """
    frozen = frozen_quarter(period, criteria_set.pk)
    if frozen is not None:
        criteria = frozen.definition.criteria
        found = {criterion.number: criterion.title for criterion in criteria}
        measures = [m for c in criteria for i in c.indicators for m in i.measures]
        keys = {measure.id: measure.key for measure in measures}
    else:
        found, keys = {}, {}
        in_english = (get_language() or "").startswith("en")
        for number, name, english, measure_id, key in (
            Criterion.objects.filter(criteria_set=criteria_set)
            .order_by("number")
            .values_list(
                "number",
                "name",
                "name_en",
                "indicators__measures__pk",
                "indicators__measures__key",
            )
        ):
            found[number] = english if in_english and english else name
            keys[measure_id] = key
    households = {pk: key for pk, key in keys.items() if key in POVERTY_KEYS}
    return tuple(CountedCriterion(*one) for one in found.items()), households


def _units(
    periods: list[ReportingPeriod],
    kept: dict[int, tuple[FrozenUnit, ...]],
    criteria_set: CriteriaSet,
) -> dict[int, list[CountedUnit]]:
    """The communes of each quarter: as it keeps them where it is closed, else as they are."""
    open_ones = [one for one in periods if one.pk not in kept]
    live = list(units_of_district(open_ones, criteria_set)) if open_ones else []
    found = {pk: [_unit(unit, unit.recognised) for unit in units] for pk, units in kept.items()}
    for n, one in enumerate(open_ones):
        found[one.pk] = [
            _unit(unit, getattr(unit, f"recognised_{n}"))
            for unit in live
            if _is_valid(unit, one.data_to)
        ]
    return found


def counted_communes() -> UnitQuerySet:
    """The communes that are counted: the statistics and the closing of a quarter ask here."""
    return AdministrativeUnit.objects.in_programme().filter(parent__slug=settings.PORTAL_DISTRICT)


def units_of_district(periods: list[ReportingPeriod], criteria_set: CriteriaSet) -> UnitQuerySet:
    """The district's communes with their target from the first quarter's year on, and as
    ``recognised_0``, ``recognised_1`` their recognition at the end of each quarter's data."""
    targets = Target.objects.filter(unit=OuterRef("pk"), year__gte=periods[0].year)
    recognised = Recognition.objects.filter(unit=OuterRef("pk"), tier=criteria_set.tier)
    return (
        counted_communes()
        .annotate(
            target_tier=Subquery(targets.order_by("year").values("tier")[:1]),
            target_year=Subquery(targets.order_by("year").values("year")[:1]),
            **{
                f"recognised_{n}": Exists(recognised.in_force_on(period.data_to))
                for n, period in enumerate(periods)
            },
        )
        .order_by("sort_key", "pk")
    )


def _is_valid(unit: AdministrativeUnit, day: dt.date) -> bool:
    """As ``UnitQuerySet.valid_on``, for several days in one query."""
    begun = unit.valid_from is None or unit.valid_from <= day
    return begun and (unit.valid_to is None or unit.valid_to >= day)


def _unit(unit: AdministrativeUnit | FrozenUnit, recognised: bool) -> CountedUnit:
    return CountedUnit(
        id=unit.pk,
        slug=unit.slug,
        name=unit.name,
        short_name=unit.short_name,
        recognised=recognised,
        target_tier=unit.target_tier or "",
        target_year=unit.target_year,
        tile_row=unit.tile_row,
        tile_column=unit.tile_column,
    )


def _assessments(
    periods: list[ReportingPeriod], criteria_set: CriteriaSet, households: dict[int, str]
) -> dict[tuple[int, int], CountedAssessment]:
    """By quarter and unit."""
    wanted = Assessment.objects.filter(period__in=periods, criteria_set=criteria_set)
    due = {period.pk: period.due_on for period in periods}
    verdicts = verdict_counts(wanted)
    poverty = _poverty(wanted, households)
    found = {}
    for pk, period_id, unit_id, state, sent, extended, returned in (
        wanted.annotate(returned=_returned_rows())
        .values_list(
            "pk", "period_id", "unit_id", "state", "submitted_at", "extended_to", "returned"
        )
        .order_by()
    ):
        found[period_id, unit_id] = CountedAssessment(
            state=state,
            handed_in=state in HANDED_IN,
            submitted_at=sent,
            due_on=extended or due[period_id],
            extended=extended is not None,
            returned=returned,
            verdicts=verdicts.get(pk, ()),
            poverty=poverty.get(pk),
        )
    return found


def _returned_rows() -> Count:
    return Count("results", filter=Q(results__review=Review.RETURNED))


def verdict_counts(assessments: QuerySet) -> dict[int, tuple[VerdictCount, ...]]:
    """The counted verdicts of each assessment by criterion: one GROUP BY."""
    found = defaultdict(list)
    groups = (
        IndicatorResult.objects.filter(assessment__in=assessments.order_by().values("pk"))
        .order_by()
        .values_list("assessment_id", "indicator__criterion__number", "counted_verdict")
        .annotate(indicators=Count("pk"), verified=Count("pk", filter=~Q(verified_verdict="")))
    )
    for pk, *count in groups:
        found[pk].append(VerdictCount(*count))
    return {pk: tuple(counts) for pk, counts in found.items()}


def _poverty(assessments: QuerySet, measures: dict[int, str]) -> dict[int, HouseholdCount]:
    """Households, poor and near-poor of each assessment that gives all three."""
    found = defaultdict(dict)
    values = household_values(assessments, measures)
    for pk, measure_id, number in values.values_list(
        "result__assessment_id", "measure_id", "number"
    ):
        found[pk][measures[measure_id]] = number
    return {pk: HouseholdCount(**v) for pk, v in found.items() if len(v) == len(POVERTY_KEYS)}


def household_values(assessments: QuerySet, measures: Iterable[int]) -> QuerySet[MeasureValue]:
    return MeasureValue.objects.filter(
        result__assessment__in=assessments.order_by().values("pk"),
        measure__in=list(measures),
        number__isnull=False,
    )
