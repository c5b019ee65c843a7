"""Charts as pictures with an address of their own: kept by the browser, absent from no page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from assessments.statistics import DEFAULT_SET, matrix
from criteria.models import CriteriaSet
from dashboard.charts import Chart
from dashboard.district_charts import counted_line, criteria_chart, met_chart, trend_chart
from dashboard.views import chosen_period
from periods.models import ReportingPeriod

#: The address that a page gives names the content (``v``), so a picture never grows old.
KEEP_SECONDS = 7 * 24 * 3600


@require_safe
def chart(request: HttpRequest, kind: str) -> HttpResponse:
    """``/dashboard/charts/communes.svg?period=2023-q2``; without a period as on the overview."""
    if kind not in DRAWN:
        raise Http404
    periods = list(ReportingPeriod.objects.begun())
    if not periods:
        raise Http404
    period = chosen_period(periods, request.GET.get("period"))
    criteria_set = get_object_or_404(CriteriaSet, slug=DEFAULT_SET)
    drawn = DRAWN[kind](period, periods, criteria_set).svg()
    response = HttpResponse(drawn, content_type="image/svg+xml")
    patch_cache_control(response, private=True, max_age=KEEP_SECONDS if "v" in request.GET else 0)
    return response


def _communes(period: ReportingPeriod, periods, criteria_set: CriteriaSet) -> Chart:
    return met_chart(matrix(period, criteria_set))


def _criteria(period: ReportingPeriod, periods, criteria_set: CriteriaSet) -> Chart:
    return criteria_chart(matrix(period, criteria_set))


def _trend(period: ReportingPeriod, periods, criteria_set: CriteriaSet) -> Chart:
    return trend_chart(counted_line(period, periods, criteria_set), periods)


DRAWN = {"communes": _communes, "criteria": _criteria, "trend": _trend}
