"""Discarding a draft: a page that says what is lost, then the act."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reports.discarding import discard as throw_away
from reports.discarding import discarded, lost, why_not
from reports.errors import DraftMoved, SummaryRefused
from reports.loading import summary_at, told
from reports.models import SummaryReport
from reports.presenting import title
from reports.wording import lock_text


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, slug: str) -> HttpResponse:
    if request.method == "POST":
        shown = _number(request.POST.get("draft", ""))
        if shown is not None and discarded(shown):
            messages.info(request, _("The draft had been discarded already."))
            return redirect("reports:archive")
    summary = summary_at(request, slug)
    if request.method != "POST":
        return _asked(request, summary)
    if shown != summary.pk:
        return _asked(request, summary, moved=True)
    try:
        version = _number(request.POST.get("version", ""))
        throw_away(by=request.user, summary=summary, version=version, told=told(summary))
    except DraftMoved:
        return _asked(request, summary_at(request, slug), moved=True)
    except SummaryRefused as refused:
        messages.error(request, str(refused))
        still_there = SummaryReport.objects.filter(pk=summary.pk).exists()
        return redirect(summary.get_absolute_url() if still_there else "reports:archive")
    said = _("Discarded: %(title)s. Such a summary can be started again.")
    messages.success(request, said % {"title": title(summary)})
    return redirect("reports:archive")


def _number(sent: str) -> int | None:
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 19 else None


def _asked(request: HttpRequest, summary: SummaryReport, *, moved: bool = False) -> HttpResponse:
    """What would be lost; ``moved`` when it is more or another draft than the person was shown."""
    refused = why_not(summary, request.user)
    texts = lost(summary, told(summary))
    context = {
        "summary": summary,
        "title": title(summary),
        "refused": lock_text(refused) if refused else "",
        "moved": moved,
        "texts": texts,
        "passages": sum(one.passages for one in texts),
        "files": summary.draft_files.count(),
    }
    return render(request, "reports/discard.html", context, status=409 if moved else 200)
