"""The figures of ``assessments.statistics``, as they are."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from assessments import statistics
from communes.models import Level
from criteria.models import CriteriaSet
from ntm_portal.api.fields import Number
from periods.models import PeriodState, ReportingPeriod


class PovertySerializer(serializers.Serializer):
    """Rates in per cent, weighted by the households of ``communes`` communes. ``impossible`` more
    communes gave no households, or more poor and near-poor ones than all: theirs stay out."""

    communes = serializers.IntegerField()
    households = Number()
    poor = Number()
    near_poor = Number()
    impossible = serializers.IntegerField()
    poor_rate = Number(allow_null=True)
    near_poor_rate = Number(allow_null=True)
    poverty_rate = Number(allow_null=True)


class ComparisonSerializer(serializers.Serializer):
    """This quarter minus the quarter before; null while indicators of an open quarter are missing,
    when what is not entered yet would read as a decline."""

    period = serializers.CharField()
    recognised = serializers.IntegerField()
    meeting_all = serializers.IntegerField()
    criteria_met = serializers.IntegerField()
    average_criteria = Number(allow_null=True)
    poor_rate = Number(allow_null=True)
    poverty_rate = Number(allow_null=True)


class HeadlineSerializer(serializers.Serializer):
    """The quarter's figures. Provisional while the quarter is open: drafts count as they stand."""

    period = serializers.CharField()
    criteria_set = serializers.CharField()
    provisional = serializers.BooleanField()
    communes = serializers.IntegerField()
    criteria = serializers.IntegerField()
    recognised = serializers.IntegerField()
    meeting_all = serializers.IntegerField()
    criteria_met = serializers.IntegerField()
    average_criteria = Number(allow_null=True)
    by_criterion = serializers.DictField(child=serializers.IntegerField())
    distribution = serializers.DictField(child=serializers.IntegerField())
    poverty = PovertySerializer()
    handed_in = serializers.IntegerField()
    indicators = serializers.IntegerField()
    entered = serializers.IntegerField()
    verified = serializers.IntegerField()
    only_declared = serializers.IntegerField()
    change = ComparisonSerializer(allow_null=True)


class CellSerializer(serializers.Serializer):
    number = serializers.IntegerField()
    verdict = serializers.CharField()
    change = serializers.CharField(allow_blank=True)
    indicators = serializers.IntegerField()
    met = serializers.IntegerField()
    verified = serializers.IntegerField()
    only_declared = serializers.IntegerField()


class RowSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    short_name = serializers.CharField()
    recognised = serializers.BooleanField()
    target_tier = serializers.CharField(allow_blank=True)
    target_year = serializers.IntegerField(allow_null=True)
    state = serializers.CharField(allow_blank=True)
    handed_in = serializers.BooleanField()
    met = serializers.IntegerField()
    cells = CellSerializer(many=True)


class ColumnSerializer(serializers.Serializer):
    number = serializers.IntegerField()
    name = serializers.CharField()
    met = serializers.IntegerField()


class MatrixSerializer(serializers.Serializer):
    """Communes by criteria, with the sums of rows and columns."""

    period = serializers.CharField()
    criteria_set = serializers.CharField()
    provisional = serializers.BooleanField()
    columns = ColumnSerializer(many=True)
    rows = RowSerializer(many=True)
    total = serializers.IntegerField()


PARAMETERS = [
    OpenApiParameter(
        "period", str, description="Quarter such as 2023-q2; the newest closed one without it."
    ),
    OpenApiParameter("criteria_set", str, description="Set of communes; ntm without it."),
]


def asked_for(request: Request) -> tuple[ReportingPeriod, CriteriaSet]:
    """The quarter and set of a request; 404 where there is none."""
    begun = ReportingPeriod.objects.begun()
    slug = request.query_params.get("period")
    if slug:
        period = get_object_or_404(begun, slug=_text(slug))
    else:
        closed = begun.filter(state=PeriodState.CLOSED).first()
        period = closed or get_object_or_404(begun.order_by("-data_to")[:1])
    name = request.query_params.get("criteria_set") or statistics.DEFAULT_SET
    return period, get_object_or_404(CriteriaSet, slug=_text(name), level=Level.COMMUNE)


def _text(value: str) -> str:
    """PostgreSQL refuses a NUL in any text."""
    return value.replace("\x00", "")


class HeadlineView(APIView):
    """The headline figures of a quarter."""

    @extend_schema(parameters=PARAMETERS, responses=HeadlineSerializer)
    def get(self, request: Request) -> Response:
        return Response(HeadlineSerializer(statistics.headline(*asked_for(request))).data)


class MatrixView(APIView):
    """The communes by criteria of a quarter."""

    @extend_schema(parameters=PARAMETERS, responses=MatrixSerializer)
    def get(self, request: Request) -> Response:
        return Response(MatrixSerializer(statistics.matrix(*asked_for(request))).data)
