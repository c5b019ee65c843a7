"""What a closed quarter keeps of names, recognitions and levels, read back.

Written by ``freezing`` when the quarter closes. Whoever shows a closed quarter asks here before
the tables that may have changed since.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assessments.models import Assessment, FrozenQuarter
from criteria.definitions import SetDefinition, load_definition
from criteria.evaluation import Place
from criteria.freezing import definition_from_json
from criteria.models import CriteriaSet
from periods.models import PeriodState, ReportingPeriod


@dataclass(frozen=True, slots=True)
class FrozenUnit:
    """A commune of the programme as it was when the quarter closed."""

    pk: int
    slug: str
    name: str
    short_name: str
    recognised: bool
    target_tier: str
    target_year: int | None
    tile_row: int | None
    tile_column: int | None
    province: str
    region: str
    group: str

    def place(self, year: int) -> Place:
        return Place(self.province, self.region, self.group, year)


@dataclass(frozen=True, slots=True)
class Frozen:
    """One closed quarter and set."""

    units: Mapping[int, FrozenUnit]
    definition: SetDefinition


def units_from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[FrozenUnit, ...]:
    return tuple(FrozenUnit(**unit) for unit in stored)


def frozen_quarter(period: ReportingPeriod, criteria_set_id: int) -> Frozen | None:
    """What the quarter keeps; None while it is open (or where it was closed without a trace)."""
    if period.state != PeriodState.CLOSED:
        return None
    try:
        return _read(period.pk, criteria_set_id, period.closed_at)
    except FrozenQuarter.DoesNotExist:
        return None


def definition_in(period: ReportingPeriod, criteria_set: CriteriaSet) -> SetDefinition:
    """The set as it stands in the quarter; once that is closed, as it stood then."""
    kept = frozen_quarter(period, criteria_set.pk)
    if kept is not None:
        return kept.definition
    return load_definition(criteria_set.pk, criteria_set.revision, period.data_to)


def frozen_unit(assessment: Assessment) -> FrozenUnit | None:
    frozen = frozen_quarter(assessment.period, assessment.criteria_set_id)
    return frozen.units.get(assessment.unit_id) if frozen else None


def name_as_closed(assessment: Assessment) -> Assessment:
    """The same assessment; a closed one bears the name that its commune had then."""
    unit = frozen_unit(assessment)
    if unit is not None:
        assessment.unit.name, assessment.unit.short_name = unit.name, unit.short_name
    return assessment


@lru_cache(maxsize=64)
def _read(period_id: int, criteria_set_id: int, closed_at: dt.datetime) -> Frozen:
    """One query the first time in a process. ``closed_at`` tells one closing from the next."""
    row = FrozenQuarter.objects.get(period=period_id, criteria_set=criteria_set_id)
    units = units_from_json(row.units)
    return Frozen({unit.pk: unit for unit in units}, definition_from_json(row.definition))
