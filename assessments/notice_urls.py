"""Addresses of a person's own notices."""

from django.urls import path

from assessments.views import notices

app_name = "notices"

urlpatterns = [
    path("", notices.notice_list, name="list"),
    path("read/", notices.read_all, name="read_all"),
    path("<int:pk>/read/", notices.read, name="read"),
    path("settings/", notices.choices, name="settings"),
]
