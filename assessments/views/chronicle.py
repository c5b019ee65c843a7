"""The history of one whole assessment."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessments.chronicle import decisions, lines_of, row_changes
from assessments.filters import ChangeFilter
from assessments.views.loading import load_assessment

PER_PAGE = 30


@require_GET
def whole_history(request: HttpRequest, period: str, unit: str, criteria_set: str) -> HttpResponse:
    assessment = load_assessment(request, period, unit, criteria_set)
    request.acted = row_changes(assessment, request.user)
    chosen = ChangeFilter(request.GET or None, queryset=request.acted, request=request)
    page = Paginator(chosen.qs, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = lines_of(page.object_list, assessment)
    context = {
        "assessment": assessment,
        "base": assessment.get_absolute_url(),
        "decisions": decisions(assessment, request.user),
        "filter": chosen,
        "page": page,
        "is_filtered": bool(request.GET.get("kind") or request.GET.get("by")),
    }
    return render(request, "assessments/history/whole.html", context)
