"""How figures are written in JSON."""

from __future__ import annotations

from decimal import Decimal

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


def json_number(value: Decimal | None) -> int | float | None:
    """A figure as a JSON number: 16.3, not "16.3".

    Ours have at most 10 digits and two decimals; up to 15 digits the text of a float is exactly
    the decimal that it was made from.
    """
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


@extend_schema_field(OpenApiTypes.NUMBER)
class Number(serializers.Field):
    """A figure to read."""

    def __init__(self, **kwargs) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Decimal) -> int | float | None:
        return json_number(value)


@extend_schema_field({})
class AnyValue(serializers.Field):
    """Whatever stands there: DRF's own JSON field would refuse a ``Decimal``."""

    def to_internal_value(self, data: object) -> object:
        return data

    def to_representation(self, value: object) -> object:
        return value
