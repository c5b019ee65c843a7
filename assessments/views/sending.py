"""Handing in: the checklist, the confirmation that says what will be sent, and the act."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assessments import actions
from assessments.checks import explained, missing_for_submission, worth_knowing
from assessments.errors import Changed, Incomplete, Refused
from assessments.models import Channel
from assessments.presenting import values_words
from assessments.sheet import Row
from assessments.views.loading import frame, load_assessment, sheet_for


@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, period: str, unit: str, criteria_set: str) -> HttpResponse:
    assessment = load_assessment(request, period, unit, criteria_set)
    if request.method == "POST":
        try:
            sent = actions.submit(
                by=request.user,
                assessment=assessment,
                fingerprint=request.POST.get("fingerprint", ""),
                channel=Channel.FORM,
            )
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(assessment)
        except (Incomplete, Changed) as error:
            return _confirmation(request, assessment, changed=isinstance(error, Changed))
        if sent:
            messages.success(request, _("Sent. The departments now verify your figures."))
        else:
            messages.info(request, _("This assessment was already sent; it was not sent twice."))
        return redirect(assessment)
    return _confirmation(request, assessment)


def _confirmation(request, assessment, *, changed: bool = False) -> HttpResponse:
    sheet = sheet_for(assessment, request.user)
    context = frame(sheet, request.user)
    if context["lock"]:
        messages.info(request, context["lock_text"])
        return redirect(assessment)
    context |= {
        "findings": missing_for_submission(sheet),
        "worth_knowing": worth_knowing(sheet),
        "explained": explained(sheet),
        "changed": changed,
        "verdicts": Counter(row.verdict.value for row in sheet.rows),
        "excused": sum(row.is_missing and bool(row.result.absence_reason) for row in sheet.rows),
        "kept": sum(row.result.basis == "unchanged" for row in sheet.rows),
    }
    status = 409 if changed else 422 if request.method == "POST" else 200
    return render(request, "assessments/submit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def unchanged_all(request: HttpRequest, period: str, unit: str, criteria_set: str) -> HttpResponse:
    assessment = load_assessment(request, period, unit, criteria_set)
    if request.method == "POST":
        try:
            count = actions.keep_all_unchanged(
                by=request.user,
                assessment=assessment,
                fingerprint=request.POST.get("fingerprint", ""),
                channel=Channel.FORM,
            )
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(assessment)
        except Changed:
            return _rows_to_keep(request, assessment, changed=True)
        _say_kept(request, count)
        return redirect(assessment)
    return _rows_to_keep(request, assessment)


def _rows_to_keep(request, assessment, *, changed: bool = False) -> HttpResponse:
    sheet = sheet_for(assessment, request.user)
    context = frame(sheet, request.user)
    if context["lock"]:
        messages.info(request, context["lock_text"])
        return redirect(assessment)
    kept = actions.rows_to_keep(sheet, request.user)
    context |= {
        "kept": _kept_lines(kept),
        "left": sum(row.is_blank for row in sheet.rows) - len(kept),
        "fingerprint": actions.fingerprint_of_kept(kept),
        "changed": changed,
    }
    return render(
        request, "assessments/unchanged_all.html", context, status=409 if changed else 200
    )


def _kept_lines(rows: list[Row]) -> list[tuple[str, str, str]]:
    """Code, text and last quarter's values of each row that would be kept."""
    return [
        (
            row.definition.code,
            row.definition.title,
            values_words(row.definition, row.previous.values, row.previous),
        )
        for row in rows
    ]


def _say_kept(request: HttpRequest, count: int) -> None:
    if not count:
        messages.info(request, _("No row was blank, so none was kept."))
        return
    messages.success(
        request,
        ngettext(
            "%(count)s row is kept unchanged since last quarter.",
            "%(count)s rows are kept unchanged since last quarter.",
            count,
        )
        % {"count": count},
    )
