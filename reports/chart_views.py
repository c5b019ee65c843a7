"""Charts of a paper at addresses of their own, drawn from its snapshot like the paper itself."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import override
from django.views.decorators.http import require_safe

from dashboard.chart_views import KEEP_SECONDS
from reports.building import build_snapshot
from reports.loading import issue_at, summary_at
from reports.models import SummaryReport
from reports.paper_charts import page_charts
from reports.presenting import may_read_draft
from reports.snapshot import Snapshot, from_json


@require_safe
def chart(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """``?issue=2`` of that issue; without it of the draft, for those who read drafts."""
    found = page_charts(_snapshot(request, summary_at(request, slug))).get(kind)
    if found is None:
        raise Http404
    with override("vi"):
        drawn = found.svg()
    response = HttpResponse(drawn, content_type="image/svg+xml")
    kept = request.GET.get("v", "") == found.fingerprint("screen")[:12]
    patch_cache_control(response, private=True, max_age=KEEP_SECONDS if kept else 0)
    return response


def _snapshot(request: HttpRequest, summary: SummaryReport) -> Snapshot:
    edition = request.GET.get("issue")
    if edition is None:
        if not may_read_draft(request.user):
            raise Http404
        return build_snapshot(summary)
    if not re.fullmatch(r"[0-9]{1,4}", edition):
        raise Http404
    return from_json(issue_at(summary, int(edition)).snapshot)
