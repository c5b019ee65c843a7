"""The life of one row, with the talk about it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.unsaved import take_unsaved
from assessments.changes import changes_since_last_quarter, changes_since_last_return
from assessments.commenting import comment as write_comment
from assessments.commenting import comment_refusal
from assessments.errors import CommentRefused, InvalidRow
from assessments.frozen import name_as_closed
from assessments.history import RowHistory, load_row_history
from assessments.models import IndicatorResult
from assessments.sheet import place
from assessments.views.rows import scope
from assessments.wording import comment_lock_text
from criteria.wording import goals_text


@require_GET
def row_history(
    request: HttpRequest, period: str, unit: str, criteria_set: str, result_id: int
) -> HttpResponse:
    """The whole page; for htmx only what unfolds beneath a row."""
    result = _result(request, period, unit, criteria_set, result_id)
    address = reverse("assessments:comment", args=[period, unit, criteria_set, result_id])
    unsaved = take_unsaved(request, address)
    if unsaved is None:
        return _page(request, result)
    messages.warning(
        request, _("You had written this when your session ended. It is not sent yet.")
    )
    return _page(request, result, text=unsaved.get("text", ""))


@require_http_methods(["GET", "POST"])
def comment(
    request: HttpRequest, period: str, unit: str, criteria_set: str, result_id: int
) -> HttpResponse:
    """POST: append. GET only comes from the sign-in page: on to the form with what was typed."""
    page = reverse("assessments:row_history", args=[period, unit, criteria_set, result_id])
    if request.method == "GET":
        return redirect(f"{page}#comments")
    text = request.POST.get("text", "")
    try:
        write_comment(
            by=request.user,
            rows=scope(request, period, unit, criteria_set),
            result_id=result_id,
            text=text,
        )
    except IndicatorResult.DoesNotExist as gone:
        raise Http404 from gone
    except (InvalidRow, CommentRefused) as error:
        result = _result(request, period, unit, criteria_set, result_id)
        sentence = error.errors["text"] if isinstance(error, InvalidRow) else str(error)
        return _page(request, result, text=text, error=sentence, status=422)
    if request.htmx:
        return _page(request, _result(request, period, unit, criteria_set, result_id))
    return redirect(f"{page}#comments")


def _result(
    request: HttpRequest, period: str, unit: str, criteria_set: str, result_id: int
) -> IndicatorResult:
    """The row at this address, or 404 when it is not there for this person."""
    found = get_object_or_404(
        scope(request, period, unit, criteria_set).select_related(
            "assessment__unit__parent__parent",
            "assessment__period",
            "assessment__criteria_set",
            "reviewed_by",
        ),
        pk=result_id,
    )
    name_as_closed(found.assessment)
    return found


def _page(
    request: HttpRequest, result: IndicatorResult, *, text: str = "", error: str = "", status=200
) -> HttpResponse:
    history = load_row_history(result)
    reason = comment_refusal(result.assessment, request.user)
    context = {
        "history": history,
        "row": history.row,
        "result": result,
        "assessment": result.assessment,
        "base": result.assessment.get_absolute_url(),
        "level": _level(history),
        "since_quarter": changes_since_last_quarter(history.row),
        "since_return": changes_since_last_return([history.row]).get(result.pk),
        "comment_lock": comment_lock_text(reason, result.assessment) if reason else "",
        "text": text,
        "error": error,
    }
    name = "history/row_fragment.html" if request.htmx else "history/row.html"
    return render(request, f"assessments/{name}", context, status=status)


def _level(history: RowHistory) -> str:
    row = history.row
    return goals_text(row.definition.measures, place(row.result.assessment), row.values)
