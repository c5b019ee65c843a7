"""Administration of units, agencies, recognitions and targets."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from import_export import resources
from import_export.admin import ImportExportMixin
from import_export.fields import Field
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ExportForm
from import_export.widgets import ForeignKeyWidget
from simple_history.admin import SimpleHistoryAdmin

from communes.models import (
    AdministrativeUnit,
    Agency,
    Recognition,
    Target,
    UnitSuccession,
)

SOURCE_FIELDS = (_("Where it comes from"), {"fields": ["source", "certainty", "source_note"]})


class ExcelMixin(ImportExportMixin):
    """Import and export as Excel or CSV, each row checked as a form would check it."""

    formats = [XLSX, CSV]
    # The form with a box for every field needs an inline script, which our policy forbids.
    export_form_class = ExportForm


class HistoryAdmin(SimpleHistoryAdmin):
    """Shows what was changed and turns nothing back: a revert would go around the form's checks,
    the revision of a set and the rule that a used level is never edited."""

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        # SIMPLE_HISTORY_REVERT_DISABLED only hides the button.
        if request.method == "POST":
            raise PermissionDenied(_("What was changed is changed again, not turned back."))
        return super().history_form_view(request, object_id, version_id, extra_context)


class UnitResource(resources.ModelResource):
    """A unit is found by its level, code and first day: codes are used again after a merger."""

    parent = Field("parent", "parent", ForeignKeyWidget(AdministrativeUnit, "pk"))

    class Meta:
        model = AdministrativeUnit
        import_id_fields = ["level", "code", "valid_from"]
        exclude = ["id", "successors", "sort_key"]
        clean_model_instances = True
        skip_unchanged = True


class AgencyResource(resources.ModelResource):
    class Meta:
        model = Agency
        import_id_fields = ["slug"]
        exclude = ["id", "sort_key"]
        clean_model_instances = True
        skip_unchanged = True


class SuccessionInline(admin.TabularInline):
    model = UnitSuccession
    fk_name = "predecessor"
    fields = ["successor", "on", "certainty", "source"]
    autocomplete_fields = ["successor"]
    extra = 0


@admin.register(AdministrativeUnit)
class UnitAdmin(ExcelMixin, HistoryAdmin):
    resource_classes = [UnitResource]
    list_display = [
        "name",
        "code",
        "level",
        "kind",
        "parent",
        "group",
        "in_programme",
        "valid_from",
        "valid_to",
        "certainty",
    ]
    list_filter = ["level", "kind", "in_programme", "group", "certainty"]
    search_fields = ["name", "short_name", "slug", "code"]
    autocomplete_fields = ["parent"]
    list_select_related = ["parent"]
    prepopulated_fields = {"slug": ["short_name"]}
    inlines = [SuccessionInline]


@admin.register(Agency)
class AgencyAdmin(ExcelMixin, HistoryAdmin):
    resource_classes = [AgencyResource]
    list_display = ["name", "short_name", "kind", "unit", "is_standing_office", "certainty"]
    list_filter = ["kind", "is_standing_office", "certainty"]
    search_fields = ["name", "short_name", "slug"]
    autocomplete_fields = ["unit"]
    list_select_related = ["unit"]
    prepopulated_fields = {"slug": ["short_name"]}


@admin.register(Recognition)
class RecognitionAdmin(HistoryAdmin):
    list_display = ["unit", "tier", "decision_number", "decided_on", "withdrawn_on", "certainty"]
    list_filter = ["tier", "certainty", "withdrawn_on"]
    search_fields = ["unit__name", "decision_number"]
    autocomplete_fields = ["unit"]
    list_select_related = ["unit"]
    fieldsets = [
        (None, {"fields": ["unit", "tier", "decision_number", "decided_on"]}),
        (_("Withdrawal"), {"fields": ["withdrawn_on", "withdrawal_reason"]}),
        SOURCE_FIELDS,
    ]


@admin.register(Target)
class TargetAdmin(HistoryAdmin):
    list_display = ["unit", "tier", "year", "certainty"]
    list_filter = ["year", "tier", "certainty"]
    search_fields = ["unit__name"]
    autocomplete_fields = ["unit"]
    list_select_related = ["unit"]
