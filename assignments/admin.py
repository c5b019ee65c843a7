"""Administration of who leads and who supports an indicator."""

from django.contrib import admin

from assignments.models import IndicatorAssignment
from communes.admin import HistoryAdmin


@admin.register(IndicatorAssignment)
class AssignmentAdmin(HistoryAdmin):
    list_display = ["agency", "duty", "criterion", "indicator", "certainty"]
    list_filter = ["duty", "agency", "certainty"]
    search_fields = ["agency__name", "=indicator__code", "criterion__name", "indicator__text"]
    autocomplete_fields = ["agency", "criterion", "indicator"]
    list_select_related = ["agency", "criterion", "indicator"]
