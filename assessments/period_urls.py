"""Addresses of quarters. They stand here because what is decided about them changes assessments."""

from django.urls import include, path

from assessments.views import quarter_acts, quarters

app_name = "periods"

one = [
    path("", quarters.quarter, name="detail"),
    path("open/", quarter_acts.open_quarter, name="open"),
    path("extend/", quarter_acts.extend_quarter, name="extend"),
    path("close/", quarter_acts.close_quarter, name="close"),
    path("reopen/", quarter_acts.reopen_quarter, name="reopen"),
]

urlpatterns = [
    path("", quarters.quarter_list, name="list"),
    path("new/", quarters.plan, name="plan"),
    path("<slug:period>/", include(one)),
]
