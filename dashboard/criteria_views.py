"""``/criteria/``: the sets of criteria and their levels, for everybody who is signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.permissions import may
from dashboard.criteria_pages import set_page, sets_with_counts
from periods.clock import today


def sets(request: HttpRequest) -> HttpResponse:
    return render(request, "criteria/sets.html", {"sets": sets_with_counts()})


def set_detail(request: HttpRequest, slug: str) -> HttpResponse:
    criteria_set = get_object_or_404(sets_with_counts(), slug=slug)
    context = {
        "set": criteria_set,
        "page": set_page(criteria_set, today()),
        "may_confirm": may(request.user, "criteria.confirm"),
        "may_ask": may(request.user, "criteria.ask_evidence"),
        "all_open": request.GET.get("open") == "all",
    }
    return render(request, "criteria/set_detail.html", context)
