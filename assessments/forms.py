"""What people type, read into a ``RowChange``; what cannot be read comes back with its sentence."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.errors import InvalidRow
from assessments.rows import RowChange
from criteria.definitions import IndicatorDefinition, MeasureDefinition
from criteria.evaluation import Kind, type_of_value
from criteria.numbers import NumberError, message, parse_optional

#: How the page writes yes and no.
YES, NO = "yes", "no"
#: The fields of every row besides its values.
WORDS = ("stated", "na", "absence_reason", "note")


@dataclass(slots=True)
class RowInput:
    """One row as it was typed: ``typed`` is kept for showing again, ``errors`` by field name."""

    typed: dict[str, str]
    change: RowChange | None = None
    errors: dict[str, str] = field(default_factory=dict)


def field_name(result_id: int, name: str) -> str:
    return f"{result_id}-{name}"


def read_row(data: Mapping[str, str], result_id: int, definition: IndicatorDefinition) -> RowInput:
    """Read one row of the form; ``data`` is the POST, field names as ``field_name`` makes them."""
    names = [m.key for m in definition.measures]
    names += WORDS
    typed = {name: data.get(field_name(result_id, name), "") for name in names}
    return read_typed(typed, definition)


class FormReader:
    """Reads one row of a form when the action has its definition; keeps what was typed."""

    def __init__(self, data: Mapping[str, str], result_id: int) -> None:
        self.data, self.result_id = data, result_id
        self.row: RowInput | None = None

    def __call__(self, definition: IndicatorDefinition) -> RowChange:
        self.row = read_row(self.data, self.result_id, definition)
        if self.row.change is None:
            raise InvalidRow(self.row.errors)
        return self.row.change


def read_typed(typed: dict[str, str], definition: IndicatorDefinition) -> RowInput:
    """Read typed texts by field name into a change, or into errors beside their fields."""
    row = RowInput(typed=typed)
    values: dict[str, type_of_value] = {}
    for measure in definition.measures:
        try:
            values[measure.key] = read_value(typed.get(measure.key, ""), measure)
        except NumberError as error:
            row.errors[measure.key] = message(error)
        except ValueError as error:
            row.errors[measure.key] = str(error)
    if not row.errors:
        row.change = RowChange(
            values=values,
            stated={YES: True, NO: False}.get(typed.get("stated", "")),
            not_applicable=bool(typed.get("na")),
            absence_reason=typed.get("absence_reason", "").replace("\r\n", "\n"),
            note=typed.get("note", "").replace("\r\n", "\n"),
        ).tidied()
    return row


def read_value(text: str, measure: MeasureDefinition) -> type_of_value:
    """One typed value in the type of its measure; blank is None. Raises NumberError or ValueError."""
    text = unicodedata.normalize("NFC", text)
    if measure.kind == Kind.BOOLEAN:
        if text not in ("", YES, NO):
            raise ValueError(_("Choose “Met” or “Not met”."))
        return {YES: True, NO: False}.get(text)
    if measure.kind == Kind.CHOICE:
        if text and text not in measure.choices:
            raise ValueError(_("Choose one of the values in the list."))
        return text or None
    return parse_optional(
        text,
        decimals=measure.decimals,
        maximum=measure.maximum,
        percentage=measure.kind == Kind.PERCENTAGE,
    )


class ExtensionForm(forms.Form):
    """A later due date for one commune, with the reason that it will read."""

    until = forms.DateField(
        label=gettext_lazy("New due date"),
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        error_messages={
            "required": gettext_lazy("Give the new due date."),
            "invalid": gettext_lazy("Write the date as 25/09/2023."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "25/09/2023"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        error_messages={"required": gettext_lazy("Say why; the commune reads it.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReasonForm(forms.Form):
    """A decision's reason; ``needed`` says why there must be one, the action checks it again."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Mapping[str, str] | None, needed: str = "") -> None:
        super().__init__(data)
        self.fields["reason"].required = bool(needed)
        self.fields["reason"].error_messages["required"] = needed
