"""A part of a row, as JSON, laid over what the row holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.errors import InvalidRow
from assessments.forms import NO, YES, read_value
from assessments.models import ResultQuerySet
from assessments.rows import RowChange, no_such_value
from criteria.definitions import IndicatorDefinition, MeasureDefinition
from criteria.evaluation import Kind, type_of_value
from criteria.numbers import NumberError, format_for_input, message

#: A number with more digits before or behind its point is no figure of ours.
MOST_DIGITS = 20


class PartialReader:
    """Called by the action once the row is held, so that it is laid over what stands there now."""

    def __init__(self, rows: ResultQuerySet, result_id: int, change: Mapping) -> None:
        self.rows, self.result_id, self.change = rows, result_id, change

    def __call__(self, definition: IndicatorDefinition) -> RowChange:
        held = self._held(definition)
        words = {name: value for name, value in self.change.items() if name != "values"}
        values = dict(held.values) | self._values(definition)
        return replace(held, values=values, **words)

    def _held(self, definition: IndicatorDefinition) -> RowChange:
        result = self.rows.prefetch_related("values").get(pk=self.result_id)
        keys = {measure.id: measure.key for measure in definition.measures}
        return RowChange(
            values={
                keys[value.measure_id]: value.value
                for value in result.values.all()
                if value.measure_id in keys
            },
            stated=result.stated,
            not_applicable=result.not_applicable,
            absence_reason=result.absence_reason,
            note=result.note,
        )

    def _values(self, definition: IndicatorDefinition) -> dict[str, type_of_value]:
        values, errors = {}, {}
        for key, value in self.change.get("values", {}).items():
            measure = definition.measure(key)
            try:
                if measure is None:
                    raise ValueError(no_such_value(key))
                values[key] = read_value(as_typed(value, measure), measure)
            except NumberError as error:
                errors[key] = message(error)
            except ValueError as error:
                errors[key] = str(error)
        if errors:
            raise InvalidRow(errors)
        return values


def as_typed(value: object, measure: MeasureDefinition) -> str:
    """A JSON value as a person would have typed it into the form, exactly."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool() if measure.kind == Kind.BOOLEAN:
            return YES if value else NO
        case bool() | list() | dict():
            raise ValueError(_("A value of this kind does not fit here."))
        case int() | Decimal() if measure.kind in (Kind.NUMBER, Kind.PERCENTAGE):
            return _number_text(Decimal(value))
        case _:
            raise ValueError(_("A value of this kind does not fit here."))


def _number_text(number: Decimal) -> str:
    """Written out only where that is short: 1e999999 stays an exponent, which is refused."""
    if abs(number.adjusted()) > MOST_DIGITS:
        return str(number)
    # The point of JSON is a decimal sign; typed in Vietnamese it may stand between thousands.
    return format_for_input(number, language="vi")
