"""A finished file as an answer: what was not changed is not sent again, a part is sent as a part."""

from __future__ import annotations

import re
from email.utils import format_datetime

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from reports.models import RenderedFile
from reports.paper_files import file_name
from reports.rendering import RENDERERS

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def file_answer(
    request: HttpRequest, slug: str, rendered: RenderedFile, edition: int | None
) -> HttpResponse:
    """``edition`` is the issue's, None for a draft."""
    etag = f'"{rendered.sha256}"'
    moment = int(rendered.done_at.timestamp())
    unchanged = get_conditional_response(request, etag=etag, last_modified=moment)
    response = unchanged or _content(request, rendered, etag)
    if response.status_code in (200, 206):
        name = file_name(slug, rendered.format, edition)
        how = "inline" if _is_pdf(rendered) else "attachment"
        response["Content-Disposition"] = f'{how}; filename="{name}"'
        response["X-Content-Type-Options"] = "nosniff"
        # Packed already: packing again costs and gains nothing.
        response["Content-Encoding"] = "identity"
    response["ETag"] = etag
    response["Last-Modified"] = format_datetime(rendered.done_at, usegmt=True)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-cache"
    return response


def _is_pdf(rendered: RenderedFile) -> bool:
    return RENDERERS[rendered.format].media_type == "application/pdf"


def _content(request: HttpRequest, rendered: RenderedFile, etag: str) -> HttpResponse:
    media_type = RENDERERS[rendered.format].media_type
    if request.method == "HEAD":
        return HttpResponse(content_type=media_type, headers={"Content-Length": rendered.size})
    asked = _range(request, rendered.size, etag)
    if asked is None:
        return FileResponse(rendered.file.open("rb"), content_type=media_type)
    first, last = asked
    if first > last:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{rendered.size}"
        return response
    with rendered.file.open("rb") as file:
        file.seek(first)
        response = HttpResponse(file.read(last - first + 1), status=206, content_type=media_type)
    response["Content-Range"] = f"bytes {first}-{last}/{rendered.size}"
    return response


def _range(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """First and last byte of the one part asked for; (1, 0) where there is no such part; None for
    the whole: nothing asked, several parts, another unit, or another version (``If-Range``)."""
    found = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if not found or found[1] == found[2] == "":
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    if not found[1]:
        length = min(int(found[2]), size)
        return (size - length, size - 1) if length else (1, 0)
    first, last = int(found[1]), min(int(found[2] or size), size - 1)
    if found[2] and int(found[2]) < first:
        return None
    return (first, last) if first < size else (1, 0)
