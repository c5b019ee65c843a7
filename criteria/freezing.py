"""A set's definition as plain JSON and back, exactly: what a closed quarter keeps of the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from criteria import evaluation
from criteria.definitions import (
    CriterionDefinition,
    IndicatorDefinition,
    MeasureDefinition,
    SetDefinition,
)
from criteria.reasons import level_from_json, level_to_json


def definition_to_json(definition: SetDefinition) -> dict[str, Any]:
    """Plain JSON, numbers as text; ``definition_from_json`` gives exactly the definition back."""
    return _plain(definition, "criteria") | {
        "criteria": [
            _plain(criterion, "indicators")
            | {"indicators": [_indicator_to_json(one) for one in criterion.indicators]}
            for criterion in definition.criteria
        ]
    }


def _plain(definition: Any, *nested: str) -> dict[str, Any]:
    names = [field.name for field in fields(definition) if field.name not in nested]
    return {name: getattr(definition, name) for name in names}


def _indicator_to_json(indicator: IndicatorDefinition) -> dict[str, Any]:
    measures = [_measure_to_json(measure) for measure in indicator.measures]
    return _plain(indicator, "measures") | {"measures": measures}


def _measure_to_json(measure: MeasureDefinition) -> dict[str, Any]:
    return _plain(measure, "spec", "maximum", "kind", "choices") | {
        "kind": measure.kind.value,
        "choices": list(measure.choices),
        "maximum": None if measure.maximum is None else str(measure.maximum),
        "levels": [level_to_json(level) for level in measure.levels],
    }


def definition_from_json(stored: Mapping[str, Any]) -> SetDefinition:
    criteria = tuple(
        CriterionDefinition(
            **_without(criterion, "indicators"),
            indicators=tuple(_indicator_from_json(one) for one in criterion["indicators"]),
        )
        for criterion in stored["criteria"]
    )
    return SetDefinition(**_without(stored, "criteria"), criteria=criteria)


def _without(stored: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in stored.items() if name not in names}


def _indicator_from_json(stored: Mapping[str, Any]) -> IndicatorDefinition:
    measures = tuple(_measure_from_json(one) for one in stored["measures"])
    return IndicatorDefinition(**_without(stored, "measures"), measures=measures)


def _measure_from_json(stored: Mapping[str, Any]) -> MeasureDefinition:
    kind, choices = evaluation.Kind(stored["kind"]), tuple(stored["choices"])
    spec = evaluation.MeasureSpec(
        key=stored["key"],
        kind=kind,
        unit=stored["unit"],
        choices=choices,
        deciding=stored["deciding"],
        required=stored["required"],
        levels=tuple(level_from_json(level) for level in stored["levels"]),
    )
    return MeasureDefinition(
        **_without(stored, "kind", "choices", "maximum", "levels"),
        kind=kind,
        choices=choices,
        maximum=None if stored["maximum"] is None else Decimal(stored["maximum"]),
        spec=spec,
    )
