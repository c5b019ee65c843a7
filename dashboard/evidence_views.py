"""``/criteria/<set>/evidence/``: the standing office says what is met only with a file behind it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from assessments.asking_evidence import ask_evidence as ask
from assessments.asking_evidence import rows_without_file
from assessments.errors import InvalidRow
from criteria.models import CriteriaSet, EvidenceDecision, Indicator


class AskingForm(forms.Form):
    """``required`` is what the page that was looked at offered: a second press turns nothing back."""

    required = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")],
        coerce=lambda value: value == "yes",
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Load the page again, then decide.")
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        error_messages={
            "required": gettext_lazy("Say why; the reason stays with the decision."),
        },
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_GET
def evidence(request: HttpRequest, slug: str) -> HttpResponse:
    criteria_set = get_object_or_404(CriteriaSet, slug=slug)
    indicators = Indicator.objects.filter(criterion__criteria_set=criteria_set)
    context = {
        "set": criteria_set,
        "indicators": indicators.select_related("criterion").order_by(
            "criterion__number", "position"
        ),
        "asked": indicators.filter(requires_evidence=True).count(),
        "decisions": EvidenceDecision.objects.filter(indicator__in=indicators).select_related(
            "indicator", "by"
        )[:50],
    }
    return render(request, "criteria/evidence.html", context)


@require_http_methods(["GET", "POST"])
def ask_evidence(request: HttpRequest, slug: str, indicator_id: int) -> HttpResponse:
    """What the decision will do, its reason, and one press."""
    criteria_set = get_object_or_404(CriteriaSet, slug=slug)
    indicator = get_object_or_404(
        Indicator.objects.select_related("criterion"),
        pk=indicator_id,
        criterion__criteria_set=criteria_set,
    )
    wanted = not indicator.requires_evidence
    form = AskingForm(request.POST or None, initial={"required": "yes" if wanted else "no"})
    if request.method == "POST" and form.is_valid():
        try:
            done = ask(
                by=request.user,
                criteria_set=criteria_set,
                indicator_id=indicator.pk,
                required=form.cleaned_data["required"],
                reason=form.cleaned_data["reason"],
            )
        except InvalidRow as error:
            form.add_error("reason", error.errors["reason"])
        else:
            _tell(request, indicator, required=form.cleaned_data["required"], done=done)
            return redirect("criteria:evidence", slug=slug)
    context = {
        "set": criteria_set,
        "indicator": indicator,
        "form": form,
        "wanted": wanted,
        "lacking": rows_without_file(indicator) if wanted else [],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "criteria/ask_evidence.html", context, status=status)


def _tell(request: HttpRequest, indicator: Indicator, *, required: bool, done: bool) -> None:
    code = {"code": indicator.code}
    if not done:
        messages.info(request, _("Indicator %(code)s stands so already.") % code)
    elif required:
        messages.success(request, _("Indicator %(code)s is now met only with evidence.") % code)
    else:
        messages.success(request, _("Indicator %(code)s no longer needs evidence.") % code)
