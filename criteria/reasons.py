"""Reasons as plain JSON and back, exactly: how a stored verdict keeps why it is what it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from criteria.evaluation import (
    Condition,
    Level,
    Operator,
    Reason,
    Verdict,
    Why,
    type_of_value,
)


def reasons_to_json(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """Reasons as plain JSON, numbers as text; ``reasons_from_json`` gives exactly them back."""
    return [
        {
            "why": reason.why.value,
            "verdict": reason.verdict.value,
            "measure": reason.measure,
            "value": _value_to_json(reason.value),
            "level": None if reason.level is None else level_to_json(reason.level),
        }
        for reason in reasons
    ]


def reasons_from_json(rows: Iterable[Mapping[str, Any]]) -> tuple[Reason, ...]:
    return tuple(
        Reason(
            why=Why(row["why"]),
            verdict=Verdict(row["verdict"]),
            measure=row["measure"],
            value=_value_from_json(row["value"]),
            level=None if row["level"] is None else level_from_json(row["level"]),
        )
        for row in rows
    )


def _value_to_json(value: type_of_value) -> dict[str, Any] | None:
    if value is None:
        return None
    if isinstance(value, Decimal):
        return {"number": str(value)}
    return {"answer": value} if isinstance(value, bool) else {"choice": value}


def _value_from_json(stored: Mapping[str, Any] | None) -> type_of_value:
    if stored is None:
        return None
    ((kind, value),) = stored.items()
    return Decimal(value) if kind == "number" else value


def level_to_json(level: Level) -> dict[str, Any]:
    stored = {name: getattr(level, name) for name in _PLAIN_LEVEL_FIELDS}
    stored["value"] = None if level.value is None else str(level.value)
    stored["operator"] = level.operator.value
    stored["options"] = list(level.options)
    stored["condition"] = level.condition and {
        "measure": level.condition.measure,
        "operator": level.condition.operator.value,
        "value": str(level.condition.value),
    }
    return stored


def level_from_json(stored: Mapping[str, Any]) -> Level:
    condition = stored["condition"]
    return Level(
        operator=Operator(stored["operator"]),
        value=None if stored["value"] is None else Decimal(stored["value"]),
        options=tuple(stored["options"]),
        condition=condition
        and Condition(
            condition["measure"], Operator(condition["operator"]), Decimal(condition["value"])
        ),
        **{name: stored[name] for name in _PLAIN_LEVEL_FIELDS},
    )


_PLAIN_LEVEL_FIELDS = ("province", "region", "group", "year", "confirmed")
