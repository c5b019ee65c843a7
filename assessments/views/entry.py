"""The entry form as one page, and its single Save button for those without a script."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import Role
from accounts.unsaved import take_unsaved
from assessments import actions
from assessments.errors import InvalidRow, Refused, StaleVersion
from assessments.forms import WORDS, FormReader, RowInput, field_name, read_row
from assessments.models import Channel, IndicatorResult
from assessments.presenting import Conflict, present_sheet, stored_texts
from assessments.sheet import Row, Sheet
from assessments.standing import standing_of
from assessments.views.conflicts import conflict_of, typed_words
from assessments.views.evidence_page import upload_context
from assessments.views.loading import FILTERS, editable_rows, frame, load_assessment, sheet_for
from assessments.views.not_open import not_open_yet
from assessments.views.rows import (
    NO_VERSION,
    dropped_words,
    drops_reason,
    posted_version,
    version_in,
)

#: By the row's id: what was typed, and both versions where somebody was faster.
Unsaved = tuple[dict[int, RowInput], dict[int, Conflict]]
#: Between two versions of a row one chooses; until then Save meets the conflict again.
UNCHOSEN, TAKES_STORED = "", "stored"
#: Name of a row's button -> what it does.
PRESSED = {"keep": actions.keep_unchanged, "recheck": actions.recheck}


@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, period: str, unit: str, criteria_set: str) -> HttpResponse:
    try:
        assessment = load_assessment(request, period, unit, criteria_set)
    except Http404:
        early = not_open_yet(request, period, unit, criteria_set)
        if early is None:
            raise
        return early
    sheet = sheet_for(assessment, request.user)
    if request.method == "POST":
        return _save_all(request, sheet)
    inputs, conflicts = _given_back(take_unsaved(request, request.path), sheet)
    if inputs:
        messages.warning(
            request,
            _("You had typed this when your session ended. It is not saved yet: press Save."),
        )
    return _page(request, sheet, inputs, conflicts)


def _given_back(unsaved: QueryDict | None, sheet: Sheet) -> Unsaved:
    """What had been typed when the session ended, and where somebody was faster since."""
    inputs, conflicts = {}, {}
    for row, typed in _typed_rows(unsaved, sheet) if unsaved is not None else []:
        pk = row.result.pk
        inputs[pk] = typed
        if version_in(unsaved, pk) != row.result.version:
            stale = StaleVersion(row.result, row.values)
            conflicts[pk] = conflict_of(stale, typed_words(typed, row.definition), row.definition)
    return inputs, conflicts


def _page(
    request: HttpRequest,
    sheet: Sheet,
    inputs: dict[int, RowInput],
    conflicts: dict[int, Conflict],
    status: int = 200,
) -> HttpResponse:
    context = frame(sheet, request.user)
    show = request.GET.get("show", "all")
    context["show"] = show if show in FILTERS else "all"
    context["criteria"] = present_sheet(
        sheet,
        editable=editable_rows(sheet, request.user),
        lock=context["lock_text"],
        inputs=inputs,
        conflicts=conflicts,
    )
    if sheet.assessment.is_handed_in and request.user.role != Role.DEPARTMENT_OFFICER:
        context["standing"] = standing_of(sheet, request.user)
    context["has_script"] = True
    context["proposes_leads"] = any(row.lead_proposed for row in sheet.rows)
    context |= upload_context()
    return render(request, "assessments/entry.html", context, status=status)


def _typed_rows(data, sheet: Sheet) -> list[tuple[Row, RowInput]]:
    """The rows whose typed texts differ from what is stored. Of one that was sent by hand without
    its version, perhaps only in part, that part is compared."""
    found = []
    for row in sheet.rows:
        if not has_version(data, row) and not _sent_fields(data, row):
            continue
        typed = read_row(data, row.result.pk, row.definition)
        stored = stored_texts(row)
        if not has_version(data, row):
            sent = _sent_fields(data, row)
            typed.typed |= {n: stored.get(n, "") for n in typed.typed if n not in sent}
        same = all(_same(typed.typed[name], stored.get(name, "")) for name in typed.typed)
        if not same:
            found.append((row, typed))
    return found


def has_version(data, row: Row) -> bool:
    return field_name(row.result.pk, "version") in data


def _sent_fields(data, row: Row) -> set[str]:
    names = [*(measure.key for measure in row.definition.measures), *WORDS]
    return {name for name in names if field_name(row.result.pk, name) in data}


def _same(typed: str, stored: str) -> bool:
    return typed.replace("\r\n", "\n").strip() == stored.replace("\r\n", "\n").strip()


def _save_all(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Save every changed row; those that cannot be saved come back as they were typed."""
    saved, taken, dropped, inputs, conflicts = 0, 0, False, {}, {}
    editable = editable_rows(sheet, request.user)
    rows = IndicatorResult.objects.visible_to(request.user).filter(assessment=sheet.assessment)
    for row, typed in _typed_rows(request.POST, sheet):
        pk = row.result.pk
        choice = request.POST.get(field_name(pk, "choice"))
        if choice == TAKES_STORED:
            taken += 1
            continue
        if not has_version(request.POST, row) and editable[pk]:
            typed.errors["row"] = _(
                "Not saved: what was sent does not say which version of the row it changes. Look at "
                "the row and press Save again."
            )
            inputs[pk] = typed
            continue
        reader = FormReader(request.POST, pk)
        try:
            _whole, stored = actions.save_row(
                by=request.user,
                rows=rows,
                result_id=pk,
                version=NO_VERSION if choice == UNCHOSEN else posted_version(request, pk),
                read=reader,
                channel=Channel.FORM,
            )
            saved += 1
            dropped |= drops_reason(typed, stored)
            continue
        except InvalidRow as error:
            typed.errors |= error.errors
        except StaleVersion as stale:
            mine = typed_words(typed, row.definition)
            conflicts[pk] = conflict_of(stale, mine, row.definition)
        except Refused as refused:
            typed.errors["row"] = str(refused)
        inputs[pk] = typed
    kept = _press_one(request, sheet, inputs)
    if dropped:
        messages.info(request, dropped_words())
    if taken:
        messages.info(
            request, _("What is in the portal was taken; the number you typed was not saved.")
        )
    if inputs:
        return _answer_with_errors(request, sheet, inputs, conflicts, saved)
    if saved or kept or not taken:
        _say(request, saved, kept)
    return redirect(request.get_full_path())


