"""The texts of a composition: one form has all its sections, so that no save loses another's text."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.unsaved import take_unsaved
from reports import composing
from reports.building import build_snapshot
from reports.cleaning import clean
from reports.errors import InvalidSummary, StaleSection, SummaryRefused
from reports.gone import gone, gone_page
from reports.loading import composition, summary_at, told
from reports.models import SummaryReport
from reports.presenting import generated_section, with_passage
from reports.quotable import quotable
from reports.snapshot import Snapshot
from reports.typed_texts import TypedText, Wish, touched, wish
from reports.workflow import Lock
from reports.written.passages import Passage


@require_http_methods(["GET", "POST"])
def texts(request: HttpRequest, slug: str) -> HttpResponse:
    """Save every text that was changed, then do what the button says. What could not be stored
    stays typed. A GET comes from the sign-in page, with what was typed when the session ended."""
    if request.method == "GET":
        return _after_sign_in(request, slug)
    if gone(slug, request.POST):
        return gone_page(request, slug, request.POST)
    summary = summary_at(request, slug)
    wanted = wish(request.POST.get("do", "save"))
    if wanted is None:
        raise Http404
    typed = touched(request.POST)
    try:
        failed, stored = _store(request, summary, typed, wanted)
        if failed:
            return _not_all(request, summary, failed, stored, wanted)
        _say_saved(request, stored, wanted)
        if wanted.act == "hand_over":
            composing.hand_over(by=request.user, summary=summary)
            messages.success(request, _("The summary waits for the leader now."))
    except SummaryRefused as refused:
        if refused.lock is Lock.DISCARDED:
            return gone_page(request, slug, request.POST)
        messages.error(request, str(refused))
        if refused.lock is Lock.CORRECTS_NOTHING:  # what was typed is stored by now
            return composition(request, summary_at(request, slug), status=422)
        return composition(request, summary_at(request, slug), typed=typed, status=403)
    place = f"#s-{wanted.key}" if wanted.key else ""
    return redirect(f"{summary.get_absolute_url()}{place}")


def _after_sign_in(request: HttpRequest, slug: str) -> HttpResponse:
    unsaved = take_unsaved(request, request.path)
    if unsaved is not None and gone(slug, unsaved):
        return gone_page(request, slug, unsaved)
    summary = summary_at(request, slug)
    typed = touched(unsaved) if unsaved is not None else []
    if not typed:
        return redirect(summary.get_absolute_url())
    messages.warning(
        request,
        _("You had typed this when your session ended. It is not saved yet: press Save."),
    )
    return composition(request, summary, typed=typed)


def _store(
    request: HttpRequest, summary: SummaryReport, typed: list[TypedText], wanted: Wish
) -> tuple[list[TypedText], int]:
    """Each section by itself: one that cannot be stored keeps none of the others back."""
    snapshot, passages = build_snapshot(summary), told(summary)
    if wanted.act == "passage":
        typed = _with_passage(request, typed, wanted, passages)
    failed, stored = [], 0
    for one in typed:
        if wanted == Wish("reset", one.key):
            continue
        if _save(request, summary, one, snapshot, passages):
            stored += 1
        else:
            failed.append(one)
    if wanted.act == "reset" and not failed:
        _reset(request, summary, wanted.key, failed)
    return failed, stored


def _with_passage(
    request: HttpRequest, typed: list[TypedText], wanted: Wish, passages: list[Passage]
) -> list[TypedText]:
    """The passage goes under the text as it stands in the form, touched or not."""
    if wanted.passage >= len(passages):
        raise Http404
    every = {key.removeprefix("text-") for key in request.POST if key.startswith("text-")}
    if wanted.key not in every:
        raise Http404
    found = {one.key: one for one in typed}
    one = found.get(wanted.key) or TypedText(
        wanted.key, request.POST[f"text-{wanted.key}"], _sent_version(request, wanted.key), ""
    )
    one.text = with_passage(clean(one.text), passages[wanted.passage])
    return [*(other for other in typed if other is not one), one]


def _sent_version(request: HttpRequest, key: str) -> int:
    sent = request.POST.get(f"version-{key}", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else -1


def _save(
    request: HttpRequest,
    summary: SummaryReport,
    one: TypedText,
    snapshot: Snapshot,
    passages: list[Passage],
) -> bool:
    generated = generated_section(snapshot, one.key, passages)
    try:
        composing.save_section(
            by=request.user,
            summary=summary,
            generated=generated,
            figures=quotable(snapshot),
            version=one.version,
            text=one.text,
        )
    except InvalidSummary as error:
        one.error = str(error)
        return False
    except StaleSection as stale:
        one.theirs = stale.stored.text if stale.stored else generated.text
        return False
    return True


def _reset(request: HttpRequest, summary: SummaryReport, key: str, failed: list) -> None:
    version = _sent_version(request, key)
    try:
        composing.reset_section(by=request.user, summary=summary, key=key, version=version)
    except StaleSection as stale:
        text = request.POST.get(f"text-{key}", "")
        theirs = stale.stored.text if stale.stored else ""
        failed.append(TypedText(key, text, version, "", theirs=theirs))


def _say_saved(request: HttpRequest, stored: int, wanted: Wish) -> None:
    if wanted.act == "reset":
        messages.success(request, _("The text is written from the figures again."))
    if stored:
        messages.success(
            request,
            ngettext("The section is saved.", "%(n)s sections are saved.", stored) % {"n": stored},
        )
    elif wanted.act == "save":
        messages.info(request, _("Nothing had been changed."))


def _not_all(
    request: HttpRequest, summary: SummaryReport, failed: list[TypedText], stored: int, wanted: Wish
) -> HttpResponse:
    """The page again with what was typed; what could be stored is stored."""
    stale = any(one.theirs is not None for one in failed)
    if stale:
        messages.error(
            request,
            _(
                "Not saved: somebody else has changed this section. Both texts stand below; decide "
                "which one stays."
            ),
        )
    if any(one.error for one in failed):
        messages.error(request, _("Not saved: see the section that is marked."))
    if stored:
        messages.info(
            request,
            ngettext("%(n)s other section is saved.", "%(n)s other sections are saved.", stored)
            % {"n": stored},
        )
    if wanted.act == "hand_over":
        messages.error(request, _("The summary is not handed over."))
    for one in failed:
        one.version = -1  # as stored now: the person sees both texts
    return composition(request, summary, typed=failed, status=409 if stale else 422)
