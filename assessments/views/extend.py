"""Lifting one commune's due date."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments import actions
from assessments.errors import InvalidRow, Refused
from assessments.forms import ExtensionForm
from assessments.models import Channel
from assessments.views.loading import load_assessment


@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, period: str, unit: str, criteria_set: str) -> HttpResponse:
    assessment = load_assessment(request, period, unit, criteria_set)
    form = ExtensionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.extend(
                by=request.user, assessment=assessment, channel=Channel.FORM, **form.cleaned_data
            )
        except InvalidRow as error:
            for name, sentence in error.errors.items():
                form.add_error(name, sentence)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(assessment)
        else:
            messages.success(
                request,
                _("%(unit)s may now enter until %(date)s.")
                % {
                    "unit": assessment.unit.name,
                    "date": date_format(form.cleaned_data["until"]),
                },
            )
            return redirect(assessment)
    status = 422 if form.errors else 200
    context = {"assessment": assessment, "form": form}
    return render(request, "assessments/extend.html", context, status=status)
