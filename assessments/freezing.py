"""Keeping what a closed quarter's figures were read from. Called by ``quarters`` in its transaction."""

from __future__ import annotations

from dataclasses import asdict

from assessments.counting import units_of_district
from assessments.frozen import FrozenUnit, programme_to_json
from assessments.models import Assessment, FrozenQuarter
from assessments.recognised import programme_now
from criteria.definitions import load_definition, place_of
from criteria.freezing import definition_to_json
from criteria.models import CriteriaSet
from periods.clock import now
from periods.models import PeriodState, ReportingPeriod


def freeze(period: ReportingPeriod) -> None:
    """Keep every set that is assessed in the quarter, as it stands now."""
    thaw(period)
    assessed = Assessment.objects.filter(period=period).order_by().values("criteria_set")
    for criteria_set in CriteriaSet.objects.filter(pk__in=assessed):
        definition = load_definition(criteria_set.pk, criteria_set.revision, period.data_to)
        FrozenQuarter.objects.create(
            period=period,
            criteria_set=criteria_set,
            frozen_at=now(),
            units=[asdict(unit) for unit in _units(period, criteria_set)],
            definition=definition_to_json(definition),
            programme=programme_to_json(programme_now(period)),
        )


def thaw(period: ReportingPeriod) -> None:
    """A reopened quarter follows the tables again."""
    FrozenQuarter.objects.filter(period=period).delete()


def freeze_what_is_missing() -> int:
    """Keep those closed quarters that have nothing kept yet; how many there were.

    One closed before recognitions and targets were kept gets those as they stand now.
    """
    for kept in FrozenQuarter.objects.filter(programme={}).select_related("period"):
        kept.programme = programme_to_json(programme_now(kept.period))
        kept.save(update_fields=["programme"])
    closed = ReportingPeriod.objects.filter(
        state=PeriodState.CLOSED, frozen=None, assessments__isnull=False
    ).distinct()
    periods = list(closed)
    for period in periods:
        freeze(period)
    return len(periods)


def _units(period: ReportingPeriod, criteria_set: CriteriaSet) -> list[FrozenUnit]:
    units = units_of_district([period], criteria_set).select_related("parent__parent")
    found = []
    for unit in units.valid_on(period.data_to):
        place = place_of(unit, period.year)
        found.append(
            FrozenUnit(
                pk=unit.pk,
                slug=unit.slug,
                name=unit.name,
                short_name=unit.short_name,
                recognised=unit.recognised_0,
                target_tier=unit.target_tier or "",
                target_year=unit.target_year,
                tile_row=unit.tile_row,
                tile_column=unit.tile_column,
                province=place.province,
                region=place.region,
                group=place.group,
            )
        )
    return found
