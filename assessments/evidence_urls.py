"""Addresses of the files behind rows: short, so that every page can lead to one."""

from django.urls import path

from assessments.views import evidence_files, evidence_rows

app_name = "evidence"
urlpatterns = [
    path("<int:evidence_id>/", evidence_files.download, name="download"),
    path("<int:evidence_id>/preview/", evidence_files.preview, name="preview"),
    path("<int:evidence_id>/view/", evidence_files.view, name="view"),
    path("<int:evidence_id>/describe/", evidence_rows.describe, name="describe"),
    path("<int:evidence_id>/remove/", evidence_rows.remove, name="remove"),
]
