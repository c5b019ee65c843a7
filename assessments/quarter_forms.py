"""What the standing office types about quarters."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from periods.calendar import add_working_days
from periods.models import ReportingPeriod

#: The programme began in 2010; a year further away than this is a typing mistake.
FIRST_YEAR, LAST_YEAR = 2010, 2099
MOST_DAYS = 60
DAY_FORMATS = ["%d/%m/%Y", "%Y-%m-%d"]


class DayField(forms.DateField):
    """A day as papers write it, in whichever language the page is read."""

    def __init__(self, **kwargs) -> None:
        super().__init__(
            input_formats=DAY_FORMATS,
            error_messages={
                "required": _("Give the due date."),
                "invalid": _("Write the date as 25/09/2023."),
            },
            widget=forms.DateInput(
                format=DAY_FORMATS[0],
                attrs={"inputmode": "numeric", "placeholder": "25/09/2023"},
            ),
            **kwargs,
        )


class YearForm(forms.Form):
    """Which year, and how many working days communes have after the cut-off."""

    year = forms.IntegerField(
        label=_("Year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages={
            "required": _("Give the year."),
            "invalid": _("Write the year as 2024."),
            "min_value": _("Write the year as 2024."),
            "max_value": _("Write the year as 2024."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    days = forms.IntegerField(
        label=_("Working days after the cut-off"),
        min_value=1,
        max_value=MOST_DAYS,
        error_messages={
            "required": _("Give a number from 1 to 60."),
            "invalid": _("Give a number from 1 to 60."),
            "min_value": _("Give a number from 1 to 60."),
            "max_value": _("Give a number from 1 to 60."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


class DueDatesForm(forms.Form):
    """A due date for each quarter of the year that does not exist yet."""

    def __init__(self, *args, lines: list[PlannedLine], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for line in lines:
            if line.stored is None:
                self.fields[line.field] = DayField(
                    label=_("Due date of %(quarter)s") % {"quarter": line.planned.label},
                    initial=line.planned.due_on,
                )

    @property
    def due_dates(self) -> dict[int, dt.date]:
        return {int(name.removeprefix("due_")): day for name, day in self.cleaned_data.items()}


@dataclass(slots=True)
class PlannedLine:
    """One quarter of the year: as it would be made, and what stands there already."""

    planned: ReportingPeriod
    stored: ReportingPeriod | None
    bound: forms.BoundField | None = None

    @property
    def field(self) -> str:
        return f"due_{self.planned.quarter}"


def planned_lines(year: int, days: int) -> list[PlannedLine]:
    stored = {period.quarter: period for period in ReportingPeriod.objects.filter(year=year)}
    lines = []
    for quarter in (1, 2, 3, 4):
        period = ReportingPeriod.plan(year, quarter)
        period.due_on = add_working_days(period.data_to, days)
        lines.append(PlannedLine(period, stored.get(quarter)))
    return lines


def default_days() -> int:
    return settings.PORTAL_DUE_WORKING_DAYS


class MoveForm(forms.Form):
    """Another due date for the whole quarter, with the reason that everybody reads."""

    until = DayField(label=_("New due date"))
    reason = forms.CharField(
        label=_("Reason"),
        error_messages={"required": _("Say why; everybody concerned reads it.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        error_messages={"required": _("Say why; everybody concerned reads it.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
