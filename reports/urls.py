"""Addresses of reports. What is written stands before any slug of a summary."""

from django.urls import include, path

app_name = "reports"
urlpatterns = [
    path("written/", include("reports.written_urls")),
]
