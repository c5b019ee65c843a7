"""The entry form's address in a quarter that is not open yet: a page that says when it will be."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import Role, User
from assessments.models import Assessment, sets_of_agency
from assessments.wording import lock_text
from assessments.workflow import Lock
from communes.models import AdministrativeUnit
from criteria.models import CriteriaSet
from periods.clock import today
from periods.models import PeriodState, ReportingPeriod


def not_open_yet(
    request: HttpRequest, period: str, unit: str, criteria_set: str
) -> HttpResponse | None:
    """None where this is no future assessment of somebody whose page this person may open."""
    found = _future(request.user, period, unit, criteria_set)
    if found is None:
        return None
    context = {
        "assessment": found,
        "lock": Lock.NOT_OPEN_YET.value,
        "lock_text": lock_text(Lock.NOT_OPEN_YET, found),
        "has_begun": found.period.data_from <= today(),
    }
    status = 200 if request.method in ("GET", "HEAD") else 403
    return render(request, "assessments/not_open.html", context, status=status)


def _future(user: User, period: str, unit: str, criteria_set: str) -> Assessment | None:
    """The assessment that the opening will make, not stored."""
    planned = ReportingPeriod.objects.filter(slug=period, state=PeriodState.PLANNED).first()
    if planned is None:
        return None
    units = AdministrativeUnit.objects.in_programme().valid_on(planned.data_to).filter(slug=unit)
    sets = CriteriaSet.objects.in_force().filter(level="commune", slug=criteria_set)
    if user.role == Role.COMMUNE_OFFICER:
        units = units.filter(pk=user.unit_id)
    elif not user.sees_district:
        sets = sets.filter(pk__in=sets_of_agency(user.agency_id))
    commune, asked = units.first(), sets.first()
    if commune is None or asked is None:
        return None
    return Assessment(unit=commune, period=planned, criteria_set=asked)
