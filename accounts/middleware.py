"""The first of three locks: who may open which page at all (``accounts.permissions.PAGES``)."""

from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts.asking_json import asks_json
from accounts.models import Role
from accounts.permissions import Access, access_to
from accounts.unsaved import KEEPS_UNSAVED, keep_unsaved


class PageAccessMiddleware:
    """Asks before every view. A page without a line in ``PAGES`` stays shut for everybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # "Back" must show what is stored now, and nothing of one person to the next at this desk.
        if "Cache-Control" not in response and request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        if "HX-Request" in request.headers and request.user.is_authenticated:
            response["X-Person"] = str(request.user.pk)  # the page's own may have left this desk
        return response

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        name = request.resolver_match.view_name
        access = access_to(name)
        if access is None:
            return _refuse_unlisted(name)
        if access.only_in_demo and not settings.DEMO:
            raise Http404
        if access.answers_itself or access.allows(request.user):
            return None
        if request.user.is_authenticated:
            raise PermissionDenied(_why(access))
        return _ask_to_sign_in(request, name)


def _refuse_unlisted(name: str) -> None:
    if settings.DEBUG or settings.DEMO:
        raise ImproperlyConfigured(
            f"The page {name!r} has no line in accounts.permissions.PAGES: say who may open it."
        )
    raise Http404


def _why(access: Access) -> str:
    roles = ", ".join(str(role.label) for role in Role if role in access.roles)
    return _("This page is for: %(roles)s.") % {"roles": roles}


def _ask_to_sign_in(request: HttpRequest, name: str) -> HttpResponse:
    if _is_from_script(request):
        return _session_ended(request)
    if name in KEEPS_UNSAVED and request.method == "POST":
        keep_unsaved(request)
        return redirect_to_login(request.path)
    if request.method not in ("GET", "HEAD"):
        words = _("Your session had ended, so what you pressed was not done. Press it again.")
        messages.warning(request, words)
    return redirect_to_login(_way_back(request))


def _is_from_script(request: HttpRequest) -> bool:
    """A page's own script must learn that the session ended, not follow to a sign-in form."""
    return "HX-Request" in request.headers or asks_json(request)


def _session_ended(request: HttpRequest) -> HttpResponse:
    """401: the script keeps what was typed and shows the way to sign in."""
    if asks_json(request):
        sentence = _("Your session has ended. Sign in again; what you typed is still here.")
        return JsonResponse({"detail": sentence, "sign_in": reverse("account_login")}, status=401)
    return render(request, "account/session_ended.html", status=401)


def _way_back(request: HttpRequest) -> str:
    """Where to go on after signing in. An address that only takes a POST leads nowhere, so a
    refused POST leads back to the page whose form it was."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    referrer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(
        referrer, {request.get_host()}, require_https=request.is_secure()
    ):
        page = urlsplit(referrer)
        return urlunsplit(("", "", page.path or "/", page.query, ""))
    return reverse(settings.LOGIN_REDIRECT_URL)
