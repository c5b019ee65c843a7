"""``/verification/``: what waits for whom, by criterion."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assessments.queue import SHOW, first_with_work, load_queue
from assessments.queue_presenting import present_queue
from assessments.statistics import DEFAULT_SET
from assessments.views.not_open import quarter_not_open_yet
from criteria.models import CriteriaSet
from periods.clock import today
from periods.models import ReportingPeriod


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The open quarter that has work left, or the one asked for; ``show``, ``agency`` narrow it."""
    periods = list(ReportingPeriod.objects.begun())
    agency = request.GET.get("agency", "")
    asked = request.GET.get("period", "")
    period = _chosen(periods, asked)
    if asked and period is None:
        return _not_begun(request, asked)
    period = period or first_with_work(periods, request.user, agency) or next(iter(periods), None)
    if period is None:
        return render(request, "verification/no_quarter.html")
    slug = request.GET.get("set", DEFAULT_SET).replace("\x00", "")
    criteria_set = get_object_or_404(CriteriaSet, slug=slug)
    show = request.GET.get("show", "all")
    show = show if show in SHOW else "all"
    found, agencies = load_queue(period, criteria_set, request.user, today(), agency)
    context = {
        "period": period,
        "is_closed": not period.is_open,
        "chooser": [(p.slug, p.label, p.is_open, p == period) for p in periods],
        "show": show,
        "agency": agency,
        "agencies": agencies,
        "page": present_queue(found, period, criteria_set, show),
    }
    return render(request, "verification/queue.html", context)


@require_safe
def quarter(request: HttpRequest, period: str) -> HttpResponse:
    """The address above a criterion's: the quarter's queue, or that it is not open yet."""
    if not ReportingPeriod.objects.begun().filter(slug=period).exists():
        return _not_begun(request, period)
    return redirect(f"{reverse('verification:queue')}?{urlencode({'period': period})}")


def _not_begun(request: HttpRequest, period: str) -> HttpResponse:
    early = quarter_not_open_yet(request, period)
    if early is None:
        raise Http404
    return early


def _chosen(periods: list[ReportingPeriod], slug: str) -> ReportingPeriod | None:
    return next((period for period in periods if period.slug == slug), None)
