"""The addresses of ``/criteria/``."""

from django.urls import path

from dashboard.criteria_views import set_detail, sets

app_name = "criteria"
urlpatterns = [
    path("", sets, name="sets"),
    path("<slug:slug>/", set_detail, name="set_detail"),
]
