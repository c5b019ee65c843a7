"""Files of papers: handed out as they were made, asked for, or said to be on their way."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from reports.building import build_snapshot
from reports.file_answer import file_answer
from reports.loading import issue_at, paper_context, summary_at
from reports.models import FileState, PaperFormat, RenderedFile, SummaryReport
from reports.paper_files import (
    file_of_draft,
    file_of_issue,
    file_url,
    progress_of_draft,
    progress_of_issue,
    try_again,
)
from reports.presenting import may_read_draft, title
from reports.publishing import fingerprint

FORMATS = {"pdf": PaperFormat.PDF, "docx": PaperFormat.DOCX, "xlsx": PaperFormat.XLSX}


def _format(brief: str | None, suffix: str) -> PaperFormat:
    if brief and suffix != "pdf":
        raise Http404
    return PaperFormat.BRIEF if brief else FORMATS[suffix]


@require_safe
def download(
    request: HttpRequest,
    slug: str,
    suffix: str,
    brief: str | None = None,
    edition: str | None = None,
) -> HttpResponse:
    """The newest published file; ``-lan-1`` that issue's (or ``?issue=1``, as older papers have
    it), ``?draft`` the draft as it stands."""
    summary = summary_at(request, slug)
    edition = edition or request.GET.get("issue", "")
    rendered = _rendered(request, summary, _format(brief, suffix), edition)
    if rendered is None or rendered.state != FileState.DONE or not _is_there(rendered):
        return _not_ready(request, summary, rendered)
    issued = rendered.issue.edition if rendered.issue_id else None
    return file_answer(request, slug, rendered, issued)


def _rendered(
    request: HttpRequest, summary: SummaryReport, paper_format: str, edition: str
) -> RenderedFile | None:
    files = (
        RenderedFile.objects.select_related("issue")
        .defer("draft", "issue__snapshot", "issue__differences")
        .filter(format=paper_format)
    )
    if not edition and ("draft" in request.GET or not summary.issues.exists()):
        if not may_read_draft(request.user):
            raise Http404
        return files.filter(summary=summary).order_by("-requested_at").first()
    if edition and not re.fullmatch(r"[0-9]{1,4}", edition):
        raise Http404
    found = summary.issues.filter(edition=int(edition)) if edition else summary.issues
    latest = found.order_by("-edition").values("pk")[:1]
    if not latest:
        raise Http404
    return files.filter(issue__in=[one["pk"] for one in latest]).first()


def _is_there(rendered: RenderedFile) -> bool:
    return rendered.file.storage.exists(rendered.file.name)


def _not_ready(
    request: HttpRequest, summary: SummaryReport, rendered: RenderedFile | None
) -> HttpResponse:
    """A page that says where the file is; while it is being made it looks again by itself."""
    state = rendered.state if rendered else ""
    under_way = state in (FileState.PENDING, FileState.RUNNING)
    context = {
        "summary": summary,
        "title": title(summary),
        "rendered": rendered,
        "state": state,
        "under_way": under_way,
        "again": request.get_full_path(),
        "format": _asked_format(request),
        "draft": "draft" in request.GET or not summary.issues.exists(),
    }
    page = render(request, "reports/file.html", context, status=202 if under_way else 404)
    page["Cache-Control"] = "no-store"
    if under_way:
        page["Refresh"] = "3"
    return page


def _asked_format(request: HttpRequest) -> str:
    kwargs = request.resolver_match.kwargs
    return _format(kwargs.get("brief"), kwargs["suffix"]).value


@require_safe
def progress(request: HttpRequest, slug: str) -> HttpResponse:
    """How far the files are, as the part of a page: ``?draft=<fingerprint>`` or ``?issue=1``.

    No figure is counted and no snapshot read for it: a page asks every few seconds."""
    summary = summary_at(request, slug)
    seen, edition = request.GET.get("draft", ""), request.GET.get("issue", "")
    if re.fullmatch(r"[0-9a-f]{64}", seen) and may_read_draft(request.user):
        found = progress_of_draft(summary, seen)
    elif re.fullmatch(r"[1-9][0-9]{0,3}", edition):
        issues = summary.issues.defer("snapshot", "differences")
        issue = get_object_or_404(issues, edition=int(edition))
        later = summary.issues.filter(edition__gt=issue.edition).exists()
        found = progress_of_issue(issue, is_latest=not later)
    else:
        raise Http404
    return render(request, "reports/file_list.html", {"progress": found})


@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Have a file made: of the draft as it stands, or of an issue that lacks it or failed."""
    summary = summary_at(request, slug)
    paper_format = request.POST.get("format", "")
    if paper_format not in PaperFormat.values:
        raise Http404
    if "draft" in request.POST:
        if not may_read_draft(request.user):
            raise Http404
        snapshot = build_snapshot(summary)
        try:
            rendered = file_of_draft(summary, snapshot, fingerprint(snapshot), paper_format)
        except SummaryReport.DoesNotExist as gone:
            raise Http404 from gone
        address = f"{file_url(slug, paper_format)}?draft"
    else:
        edition = request.POST.get("issue", "")
        given = int(edition) if re.fullmatch(r"[0-9]{1,4}", edition) else None
        rendered = file_of_issue(issue_at(summary, given), paper_format)
        address = file_url(slug, paper_format, given)
    if rendered.state == FileState.FAILED:
        try_again(rendered)
    return redirect(address)


@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft as its reader will see it."""
    summary = summary_at(request, slug)
    if not may_read_draft(request.user):
        raise Http404
    context = paper_context(build_snapshot(summary)) | {
        "summary": summary,
        "title": title(summary),
    }
    return render(request, "reports/preview.html", context)