def _press_one(request: HttpRequest, sheet: Sheet, inputs: dict[int, RowInput]) -> bool:
    """A row's button ("keep unchanged", "re-checked"), pressed without a script."""
    name = next((one for one in PRESSED if one in request.POST), "")
    wanted = request.POST.get(name, "")
    row = next((r for r in sheet.rows if str(r.result.pk) == wanted), None)
    if row is None or row.result.pk in inputs:
        return False
    try:
        PRESSED[name](
            by=request.user,
            rows=IndicatorResult.objects.visible_to(request.user),
            result_id=row.result.pk,
            version=posted_version(request, row.result.pk),
            channel=Channel.FORM,
        )
    except (InvalidRow, StaleVersion, Refused) as error:
        messages.error(request, f"{row.definition.code}: {_reason(error)}")
        return False
    return True


def _reason(error: Exception) -> str:
    if isinstance(error, StaleVersion):
        return _("somebody else has just changed this row; look at it again.")
    return str(error)


def _say(request: HttpRequest, saved: int, kept: bool) -> None:
    saved += kept
    if not saved:
        messages.info(request, _("Nothing had changed, so nothing was saved."))
        return
    messages.success(
        request,
        ngettext("Saved %(count)s row at %(time)s.", "Saved %(count)s rows at %(time)s.", saved)
        % {"count": saved, "time": localtime().strftime("%H:%M")},
    )


def _answer_with_errors(
    request: HttpRequest,
    sheet: Sheet,
    inputs: dict[int, RowInput],
    conflicts: dict[int, Conflict],
    saved: int,
) -> HttpResponse:
    fresh = sheet_for(sheet.assessment, request.user)
    left = ngettext(
        "%(count)s row was not saved; it is marked below, with what you typed.",
        "%(count)s rows were not saved; they are marked below, with what you typed.",
        len(inputs),
    ) % {"count": len(inputs)}
    messages.error(request, left)
    if saved:
        messages.success(
            request,
            ngettext("%(count)s row was saved.", "%(count)s rows were saved.", saved)
            % {"count": saved},
        )
    return _page(request, fresh, inputs, conflicts, status=409 if conflicts else 422)
