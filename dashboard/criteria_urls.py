"""The addresses of ``/criteria/``."""

from django.urls import path

from dashboard.criteria_views import set_detail, sets
from dashboard.evidence_views import ask_evidence, evidence
from dashboard.level_views import confirm, unconfirmed

app_name = "criteria"
urlpatterns = [
    path("", sets, name="sets"),
    path("<slug:slug>/", set_detail, name="set_detail"),
    path("<slug:slug>/unconfirmed/", unconfirmed, name="unconfirmed"),
    path("<slug:slug>/unconfirmed/<int:threshold_id>/", confirm, name="confirm"),
    path("<slug:slug>/evidence/", evidence, name="evidence"),
    path("<slug:slug>/evidence/<int:indicator_id>/", ask_evidence, name="ask_evidence"),
]
