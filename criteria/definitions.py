"""The definitions of a set as plain immutable data, read once per process and revision.

The page of an assessment needs 19 criteria, 57 indicators and all their levels: four queries the
first time, none afterwards. Whoever changes a definition raises the set's revision
(``criteria.actions.bump_revision``), and every process reads anew.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from django.utils.translation import get_language

from communes.models import AdministrativeUnit
from communes.models import Level as UnitLevel
from communes.provenance import CERTAIN
from criteria import evaluation
from criteria.english import group_title
from criteria.models import CriteriaSet, Indicator, Measure, Threshold


def _in_active_language(vietnamese: str, english: str) -> str:
    return english if english and (get_language() or "").startswith("en") else vietnamese


@dataclass(frozen=True, slots=True)
class MeasureDefinition:
    """One value to type in. ``spec`` is what ``evaluation`` takes, levels included."""

    id: int
    key: str
    label: str
    label_en: str
    kind: evaluation.Kind
    unit: str
    unit_en: str
    direction: str
    decimals: int
    maximum: Decimal | None
    choices: tuple[str, ...]
    deciding: bool
    required: bool
    spec: evaluation.MeasureSpec
    set_by: str = ""

    @property
    def title(self) -> str:
        return _in_active_language(self.label, self.label_en)

    @property
    def unit_title(self) -> str:
        return _in_active_language(self.unit, self.unit_en)

    @property
    def levels(self) -> tuple[evaluation.Level, ...]:
        return self.spec.levels

    def is_level_unknown(
        self, where: evaluation.Place, values: Mapping[str, evaluation.type_of_value]
    ) -> bool:
        """No level at all is known here, whatever the other values may be."""
        if not self.deciding or self.kind == evaluation.Kind.BOOLEAN:
            return False
        if any(level.condition for level in self.levels):
            return False
        return evaluation.resolve_level(self.levels, where, values) is None


@dataclass(frozen=True, slots=True)
class IndicatorDefinition:
    """A numbered indicator with its measures in their order."""

    id: int
    code: str
    criterion_number: int
    text: str
    text_en: str
    conditional: bool
    requires_evidence: bool
    certainty: str
    source: str
    source_note: str
    measures: tuple[MeasureDefinition, ...]

    @property
    def title(self) -> str:
        return _in_active_language(self.text, self.text_en)

    @property
    def specs(self) -> tuple[evaluation.MeasureSpec, ...]:
        return tuple(measure.spec for measure in self.measures)

    def asks_statement(
        self, where: evaluation.Place, values: Mapping[str, evaluation.type_of_value]
    ) -> bool:
        """Whether the officer states met or not met: only where no level is known."""
        return any(measure.is_level_unknown(where, values) for measure in self.measures)

    def measure(self, key: str) -> MeasureDefinition | None:
        return next((measure for measure in self.measures if measure.key == key), None)


@dataclass(frozen=True, slots=True)
class CriterionDefinition:
    """A numbered criterion with its indicators in their order."""

    id: int
    number: int
    name: str
    name_en: str
    group: str
    group_name: str
    indicators: tuple[IndicatorDefinition, ...]

    @property
    def title(self) -> str:
        return _in_active_language(self.name, self.name_en)

    @property
    def group_title(self) -> str:
        return group_title(self.group_name)


@dataclass(frozen=True)
class SetDefinition:
    """One legal set as it stands on a day. No slots: its look-up tables are kept once made."""

    id: int
    slug: str
    name: str
    name_en: str
    criteria: tuple[CriterionDefinition, ...]

    @property
    def title(self) -> str:
        return _in_active_language(self.name, self.name_en)

    @cached_property
    def indicators(self) -> tuple[IndicatorDefinition, ...]:
        return tuple(i for criterion in self.criteria for i in criterion.indicators)

    @cached_property
    def _by_id(self) -> dict[int, IndicatorDefinition]:
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def _by_code(self) -> dict[str, IndicatorDefinition]:
        return {indicator.code: indicator for indicator in self.indicators}

    @cached_property
    def _by_number(self) -> dict[int, CriterionDefinition]:
        return {criterion.number: criterion for criterion in self.criteria}

    def indicator(self, id: int) -> IndicatorDefinition:
        """By primary key; ``KeyError`` for one of another set."""
        return self._by_id[id]

    def by_code(self, code: str) -> IndicatorDefinition:
        """By official code such as ``17.10``."""
        return self._by_code[code]

    def criterion(self, number: int) -> CriterionDefinition:
        return self._by_number[number]


@lru_cache(maxsize=64)
def load_definition(criteria_set_id: int, revision: int, on: dt.date) -> SetDefinition:
    """The set with the levels that are valid ``on`` the day.

    Costs 4 queries the first time in a process, then none for this revision and day. Raises
    ``CriteriaSet.DoesNotExist``.
    """
    criteria_set = _set_fields(criteria_set_id)
    measures = _measures(criteria_set_id, on)
    indicators = defaultdict(list)
    for row in (
        Indicator.objects.filter(criterion__criteria_set=criteria_set_id)
        .values("id", "criterion_id", "criterion__number", *_INDICATOR_FIELDS)
        .order_by("criterion__number", "position")
    ):
        indicators[row.pop("criterion_id")].append(
            IndicatorDefinition(
                criterion_number=row.pop("criterion__number"),
                measures=tuple(measures[row["id"]]),
                **row,
            )
        )
    return SetDefinition(
        criteria=tuple(
            CriterionDefinition(indicators=tuple(indicators[row["id"]]), **row)
            for row in criteria_set.pop("criteria")
        ),
        **criteria_set,
    )


def read_definition(criteria_set_id: int, on: dt.date) -> SetDefinition:
    """The same, read from the database whatever is kept, and not kept: for a transaction that has
    changed a level and may yet be rolled back, with its revision."""
    return load_definition.__wrapped__(criteria_set_id, 0, on)


def clear() -> None:
    """Forget everything that was read; for tests, whose databases re-use keys and revisions."""
    load_definition.cache_clear()


def place_of(unit: AdministrativeUnit, year: int) -> evaluation.Place:
    """Where and when a unit's levels are asked.

    The region is that of the nearest unit upwards that names one, so that a commune which the
    Decision places under another region's levels can carry its own. Costs no query when
    ``unit.parent.parent`` is selected (``select_related("unit__parent__parent")``).
    """
    ancestors = [unit]
    while ancestors[-1].parent_id is not None:
        ancestors.append(ancestors[-1].parent)
    return evaluation.Place(
        province=next((u.code for u in ancestors if u.level == UnitLevel.PROVINCE), ""),
        region=next((u.region for u in ancestors if u.region), ""),
        group=unit.group,
        year=year,
    )


_CRITERION_FIELDS = ("id", "number", "name", "name_en", "group", "group_name")
_INDICATOR_FIELDS = (
    "code",
    "text",
    "text_en",
    "conditional",
    "requires_evidence",
    "certainty",
    "source",
    "source_note",
)
_MEASURE_FIELDS = (
    "id",
    "key",
    "label",
    "label_en",
    "unit",
    "unit_en",
    "direction",
    "decimals",
    "maximum",
    "deciding",
    "required",
)


def _set_fields(criteria_set_id: int) -> dict[str, Any]:
    """The set's own fields and its criteria in one query (left join: a set may still be empty)."""
    rows = list(
        CriteriaSet.objects.filter(pk=criteria_set_id)
        .order_by("criteria__number")
        .values("id", "slug", "name", "name_en", *(f"criteria__{f}" for f in _CRITERION_FIELDS))
    )
    if not rows:
        raise CriteriaSet.DoesNotExist(f"There is no set of criteria {criteria_set_id}.")
    first = rows[0]
    return {
        **{name: first[name] for name in ("id", "slug", "name", "name_en")},
        "criteria": [
            {name: row[f"criteria__{name}"] for name in _CRITERION_FIELDS}
            for row in rows
            if row["criteria__id"] is not None
        ],
    }


