"""Addresses of the written reports, below ``/reports/written/``."""

from django.urls import path

from reports import written_views as views

_REPORT = "<str:term>/<str:level>/<str:body>/"

urlpatterns = [
    path("", views.written, name="written"),
    path(_REPORT, views.written_report, name="written_report"),
    path(f"{_REPORT}decide/", views.written_decide, name="written_decide"),
]
