"""The portal speaks Vietnamese until a person chooses otherwise, whatever their browser prefers.

Django's own middleware would also ask the browser's Accept-Language: a district's computers are
often set up in English, and their users are not. A program that asks the API says with that header
what it wants, so there it is asked where no language was chosen.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from ntm_portal.paths import is_api


class ChosenLanguageMiddleware:
    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = _language_for(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if is_api(request.path):
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


def _language_for(request: HttpRequest) -> str:
    known = dict(settings.LANGUAGES)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in known:
        return chosen
    if is_api(request.path):
        header = request.headers.get("Accept-Language", "")
        asked = (code.partition("-")[0] for code, _weight in parse_accept_lang_header(header))
        return next((code for code in asked if code in known), settings.LANGUAGE_CODE)
    return settings.LANGUAGE_CODE
