"""Facts, to look at only: they change through ``assessments.actions`` and nowhere else."""

from django.contrib import admin
from django.http import HttpRequest

from assessments.models import (
    Assessment,
    Event,
    Evidence,
    IndicatorResult,
    MeasureValue,
    QuarterEvent,
)


class ViewOnly(admin.ModelAdmin):
    """Not even the administrator changes a figure around the actions and their history."""

    actions = None

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


@admin.register(Assessment)
class AssessmentAdmin(ViewOnly):
    list_display = ["unit", "period", "criteria_set", "state", "submitted_at", "submitted_by"]
    list_filter = ["state", "period", "criteria_set"]
    search_fields = ["unit__name", "period__slug"]
    list_select_related = ["unit", "period", "criteria_set", "submitted_by"]


@admin.register(IndicatorResult)
class ResultAdmin(ViewOnly):
    list_display = [
        "indicator",
        "assessment",
        "basis",
        "declared_verdict",
        "verified_verdict",
        "review",
        "changed_at",
        "changed_by",
    ]
    list_filter = ["declared_verdict", "verified_verdict", "review", "basis", "assessment__period"]
    search_fields = ["=indicator__code", "assessment__unit__name"]
    list_select_related = [
        "indicator",
        "assessment__unit",
        "assessment__period",
        "assessment__criteria_set",
        "changed_by",
    ]


@admin.register(MeasureValue)
class ValueAdmin(ViewOnly):
    list_display = ["result", "measure", "number", "answer", "choice"]
    list_filter = ["measure__kind", "result__assessment__period"]
    search_fields = ["=measure__indicator__code", "result__assessment__unit__name"]
    list_select_related = ["result__indicator", "measure__indicator"]


@admin.register(Event)
class EventAdmin(ViewOnly):
    list_display = ["at", "kind", "assessment", "result", "by", "channel", "reason"]
    list_filter = ["kind", "channel", "at"]
    date_hierarchy = "at"
    search_fields = ["assessment__unit__name", "by__username", "reason"]
    list_select_related = [
        "assessment__unit",
        "assessment__period",
        "assessment__criteria_set",
        "result__indicator",
        "by",
    ]


@admin.register(Evidence)
class EvidenceAdmin(ViewOnly):
    """What is said about files. They themselves are handed out after the scope check only."""

    list_display = [
        "name",
        "result",
        "media_type",
        "size",
        "uploaded_at",
        "uploaded_by",
        "removed_at",
    ]
    list_filter = ["media_type", "result__assessment__period", "removed_at"]
    search_fields = ["name", "document_number", "=sha256", "result__assessment__unit__name"]
    exclude = ["file", "preview"]
    list_select_related = [
        "result__assessment__unit",
        "result__assessment__period",
        "result__indicator",
        "uploaded_by",
    ]


@admin.register(QuarterEvent)
class QuarterEventAdmin(ViewOnly):
    list_display = ["at", "kind", "period", "by", "channel", "reason"]
    list_filter = ["kind", "period"]
    search_fields = ["period__slug", "by__username", "reason"]
    list_select_related = ["period", "by"]
