"""Who asks for JSON, and the one shape in which a page then refuses: ``detail`` and ``errors``.

As the API refuses: ``detail`` is the whole in a sentence, ``errors`` a sentence for each field.
A browser that opens a page asks for HTML first, and a page's own script for anything (``*/*``):
both get what they always got.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, JsonResponse

HTML, JSON = "text/html", "application/json"


def asks_json(request: HttpRequest) -> bool:
    return request.get_preferred_type([HTML, JSON]) == JSON


def refused_as_json(
    sentence: str, status: int, errors: Mapping[str, str] | None = None, **more: object
) -> JsonResponse:
    body = {"detail": sentence, "errors": dict(errors or {}), **more}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
