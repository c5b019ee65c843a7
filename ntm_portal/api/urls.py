"""Addresses of the API (DESIGN §4)."""

from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView

from ntm_portal.api import (
    confirming,
    deciding,
    definitions,
    docs,
    evidence,
    facts,
    figures,
    files,
    places,
    reports,
    reviewing,
    writing,
)

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
    path("assessments/<int:pk>/complete/", deciding.Complete.as_view(), name="complete"),
    path("assessments/<int:pk>/accept/", deciding.Accept.as_view(), name="accept"),
    path("assessments/<int:pk>/reopen/", deciding.Reopen.as_view(), name="reopen"),
    path("results/", facts.Results.as_view(), name="results"),
    path("results/confirm/", confirming.ConfirmMany.as_view(), name="confirm_many"),
    path("results/<int:pk>/", writing.Result.as_view(), name="result"),
    path("results/<int:pk>/confirm/", reviewing.Confirm.as_view(), name="confirm"),
    path("results/<int:pk>/decide/", reviewing.Decide.as_view(), name="decide"),
    path("results/<int:pk>/return/", reviewing.Return.as_view(), name="return"),
    path("results/<int:pk>/withdraw/", reviewing.Withdraw.as_view(), name="withdraw"),
    path("results/<int:pk>/evidence/", files.RowEvidence.as_view(), name="row_evidence"),
    path("evidence/<int:pk>/", files.OneEvidence.as_view(), name="one_evidence"),
    path("evidence/<int:pk>/remove/", files.Removal.as_view(), name="remove_evidence"),
    path("evidence/", evidence.EvidenceList.as_view(), name="evidence"),
    path("reports/", reports.Reports.as_view(), name="reports"),
    path("statistics/headline/", figures.HeadlineView.as_view(), name="headline"),
    path("statistics/matrix/", figures.MatrixView.as_view(), name="matrix"),
]
