"""An address in a quarter that is not open yet: a page that says when it will be."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import Role, User
from assessments.models import Assessment, sets_of_agency
from assessments.statistics import DEFAULT_SET
from assessments.wording import quarter_lock_text
from assessments.workflow import Lock
from assignments.queries import indicators_of
from communes.models import AdministrativeUnit
from criteria.models import CriteriaSet, Criterion
from periods.clock import today
from periods.models import PeriodState, ReportingPeriod
from periods.workflow import QuarterLock


def not_open_yet(
    request: HttpRequest, period: str, unit: str, criteria_set: str
) -> HttpResponse | None:
    """None where this is no future assessment of somebody whose page this person may open."""
    found = _future(request.user, period, unit, criteria_set)
    if found is None:
        return None
    return _page(request, "assessments/not_open.html", found.period, {"assessment": found})


def quarter_not_open_yet(
    request: HttpRequest, period: str, criteria_set: str = "", number: int | None = None
) -> HttpResponse | None:
    """For the verification: None where this is no quarter to come, or where the reader will not
    find that criterion in it."""
    planned = ReportingPeriod.objects.filter(
        slug=period.replace("\x00", ""), state=PeriodState.PLANNED
    ).first()
    if planned is None:
        return None
    criterion = None
    if number is not None:
        criterion = _criteria(request.user, criteria_set).filter(number=number).first()
        if criterion is None:
            return None
    return _page(request, "verification/not_open.html", planned, {"criterion": criterion})


def says_not_open_yet(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For views at a criterion's address: what is not found because its quarter is still to come
    is answered by that page. Asked only then, so that it costs the others nothing."""

    @wraps(view)
    def answered(request: HttpRequest, period: str, number: int, **rest: int) -> HttpResponse:
        try:
            return view(request, period, number, **rest)
        except Http404:
            criteria_set = request.GET.get("set", DEFAULT_SET).replace("\x00", "")
            early = quarter_not_open_yet(request, period, criteria_set, number)
            if early is None:
                raise
            return early

    return answered


def _criteria(user: User, criteria_set: str) -> QuerySet[Criterion]:
    """Those of which this person will see rows."""
    found = Criterion.objects.filter(
        criteria_set__in=CriteriaSet.objects.in_force().filter(level="commune", slug=criteria_set)
    )
    if not user.sees_district:
        found = found.filter(indicators__in=indicators_of(user.agency_id)).distinct()
    return found


def _page(
    request: HttpRequest, template: str, period: ReportingPeriod, context: dict
) -> HttpResponse:
    context |= {
        "period": period,
        "lock": Lock.NOT_OPEN_YET.value,
        "lock_text": quarter_lock_text(QuarterLock.NOT_OPEN_YET, period),
        "has_begun": period.data_from <= today(),
    }
    status = 200 if request.method in ("GET", "HEAD") else 403
    return render(request, template, context, status=status)


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
