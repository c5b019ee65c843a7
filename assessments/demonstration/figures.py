"""What each commune enters for each indicator in each quarter, worked out from the script.

Plain Python. Nothing is random: what differs from commune to commune is drawn from a checksum of
its name and the indicator's code, so that every installation shows the same figures.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from assessments.demonstration.story import CENT, QuarterStory, Script, figure
from assessments.models import Basis
from assessments.rows import RowChange
from criteria.definitions import IndicatorDefinition, MeasureDefinition
from criteria.evaluation import (
    Kind,
    Outcome,
    Place,
    Verdict,
    evaluate_indicator,
    type_of_value,
)

#: The quarter whose values lie in the middle of an indicator's range: 2023 Q2.
ANCHOR = 2
#: How often a commune enters a figure anew rather than keeping last quarter's.
ENTERED_SHARE = {Kind.BOOLEAN: Decimal("0.2"), Kind.CHOICE: Decimal("0.1")}
ENTERED_NUMBERS = Decimal("0.75")
#: How many of the rows entered carry a note: of those met, and of those not met.
NOTED, NOTED_FAILING = Decimal("0.16"), Decimal("0.6")


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row as the commune leaves it. ``entered_in`` is a quarter's index, None when blank."""

    change: RowChange = field(default_factory=RowChange)
    basis: Basis = Basis.BLANK
    entered_in: int | None = None

    @property
    def is_written(self) -> bool:
        """Whether the commune saved anything in it, be it only the reason for a blank."""
        return self != PlannedRow()


def share(*parts: object) -> Decimal:
    """A fraction from 0 to below 1, always the same for the same parts."""
    checksum = zlib.crc32(":".join(map(str, parts)).encode())
    return Decimal(checksum) / 2**32


def judge(change: RowChange, definition: IndicatorDefinition, place: Place) -> Outcome:
    """The verdict, exactly as ``rows.write_row`` comes to it."""
    return evaluate_indicator(
        definition.specs,
        change.values,
        place,
        stated=change.stated,
        not_applicable=change.not_applicable,
    )


def plan_row(
    script: Script,
    quarter: QuarterStory,
    unit: str,
    definition: IndicatorDefinition,
    *,
    place: Place,
    before: PlannedRow | None,
) -> PlannedRow:
    """The row of one commune in one quarter, given its row of the quarter before."""
    code = definition.code
    if quarter.is_blank(unit, code):
        return PlannedRow()
    told = script.stories.get((unit, code))
    if told is not None:
        if entry := told.get(quarter.slug):
            return _told(entry, quarter)
        return _kept(before)
    commune = script.communes[unit]
    if definition.conditional and commune["without_craft_village"]:
        return _not_applicable(script, quarter, definition, before)
    if before is not None and _is_kept(script, quarter, commune, definition, before):
        return _kept(before)
    values = _values(script, quarter, commune, definition)
    stated = None if _level_known(definition) else code not in commune["failing"]
    change = RowChange(values, stated=stated)
    failing = judge(change, definition, place).verdict == Verdict.NOT_MET
    note = _note(script.indicators.get(code, {}), failing, unit, code, quarter)
    return PlannedRow(replace(change, note=note), Basis.ENTERED, quarter.index)


def _told(entry: dict[str, Any], quarter: QuarterStory) -> PlannedRow:
    values = {key: figure(value) for key, value in entry.get("values", {}).items()}
    change = RowChange(
        values,
        stated=entry.get("stated"),
        absence_reason=entry.get("absence_reason", ""),
        note=entry.get("note", ""),
    )
    if not values:
        return PlannedRow(change)
    return PlannedRow(change, Basis.ENTERED, quarter.index)


def _kept(before: PlannedRow) -> PlannedRow:
    """Last quarter's values, kept as ``actions.keep_unchanged`` does: without its note."""
    return replace(before, change=replace(before.change, note=""), basis=Basis.UNCHANGED)


