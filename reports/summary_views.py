"""Pages of the summaries: the archive, one summary, what is done with it."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import may
from periods.clock import today
from reports import archive, composing
from reports.errors import DraftMoved, FiguresMoved, InvalidSummary, SummaryRefused
from reports.giving_up import give_up
from reports.gone import gone, gone_page
from reports.loading import composition, issue_at, issue_page, summary_at
from reports.models import SummaryReport
from reports.numbering import read_number
from reports.presenting import may_read_draft
from reports.publishing import publish
from reports.starting import start_ad_hoc, start_term, term_at
from reports.workflow import Lock

#: Issues on one page of the archive.
PAGE = 50


@require_safe
def archive_page(request: HttpRequest) -> HttpResponse:
    return _archive(request)


def _archive(
    request: HttpRequest, *, errors: dict | None = None, status: int = 200
) -> HttpResponse:
    year, kind = request.GET.get("year", ""), request.GET.get("kind", "")
    known = dict(archive.kinds())
    chosen = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None
    words = request.GET.get("q", "").replace("\0", " ").strip()[:100]
    found = archive.issues(chosen, kind if kind in known else "", words)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    reads_drafts = may_read_draft(request.user)
    may_compose = may(request.user, "reports.compose")
    context = {
        "page_obj": page,
        "lines": archive.issue_lines(list(page)),
        "drafts": archive.drafts() if reads_drafts else [],
        "discards": archive.discards() if reads_drafts else [],
        "years": archive.years(),
        "kinds": known.items(),
        "year": chosen,
        "q": words,
        "kind": kind if kind in known else "",
        "may_compose": may_compose,
        "may_publish": may(request.user, "reports.publish"),
        "terms": archive.startable() if may_compose else [],
        "today": today(),
        "errors": errors or {},
        "typed": request.POST,
    }
    return render(request, "reports/archive.html", context, status=status)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    try:
        if request.POST.get("term") == "adhoc":
            summary = start_ad_hoc(by=request.user, on=_day(request.POST.get("on", "")))
        else:
            term = term_at(request.POST.get("term", ""))
            if term is None:
                raise InvalidSummary({"term": _("Choose what the summary is about.")})
            summary = start_term(by=request.user, kind=term[0], period=term[1])
    except InvalidSummary as error:
        return _archive(request, errors=error.errors, status=422)
    except SummaryRefused as refused:
        messages.error(request, str(refused))
        return redirect("reports:archive")
    return redirect(summary.get_absolute_url())


def _day(typed: str) -> dt.date:
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(typed.strip(), pattern).date()
        except ValueError:
            continue
    raise InvalidSummary({"on": _("Write the day as 20/09/2023.")})


@require_safe
def summary(request: HttpRequest, slug: str) -> HttpResponse:
    """The composition for those who look after it; for everybody else the published paper."""
    found = summary_at(request, slug)
    if found.is_draft and may_read_draft(request.user):
        return composition(request, found)
    return issue_page(request, issue_at(found))


@require_safe
def issue(request: HttpRequest, slug: str, edition: int) -> HttpResponse:
    return issue_page(request, issue_at(summary_at(request, slug), edition))


@require_POST
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand over, take back, give back, publish, correct, give up: each by its button."""
    if gone(slug, request.POST):
        return gone_page(request, slug, request.POST)
    found = summary_at(request, slug)
    do = request.POST.get("do", "")
    if do not in ACTS:
        raise Http404
    try:
        messages.success(request, ACTS[do](request, found))
    except SummaryRefused as refused:
        if refused.lock is Lock.DISCARDED:
            return gone_page(request, slug, request.POST)
        messages.error(request, str(refused))
    except InvalidSummary as error:
        return _shown_again(request, found, error.errors)
    except FiguresMoved:
        messages.error(
            request,
            _(
                "Not published: figures or texts have changed since you opened this page. This is "
                "how the paper reads now; look at it once more."
            ),
        )
        return _shown_again(request, found, status=409)
    except DraftMoved:
        messages.error(
            request,
            _(
                "Not given up: the correction has been changed since you opened this page. See "
                "what would be lost now."
            ),
        )
    return redirect(found.get_absolute_url())


def _shown_again(
    request: HttpRequest, found: SummaryReport, errors: dict | None = None, status: int = 422
) -> HttpResponse:
    """What was typed stays; a tick is of the paper that was read, and no other."""
    typed = {name: request.POST.get(name, "").replace("\0", "") for name in ("reason", "number")}
    typed |= {"errors": errors or {}, "knowing": bool(errors) and "knowing" in request.POST}
    typed["number_stands"] = bool(typed["number"])
    found = summary_at(request, found.slug)
    if found.is_draft:
        return composition(request, found, act=typed, status=status)
    return issue_page(request, issue_at(found), act=typed, status=status)


def _hand_over(request: HttpRequest, found: SummaryReport) -> str:
    if composing.hand_over(by=request.user, summary=found):
        return _("The summary waits for the leader now.")
    return _("The summary had been handed over already.")


def _take_back(request: HttpRequest, found: SummaryReport) -> str:
    composing.take_back(by=request.user, summary=found)
    return _("The summary is with you again; its texts can be changed.")


def _give_back(request: HttpRequest, found: SummaryReport) -> str:
    composing.give_back(by=request.user, summary=found, reason=request.POST.get("reason", ""))
    return _("The standing office has the summary again and reads your reason.")


def _publish(request: HttpRequest, found: SummaryReport) -> str:
    issue, new = publish(
        by=request.user,
        summary=found,
        seen=request.POST.get("seen", ""),
        knowing=request.POST.get("knowing") == "on",
        number=read_number(request.POST.get("number", "")),
    )
    number = {"number": f"{issue.serial:02d}"}
    if new:
        return _("Published as number %(number)s. Its files are being made.") % number
    return _("It had been published already, as number %(number)s.") % number


def _correct(request: HttpRequest, found: SummaryReport) -> str:
    composing.begin_correction(
        by=request.user, summary=found, reason=request.POST.get("reason", "")
    )
    return _("The correction is being composed; the published issue stays as it is.")


def _give_up(request: HttpRequest, found: SummaryReport) -> str:
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else None
    if give_up(by=request.user, summary=found, version=version):
        return _("The correction is given up; the published issue stays in force.")
    return _("The correction had been given up already.")


ACTS = {
    "hand_over": _hand_over,
    "take_back": _take_back,
    "give_back": _give_back,
    "publish": _publish,
    "correct": _correct,
    "give_up": _give_up,
}
