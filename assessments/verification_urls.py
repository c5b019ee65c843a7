"""Addresses of the verification (DESIGN §4)."""

from django.urls import path

from assessments.views.criterion import confirm, criterion, review
from assessments.views.queue import quarter, queue

app_name = "verification"

urlpatterns = [
    path("", queue, name="queue"),
    path("<slug:period>/", quarter, name="quarter"),
    path("<slug:period>/<int:number>/", criterion, name="criterion"),
    path("<slug:period>/<int:number>/confirm/", confirm, name="confirm"),
    path("<slug:period>/<int:number>/rows/<int:result_id>/", review, name="row"),
]
