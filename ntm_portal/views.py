"""Pages of the frame: health and errors."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.templatetags.static import static


def healthz(request: HttpRequest) -> JsonResponse:
    """Whether the portal answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token. A page's own script learns which of two things it was: nobody is
    signed in any more, or the token is gone; with the answer comes a new one, so that what was
    typed can be sent again."""
    get_token(request)
    if "HX-Request" not in request.headers:
        return render(request, "403_csrf.html", status=403)
    if not request.user.is_authenticated:
        return render(request, "account/session_ended.html", status=401)
    response = render(request, "403_csrf.html", status=403)
    response["X-Refused"] = "token"
    return response


def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it by this name where a page (JSON, a file) cannot name its own."""
    return redirect(static("img/mark.svg"))
