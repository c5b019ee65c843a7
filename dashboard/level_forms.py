"""The form by which the standing office confirms or corrects a level."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from criteria.actions import ConfirmedLevel
from criteria.english import choice_text
from criteria.models import Kind, Operator, Threshold
from criteria.numbers import NumberError, format_for_input, message, parse_number
from periods.clock import today

#: A day as the papers write it.
DAY = {
    "input_formats": ["%d/%m/%Y", "%Y-%m-%d"],
    "error_messages": {
        "required": gettext_lazy("Give the day."),
        "invalid": gettext_lazy("Write the date as 25/09/2023."),
    },
}


def _day_field() -> forms.DateInput:
    return forms.DateInput(
        format="%d/%m/%Y", attrs={"inputmode": "numeric", "placeholder": "25/09/2023"}
    )


class LevelForm(forms.Form):
    """The level as its paper gives it, the paper, and the day from which it holds."""

    value = forms.CharField(
        label=gettext_lazy("Level"),
        max_length=40,
        error_messages={"required": gettext_lazy("Give the level.")},
    )
    options = forms.MultipleChoiceField(
        label=gettext_lazy("Accepted choices"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one choice.")},
    )
    number = forms.CharField(
        label=gettext_lazy("Number of the document"),
        max_length=80,
        error_messages={"required": gettext_lazy("Name the legal document.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "318/QĐ-TTg"}),
    )
    dated = forms.DateField(
        label=gettext_lazy("Date of the document"),
        widget=_day_field(),
        **DAY,
    )
    author = forms.CharField(
        label=gettext_lazy("Issued by"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say who issued the document.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    begins = forms.DateField(
        label=gettext_lazy("Holds from"),
        help_text=gettext_lazy(
            "The level before it ends on the day before. A quarter is judged by the levels that "
            "hold on the last day of its data."
        ),
        widget=_day_field(),
        **DAY,
    )

    def __init__(self, *args: Any, threshold: Threshold, begins: dt.date, **kwargs: Any) -> None:
        self.threshold = threshold
        initial = {"begins": begins, "options": threshold.options}
        if threshold.value is not None:
            initial["value"] = format_for_input(threshold.value)
        super().__init__(*args, initial=initial, **kwargs)
        if threshold.operator == Operator.IS_MET:  # there is nothing to correct, only its paper
            del self.fields["value"], self.fields["options"]
        elif threshold.operator == Operator.ONE_OF:
            del self.fields["value"]
            choices = threshold.measure.choices
            self.fields["options"].choices = [(one, choice_text(one)) for one in choices]
        else:
            del self.fields["options"]
            unit = threshold.measure.unit_title
            if unit:
                self.fields["value"].label = f"{self.fields['value'].label} ({unit})"

    def clean_value(self):
        measure = self.threshold.measure
        try:
            return parse_number(
                self.cleaned_data["value"],
                decimals=2,
                maximum=measure.maximum,
                percentage=measure.kind == Kind.PERCENTAGE,
            )
        except NumberError as error:
            raise forms.ValidationError(message(error)) from error

    def clean_dated(self) -> dt.date:
        if self.cleaned_data["dated"] > today():
            raise forms.ValidationError(_("A document cannot be of a day still to come."))
        return self.cleaned_data["dated"]

    @property
    def level(self) -> ConfirmedLevel:
        """What was typed, once it is valid."""
        data = self.cleaned_data
        source = _("%(number)s of %(date)s, %(author)s") % {
            "number": data["number"],
            "date": date_format(data["dated"], "d/m/Y"),
            "author": data["author"],
        }
        return ConfirmedLevel(
            value=data.get("value"),
            options=data.get("options", []),
            source=source,
            set_by=data["author"],
            begins=data["begins"],
        )
