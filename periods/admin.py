"""Administration of quarters.

Opening and closing are acts with consequences (``assessments.actions``), so the state is only
shown here; what may be changed is the due date.
"""

from django.contrib import admin

from periods.models import PeriodState, ReportingPeriod


@admin.register(ReportingPeriod)
class PeriodAdmin(admin.ModelAdmin):
    list_display = ["label", "slug", "data_from", "data_to", "due_on", "state"]
    list_filter = ["state", "year"]
    search_fields = ["slug"]

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["year", "quarter"]
        return [
            "year",
            "quarter",
            "data_from",
            "data_to",
            "due_on",
            "state",
            "opened_at",
            "closed_at",
        ]

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return []
        fixed = [name for name in self.get_fields(request, obj) if name != "due_on"]
        return [*fixed, "due_on"] if obj.state == PeriodState.CLOSED else fixed

    def has_delete_permission(self, request, obj=None) -> bool:
        return obj is not None and obj.state == PeriodState.PLANNED

    def save_model(self, request, obj, form, change) -> None:
        """A new quarter gets the window that the decree gives it, and the default due date."""
        if not change:
            planned = ReportingPeriod.plan(obj.year, obj.quarter)
            obj.data_from, obj.data_to = planned.data_from, planned.data_to
            obj.due_on = planned.due_on
        super().save_model(request, obj, form, change)
