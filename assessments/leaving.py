"""A commune that is assessed in an open quarter stays in the programme until the quarter closes:
else what the standing office reads when it closes and what was entered would not be the same."""

from __future__ import annotations

from django.utils.translation import gettext as _

from assessments.models import Assessment
from communes.models import AdministrativeUnit
from periods.models import PeriodState


def why_not_leave(unit: AdministrativeUnit) -> str:
    """The sentence that refuses, or "". Only what changes is refused: a unit that has left before
    can still be edited."""
    if not AdministrativeUnit.objects.in_programme().filter(pk=unit.pk).exists():
        return ""
    found = Assessment.objects.filter(unit=unit, period__state=PeriodState.OPEN)
    opened = {one.period for one in found.select_related("period")}
    if not opened:
        return ""
    named = ", ".join(one.label for one in sorted(opened, key=lambda one: one.data_to))
    return _(
        "This commune has an assessment in a quarter that is open (%(quarters)s). Close the "
        "quarter first; then it can leave the programme."
    ) % {"quarters": named}
