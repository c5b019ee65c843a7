"""Every assessment that a person may see, with its state, progress and due date."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Role, User
from assessments.filters import AssessmentFilter
from assessments.frozen import name_as_closed
from assessments.models import Assessment, AssessmentState
from assessments.wording import STATE_KINDS, state_text
from assignments.queries import indicators_of
from periods.clock import today

PER_PAGE = 50


@dataclass(slots=True)
class Line:
    """One assessment in the list."""

    assessment: Assessment
    state: str
    kind: str
    is_late: bool


def with_progress(user: User):
    """The visible assessments with ``entered`` of ``total`` rows, as far as the person sees rows."""
    rows = Q()
    if user.role == Role.DEPARTMENT_OFFICER:
        rows = Q(results__indicator__in=indicators_of(user.agency_id))
    return (
        Assessment.objects.visible_to(user)
        .with_people()
        .annotate(
            total=Count("results", filter=rows),
            entered=Count("results", filter=rows & ~Q(results__declared_verdict="missing")),
            returned=Count("results", filter=rows & Q(results__review="returned")),
        )
        .order_by("-period__data_to", "unit__sort_key", "criteria_set__slug")
    )


def line_of(assessment: Assessment, user: User) -> Line:
    late = assessment.state == AssessmentState.DRAFT and today() > assessment.due_on
    return Line(
        name_as_closed(assessment),
        state_text(assessment, user, late=late),
        "red" if late else STATE_KINDS[AssessmentState(assessment.state)],
        late,
    )


@require_safe
def assessment_list(request: HttpRequest) -> HttpResponse:
    chosen = AssessmentFilter(request.GET or None, queryset=with_progress(request.user))
    page = Paginator(chosen.qs, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [line_of(assessment, request.user) for assessment in page.object_list]
    context = {"filter": chosen, "page": page, "is_filtered": any(request.GET.values())}
    return render(request, "assessments/list.html", context)
