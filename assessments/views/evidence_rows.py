"""The evidence of one row: its own page, which works without a script, and what a script sends."""

from __future__ import annotations

from itertools import chain

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.asking_json import asks_json, refused_as_json
from assessments import attaching
from assessments.attaching import Attached
from assessments.errors import (
    InvalidRow,
    NotAccepted,
    Refused,
    StaleDescription,
    StorageUnreachable,
)
from assessments.evidence_forms import DescriptionForm, RemovalForm
from assessments.files import PATH_MARK
from assessments.models import Channel, Evidence, IndicatorResult
from assessments.views.evidence_page import page_context, row_context, row_of, sentences_about
from assessments.views.rows import scope


@require_http_methods(["GET", "POST"])
def evidence(
    request: HttpRequest, period: str, unit: str, criteria_set: str, result_id: int
) -> HttpResponse:
    """GET: what stands behind the row (for a script its block in the form). POST: further files."""
    result = row_of(request, scope(request, period, unit, criteria_set), result_id)
    if request.method == "GET":
        if "HX-Request" in request.headers:
            return render(request, "assessments/row_evidence.html", row_context(request, result))
        return _page(request, result)
    files = request.FILES.getlist("files")
    attached, refused, status = _attach_all(request, result, files)
    if "HX-Request" in request.headers:
        return _tell_script(request, result, attached, refused, status)
    if not files:
        refused = [_("Choose at least one file first.")]
    if refused and asks_json(request):
        sentence, kept = " ".join(refused), [one.evidence.name for one in attached]
        return refused_as_json(sentence, status, {"files": sentence}, kept=kept)
    for sentence in chain.from_iterable(map(sentences_about, attached)):
        messages.success(request, sentence)
    for sentence in refused:
        messages.error(request, sentence)
    return _page(request, result, status=status) if refused else redirect(request.path)


def _attach_all(
    request: HttpRequest, result: IndicatorResult, files
) -> tuple[list[Attached], list[str], int]:
    """What was kept, for what was not a sentence with the file's name, and the status of the
    refusal: 503 where the same file may be taken later."""
    kept, refused, status = [], [], 422
    for file in files:
        try:
            kept.append(
                attaching.attach(
                    by=request.user,
                    rows=IndicatorResult.objects.visible_to(request.user),
                    result_id=result.pk,
                    file=file,
                    name=file.name,
                    channel=Channel.FORM,
                )
            )
        except (NotAccepted, Refused) as error:
            refused.append(f"{file.name.removeprefix(PATH_MARK)}: {error}")
            if isinstance(error, StorageUnreachable):
                status = 503
    return kept, refused, status


def _tell_script(
    request: HttpRequest,
    result: IndicatorResult,
    attached: list[Attached],
    refused: list[str],
    status: int,
) -> HttpResponse:
    """The new list, and the sentences; ``status`` when something was not kept.

    ``quiet``: the list itself says all that there is to say.
    """
    full = request.POST.get("shown") == "page"
    template = "assessments/evidence_files.html" if full else "assessments/row_evidence.html"
    context = page_context(request, result) if full else row_context(request, result)
    body = {
        "html": render_to_string(template, context, request),
        "sentences": refused or list(chain.from_iterable(map(sentences_about, attached))),
        "quiet": all(one.created and not one.elsewhere for one in attached),
    }
    return JsonResponse(body, status=status if refused else 200)


@require_http_methods(["GET", "POST"])
def describe(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """Number, date and validity of a document."""
    held = _load(request, evidence_id)
    if request.method == "GET":
        return redirect(row_url(held))
    form, status = DescriptionForm(request.POST, prefix=str(held.pk)), 422
    if form.is_valid():
        try:
            attaching.describe(
                by=request.user,
                evidence=Evidence.objects.visible_to(request.user),
                evidence_id=held.pk,
                version=form.cleaned_data["version"],
                read=lambda _held: form.details,
                channel=Channel.FORM,
            )
        except StaleDescription as stale:
            form, status = _conflicting(form, stale), 409
        except (InvalidRow, Refused) as error:
            _take_errors(form, error)
        else:
            messages.success(request, _("Saved what is said about %(name)s.") % {"name": held.name})
            return redirect(row_url(held))
    if asks_json(request):
        more = {"version": form.data[form.add_prefix("version")]} if status == 409 else {}
        return _refused_form(form, status, **more)
    return _page(request, held.result, status=status, forms={held.pk: form})


def _conflicting(form: DescriptionForm, stale: StaleDescription) -> DescriptionForm:
    """What was typed stays, what stands now is said above it; sent again it replaces that."""
    held = stale.evidence
    data = form.data.copy()
    data[form.add_prefix("version")] = held.version
    again = DescriptionForm(data, prefix=form.prefix)
    said = [held.document_number, *(d and f"{d:%d/%m/%Y}" for d in (held.document_date,))]
    until = held.valid_until and _("valid until %(date)s") % {
        "date": f"{held.valid_until:%d/%m/%Y}"
    }
    words = " · ".join(part for part in (*said, until) if part) or _("nothing")
    again.add_error(
        None,
        _(
            "%(sorry)s It says now: %(now)s. Below stands what you typed; save it again to replace that."
        )
        % {"sorry": stale, "now": words},
    )
    return again


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """Take a file from its row, with a reason that stays."""
    held = _load(request, evidence_id)
    if request.method == "GET":
        return redirect(row_url(held))
    form = RemovalForm(request.POST, prefix=f"remove-{held.pk}")
    if form.is_valid():
        try:
            removed = attaching.remove(
                by=request.user,
                evidence=Evidence.objects.visible_to(request.user),
                evidence_id=held.pk,
                reason=form.cleaned_data["reason"],
                channel=Channel.FORM,
            )
        except (InvalidRow, Refused) as error:
            _take_errors(form, error)
        else:
            if removed:
                messages.success(request, _("%(name)s was removed.") % {"name": held.name})
            else:
                messages.info(request, _("%(name)s was already removed.") % {"name": held.name})
            return redirect(row_url(held))
    if asks_json(request):
        return _refused_form(form, 422)
    return _page(request, held.result, status=422, removals={held.pk: form})


def _refused_form(form, status: int, **more: object) -> HttpResponse:
    """The first sentence of each field, as the API names it; ``row``: of the whole."""
    errors = {
        "row" if name == "__all__" else name: sentences[0]
        for name, sentences in form.errors.items()
    }
    sentence = " ".join(dict.fromkeys(errors.values()))
    return refused_as_json(sentence, status, errors, **more)


def row_url(held: Evidence) -> str:
    result = held.result
    return f"{result.assessment.get_absolute_url()}rows/{result.pk}/evidence/"


def _load(request: HttpRequest, evidence_id: int) -> Evidence:
    held = (
        Evidence.objects.visible_to(request.user)
        .select_related(
            "result__indicator__criterion",
            "result__assessment__unit__parent__parent",
            "result__assessment__period",
            "result__assessment__criteria_set",
            "result__assessment__submitted_by",
        )
        .filter(pk=evidence_id)
        .first()
    )
    if held is None:
        raise Http404
    return held


def _take_errors(form, error: Exception) -> None:
    told = error.errors if isinstance(error, InvalidRow) else {"row": str(error)}
    for name, sentence in told.items():
        form.add_error(name if name in form.fields else None, sentence)


def _page(request, result, *, status: int = 200, **forms) -> HttpResponse:
    context = page_context(request, result, **forms)
    return render(request, "assessments/evidence.html", context, status=status)
