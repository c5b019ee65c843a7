"""Administration of the definitions. Every change raises the revision of its set."""

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from communes.admin import HistoryAdmin
from criteria.actions import bump_revision
from criteria.models import CriteriaSet, Criterion, Indicator, Measure, SetState, Threshold


class RaisesRevision(admin.ModelAdmin):
    """Whatever is saved or deleted here raises the revision, in the same transaction."""

    def set_of(self, obj) -> CriteriaSet:
        raise NotImplementedError

    @transaction.atomic
    def save_related(self, request, form, formsets, change) -> None:
        # After the object and its inlines are saved: once, whatever was changed.
        super().save_related(request, form, formsets, change)
        bump_revision(self.set_of(form.instance))

    @transaction.atomic
    def delete_model(self, request, obj) -> None:
        criteria_set = self.set_of(obj)
        super().delete_model(request, obj)
        bump_revision(criteria_set)

    @transaction.atomic
    def delete_queryset(self, request, queryset) -> None:
        sets = {obj_set.pk: obj_set for obj_set in map(self.set_of, queryset)}
        super().delete_queryset(request, queryset)
        for criteria_set in sets.values():
            bump_revision(criteria_set)


class NumberedByLaw(RaisesRevision):
    """In a set that is, or was, in force the numbers stand: rows of closed quarters, the API and
    papers are found by them. A draft can still be put right."""

    #: The fields that say which one it is.
    identity: tuple[str, ...] = ()

    def get_readonly_fields(self, request: HttpRequest, obj=None):
        fixed = super().get_readonly_fields(request, obj)
        return (*fixed, *self.identity) if obj and _stands(self.set_of(obj)) else fixed

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (obj and _stands(self.set_of(obj)))


def _stands(criteria_set: CriteriaSet) -> bool:
    return criteria_set.state != SetState.DRAFT


@admin.register(CriteriaSet)
class CriteriaSetAdmin(RaisesRevision, HistoryAdmin):
    list_display = [
        "name",
        "slug",
        "state",
        "decision_number",
        "valid_from",
        "valid_to",
        "revision",
        "certainty",
    ]
    list_filter = ["state", "level", "tier", "certainty"]
    search_fields = ["name", "name_en", "slug", "code", "decision_number"]
    autocomplete_fields = ["based_on"]
    readonly_fields = ["revision"]

    def set_of(self, obj: CriteriaSet) -> CriteriaSet:
        return obj

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """A set is replaced by its state; what was decided by it must stay readable."""
        return False


@admin.register(Criterion)
class CriterionAdmin(NumberedByLaw):
    identity = ("number", "criteria_set")
    list_display = ["number", "name", "criteria_set", "group_name", "certainty"]
    list_display_links = ["name"]
    list_filter = ["criteria_set", "certainty"]
    search_fields = ["name", "name_en", "=number", "criteria_set__slug"]
    autocomplete_fields = ["criteria_set"]
    list_select_related = ["criteria_set"]

    def set_of(self, obj: Criterion) -> CriteriaSet:
        return obj.criteria_set


class MeasureInline(admin.StackedInline):
    model = Measure
    extra = 0
    show_change_link = True

    def get_readonly_fields(self, request: HttpRequest, obj: Indicator | None = None):
        return ("key",) if obj and _stands(obj.criterion.criteria_set) else ()

    def has_delete_permission(self, request: HttpRequest, obj: Indicator | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (obj and _stands(obj.criterion.criteria_set))


@admin.register(Indicator)
class IndicatorAdmin(NumberedByLaw):
    identity = ("code", "criterion")
    list_display = [
        "code", "short_text", "criterion", "conditional", "requires_evidence", "certainty",
    ]  # fmt: skip
    list_display_links = ["code", "short_text"]
    list_filter = ["criterion__criteria_set", "conditional", "requires_evidence", "certainty"]
    search_fields = ["=code", "text", "text_en"]
    autocomplete_fields = ["criterion"]
    list_select_related = ["criterion__criteria_set"]
    inlines = [MeasureInline]
    # Decided on the set's own page, with a reason that stays (``assessments.asking_evidence``).
    readonly_fields = ["requires_evidence"]

    @admin.display(description=Indicator._meta.get_field("text").verbose_name)
    def short_text(self, obj: Indicator) -> str:
        return obj.text if len(obj.text) <= 80 else f"{obj.text[:79]}…"

    def set_of(self, obj: Indicator) -> CriteriaSet:
        return obj.criterion.criteria_set


@admin.register(Measure)
class MeasureAdmin(NumberedByLaw):
    identity = ("key", "indicator")
    list_display = ["indicator", "key", "label", "kind", "unit", "direction", "deciding"]
    list_display_links = ["indicator", "key"]
    list_filter = ["kind", "direction", "deciding", "indicator__criterion__criteria_set"]
    search_fields = ["=indicator__code", "key", "label", "indicator__text"]
    autocomplete_fields = ["indicator"]
    list_select_related = ["indicator__criterion__criteria_set"]

    def set_of(self, obj: Measure) -> CriteriaSet:
        return obj.indicator.criterion.criteria_set


@admin.register(Threshold)
class ThresholdAdmin(RaisesRevision, HistoryAdmin):
    """A level that stands is closed with its last day and replaced by a new one, never edited."""

    list_display = [
        "measure",
        "operator",
        "value",
        "province",
        "region",
        "group",
        "year",
        "valid_from",
        "valid_to",
        "certainty",
    ]
    list_filter = [
        "certainty",
        "operator",
        "region",
        "group",
        "year",
        "measure__indicator__criterion__criteria_set",
    ]
    search_fields = ["=measure__indicator__code", "measure__label", "source", "set_by"]
    autocomplete_fields = ["measure", "condition_measure", "province"]
    list_select_related = ["measure__indicator__criterion__criteria_set", "province"]

    def set_of(self, obj: Threshold) -> CriteriaSet:
        return obj.measure.indicator.criterion.criteria_set

    def get_readonly_fields(self, request: HttpRequest, obj=None):
        if obj is None:
            return []
        editable = {"id", "valid_to", "source_note"}
        return [field.name for field in obj._meta.fields if field.name not in editable]

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False
