"""Addresses of reports. What is written stands before any slug of a summary."""

from django.urls import include, path, re_path

from reports import (
    chart_views,
    compare_views,
    discard_views,
    file_views,
    section_views,
    summary_views,
    verify_views,
)

app_name = "reports"
urlpatterns = [
    path("", summary_views.archive_page, name="archive"),
    path("start/", summary_views.start, name="start"),
    path("compare/", compare_views.compare, name="compare"),
    path("verify/", verify_views.verify_form, name="verify_form"),
    path("verify/file/", verify_views.verify_file, name="verify_file"),
    path("verify/<str:code>/", verify_views.verify, name="verify"),
    path("written/", include("reports.written_urls")),
    re_path(
        r"^(?P<slug>[0-9]{4}-[a-z0-9-]+?)(?:-lan-(?P<edition>[1-9][0-9]{0,3}))?(?P<brief>-tom-tat)?"
        r"\.(?P<suffix>pdf|docx|xlsx)$",
        file_views.download,
        name="download",
    ),
    path("<slug:slug>/", summary_views.summary, name="summary"),
    path("<slug:slug>/issues/<int:edition>/", summary_views.issue, name="issue"),
    path("<slug:slug>/charts/<slug:kind>.svg", chart_views.chart, name="chart"),
    path("<slug:slug>/preview/", file_views.preview, name="preview"),
    path("<slug:slug>/act/", summary_views.act, name="act"),
    path("<slug:slug>/files/", file_views.ask, name="ask"),
    path("<slug:slug>/discard/", discard_views.discard, name="discard"),
    path("<slug:slug>/progress/", file_views.progress, name="progress"),
    path("<slug:slug>/texts/", section_views.texts, name="texts"),
]
