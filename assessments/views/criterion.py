"""``/verification/<period>/<number>/``: one criterion across all communes, and the acts on it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from assessments import reviewing, withdrawing
from assessments.board import Board, load_board, load_rows
from assessments.errors import InvalidRow, Refused, StaleVersion
from assessments.last_hand import last_hand
from assessments.models import Channel, IndicatorResult, ResultQuerySet
from assessments.review_presenting import (
    SHOW,
    Wanted,
    present_board,
    present_review,
    since_returned,
)
from assessments.statistics import DEFAULT_SET
from assessments.views.not_open import says_not_open_yet
from assessments.wording import moment, review_words

#: More rows than this are shown one indicator at a time.
ROWS_AT_ONCE = 400


@require_safe
@says_not_open_yet
def criterion(request: HttpRequest, period: str, number: int) -> HttpResponse:
    return _page(request, _board(request, period, number), {})


def _board(request: HttpRequest, period: str, number: int) -> Board:
    board = load_board(period, _set_slug(request), number, request.user)
    if board is None:
        raise Http404
    return board


def _set_slug(request: HttpRequest) -> str:
    return request.GET.get("set", DEFAULT_SET).replace("\x00", "")


def _page(
    request: HttpRequest, board: Board, wanted: dict[int, Wanted], status: int = 200
) -> HttpResponse:
    show = request.GET.get("show", "all")
    indicators = present_board(board, request.user, wanted)
    rows = [row for indicator in indicators for row in indicator.rows]
    codes = [indicator.code for indicator in indicators]
    chosen = request.GET.get("indicator", "")
    if chosen not in codes:
        chosen = codes[0] if len(rows) > ROWS_AT_ONCE else ""
    context = {
        "board": board,
        "is_closed": not board.period.is_open,
        "base": address(board),
        "query": request.GET.urlencode(),
        "counts": [(name, sum(name in row.flags for row in rows)) for name in SHOW],
        "show": show if show in SHOW else "all",
        "codes": [(one.code, one.todo) for one in indicators],
        "chosen": chosen,
        "indicators": [one for one in indicators if chosen in ("", one.code)],
        "tick_all": "tick" in request.GET,
        "sent": len({row.url.split("#")[0] for row in rows}),
    }
    context["proposes_leads"] = any(one.lead_proposed for one in context["indicators"])
    context["tickable"] = sum(one.tickable for one in context["indicators"])
    return render(request, "verification/criterion.html", context, status=status)


def address(board: Board) -> str:
    return reverse("verification:criterion", args=[board.period.slug, board.criterion.number])


def _scope(request: HttpRequest, period: str, number: int) -> ResultQuerySet:
    """The rows at this address that this person may see."""
    return IndicatorResult.objects.visible_to(request.user).filter(
        assessment__period__slug=period,
        assessment__criteria_set__slug=_set_slug(request),
        indicator__criterion__number=number,
    )


@require_POST
@says_not_open_yet
def review(request: HttpRequest, period: str, number: int, result_id: int) -> HttpResponse:
    """Confirm, return, withdraw the return or find another verdict: ``act`` says which."""
    rows = _scope(request, period, number)
    reason = request.POST.get("reason", "").replace("\r\n", "\n")
    act = request.POST.get("act", "")
    try:
        _act(request, rows, result_id, act, reason)
    except IndicatorResult.DoesNotExist as gone:
        raise Http404 from gone
    except InvalidRow as invalid:
        sentence = " ".join(invalid.errors.values())
        return _refused(request, rows, result_id, Wanted(sentence, reason), 422)
    except Refused as refused:
        return _refused(request, rows, result_id, Wanted(str(refused), reason), 422)
    except StaleVersion as stale:
        return _refused(request, rows, result_id, _conflict(stale, act, reason), 409)
    if request.htmx:
        return _fragment(request, rows, result_id)
    return redirect(f"{_back(request)}#row-{result_id}")


def _act(request: HttpRequest, rows: ResultQuerySet, result_id: int, act: str, reason: str) -> None:
    version = request.POST.get("version", "")
    given = {
        "by": request.user,
        "rows": rows,
        "result_id": result_id,
        "version": int(version) if version.isascii() and version.isdigit() else 0,
        "channel": Channel.FORM,
    }
    if act == "return":
        reviewing.return_row(reason=reason, **given)
    elif act == "withdraw":
        withdrawing.withdraw_return(reason=reason, **given)
    elif act == "confirm":
        reviewing.verify_row(**given)
    else:
        reviewing.verify_row(verdict=act or "?", reason=reason, **given)


def _conflict(stale: StaleVersion, act: str, reason: str) -> Wanted:
    """Both sides: what stands now, and what this person was about to say."""
    who, when = last_hand(stale.result)
    error = _("Not stored: somebody changed this row since you saw it. Look at it again.")
    if who and when:
        error = _(
            "Not stored: %(who)s changed this row at %(when)s, after you saw it. Look at it again."
        ) % {"who": who.display_name, "when": moment(when)}
    return Wanted(
        error=error,
        reason=reason,
        conflict=_("You wanted: %(act)s") % {"act": review_words(act)},
    )


def _refused(
    request: HttpRequest, rows: ResultQuerySet, result_id: int, wanted: Wanted, status: int
) -> HttpResponse:
    if request.htmx:
        return _fragment(request, rows, result_id, wanted, status)
    match = request.resolver_match.kwargs
    board = _board(request, match["period"], match["number"])
    if not any(row.result.pk == result_id for row in board.rows):
        messages.error(request, wanted.error)
        return redirect(_back(request))
    messages.error(request, _("One row was not stored; it is marked below."))
    return _page(request, board, {result_id: wanted}, status)


def _fragment(
    request: HttpRequest,
    rows: ResultQuerySet,
    result_id: int,
    wanted: Wanted | None = None,
    status: int = 200,
) -> HttpResponse:
    """The row as it is now, and the counts around it."""
    found = load_rows(rows.filter(pk=result_id))
    if not found:
        raise Http404
    returned = since_returned(found).get(result_id)
    row = present_review(found[0], request.user, wanted, since_return=returned)
    match = request.resolver_match.kwargs
    context = {
        "row": row,
        "saved": wanted is None,
        "base": reverse("verification:criterion", args=[match["period"], match["number"]]),
        "query": request.GET.urlencode(),
    }
    return render(request, "verification/row.html", context, status=status)


def _back(request: HttpRequest) -> str:
    match = request.resolver_match.kwargs
    base = reverse("verification:criterion", args=[match["period"], match["number"]])
    query = request.GET.copy()
    query.pop("tick", None)
    return f"{base}?{query.urlencode()}" if query else base


@require_POST
@says_not_open_yet
def confirm(request: HttpRequest, period: str, number: int) -> HttpResponse:
    """Confirm every ticked row; those that could not be confirmed are named."""
    versions = {}
    for ticked in request.POST.getlist("row"):
        pk, _colon, version = ticked.partition(":")
        if pk.isascii() and pk.isdigit() and version.isascii() and version.isdigit():
            versions[int(pk[:18])] = int(version[:9])
    rows = _scope(request, period, number)
    if not rows.exists():
        raise Http404
    done = reviewing.confirm_many(
        by=request.user,
        rows=rows,
        versions=versions,
        channel=Channel.FORM,
    )
    if done.count:
        messages.success(
            request,
            ngettext("Confirmed %(count)s row.", "Confirmed %(count)s rows.", done.count)
            % {"count": done.count},
        )
    for row, sentence in done.left:
        named = {
            "code": row.definition.code,
            "commune": row.assessment.unit.short_name,
            "why": sentence,
        }
        messages.warning(request, _("%(code)s, %(commune)s: %(why)s") % named)
    if skipped := len(versions) - done.count - len(done.left):
        # Not even named: whoever may not see a row does not learn which one it is.
        messages.warning(
            request,
            ngettext(
                "%(count)s row was skipped: it is not among the rows that you verify here.",
                "%(count)s rows were skipped: they are not among the rows that you verify here.",
                skipped,
            )
            % {"count": skipped},
        )
    if not versions:
        messages.info(request, _("No row was ticked."))
    return redirect(_back(request))
