"""A commune that is assessed in an open quarter stays in the programme until the quarter closes:
else what the standing office reads when it closes and what was entered would not be the same. It
leaves by more ways than one: by its last day, by its district, by its level as well."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from assessments.counted import of_counted_communes
from assessments.models import Assessment
from communes.models import AdministrativeUnit, Level
from periods.models import PeriodState, ReportingPeriod


def why_not_leave(unit: AdministrativeUnit) -> dict[str, str]:
    """The sentence that refuses, by the field that would take the commune out; else nothing.

    Only what changes is refused: a unit that has left before can still be edited.
    """
    counted = Assessment.objects.filter(
        of_counted_communes(), unit=unit, period__state=PeriodState.OPEN
    )
    out: dict[str, set[ReportingPeriod]] = {}
    for one in counted.select_related("period"):
        if field := _taken_out_by(unit, one.period):
            out.setdefault(field, set()).add(one.period)
    return {field: _sentence(periods) for field, periods in out.items()}


def _taken_out_by(unit: AdministrativeUnit, period: ReportingPeriod) -> str:
    """The field for which ``unit``, as it is about to be stored, is not counted in ``period``."""
    if not unit.in_programme:
        return "in_programme"
    if unit.level != Level.COMMUNE:
        return "level"
    if unit.parent is None or unit.parent.slug != settings.PORTAL_DISTRICT:
        return "parent"
    if unit.valid_from and unit.valid_from > period.data_to:
        return "valid_from"
    return "valid_to" if unit.valid_to and unit.valid_to < period.data_to else ""


def _sentence(periods: set[ReportingPeriod]) -> str:
    named = ", ".join(one.label for one in sorted(periods, key=lambda one: one.data_to))
    return _(
        "This commune has an assessment in a quarter that is open (%(quarters)s). Close the "
        "quarter first; then it can leave the programme."
    ) % {"quarters": named}
