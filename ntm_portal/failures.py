"""What could not be answered: our pages for people, JSON with one sentence for programs.

Django REST framework answers for its own views only; an address that does not exist, a refusal by
a middleware and a mistake of ours come here.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views import defaults

from ntm_portal.paths import is_api


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request.path):
        return _json(_("This request could not be read"), 400)
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request.path):
        sentence = str(exception) or _("You do not have permission to perform this action.")
        return _json(sentence, 403)
    return defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request.path):
        return _json(_("Not found."), 404)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if is_api(request.path):
        return _json(_("The portal made a mistake"), 500)
    return defaults.server_error(request)


def _json(sentence: str, status: int) -> JsonResponse:
    return JsonResponse(
        {"detail": sentence}, status=status, json_dumps_params={"ensure_ascii": False}
    )
