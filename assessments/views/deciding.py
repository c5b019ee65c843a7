"""Complete, accept and reopen: what it means, what is not verified, the reason, the act."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments import deciding
from assessments.errors import InvalidRow, Refused
from assessments.forms import ReasonForm
from assessments.gate import refusal
from assessments.models import Assessment, Channel
from assessments.sheet import load_sheet
from assessments.standing import Standing, standing_of
from assessments.views.loading import load_assessment
from assessments.wording import lock_text
from assessments.workflow import Act


@require_http_methods(["GET", "POST"])
def complete(request: HttpRequest, period: str, unit: str, criteria_set: str) -> HttpResponse:
    assessment = load_assessment(request, period, unit, criteria_set)

    def act(reason: str) -> str:
        done = deciding.complete(
            by=request.user, assessment=assessment, channel=Channel.FORM, reason=reason
        )
        return _("The verification is complete.") if done else _("It was complete already.")

    return _decide(request, assessment, Act.COMPLETE, act)


@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, period: str, unit: str, criteria_set: str) -> HttpResponse:
    assessment = load_assessment(request, period, unit, criteria_set)

    def act(reason: str) -> str:
        done = deciding.accept(by=request.user, assessment=assessment, channel=Channel.FORM)
        return _("Accepted.") if done else _("It was accepted already.")

    return _decide(request, assessment, Act.ACCEPT, act)


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, period: str, unit: str, criteria_set: str) -> HttpResponse:
    assessment = load_assessment(request, period, unit, criteria_set)

    def act(reason: str) -> str:
        deciding.reopen(by=request.user, assessment=assessment, reason=reason, channel=Channel.FORM)
        return _("Reopened: the departments may look at it again.")

    return _decide(request, assessment, Act.REOPEN, act)


def _decide(
    request: HttpRequest, assessment: Assessment, act: Act, do: Callable[[str], str]
) -> HttpResponse:
    standing = standing_of(load_sheet(assessment), request.user)
    data = request.POST if request.method == "POST" else None
    form = ReasonForm(data, _needed(act, standing))
    if request.method == "POST" and form.is_valid():
        try:
            said = do(form.cleaned_data["reason"])
        except InvalidRow as invalid:
            for name, sentence in invalid.errors.items():
                form.add_error(name, sentence)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(assessment)
        else:
            messages.success(request, said)
            return redirect(assessment)
    elif request.method == "GET" and (reason := refusal(act, assessment, request.user)):
        messages.info(request, lock_text(reason, assessment, act))
        return redirect(assessment)
    context = {
        "assessment": assessment,
        "act": act.value,
        "standing": standing,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "verification/decide.html", context, status=status)


def _needed(act: Act, standing: Standing) -> str:
    """Why this decision needs a reason; empty when it needs none."""
    if act is Act.REOPEN:
        return _("Say why it is reopened; the commune and the departments read it.")
    if act is Act.COMPLETE and standing.left:
        return _("Say why the rest is not verified; it counts as declared only.")
    return ""
