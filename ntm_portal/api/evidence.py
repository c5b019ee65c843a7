"""The files behind rows: what is said about them. They themselves stand at ``/evidence/<id>/``."""

from __future__ import annotations

import django_filters
from django.urls import reverse
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from assessments.models import Evidence
from ntm_portal.api.facts import QuarterFilter
from ntm_portal.api.pagination import Pages


class EvidenceSerializer(serializers.ModelSerializer):
    """One standing file. ``url`` hands it out to whoever may see its row."""

    result = serializers.IntegerField(source="result_id")
    unit = serializers.SlugField(source="result.assessment.unit.slug")
    period = serializers.SlugField(source="result.assessment.period.slug")
    indicator = serializers.CharField(source="result.indicator.code")
    uploaded_by = serializers.CharField(source="uploaded_by.display_name")
    url = serializers.SerializerMethodField()
    version = serializers.CharField(help_text="Of what is said about it: send it with a change.")

    class Meta:
        model = Evidence
        fields = [
            "id", "result", "unit", "period", "indicator", "name", "media_type", "size", "sha256",
            "document_number", "document_date", "valid_until", "uploaded_at", "uploaded_by", "url", "version",
        ]  # fmt: skip

    def get_url(self, evidence: Evidence) -> str:
        """Where the file is handed out."""
        return self.context["request"].build_absolute_uri(
            reverse("evidence:download", args=[evidence.pk])
        )


class EvidenceParameters(django_filters.FilterSet):
    result = django_filters.NumberFilter(field_name="result_id", max_value=2**63 - 1)
    period = QuarterFilter(field_name="result__assessment__period")
    unit = django_filters.CharFilter(field_name="result__assessment__unit__slug")
    indicator = django_filters.CharFilter(field_name="result__indicator__code")

    class Meta:
        model = Evidence
        fields: list[str] = []


class EvidenceList(ListAPIView):
    """The files behind the rows that you may see; removed ones are left out."""

    serializer_class = EvidenceSerializer
    pagination_class = Pages
    filterset_class = EvidenceParameters
    queryset = Evidence.objects.none()

    def get_queryset(self):
        return (
            Evidence.objects.standing()
            .visible_to(self.request.user)
            .select_related(
                "result__assessment__unit",
                "result__assessment__period",
                "result__indicator",
                "uploaded_by",
            )
            .order_by("-uploaded_at", "-pk")
        )
