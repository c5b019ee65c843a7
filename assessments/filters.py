"""How the list of assessments is narrowed down."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, AssessmentState
from periods.clock import today
from periods.models import ReportingPeriod

LATE = "late"


class AssessmentFilter(django_filters.FilterSet):
    """By quarter, by state (with "late", which is a state for its readers) and by commune."""

    period = django_filters.ModelChoiceFilter(
        queryset=ReportingPeriod.objects.begun(),
        to_field_name="slug",
        label=_("Quarter"),
        empty_label=_("All quarters"),
    )
    state = django_filters.ChoiceFilter(
        choices=[*AssessmentState.choices, (LATE, _("late"))],
        label=_("State"),
        empty_label=_("All states"),
        method="in_state",
    )
    unit = django_filters.CharFilter(label=_("Commune"), method="of_unit")

    class Meta:
        model = Assessment
        fields: list[str] = []

    def in_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value != LATE:
            return queryset.filter(state=value)
        passed = Q(extended_to__lt=today()) | Q(extended_to=None, period__due_on__lt=today())
        return queryset.filter(passed, state=AssessmentState.DRAFT)

    def of_unit(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(Q(unit__name__icontains=value) | Q(unit__slug__icontains=value))
