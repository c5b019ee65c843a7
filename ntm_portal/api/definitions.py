"""The criteria sets: what the law asks for, with the levels as they stand today."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from criteria.definitions import load_definition
from criteria.models import CriteriaSet
from ntm_portal.api.fields import Number
from ntm_portal.api.pagination import Pages
from periods.clock import today


class SetSerializer(serializers.ModelSerializer):
    title = serializers.CharField()

    class Meta:
        model = CriteriaSet
        fields = [
            "slug", "code", "title", "level", "tier", "state", "decision_number", "decision_date",
            "annex", "valid_from", "valid_to", "official_criteria", "official_indicators",
        ]  # fmt: skip


class ConditionSerializer(serializers.Serializer):
    measure = serializers.CharField()
    operator = serializers.CharField()
    value = Number()


class LevelSerializer(serializers.Serializer):
    """A level to reach; empty place fields mean everywhere."""

    operator = serializers.CharField()
    value = Number(allow_null=True)
    options = serializers.ListField(child=serializers.CharField())
    province = serializers.CharField(allow_blank=True)
    region = serializers.CharField(allow_blank=True)
    group = serializers.CharField(allow_blank=True)
    year = serializers.IntegerField(allow_null=True)
    condition = ConditionSerializer(allow_null=True)
    confirmed = serializers.BooleanField()


class MeasureSerializer(serializers.Serializer):
    key = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.CharField()
    unit = serializers.CharField(source="unit_title")
    direction = serializers.CharField()
    decimals = serializers.IntegerField()
    maximum = Number(allow_null=True)
    choices = serializers.ListField(child=serializers.CharField())
    deciding = serializers.BooleanField()
    required = serializers.BooleanField()
    levels = LevelSerializer(many=True)


class IndicatorSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    conditional = serializers.BooleanField()
    certainty = serializers.CharField()
    source = serializers.CharField()
    measures = MeasureSerializer(many=True)


class CriterionSerializer(serializers.Serializer):
    number = serializers.IntegerField()
    title = serializers.CharField()
    group_name = serializers.CharField()
    indicators = IndicatorSerializer(many=True)


class SetDetailSerializer(SetSerializer):
    criteria = serializers.SerializerMethodField()

    class Meta(SetSerializer.Meta):
        fields = [*SetSerializer.Meta.fields, "criteria"]

    @extend_schema_field(CriterionSerializer(many=True))
    def get_criteria(self, criteria_set: CriteriaSet) -> list:
        definition = load_definition(criteria_set.pk, criteria_set.revision, today())
        return CriterionSerializer(definition.criteria, many=True).data


class CriteriaSets(ListAPIView):
    """The sets, in force and draft."""

    serializer_class = SetSerializer
    pagination_class = Pages
    queryset = CriteriaSet.objects.order_by("slug")


class CriteriaSetDetail(APIView):
    """One set with its criteria, indicators, measures and levels."""

    @extend_schema(responses=SetDetailSerializer)
    def get(self, request: Request, slug: str) -> Response:
        return Response(SetDetailSerializer(get_object_or_404(CriteriaSet, slug=slug)).data)
