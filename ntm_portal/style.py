"""``/style/``: every part of the look on one page, to be looked at and tested. Demonstration only."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from periods.clock import now, today


class SampleForm(forms.Form):
    """One field of each kind; the second has something wrong in it."""

    name = forms.CharField(label=_("Name of the job"), help_text=_("As it stands in the plan."))
    share = forms.DecimalField(label=_("Share of households"), max_value=100, localize=True)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea({"rows": 2}))
    capital = forms.ChoiceField(
        label=_("Source of capital"), choices=[("central", _("Central")), ("local", _("Local"))]
    )
    answer = forms.ChoiceField(
        label=_("Result"), choices=[("met", _("Met")), ("not_met", _("Not met"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    checked = forms.BooleanField(label=_("I have checked these figures"), required=False)


def style(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    for level in (messages.INFO, messages.SUCCESS, messages.WARNING, messages.ERROR):
        messages.add_message(request, level, _("A sentence that says what happened."))
    sample = {"name": "Làm đường bản Nà Tăm", "share": "139,05", "answer": "met"}
    form = SampleForm(sample)
    form.is_valid()
    context = {
        "form": form,
        "verdicts": ["met", "not_met", "not_applicable", "missing"],
        "columns": range(1, 20),
        "communes": ["Bình Lư", "Bản Bo", "Nùng Nàng", "Tả Lèng"],
        "page_obj": Paginator(range(100), 10).page(3),
        "day": today(),
        "moment": now(),
    }
    return render(request, "style.html", context)