def _measures(criteria_set_id: int, on: dt.date) -> dict[int, list[MeasureDefinition]]:
    """Indicator -> its measures in their order."""
    levels, authors = _levels(criteria_set_id, on)
    found = defaultdict(list)
    query = Measure.objects.filter(indicator__criterion__criteria_set=criteria_set_id)
    for row in query.order_by("position", "id").values(
        "indicator_id", "kind", "choices", *_MEASURE_FIELDS
    ):
        kind, choices = evaluation.Kind(row.pop("kind")), tuple(row.pop("choices"))
        spec = evaluation.MeasureSpec(
            key=row["key"],
            kind=kind,
            unit=row["unit"],
            choices=choices,
            deciding=row["deciding"],
            required=row["required"],
            levels=tuple(levels[row["id"]]),
        )
        found[row.pop("indicator_id")].append(
            MeasureDefinition(
                kind=kind, choices=choices, spec=spec, set_by=authors.get(row["id"], ""), **row
            )
        )
    return found


def _levels(
    criteria_set_id: int, on: dt.date
) -> tuple[dict[int, list[evaluation.Level]], dict[int, str]]:
    """Measure -> its levels valid on the day, and measure -> who publishes them."""
    levels, authors = defaultdict(list), {}
    query = Threshold.objects.filter(
        measure__indicator__criterion__criteria_set=criteria_set_id
    ).valid_on(on)
    for row in query.order_by("id").values(
        "measure_id",
        "operator",
        "value",
        "options",
        "province__code",
        "region",
        "group",
        "year",
        "condition_measure__key",
        "condition_operator",
        "condition_value",
        "certainty",
        "set_by",
    ):
        levels[row["measure_id"]].append(_level(row))
        if row["set_by"]:
            authors.setdefault(row["measure_id"], row["set_by"])
    return levels, authors


def level_of(threshold: Threshold) -> evaluation.Level:
    """A row as ``evaluation`` takes it; select its province and its condition's measure."""
    names = ("operator", "value", "options", "region", "group", "year", "certainty")
    row = {name: getattr(threshold, name) for name in names}
    condition = threshold.condition_measure
    return _level(
        row
        | {
            "province__code": threshold.province.code if threshold.province else "",
            "condition_measure__key": condition.key if condition else "",
            "condition_operator": threshold.condition_operator,
            "condition_value": threshold.condition_value,
        }
    )


def _level(row: dict[str, Any]) -> evaluation.Level:
    condition = None
    if row["condition_measure__key"]:
        condition = evaluation.Condition(
            measure=row["condition_measure__key"],
            operator=evaluation.Operator(row["condition_operator"]),
            value=row["condition_value"],
        )
    return evaluation.Level(
        operator=evaluation.Operator(row["operator"]),
        value=row["value"],
        options=tuple(row["options"]),
        province=row["province__code"] or "",
        region=row["region"],
        group=row["group"],
        year=row["year"],
        condition=condition,
        confirmed=row["certainty"] in CERTAIN,
    )
