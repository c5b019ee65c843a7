"""Published summaries: what was published when, its code, its files and its headline."""

from __future__ import annotations

import django_filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from ntm_portal.api.pagination import Pages
from reports import titles
from reports.models import RenderedFile, SummaryIssue, SummaryKind
from reports.paper_files import file_url


class PaperFileSerializer(serializers.ModelSerializer):
    """``sha256`` is empty until the file is made."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = RenderedFile
        fields = ["format", "state", "sha256", "size", "url"]

    @extend_schema_field(str)
    def get_url(self, rendered: RenderedFile) -> str:
        issue = rendered.issue
        return file_url(issue.summary.slug, rendered.format, issue.edition)


class IssueSerializer(serializers.ModelSerializer):
    """One issue. A correction is a further ``edition`` of the same ``slug``."""

    slug = serializers.CharField(source="summary.slug")
    kind = serializers.CharField(source="summary.kind")
    period = serializers.CharField(source="summary.period.slug")
    title = serializers.SerializerMethodField()
    published_by = serializers.CharField(source="published_by.display_name")
    files = PaperFileSerializer(many=True)

    class Meta:
        model = SummaryIssue
        fields = [
            "slug", "kind", "period", "title", "edition", "year", "serial", "code",
            "snapshot_sha256", "published_at", "published_by", "reason", "files",
        ]  # fmt: skip

    @extend_schema_field(str)
    def get_title(self, issue: SummaryIssue) -> str:
        summary = issue.summary
        return titles.title(summary.kind, summary.period, summary.on)


class IssueFilter(django_filters.FilterSet):
    slug = django_filters.CharFilter(field_name="summary__slug")
    kind = django_filters.ChoiceFilter(field_name="summary__kind", choices=SummaryKind.choices)
    year = django_filters.NumberFilter(
        field_name="summary__period__year", min_value=1900, max_value=9999
    )


class Reports(ListAPIView):
    """The published summaries, newest first; drafts are not here."""

    serializer_class = IssueSerializer
    filterset_class = IssueFilter
    pagination_class = Pages
    queryset = (
        SummaryIssue.objects.defer("snapshot", "differences")
        .select_related("summary__period", "published_by")
        .prefetch_related("files__issue__summary")
        .order_by("-published_at", "-pk")
    )
