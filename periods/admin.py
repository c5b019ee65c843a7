"""Quarters, to look at only: they are created, opened, moved and closed by ``assessments.quarters``
and nowhere else, each with its trace."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from periods.models import ReportingPeriod


@admin.register(ReportingPeriod)
class PeriodAdmin(admin.ModelAdmin):
    actions = None
    list_display = ["quarter_label", "slug", "data_from", "data_to", "due_on", "state"]
    list_filter = ["state", "year"]
    search_fields = ["slug"]

    @admin.display(description=_("quarter"))
    def quarter_label(self, period: ReportingPeriod) -> str:
        return period.label

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False
