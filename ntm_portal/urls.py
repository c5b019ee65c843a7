"""Every address of the portal (DESIGN §4)."""

from django.contrib import admin
from django.urls import path

from ntm_portal.views import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
]
