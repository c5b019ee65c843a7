"""Pages of the frame: health and errors."""

from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.asking_json import asks_json, refused_as_json
from accounts.refused import keep_for_its_page, refused_form


def healthz(request: HttpRequest) -> JsonResponse:
    """Whether the portal answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: nothing is done, nothing that was typed is lost. A page's own
    script learns which of two things it was: nobody is signed in any more, or the token is gone;
    with the answer comes a new one, so that what was typed can be sent again."""
    get_token(request)
    if "HX-Request" in request.headers:
        return _tell_the_script(request)
    if asks_json(request):
        return _tell_the_program(request)
    if keep_for_its_page(request):
        signed_in = request.user.is_authenticated
        return redirect(request.path) if signed_in else redirect_to_login(request.path)
    response = render(request, "403_csrf.html", {"refused": refused_form(request)}, status=403)
    response["Cache-Control"] = (
        "private, no-store"  # a stranger's page too: it shows what was typed
    )
    return response


def _tell_the_script(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return render(request, "account/session_ended.html", status=401)
    response = render(request, "403_csrf.html", status=403)
    response["X-Refused"] = "token"
    return response


def _tell_the_program(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        sentence = _("Your session has ended. Sign in again; what you typed is still here.")
        return refused_as_json(sentence, 401, sign_in=reverse("account_login"))
    return refused_as_json(_("The CSRF token is missing or wrong: load the page again."), 403)


def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it by this name where a page (JSON, a file) cannot name its own."""
    return redirect(static("img/mark.svg"))
