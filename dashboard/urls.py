"""Addresses of the district's figures (DESIGN §4)."""

from django.urls import path

from dashboard import chart_views, views

app_name = "dashboard"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("charts/<slug:kind>.svg", chart_views.chart, name="chart"),
]
