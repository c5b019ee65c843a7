"""``/verification/``: what waits for whom, by criterion."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assessments.queue import SHOW, load_queue
from assessments.queue_presenting import present_queue
from assessments.statistics import DEFAULT_SET
from criteria.models import CriteriaSet
from periods.clock import today
from periods.models import ReportingPeriod


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The newest open quarter, or the one asked for; ``show`` and ``agency`` narrow it down."""
    periods = list(ReportingPeriod.objects.begun())
    period = _chosen(periods, request.GET.get("period", ""))
    if period is None:
        return render(request, "verification/no_quarter.html")
    slug = request.GET.get("set", DEFAULT_SET).replace("\x00", "")
    criteria_set = get_object_or_404(CriteriaSet, slug=slug)
    show, agency = request.GET.get("show", "all"), request.GET.get("agency", "")
    show = show if show in SHOW else "all"
    found, agencies = load_queue(period, criteria_set, request.user, today(), agency)
    context = {
        "period": period,
        "chooser": [(p.slug, p.label, p.is_open, p == period) for p in periods],
        "show": show,
        "agency": agency,
        "agencies": agencies,
        "page": present_queue(found, period, criteria_set, show),
    }
    return render(request, "verification/queue.html", context)


def _chosen(periods: list[ReportingPeriod], slug: str) -> ReportingPeriod | None:
    if slug:
        found = next((period for period in periods if period.slug == slug), None)
        if found is None:
            raise Http404
        return found
    return next((period for period in periods if period.is_open), next(iter(periods), None))
