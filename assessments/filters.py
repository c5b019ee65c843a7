"""How the list of assessments is narrowed down."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessments.models import (
    OTHER_VERDICT,
    VERDICT_TAKEN_BACK,
    Assessment,
    AssessmentState,
    Event,
    EventKind,
)
from assessments.wording import DISTRICT_WORDS
from communes.alphabet import sort_key
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
        choices=[*DISTRICT_WORDS.items(), (LATE, _("Late: not sent"))],
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


#: What happens to single rows; the rest are decisions about the whole assessment.
ROW_KINDS = (
    EventKind.ENTERED,
    EventKind.UNCHANGED,
    EventKind.RECHECKED,
    EventKind.CORRECTED,
    EventKind.RETURNED,
    EventKind.WITHDRAWN,
    EventKind.VERIFIED,
    EventKind.ATTACHED,
    EventKind.DESCRIBED,
    EventKind.REMOVED,
    EventKind.REJUDGED,
)


#: A verification whose verdict differs is looked for by itself, among many that only confirm.
VERDICTS = {
    "other_verdict": (_("verified with another verdict"), OTHER_VERDICT),
    "taken_back": (_("the other verdict taken back"), VERDICT_TAKEN_BACK),
}


def _kinds() -> list[tuple[str, str]]:
    found = []
    for kind in ROW_KINDS:
        found.append((kind.value, kind.label))
        if kind == EventKind.VERIFIED:
            found += [(name, words) for name, (words, _which) in VERDICTS.items()]
    return found


def _who_acted(request: HttpRequest) -> list[tuple[int, str]]:
    """Ids and names in the order of Vietnamese names, which no database knows."""
    people = User.objects.filter(pk__in=request.acted.order_by().values("by")).order_by()
    named = [(user.pk, str(user)) for user in people]
    return sorted(named, key=lambda one: (sort_key(one[1]), one))


class ChangeFilter(django_filters.FilterSet):
    """Changes of rows, by what was done and by whom; ``request.acted`` are all of them."""

    kind = django_filters.ChoiceFilter(
        choices=_kinds(),
        method="of_kind",
        label=_("What was done"),
        empty_label=_("Everything"),
    )
    by = django_filters.ChoiceFilter(choices=(), label=_("By"), empty_label=_("Everybody"))

    class Meta:
        model = Event
        fields: list[str] = []

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.filters["by"].extra["choices"] = _who_acted(self.request)

    def of_kind(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value in VERDICTS:
            return queryset.filter(VERDICTS[value][1])
        return queryset.filter(kind=value)
