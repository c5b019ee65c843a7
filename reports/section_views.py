"""Editing one section: save, take a passage in, go back to the generated text."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.unsaved import take_unsaved
from reports import composing
from reports.building import build_snapshot
from reports.cleaning import clean
from reports.errors import InvalidSummary, StaleSection, SummaryRefused
from reports.loading import composition, summary_at, told
from reports.models import SummaryReport
from reports.presenting import generated_section, with_passage


@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """``do``: save, reset, or passage:<number>. What could not be stored stays typed.

    A GET comes from the sign-in page, with what was typed when the session had ended.
    """
    summary = summary_at(request, slug)
    if request.method == "GET":
        return _after_sign_in(request, summary, key)
    do, text = request.POST.get("do", "save"), request.POST.get("text", "")
    version = request.POST.get("version", "")
    version = int(version) if version.isascii() and version.isdigit() else -1
    try:
        if do == "reset":
            composing.reset_section(by=request.user, summary=summary, key=key, version=version)
            messages.success(request, _("The text is written from the figures again."))
        else:
            _save(request, summary, key, version, text, do)
    except SummaryRefused as refused:
        messages.error(request, str(refused))
        return composition(
            request, summary_at(request, slug), typed={"key": key, "text": text}, status=403
        )
    except InvalidSummary as error:
        typed = {"key": key, "text": text, "error": str(error)}
        return composition(request, summary, typed=typed, status=422)
    except StaleSection as stale:
        return _stale(request, summary, key, text, stale)
    return redirect(f"{summary.get_absolute_url()}#s-{key}")


def _after_sign_in(request: HttpRequest, summary: SummaryReport, key: str) -> HttpResponse:
    unsaved = take_unsaved(request, request.path)
    if unsaved is None:
        return redirect(f"{summary.get_absolute_url()}#s-{key}")
    messages.warning(
        request,
        _("You had typed this when your session ended. It is not saved yet: press Save."),
    )
    return composition(request, summary, typed={"key": key, "text": unsaved.get("text", "")})


def _save(
    request: HttpRequest, summary: SummaryReport, key: str, version: int, text: str, do: str
) -> None:
    passages = told(summary)
    generated = generated_section(build_snapshot(summary), key, passages)
    if generated is None:
        raise Http404
    if do.startswith("passage:"):
        number = do.removeprefix("passage:")
        if not number.isascii() or not number.isdigit() or int(number) >= len(passages):
            raise Http404
        text = with_passage(clean(text), passages[int(number)])
    composing.save_section(
        by=request.user, summary=summary, generated=generated, version=version, text=text
    )
    messages.success(request, _("The section is saved."))


def _stale(
    request: HttpRequest, summary: SummaryReport, key: str, text: str, stale: StaleSection
) -> HttpResponse:
    messages.error(
        request,
        _(
            "Not saved: somebody else has changed this section. Both texts stand below; decide "
            "which one stays."
        ),
    )
    theirs = stale.stored.text if stale.stored else ""
    typed = {"key": key, "text": text, "theirs": theirs}
    return composition(request, summary, typed=typed, status=409)