def _not_applicable(script, quarter, definition, before) -> PlannedRow:
    if before is not None:
        return _kept(before)
    reason = script.indicators[definition.code]["absence_reason"]
    change = RowChange(not_applicable=True, absence_reason=reason)
    return PlannedRow(change, Basis.ENTERED, quarter.index)


def _is_kept(
    script: Script,
    quarter: QuarterStory,
    commune: dict[str, Any],
    definition: IndicatorDefinition,
    before: PlannedRow,
) -> bool:
    unit, code = commune["unit"], definition.code
    if before.basis == Basis.BLANK:
        return False
    if (kept := quarter.is_kept(unit, code)) is not None:
        return kept
    if code in _BY_QUARTER:  # kept where the files give the same figures again
        return _values(script, quarter, commune, definition) == before.change.values
    often = ENTERED_SHARE.get(definition.measures[0].kind, ENTERED_NUMBERS)
    if code in _FIXED:
        often = ENTERED_SHARE[Kind.BOOLEAN]
    return share(unit, code, quarter.slug) >= often


def _values(
    script: Script, quarter: QuarterStory, commune: dict[str, Any], definition: IndicatorDefinition
) -> dict[str, type_of_value]:
    code = definition.code
    if of_quarter := _BY_QUARTER.get(code):
        return of_quarter(commune, quarter)
    if fixed := _FIXED.get(code):
        return fixed(commune)
    failing = code in commune["failing"]
    told = script.indicators.get(code, {})
    return {
        measure.key: _value(told, measure, commune["unit"], code, quarter.index, failing)
        for measure in definition.measures
    }


def _value(
    told: dict[str, Any],
    measure: MeasureDefinition,
    unit: str,
    code: str,
    index: int,
    failing: bool,
) -> type_of_value:
    if measure.kind == Kind.BOOLEAN:
        return not failing
    if measure.kind == Kind.CHOICE:
        choices = told["choices"]
        return choices[int(share(unit, code) * len(choices))]
    spread = told[measure.key]
    low, high = spread["unmet" if failing else "met"]
    middle = low + (high - low) * share(unit, code, measure.key)
    speed = Decimal("0.3") + Decimal("0.7") * share("speed", unit, code, measure.key)
    value = middle + spread["step"] * speed * (index - ANCHOR)
    top = measure.maximum if measure.maximum is not None else value
    return max(min(value, top), Decimal(0)).quantize(CENT)


def _income(commune: dict[str, Any], quarter: QuarterStory) -> dict[str, type_of_value]:
    return {"value": figure(commune["income"][quarter.index])}


def _poverty(commune: dict[str, Any], quarter: QuarterStory) -> dict[str, type_of_value]:
    """The households counted, and the rate that they give."""
    households, poor, near_poor = map(figure, commune["poverty"][quarter.index])
    rate = ((poor + near_poor) * 100 / households).quantize(CENT)
    return {"value": rate, "households": households, "poor": poor, "near_poor": near_poor}


def _schools(commune: dict[str, Any]) -> dict[str, type_of_value]:
    return {key: figure(value) for key, value in commune["schools"].items()}


def _villages(commune: dict[str, Any]) -> dict[str, type_of_value]:
    return {"value": figure(commune["cultural_villages"])}


#: Indicators whose figures ``communes.json`` gives for every quarter, and for all of them at once.
_BY_QUARTER = {"10": _income, "11": _poverty}
_FIXED = {"5": _schools, "16": _villages}


def _level_known(definition: IndicatorDefinition) -> bool:
    """Whether values alone decide; otherwise the officer states the verdict."""
    return all(
        measure.kind == Kind.BOOLEAN or measure.levels
        for measure in definition.measures
        if measure.deciding
    )


def _note(told: dict[str, Any], failing: bool, unit: str, code: str, quarter: QuarterStory) -> str:
    notes = told.get("failing_notes", []) if failing else told.get("notes", [])
    often = NOTED_FAILING if failing else NOTED
    if not notes or share("note", unit, code, quarter.slug) >= often:
        return ""
    return notes[int(share("which", unit, code, quarter.slug) * len(notes))]
