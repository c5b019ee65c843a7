"""Pages of the written reports: the board or one's own list, one report, the decision about it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.unsaved import take_unsaved
from assessments.models import Channel
from periods.clock import today
from reports.models import PeriodicReport
from reports.written import actions
from reports.written.board import FILTERS, board, open_terms, own_lines, report_url
from reports.written.bodies import Body, find_body
from reports.written.editing import (
    PartField,
    differs,
    earlier_texts,
    fields,
    read_parts,
    show_theirs,
    with_copied,
    with_nothing,
)
from reports.written.errors import (
    ChangedSince,
    InvalidParts,
    MissingParts,
    StaleParts,
    WrittenRefused,
)
from reports.written.figures import figures_of
from reports.written.terms import Term, find_term
from reports.written.wording import STATE_KINDS, days_late, late_text, lock_text, state_text
from reports.written.workflow import Act, Lock


@require_safe
def written(request: HttpRequest) -> HttpResponse:
    """The board of all bodies for those who look after the district; one's own list else."""
    if not request.user.sees_district:
        lines = own_lines(request.user, today())
        return render(request, "reports/written/own.html", {"lines": lines})
    terms = open_terms()
    wanted = request.GET.get("term", "")
    term = next((one for one in terms if one.slug == wanted), None)
    if term is None:
        if wanted:
            raise Http404
        if not terms:
            return render(request, "reports/written/board.html", {"board": None})
        term = next((one for one in terms if one.period.is_open), terms[0])
    found = board(term, today())
    show = request.GET.get("show", "all")
    who = request.GET.get("who", "")
    show = show if show in FILTERS else "all"
    lines = [line for line in found.lines if line.fits(show) and who in ("", line.body.level)]
    context = {
        "board": found,
        "lines": lines,
        "terms": terms,
        "show": show,
        "who": who if who in ("communes", "agencies") else "",
        "chips": [(name, found.count(name)) for name in FILTERS],
    }
    return render(request, "reports/written/board.html", context)


@dataclass(slots=True)
class Loaded:
    """One report's address: its term and body, and what was written (None: nothing yet)."""

    term: Term
    body: Body
    report: PeriodicReport | None

    @property
    def url(self) -> str:
        return report_url(self.term, self.body)


def _load(request: HttpRequest, term: str, level: str, body: str) -> Loaded:
    """404 for what is not there, and for what is not this person's."""
    found_term = find_term(term)
    if found_term is None or level not in ("communes", "agencies"):
        raise Http404
    found_body = find_body(found_term.period, level, body, request.user)
    if found_body is None:
        raise Http404
    return Loaded(found_term, found_body, _report_of(request, found_term, found_body))


def _report_of(request: HttpRequest, term: Term, body: Body) -> PeriodicReport | None:
    return (
        PeriodicReport.objects.visible_to(request.user)
        .filter(period=term.period, kind=term.kind, **body.key)
        .select_related("period", "submitted_by", "decided_by")
        .prefetch_related("parts")
        .first()
    )


@require_http_methods(["GET", "POST"])
def written_report(request: HttpRequest, term: str, level: str, body: str) -> HttpResponse:
    at = _load(request, term, level, body)
    if request.method == "POST":
        return _write(request, at)
    parts = None
    unsaved = take_unsaved(request, request.path)
    if unsaved is not None:
        typed = read_parts(unsaved)
        if differs(at.report, typed):
            parts = fields(at.report, typed, earlier_texts(at.body, at.term))
            messages.warning(
                request,
                _("You had typed this when your session ended. It is not saved yet: press Save."),
            )
    return _page(request, at, parts)


def _page(
    request: HttpRequest,
    at: Loaded,
    parts: list[PartField] | None = None,
    *,
    status: int = 200,
    decision: dict | None = None,
    problem: str = "",
) -> HttpResponse:
    report, user = at.report, request.user
    lock = actions.write_lock(user, at.body, at.term, report)
    if parts is None:
        sources = earlier_texts(at.body, at.term) if lock is None else {}
        parts = fields(report, None, sources)
    may_decide = actions.may_decide(user)
    due_on = at.term.due_on(of_agency=at.body.is_agency)
    arrived = report is not None and report.has_arrived
    late = days_late(due_on, today(), report.submitted_at if arrived else None)
    state = report.state if report else ""
    context = {
        "term": at.term,
        "body": at.body,
        "report": report,
        "url": at.url,
        "parts": parts,
        "answered": sum(part.is_answered for part in parts),
        "editable": lock is None,
        "unsaved": status != 200 or any(part.theirs for part in parts),
        "lock_text": "" if lock in (None, Lock.NOT_YOURS) else lock_text(lock, report),
        "state_kind": STATE_KINDS.get(state, "grey"),
        "state_text": state_text(state),
        "due_on": due_on,
        "late": late_text(late) if late else "",
        "figures": figures_of(at.body, at.term),
        "events": list(report.events.select_related("by")) if report else [],
        "limit": actions.TEXT_LIMIT,
        "accept_lock": _decide_lock(Act.ACCEPT, request, report) if may_decide else None,
        "return_lock": _decide_lock(Act.RETURN, request, report) if may_decide else None,
        "may_decide": may_decide and report is not None and report.state != "draft",
        "decision": decision or {},
        "problem": problem,
    }
    return render(request, "reports/written/report.html", context, status=status)


