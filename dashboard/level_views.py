"""``/criteria/<set>/unconfirmed/``: the standing office confirms or corrects levels."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from assessments.rejudging import Effect, confirm_level, preview, standing_on
from criteria.actions import LevelReplaced
from criteria.models import CriteriaSet, Threshold
from dashboard.level_forms import LevelForm
from dashboard.levels import level_line, level_page, usual_beginning


@require_GET
def unconfirmed(request: HttpRequest, slug: str) -> HttpResponse:
    criteria_set = get_object_or_404(CriteriaSet, slug=slug)
    context = {"set": criteria_set, "page": level_page(criteria_set)}
    return render(request, "criteria/unconfirmed.html", context)


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, slug: str, threshold_id: int) -> HttpResponse:
    """First press: what it would do. Second press: do it. Both read the same form."""
    criteria_set = get_object_or_404(CriteriaSet, slug=slug)
    threshold = get_object_or_404(
        Threshold.objects.select_related(
            "measure__indicator__criterion", "province", "condition_measure"
        ),
        pk=threshold_id,
        measure__indicator__criterion__criteria_set=criteria_set,
    )
    if threshold.valid_to is not None or threshold.is_confirmed:
        return _already(request, slug)
    form = LevelForm(request.POST or None, threshold=threshold, begins=usual_beginning())
    effect = None
    if request.method == "POST" and form.is_valid():
        act = confirm_level if "confirm" in request.POST else preview
        try:
            effect = act(by=request.user, threshold_id=threshold.pk, level=form.level)
        except LevelReplaced:
            return _already(request, slug)
        except ValidationError as error:
            _show(form, error)
        else:
            if act is confirm_level:
                return _done(request, slug, threshold, effect)
    line = level_line(criteria_set, threshold, standing_on([threshold])[threshold.pk])
    context = {"set": criteria_set, "line": line, "form": form, "effect": effect}
    return render(request, "criteria/confirm.html", context, status=422 if form.errors else 200)


def _show(form: LevelForm, error: ValidationError) -> None:
    for name, sentences in error.message_dict.items():
        form.add_error(name if name in form.fields else None, sentences)


def _already(request: HttpRequest, slug: str) -> HttpResponse:
    messages.info(request, _("This level was confirmed or closed already."))
    return redirect("criteria:unconfirmed", slug=slug)


def _done(request: HttpRequest, slug: str, threshold: Threshold, effect: Effect) -> HttpResponse:
    count = len(effect.rejudged)
    sentence = ngettext(
        "The level of %(code)s is confirmed; %(count)s row was judged anew.",
        "The level of %(code)s is confirmed; %(count)s rows were judged anew.",
        count,
    ) % {"code": threshold.measure.indicator.code, "count": count}
    messages.success(request, sentence)
    return redirect("criteria:unconfirmed", slug=slug)
