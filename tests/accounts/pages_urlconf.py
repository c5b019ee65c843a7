"""The portal's addresses in small, so that the lock is tried without the rooms behind it."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.views.i18n import set_language
from rest_framework.views import APIView

from accounts.unsaved import take_unsaved


def room(request: HttpRequest, **kwargs) -> HttpResponse:
    return HttpResponse("inside")


def entry(request: HttpRequest, **kwargs) -> JsonResponse:
    """As the entry form does: what was typed comes back once."""
    kept = take_unsaved(request, request.path)
    return JsonResponse({"kept": None if kept is None else dict(kept.lists())})


class Thing(APIView):
    def get(self, request: HttpRequest) -> JsonResponse:
        return JsonResponse({"inside": True})


entry_pages = [
    path("", room, name="list"),
    path("<slug:period>/<slug:unit>/<slug:set>/", entry, name="entry"),
    path("<slug:period>/<slug:unit>/<slug:set>/submit/", room, name="submit"),
    path("<slug:period>/<slug:unit>/<slug:set>/extend/", room, name="extend"),
]

urlpatterns = [
    path("", room, name="my_work"),
    path("healthz", room, name="healthz"),
    path("style/", room, name="style"),
    path("nowhere-listed/", room, name="nowhere_listed"),
    path("i18n/", set_language, name="set_language"),
    path("accounts/", include("accounts.urls")),
    path("assessments/", include((entry_pages, "assessments"))),
    path("api/", include(([path("things/", Thing.as_view(), name="things")], "api"))),
    path("admin/", admin.site.urls),
]
handler429 = "accounts.views.too_many_requests"
