"""Addresses of assessments (DESIGN §4)."""

from django.urls import include, path

from assessments import views
from assessments.views import deciding

app_name = "assessments"

entry = [
    path("", views.entry, name="entry"),
    path("rows/<int:result_id>/", views.row, name="row"),
    path("rows/<int:result_id>/unchanged/", views.unchanged, name="unchanged"),
    path("rows/<int:result_id>/rechecked/", views.rechecked, name="rechecked"),
    path("rows/<int:result_id>/history/", views.row_history, name="row_history"),
    path("rows/<int:result_id>/comments/", views.comment, name="comment"),
    path("history/", views.whole_history, name="history"),
    path("rows/<int:result_id>/evidence/", views.evidence, name="evidence"),
    path("unchanged/", views.unchanged_all, name="unchanged_all"),
    path("submit/", views.submit, name="submit"),
    path("extend/", views.extend, name="extend"),
    path("complete/", deciding.complete, name="complete"),
    path("accept/", deciding.accept, name="accept"),
    path("reopen/", deciding.reopen, name="reopen"),
]

urlpatterns = [
    path("", views.assessment_list, name="list"),
    path("<slug:period>/<slug:unit>/<slug:criteria_set>/", include(entry)),
]
