"""Every address of the portal (DESIGN §4)."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from dashboard.views import my_work
from ntm_portal.style import style
from ntm_portal.views import favicon, healthz

handler400 = "ntm_portal.failures.bad_request"
handler403 = "ntm_portal.failures.permission_denied"
handler404 = "ntm_portal.failures.page_not_found"
handler500 = "ntm_portal.failures.server_error"
handler429 = "accounts.views.too_many_requests"  # asked for by allauth's rate limits

urlpatterns = [
    path("", my_work, name="my_work"),
    path("healthz", healthz, name="healthz"),
    path("favicon.ico", favicon, name="favicon"),
    path("accounts/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    path("assessments/", include("assessments.urls")),
    path("evidence/", include("assessments.evidence_urls")),
    path("api/", include("ntm_portal.api.urls")),
    path("verification/", include("assessments.verification_urls")),
    path("dashboard/", include("dashboard.urls")),
    path("criteria/", include("dashboard.criteria_urls")),
    path("reports/", include("reports.urls")),
    path("notices/", include("assessments.notice_urls")),
    path("periods/", include("assessments.period_urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
if settings.DEMO:
    urlpatterns += [path("style/", style, name="style")]
