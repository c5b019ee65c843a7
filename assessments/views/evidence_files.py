"""Private files, handed out after the scope was asked, piece by piece, and trusted by nobody.

Each answer says what it is (``nosniff``), is kept by no proxy, and stands in a sandbox in which
nothing runs, so that a file that is not what it seems cannot act in the reader's name.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.asking_json import asks_json, refused_as_json
from accounts.models import User
from accounts.permissions import may
from assessments.errors import StorageUnreachable
from assessments.files import PDF
from assessments.keeping import opened
from assessments.models import Evidence, EvidenceQuerySet
from assessments.pictures import PREVIEW_TYPE

log = logging.getLogger(__name__)
POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


def served_to(user: User) -> EvidenceQuerySet:
    """Files that exist for a person; removed ones only for the standing office."""
    scope = Evidence.objects.visible_to(user)
    return scope if may(user, "evidence.see_removed") else scope.standing()


def _says_unreachable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """503 with a page of ours: the file is there, only its storage is not just now."""

    @wraps(view)
    def answered(request: HttpRequest, evidence_id: int) -> HttpResponse:
        try:
            return view(request, evidence_id)
        except StorageUnreachable:
            response = _unreachable(request)
            response["Retry-After"], response["Cache-Control"] = "120", "no-store"
            return response

    return answered


def _unreachable(request: HttpRequest) -> HttpResponse:
    if not asks_json(request):
        return render(request, "503.html", {"again": request.path}, status=503)
    sentence = _(
        "The place where files are kept does not answer. The file is not lost; try again in a few minutes. If it lasts, tell the administrator."
    )
    return refused_as_json(sentence, 503, {"file": sentence})


@require_safe
@_says_unreachable
def download(request: HttpRequest, evidence_id: int) -> HttpResponse:
    return _answer(_load(request, evidence_id), attachment=True)


@require_safe
@_says_unreachable
def view(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """A PDF in the browser's own viewer: the only kind that is shown and not saved."""
    evidence = _load(request, evidence_id)
    if evidence.media_type != PDF:
        raise Http404
    return _answer(evidence, attachment=False)


@require_safe
@_says_unreachable
def preview(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """A small picture. The browser may keep it, but asks each time whether it still may."""
    evidence = _load(request, evidence_id)
    if not evidence.preview:
        raise Http404
    etag = f'"{evidence.sha256}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = FileResponse(_open(evidence.preview), content_type=PREVIEW_TYPE)
        _guard(response)
    response["Cache-Control"], response["ETag"] = "private, no-cache", etag
    return response


def _load(request: HttpRequest, evidence_id: int) -> Evidence:
    return get_object_or_404(served_to(request.user), pk=evidence_id)


def _answer(evidence: Evidence, *, attachment: bool) -> HttpResponse:
    response = FileResponse(
        _open(evidence.file),
        as_attachment=attachment,
        filename=evidence.name,
        content_type=evidence.media_type,
    )
    response["Content-Length"] = str(evidence.size)
    response["Cache-Control"] = "private, no-store"
    _guard(response)
    return response


def _guard(response: HttpResponse) -> None:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    # These files are packed already: without this, each would be packed again on its way.
    response["Content-Encoding"] = "identity"


def _open(file):
    try:
        return opened(file)
    except FileNotFoundError as gone:
        log.error("the file of evidence is not in the storage: %s", file.name)
        raise Http404 from gone
