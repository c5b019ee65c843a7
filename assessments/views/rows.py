"""One row that saves itself: the fragment that answers, and the status that says how it went."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments import actions
from assessments.errors import InvalidRow, Refused, StaleVersion
from assessments.forms import FormReader, RowInput, field_name, read_row
from assessments.models import Channel, IndicatorResult, ResultQuerySet
from assessments.presenting import present_criterion, present_row
from assessments.sheet import Row, Sheet, place
from assessments.views.conflicts import (
    conflict_of,
    held_words,
    kept_words,
    only_touched,
    typed_words,
)
from assessments.views.loading import editable_rows, frame, load_assessment, sheet_for


@require_http_methods(["GET", "POST"])
def row(
    request: HttpRequest, period: str, unit: str, criteria_set: str, result_id: int
) -> HttpResponse:
    """GET: the row as stored ("use what the portal has"). POST: save what was typed."""
    if request.method == "GET":
        sheet, target = _find(request, period, unit, criteria_set, result_id)
        return _whole_row(request, sheet, target)
    reader = FormReader(request.POST, result_id)
    try:
        sheet, target = actions.save_row(
            by=request.user,
            rows=scope(request, period, unit, criteria_set),
            result_id=result_id,
            version=posted_version(request, result_id),
            read=reader,
            channel=Channel.FORM,
        )
    except IndicatorResult.DoesNotExist as gone:
        raise Http404 from gone
    except (InvalidRow, StaleVersion, Refused) as error:
        sheet, target = _find(request, period, unit, criteria_set, result_id)
        return _refused(request, sheet, target, reader.row, error)
    return _answer(request, sheet, target, saved=True, dropped=drops_reason(reader.row, target))


def drops_reason(typed: RowInput, target: Row) -> bool:
    """Whether a reason for a blank was typed beside a value, and so is not kept."""
    return bool(typed.typed["absence_reason"].strip()) and not target.result.absence_reason


def dropped_words() -> str:
    return _("There is a value now, so the reason for a blank is not kept. Use the note instead.")


def _refused(request, sheet: Sheet, target: Row, typed: RowInput | None, error) -> HttpResponse:
    """The answer to a row that was not stored: what was typed stays, with the reason beside it."""
    typed = typed or read_row(request.POST, target.result.pk, target.definition)
    if isinstance(error, StaleVersion):
        typed = only_touched(request.POST, typed, target)
        mine = typed_words(typed, target.definition)
        conflict = conflict_of(error, mine, target.definition)
        return _answer(request, sheet, target, typed=typed, conflict=conflict, status=409)
    typed.errors |= error.errors if isinstance(error, InvalidRow) else {"row": str(error)}
    return _answer(request, sheet, target, typed=typed, status=422)


@require_POST
def unchanged(
    request: HttpRequest, period: str, unit: str, criteria_set: str, result_id: int
) -> HttpResponse:
    """Keep last quarter's values for one row; answers with the whole row, its fields filled."""
    address = (period, unit, criteria_set, result_id)
    return _declared(request, address, actions.keep_unchanged, kept_words, "unchanged")


@require_POST
def rechecked(
    request: HttpRequest, period: str, unit: str, criteria_set: str, result_id: int
) -> HttpResponse:
    """Kept values were looked at anew and hold; answers with the whole row."""
    address = (period, unit, criteria_set, result_id)
    told = _("Re-checked: it counts as looked at in this quarter.")
    return _declared(request, address, actions.recheck, held_words, "rechecked", told)


def _declared(
    request: HttpRequest,
    address: tuple[str, str, str, int],
    action: Callable[..., tuple[Sheet, Row]],
    mine: Callable[[Row], list[str]],
    pressed: str,
    told: str = "",
) -> HttpResponse:
    """A row declared with one press and nothing typed. ``mine`` words what it would have stored;
    ``pressed`` ends the address, for whoever presses again in a conflict. ``told``: what was done,
    where the row itself does not show it."""
    try:
        sheet, target = action(
            by=request.user,
            rows=scope(request, *address[:3]),
            result_id=address[3],
            version=posted_version(request, address[3]),
            channel=Channel.FORM,
        )
    except IndicatorResult.DoesNotExist as gone:
        raise Http404 from gone
    except StaleVersion as stale:
        sheet, target = _find(request, *address)
        conflict = conflict_of(stale, mine(target), target.definition, pressed=pressed)
        return _whole_row(request, sheet, target, conflict=conflict, status=409)
    except (InvalidRow, Refused) as error:
        sheet, target = _find(request, *address)
        errors = error.errors if isinstance(error, InvalidRow) else {"row": str(error)}
        return _whole_row(request, sheet, target, errors=errors, status=422)
    return _whole_row(request, sheet, target, saved=True, told=told)


#: No row has it: a change based on it meets the conflict.
NO_VERSION = 0


def posted_version(request: HttpRequest, result_id: int) -> int:
    """The version that the person saw; ``NO_VERSION`` when it is no number."""
    return version_in(request.POST, result_id)


def version_in(data: Mapping[str, str], result_id: int) -> int:
    text = data.get(field_name(result_id, "version"), "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else NO_VERSION


def scope(request: HttpRequest, period: str, unit: str, criteria_set: str) -> ResultQuerySet:
    """The rows at this address that this person may see."""
    return IndicatorResult.objects.visible_to(request.user).filter(
        assessment__period__slug=period,
        assessment__unit__slug=unit,
        assessment__criteria_set__slug=criteria_set,
    )


def _find(
    request: HttpRequest, period: str, unit: str, criteria_set: str, result_id: int
) -> tuple[Sheet, Row]:
    assessment = load_assessment(request, period, unit, criteria_set)
    sheet = sheet_for(assessment, request.user)
    target = sheet.row(result_id)
    if target is None:
        raise Http404
    return sheet, target


def _context(request, sheet: Sheet, target: Row, *, typed=None, conflict=None, saved=False) -> dict:
    context = frame(sheet, request.user)
    criterion = next(c for c in sheet.criteria if target in c.rows)
    context["criterion"] = present_criterion(criterion, [])
    context["row"] = present_row(
        target,
        sheet,
        place(sheet.assessment),
        editable=editable_rows(sheet, request.user)[target.result.pk],
        lock=context["lock_text"],
        typed=typed,
        conflict=conflict,
        saved_at=localtime().strftime("%H:%M") if saved else "",
    )
    return context


def _answer(
    request, sheet, target, *, typed=None, conflict=None, saved=False, dropped=False, status=200
):
    context = _context(request, sheet, target, typed=typed, conflict=conflict, saved=saved)
    if dropped:
        context["row"].told = dropped_words()
    return render(request, "assessments/row_saved.html", context, status=status)


def _whole_row(
    request, sheet, target, *, errors=None, conflict=None, saved=False, told="", status=200
):
    context = _context(request, sheet, target, conflict=conflict, saved=saved)
    context["row"].told = told
    context["row"].errors.update(errors or {})
    return render(request, "assessments/row_whole.html", context, status=status)
