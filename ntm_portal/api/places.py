"""Communes and quarters."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Prefetch
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from communes.models import AdministrativeUnit, Recognition, Target
from ntm_portal.api.pagination import Pages
from periods.clock import today
from periods.models import ReportingPeriod


class TargetSerializer(serializers.ModelSerializer):
    class Meta:
        model = Target
        fields = ["tier", "year"]


class CommuneSerializer(serializers.ModelSerializer):
    """``recognised_as``: the tiers at which the commune is recognised today."""

    recognised_as = serializers.SerializerMethodField()
    targets = TargetSerializer(many=True)

    class Meta:
        model = AdministrativeUnit
        fields = [
            "slug", "code", "name", "short_name", "kind", "region", "group", "valid_from",
            "valid_to", "recognised_as", "targets",
        ]  # fmt: skip

    def get_recognised_as(self, unit: AdministrativeUnit) -> list[str]:
        return sorted(recognition.tier for recognition in unit.in_force)


class PeriodSerializer(serializers.ModelSerializer):
    label = serializers.CharField()

    class Meta:
        model = ReportingPeriod
        fields = [
            "slug", "label", "year", "quarter", "data_from", "data_to", "due_on", "state",
        ]  # fmt: skip


class Communes(ListAPIView):
    """The communes that the programme assesses today, with recognitions and targets."""

    serializer_class = CommuneSerializer
    pagination_class = Pages
    queryset = AdministrativeUnit.objects.none()

    def get_queryset(self):
        in_force = Recognition.objects.in_force_on(today())
        return (
            AdministrativeUnit.objects.visible_to(self.request.user)
            .in_programme()
            .valid_on(today())
            .filter(parent__slug=settings.PORTAL_DISTRICT)
            .prefetch_related(Prefetch("recognitions", in_force, to_attr="in_force"), "targets")
            .order_by("sort_key", "pk")
        )


class Periods(ListAPIView):
    """The quarters, newest first, with their data windows and due dates."""

    serializer_class = PeriodSerializer
    pagination_class = Pages
    queryset = ReportingPeriod.objects.order_by("-data_to")