def _decide_lock(act: Act, request: HttpRequest, report: PeriodicReport | None) -> str:
    if report is None:
        return ""
    lock = actions.decide_lock(act, request.user, report)
    return lock_text(lock, report) if lock else ""


def _write(request: HttpRequest, at: Loaded) -> HttpResponse:
    """Save, send, copy a text at hand or take the stored one: one form, several buttons."""
    typed = read_parts(request.POST)
    do = request.POST.get("do", "save")
    if do.startswith(("copy:", "take:")):
        return _change_typed(request, at, typed, do)
    if do == "nothing":
        typed = with_nothing(typed)
    try:
        saved = actions.save(
            by=request.user, body=at.body, term=at.term, parts=typed, channel=Channel.FORM
        )
        if do == "submit":
            return _send(request, at, saved)
    except (InvalidParts, StaleParts, MissingParts, WrittenRefused) as error:
        return _not_saved(request, at, typed, error)
    if _wants_json(request):
        parts = {
            part: {"version": saved.versions[part], "was": actions.digest(one.text, one.nothing)}
            for part, one in saved.changed.items()
        }
        return JsonResponse({"parts": parts, "saved": _saved_at()})
    if saved.changed:
        messages.success(request, _saved_at())
    else:
        messages.info(request, _("Nothing had changed, so nothing was saved."))
    return redirect(at.url)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _saved_at() -> str:
    return _("Saved at %(time)s.") % {"time": localtime().strftime("%H:%M")}


def _change_typed(request: HttpRequest, at: Loaded, typed: dict, do: str) -> HttpResponse:
    """Nothing is stored: the page comes back with what was typed and the text that was asked for."""
    lock = actions.write_lock(request.user, at.body, at.term, at.report)
    if lock is not None:
        return _not_saved(request, at, typed, WrittenRefused(lock, at.report))
    sources = earlier_texts(at.body, at.term)
    if do.startswith("take:"):
        part = do.removeprefix("take:")
        typed.pop(part, None)
    elif found := with_copied(typed, do, sources):
        typed, part = found
    else:
        raise Http404
    messages.info(request, _("The text stands in the form now. It is not saved yet: press Save."))
    return _page(request, at, fields(at.report, typed, sources))


def _send(request: HttpRequest, at: Loaded, saved: actions.Saved) -> HttpResponse:
    sent = actions.submit(
        by=request.user,
        body=at.body,
        term=at.term,
        versions=saved.versions,
        channel=Channel.FORM,
    )
    if sent:
        messages.success(request, _("The report was sent to the standing office."))
    else:
        messages.info(request, _("The report had been sent already."))
    return redirect(at.url)


def _not_saved(request: HttpRequest, at: Loaded, typed: dict, error: Exception) -> HttpResponse:
    """What was typed stays on the page, with what stands in its way."""
    at.report = _report_of(request, at.term, at.body)
    status, sentence = _status(error)
    if _wants_json(request):
        errors = error.errors if isinstance(error, InvalidParts) else {}
        return JsonResponse({"detail": sentence, "errors": errors}, status=status)
    if isinstance(error, MissingParts):
        typed = {}  # it is stored
    parts = fields(at.report, typed, earlier_texts(at.body, at.term))
    for part in parts:
        if isinstance(error, InvalidParts):
            part.error = error.errors.get(part.part, "")
        elif isinstance(error, MissingParts) and part.part in error.parts:
            part.error = _("Not answered yet: write it, or choose “nothing to report”.")
        elif isinstance(error, StaleParts) and part.part in error.stored:
            show_theirs(part, error.stored[part.part])
    marked = any(part.error or part.theirs for part in parts)
    if not marked:
        messages.error(request, sentence)
    return _page(request, at, parts, status=status, problem=sentence if marked else "")


def _status(error: Exception) -> tuple[int, str]:
    if isinstance(error, StaleParts):
        return 409, _(
            "Not saved: somebody else has changed the same part. Both texts stand below; decide "
            "which one stays."
        )
    if isinstance(error, MissingParts):
        return 422, ngettext(
            "Saved, but not sent: %(n)s part is not answered yet.",
            "Saved, but not sent: %(n)s parts are not answered yet.",
            len(error.parts),
        ) % {"n": len(error.parts)}
    if isinstance(error, InvalidParts):
        return 422, _("Not saved: look at the parts marked below. What you typed is still here.")
    return 403, str(error)


@require_POST
def written_decide(request: HttpRequest, term: str, level: str, body: str) -> HttpResponse:
    """Accept or return; the reason of a return stays typed when something stands in its way."""
    at = _load(request, term, level, body)
    if at.report is None:
        raise Http404
    reason = request.POST.get("reason", "")
    sending = request.POST.get("sending", "")
    given = {
        "by": request.user,
        "report": at.report,
        "sending": int(sending) if sending.isascii() and sending.isdigit() else -1,
        "channel": Channel.FORM,
    }
    try:
        if request.POST.get("do") == "accept":
            actions.accept(**given)
            messages.success(request, _("The report is accepted."))
        else:
            actions.send_back(**given, reason=reason)
            messages.success(request, _("The report was returned; its writer sees the reason."))
    except InvalidParts as error:
        return _page(request, at, status=422, decision={"reason": reason, "error": str(error)})
    except ChangedSince:
        messages.error(
            request, _("The report was sent again meanwhile. Read it once more, then decide.")
        )
        return _page(request, at, status=409, decision={"reason": reason})
    except WrittenRefused as refused:
        messages.error(request, str(refused))
    return redirect(at.url)
