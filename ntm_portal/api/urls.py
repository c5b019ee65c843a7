"""Addresses of the API (DESIGN §4)."""

from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView

from ntm_portal.api import definitions, docs, evidence, facts, figures, places, reports, writing

app_name = "api"
urlpatterns = [
    path("", docs.Root.as_view(), name="root"),
    path("schema/", SpectacularJSONAPIView.as_view(), name="schema"),
    path("docs/", docs.documentation, name="docs"),
    path("communes/", places.Communes.as_view(), name="communes"),
    path("periods/", places.Periods.as_view(), name="periods"),
    path("criteria-sets/", definitions.CriteriaSets.as_view(), name="criteria_sets"),
    path(
        "criteria-sets/<slug:slug>/",
        definitions.CriteriaSetDetail.as_view(),
        name="criteria_set",
    ),
    path("assessments/", facts.Assessments.as_view(), name="assessments"),
    path("results/", facts.Results.as_view(), name="results"),
    path("results/<int:pk>/", writing.Result.as_view(), name="result"),
    path("evidence/", evidence.EvidenceList.as_view(), name="evidence"),
    path("reports/", reports.Reports.as_view(), name="reports"),
    path("statistics/headline/", figures.HeadlineView.as_view(), name="headline"),
    path("statistics/matrix/", figures.MatrixView.as_view(), name="matrix"),
]
