"""What a closed quarter keeps of names, recognitions and levels, read back.

Written by ``freezing`` when the quarter closes. Whoever shows a closed quarter asks here before
the tables that may have changed since.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
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
class RecognisedUnit:
    """A commune with the decision by which it is recognised."""

    short_name: str
    tier: str
    decision_number: str
    decided_on: dt.date | None
    confirmed: bool


@dataclass(frozen=True, slots=True)
class TargetedUnit:
    """A commune, or the district itself, that is to reach a tier in a year."""

    slug: str
    name: str
    level: str
    tier: str
    year: int


@dataclass(frozen=True, slots=True)
class Programme:
    """Who is recognised in the quarter, who was at the end of last year, and who is to follow."""

    recognitions: tuple[RecognisedUnit, ...]
    at_year_end: tuple[RecognisedUnit, ...]
    targets: tuple[TargetedUnit, ...]


@dataclass(frozen=True, slots=True)
class Frozen:
    """One closed quarter and set. ``programme`` is None where it was closed before it was kept."""

    units: Mapping[int, FrozenUnit]
    definition: SetDefinition
    programme: Programme | None


def units_from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[FrozenUnit, ...]:
    return tuple(FrozenUnit(**unit) for unit in stored)


def programme_to_json(programme: Programme) -> dict[str, Any]:
    stored = asdict(programme)
    for one in (*stored["recognitions"], *stored["at_year_end"]):
        one["decided_on"] = one["decided_on"] and one["decided_on"].isoformat()
    return stored


def programme_from_json(stored: Mapping[str, Any]) -> Programme | None:
    def recognised(one: Mapping[str, Any]) -> RecognisedUnit:
        decided = one["decided_on"] and dt.date.fromisoformat(one["decided_on"])
        return RecognisedUnit(**{**one, "decided_on": decided})

    if not stored:
        return None
    return Programme(
        recognitions=tuple(map(recognised, stored["recognitions"])),
        at_year_end=tuple(map(recognised, stored["at_year_end"])),
        targets=tuple(TargetedUnit(**one) for one in stored["targets"]),
    )


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
    return Frozen(
        {unit.pk: unit for unit in units},
        definition_from_json(row.definition),
        programme_from_json(row.programme),
    )
