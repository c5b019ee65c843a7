"""Is the paper in hand the one that was published? Asked by its code, by the
address in its QR code, by a checksum, or by the file itself."""

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
from reports.proving import (
    HashingUploadHandler,
    issue_of,
    issue_of_data,
    looks_like_checksum,
    published_file,
    read,
    title_of,
)
from reports.snapshot import from_json


@require_safe
def verify_form(request: HttpRequest) -> HttpResponse:
    """``?code=`` takes whatever a person has: the code, the QR code's address, a checksum.

    ``?sha256=…`` is where a file that was summed up leads to."""
    typed, sha256 = request.GET.get("code", "").strip(), request.GET.get("sha256", "").lower()
    if typed:
        return _looked_up(request, typed)
    if re.fullmatch(r"[0-9a-f]{64}", sha256):
        return _answer_about(request, sha256)
    return _form(request)


def _looked_up(request: HttpRequest, typed: str) -> HttpResponse:
    asked = read(typed)
    if asked.kind == "sha256":
        return redirect(f"{reverse('reports:verify_form')}?sha256={asked.text}")
    issue = issue_of(asked.text) if asked.text else None
    return redirect("reports:verify", issue.code) if issue else _unknown(request, typed)


def _form(request: HttpRequest, status: int = 200, **context) -> HttpResponse:
    return render(request, "reports/verify_form.html", context, status=status)


def _unknown(request: HttpRequest, typed: str) -> HttpResponse:
    return _form(request, 404, typed=" ".join(typed.split())[:200], code_error=_why_not(typed))


def _why_not(typed: str) -> str:
    asked = read(typed)
    if asked.kind == "foreign":
        return _(
            "This address is none of this portal's verification pages. The right one stands on "
            "the last page of the paper, beside the code."
        )
    if asked.kind == "address":
        return _(
            "No published paper has the code in this address. Compare it with the last page of "
            "the paper, letter by letter; a draft has no code."
        )
    if looks_like_checksum(typed):
        return _(
            "A checksum (SHA-256) has 64 letters and digits; this one has %(n)s. Copy all of it."
        ) % {"n": len("".join(typed.split()))}
    return _(
        "No published paper has this code. Compare it with the last page of the paper, letter by "
        "letter; a draft has no code."
    )


def _answer_about(request: HttpRequest, sha256: str) -> HttpResponse:
    """Whose file, or whose data, this is the checksum of."""
    rendered = published_file(sha256)
    issue = rendered.issue if rendered else issue_of_data(sha256)
    context = {"sha256": sha256, "rendered": rendered, "issue": issue}
    if issue is not None:
        context |= {"title": title_of(issue), "replaced": _is_replaced(issue)}
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
