"""Assessments and their rows: only those that the person may see."""

from __future__ import annotations

from collections.abc import Mapping

import django_filters
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView

from assessments.checks import warning_sentences
from assessments.models import Assessment, Evidence, IndicatorResult, ResultQuerySet
from assessments.sheet import definition_of
from communes.models import AdministrativeUnit
from criteria.definitions import IndicatorDefinition
from criteria.evaluation import Verdict, type_of_value
from criteria.models import Indicator
from criteria.reasons import reasons_from_json
from criteria.wording import reasons_text, verdict_text
from ntm_portal.api.fields import json_number
from ntm_portal.api.pagination import Pages
from periods.models import ReportingPeriod

NO_SUCH_NAME = gettext_lazy("There is none of this name.")


class AssessmentSerializer(serializers.ModelSerializer):
    unit = serializers.SlugField(source="unit.slug")
    period = serializers.SlugField(source="period.slug")
    criteria_set = serializers.SlugField(source="criteria_set.slug")
    due_on = serializers.DateField()

    class Meta:
        model = Assessment
        fields = ["id", "unit", "period", "criteria_set", "state", "due_on", "submitted_at"]


class ResultSerializer(serializers.ModelSerializer):
    """One row. ``counted_verdict`` is the verified one where there is one, else the declared."""

    unit = serializers.SlugField(source="assessment.unit.slug")
    period = serializers.SlugField(source="assessment.period.slug")
    criteria_set = serializers.SlugField(source="assessment.criteria_set.slug")
    indicator = serializers.CharField(source="indicator.code")
    values = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()
    verified_verdict = serializers.CharField(allow_blank=True)
    counted_verdict = serializers.CharField()
    evidence_count = serializers.IntegerField()
    entered_in = serializers.SlugField(source="entered_in.slug", default=None, allow_null=True)

    class Meta:
        model = IndicatorResult
        fields = [
            "id", "version", "unit", "period", "criteria_set", "indicator", "values", "stated",
            "not_applicable", "absence_reason", "note", "basis", "entered_in", "declared_verdict",
            "verified_verdict", "counted_verdict", "reason", "unconfirmed", "review",
            "review_reason", "evidence_count", "changed_at",
        ]  # fmt: skip

    @extend_schema_field({"type": "object", "additionalProperties": {}})
    def get_values(self, result: IndicatorResult) -> dict:
        """Every value of the indicator by its key; null where it is blank."""
        keys = {measure.id: measure.key for measure in _definition(result).measures}
        stored = result.values.all()
        held = {keys[v.measure_id]: v.value for v in stored if v.measure_id in keys}
        return values_json(result, held)

    def get_reason(self, result: IndicatorResult) -> str:
        """Why the declared verdict is what it is, in words."""
        words = reasons_text(reasons_from_json(result.reasons), _definition(result).measures)
        return words or verdict_text(Verdict(result.declared_verdict))


class OneResultSerializer(ResultSerializer):
    """One row by itself, with what looks wrong about it. It is stored all the same; the
    assessment cannot be sent before a note explains it."""

    warnings = serializers.SerializerMethodField()

    class Meta(ResultSerializer.Meta):
        fields = [*ResultSerializer.Meta.fields, "warnings"]

    @extend_schema_field({"type": "array", "items": {"type": "string"}})
    def get_warnings(self, result: IndicatorResult) -> list[str]:
        """What looks wrong, a sentence each, as the form says it."""
        return warning_sentences(result)


def values_json(result: IndicatorResult, held: Mapping[str, type_of_value]) -> dict[str, object]:
    """Every value of the row's indicator by its key; null where it is blank."""
    return {
        measure.key: value_json(held.get(measure.key)) for measure in _definition(result).measures
    }


def value_json(value) -> object:
    """A stored value as JSON: a number, true or false, a choice, null."""
    return value if value is None or isinstance(value, bool | str) else json_number(value)


def _definition(result: IndicatorResult) -> IndicatorDefinition:
    """From memory after the first row of a set and quarter."""
    return definition_of(result.assessment).indicator(result.indicator_id)


def with_everything(rows: ResultQuerySet) -> ResultQuerySet:
    """What a row's JSON needs, in two queries whatever the number of rows."""
    return (
        rows.select_related(
            "assessment__unit__parent__parent",
            "assessment__period",
            "assessment__criteria_set",
            "indicator",
            "entered_in",
        )
        .prefetch_related("values")
        .annotate(evidence_count=_files())
    )


def _files() -> Coalesce:
    """How many files stand behind a row: the row's own, not those carried along."""
    standing = Evidence.objects.standing().filter(result=OuterRef("pk")).order_by()
    return Coalesce(Subquery(standing.values("result").annotate(n=Count("pk")).values("n")), 0)


class QuarterFilter(django_filters.ModelChoiceFilter):
    """A quarter by its address, such as 2023-q2; an unknown one is an error, not an empty list."""

    def __init__(self, **kwargs) -> None:
        super().__init__(
            queryset=ReportingPeriod.objects.all(),
            to_field_name="slug",
            error_messages={"invalid_choice": NO_SUCH_NAME},
            **kwargs,
        )


class KnownFilter(django_filters.CharFilter):
    """One word of ours, such as a commune's address; a word that nothing bears is an error.

    What bears it may be out of the reader's sight: that list is empty.
    """

    def __init__(self, *, known: QuerySet, by: str, said: str, **kwargs) -> None:
        super().__init__(**kwargs)
        self.known, self.by, self.said = known, by, said

    def filter(self, rows: QuerySet, word: str) -> QuerySet:
        if word and not self.known.filter(**{self.by: word}).exists():
            raise ValidationError({self.said: NO_SUCH_NAME})
        return super().filter(rows, word)


def unit_filter(field_name: str) -> KnownFilter:
    units = AdministrativeUnit.objects.all()
    return KnownFilter(field_name=field_name, known=units, by="slug", said="unit")


class AssessmentParameters(django_filters.FilterSet):
    period = QuarterFilter()
    unit = unit_filter("unit__slug")

    class Meta:
        model = Assessment
        fields: list[str] = []


class ResultParameters(django_filters.FilterSet):
    period = QuarterFilter(field_name="assessment__period")
    unit = unit_filter("assessment__unit__slug")
    indicator = KnownFilter(
        field_name="indicator__code", known=Indicator.objects.all(), by="code", said="indicator"
    )

    class Meta:
        model = IndicatorResult
        fields: list[str] = []


class Assessments(ListAPIView):
    """The assessments that you may see, newest quarter first."""

    serializer_class = AssessmentSerializer
    pagination_class = Pages
    filterset_class = AssessmentParameters
    queryset = Assessment.objects.none()

    def get_queryset(self):
        return (
            Assessment.objects.visible_to(self.request.user)
            .select_related("unit", "period", "criteria_set")
            .order_by("-period__data_to", "unit__sort_key", "pk")
        )


class Results(ListAPIView):
    """The rows that you may see: your commune's, those of your agency's indicators, or all."""

    serializer_class = ResultSerializer
    pagination_class = Pages
    filterset_class = ResultParameters
    queryset = IndicatorResult.objects.none()

    def get_queryset(self):
        rows = IndicatorResult.objects.visible_to(self.request.user)
        return with_everything(rows).order_by(
            "-assessment__period__data_to",
            "assessment__unit__sort_key",
            "assessment_id",
            "indicator__criterion__number",
            "indicator__position",
        )
