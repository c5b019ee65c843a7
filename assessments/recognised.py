"""Which communes of the district are recognised in a quarter, by which decision; and the targets.

Part of what ``statistics`` answers: papers list what the headline counts. A closed quarter answers
with what it kept when it was closed; a decision or a name that changes later does not reach it.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Q

from assessments.frozen import Programme, RecognisedUnit, TargetedUnit, frozen_quarter
from communes.models import Recognition, Target
from criteria.models import CriteriaSet
from periods.models import ReportingPeriod


def programme_in(period: ReportingPeriod, criteria_set: CriteriaSet) -> Programme:
    """As kept by the closed quarter; else as it stands now, in three queries."""
    kept = frozen_quarter(period, criteria_set.pk)
    if kept is not None and kept.programme is not None:
        return kept.programme
    return programme_now(period)


def programme_now(period: ReportingPeriod) -> Programme:
    return Programme(
        recognitions=_recognitions_on(period.data_to),
        at_year_end=_recognitions_on(dt.date(period.year - 1, 12, 31)),
        targets=_targets_from(period.year),
    )


def _recognitions_on(day: dt.date) -> tuple[RecognisedUnit, ...]:
    """Of the district's communes, in force on the day, all tiers."""
    found = (
        Recognition.objects.in_force_on(day)
        .filter(unit__parent__slug=settings.PORTAL_DISTRICT, unit__in_programme=True)
        .select_related("unit")
        .order_by("tier", "unit__sort_key")
    )
    return tuple(
        RecognisedUnit(
            short_name=one.unit.short_name,
            tier=str(one.tier),
            decision_number=one.decision_number,
            decided_on=one.decided_on,
            confirmed=one.is_confirmed,
        )
        for one in found
    )


def _targets_from(year: int) -> tuple[TargetedUnit, ...]:
    """Of the district's communes and of the district itself, that are still to be reached."""
    district = settings.PORTAL_DISTRICT
    found = (
        Target.objects.filter(Q(unit__parent__slug=district) | Q(unit__slug=district))
        .filter(year__gte=year)
        .select_related("unit")
        .order_by("year", "tier", "unit__sort_key")
    )
    return tuple(
        TargetedUnit(
            slug=one.unit.slug,
            name=one.unit.name,
            level=str(one.unit.level),
            tier=str(one.tier),
            year=one.year,
        )
        for one in found
    )
