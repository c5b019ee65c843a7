"""What could not be answered: our pages for people, JSON with one sentence for programs.

Django REST framework answers for its own views only; an address that does not exist, a refusal by
a middleware and a mistake of ours come here.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views import defaults

from accounts.asking_json import asks_json, refused_as_json
from ntm_portal.paths import is_api


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _for_a_program(request):
        return _json(request, _("This request could not be read"), 400)
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _for_a_program(request):
        sentence = str(exception) or _("You do not have permission to perform this action.")
        return _json(request, sentence, 403)
    return defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _for_a_program(request):
        return _json(request, _("Not found."), 404)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if _for_a_program(request):
        return _json(request, _("The portal made a mistake"), 500)
    return defaults.server_error(request)


def _for_a_program(request: HttpRequest) -> bool:
    return is_api(request.path) or asks_json(request)


def _json(request: HttpRequest, sentence: str, status: int) -> JsonResponse:
    """At an address of the API as its framework answers; at any other as its pages refuse."""
    if not is_api(request.path):
        return refused_as_json(sentence, status)
    return JsonResponse(
        {"detail": sentence}, status=status, json_dumps_params={"ensure_ascii": False}
    )
