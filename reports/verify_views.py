"""Is the paper in hand the one that was published? Asked by its code, or by the file itself."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reports.exact import checksum
from reports.models import SummaryIssue
from reports.paper_files import file_lines
from reports.proving import HashingUploadHandler, issue_of, published_file, title_of
from reports.snapshot import from_json


@require_safe
def verify_form(request: HttpRequest) -> HttpResponse:
    """``?code=ntm 7kqm…`` leads to the issue; ``?sha256=…`` says whose file it is."""
    typed, sha256 = request.GET.get("code", "").strip(), request.GET.get("sha256", "").lower()
    if typed:
        issue = issue_of(typed)
        return redirect("reports:verify", issue.code) if issue else _unknown(request, typed)
    if re.fullmatch(r"[0-9a-f]{64}", sha256):
        return _answer_about_file(request, sha256)
    return _form(request)


def _form(request: HttpRequest, status: int = 200, **context) -> HttpResponse:
    return render(request, "reports/verify_form.html", context, status=status)


def _unknown(request: HttpRequest, typed: str) -> HttpResponse:
    sentence = _(
        "No published paper has this code. Compare it with the last page of the paper, letter by "
        "letter; a draft has no code."
    )
    return _form(request, 404, typed=typed[:60], code_error=sentence)


def _answer_about_file(request: HttpRequest, sha256: str) -> HttpResponse:
    rendered = published_file(sha256)
    context = {"sha256": sha256, "rendered": rendered}
    if rendered is not None:
        context |= {
            "issue": rendered.issue,
            "title": title_of(rendered.issue),
            "replaced": _is_replaced(rendered.issue),
        }
    return _form(request, **context)


@require_POST
def verify_file(request: HttpRequest) -> HttpResponse:
    """Answers with an address that can be opened again; nothing is stored."""
    given = request.FILES.get("file")
    if given is None or not given.size:
        sentence = _("Choose the file that you want to check; an empty file proves nothing.")
        return _form(request, 422, file_error=sentence)
    return redirect(f"{reverse('reports:verify_form')}?sha256={given.sha256}")


#: Heard by ``ntm_portal.uploads`` before anything reads the request.
verify_file.upload_handlers = (HashingUploadHandler,)


@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Its code, its checksums, its data."""
    issue = issue_of(code)
    if issue is None:
        return _unknown(request, code)
    context = {
        "issue": issue,
        "title": title_of(issue),
        "snapshot": from_json(issue.snapshot),
        "intact": checksum(issue.snapshot) == issue.snapshot_sha256,
        "replaced": _is_replaced(issue),
        "files": file_lines(issue.summary.slug, list(issue.files.all()), issue.edition),
    }
    return render(request, "reports/verify.html", context)


def _is_replaced(issue: SummaryIssue) -> bool:
    later = SummaryIssue.objects.filter(summary=issue.summary_id, edition__gt=issue.edition)
    return later.exists()
