"""Screens that read: the district's overview and the start page of each role."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import Role, User
from accounts.permissions import may_steer
from assessments.counting import QuarterCounts
from assessments.figures import Figures
from assessments.models import Assessment
from assessments.statistics import DEFAULT_SET
from criteria.models import CriteriaSet
from dashboard.attention import points
from dashboard.district_charts import (
    MOST_BARS,
    counted_line,
    figures_of,
    met_chart,
    pictures,
    trend_chart,
)
from dashboard.district_work import quarter_work, standing, unconfirmed_levels
from dashboard.headline import headline_page
from dashboard.my_work import commune_work
from dashboard.overview import distribution_lines, matrix_lines, sent_lines, tiles, weakest_criteria
from dashboard.verification_work import verification_work
from periods.clock import today
from periods.models import PeriodState, ReportingPeriod


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """``/dashboard/?period=2023-q2``; without a period the newest closed quarter."""
    periods = list(ReportingPeriod.objects.begun())
    if not periods:
        return render(request, "dashboard/empty.html")
    period = chosen_period(periods, request.GET.get("period"))
    criteria_set = get_object_or_404(CriteriaSet, slug=DEFAULT_SET)
    line = counted_line(period, periods, criteria_set)
    found = figures_of(line, period, today())
    urls = assessment_urls(request.user, period, criteria_set)
    before = found.headline.before
    earlier = next((p for p in periods if before and p.slug == before.period), None)
    context = {
        "period": period,
        "chooser": [(p.slug, p.label, p.is_open, p == period) for p in periods],
        "open": next((p for p in periods if p.is_open and p != period), None),
        "page": headline_page(found.headline, found.matrix, earlier),
        "headline": found.headline,
        "matrix": found.matrix,
        "lines": matrix_lines(found.matrix, urls),
        "tiles": tiles(found.matrix),
        "points": points(found, criteria_set.tier),
        "sent": sent_lines(found.completeness, period, urls, request.user),
        "completeness": found.completeness,
        "distribution": distribution_lines(found),
        "weakest": weakest_criteria(found.matrix),
        "pictures": pictures(charts_of(found, line, periods), period),
    }
    return render(request, "dashboard/overview.html", context)


def charts_of(found: Figures, line: list[QuarterCounts], periods: list[ReportingPeriod]):
    """The line of time once there is one, and the communes as long as they are a picture."""
    charts = [trend_chart(line, periods)] if len(line) > 1 else []
    if 0 < found.headline.communes <= MOST_BARS:
        charts.append(met_chart(found.matrix))
    return charts


def chosen_period(periods: list[ReportingPeriod], slug: str | None) -> ReportingPeriod:
    """The quarter asked for; else the newest closed one, whose figures no longer move."""
    if slug:
        found = next((period for period in periods if period.slug == slug), None)
        if found is None:
            raise Http404
        return found
    closed = (period for period in periods if period.state == PeriodState.CLOSED)
    return next(closed, periods[0])


def assessment_urls(
    user: User, period: ReportingPeriod, criteria_set: CriteriaSet
) -> dict[str, str]:
    """Commune -> address of its assessment, for those that the person may open."""
    visible = (
        Assessment.objects.visible_to(user)
        .filter(period=period, criteria_set=criteria_set)
        .select_related("unit")
    )
    for assessment in visible:
        assessment.period, assessment.criteria_set = period, criteria_set
    return {one.unit.slug: one.get_absolute_url() for one in visible}


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """``/``: what this person must do now."""
    user, day = request.user, today()
    if user.role == Role.COMMUNE_OFFICER:
        return render(request, "dashboard/work_commune.html", {"work": commune_work(user, day)})
    context: dict[str, object] = {}
    if user.role == Role.LEADER:
        context["standing"] = standing(day)
    if user.agency_id or user.is_coordinator:
        context["verification"] = verification_work(user, day)
    if user.role != Role.DEPARTMENT_OFFICER:
        context["quarter"] = quarter_work(user, day)
        context["may_extend"] = may_steer(user)
    if user.role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        context["unconfirmed"] = unconfirmed_levels()
    return render(request, "dashboard/work_district.html", context)
