"""Quarters: the list, one quarter, and a year's four in one act."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import may_steer
from assessments.errors import InvalidRow
from assessments.models import Channel
from assessments.quarter_forms import DueDatesForm, YearForm, default_days, planned_lines
from assessments.quarter_pages import (
    PERIOD_KINDS,
    act_buttons,
    decision_lines,
    quarter_lines,
    time_left,
    unit_lines,
)
from assessments.quarters import plan_quarters
from assessments.statistics import DEFAULT_SET, completeness
from criteria.models import CriteriaSet
from periods.clock import today
from periods.models import PeriodState, ReportingPeriod
from periods.swapped_days import swapped_between


@require_safe
def quarter_list(request: HttpRequest) -> HttpResponse:
    context = {"lines": quarter_lines(), "may_steer": may_steer(request.user)}
    return render(request, "periods/list.html", context)


@require_safe
def quarter(request: HttpRequest, period: str) -> HttpResponse:
    found = get_object_or_404(ReportingPeriod, slug=period)
    context = {
        "period": found,
        "kind": PERIOD_KINDS[PeriodState(found.state)],
        "buttons": act_buttons(found, request.user),
        "decisions": decision_lines(found.events.select_related("by")),
        "time_left": time_left(found, today()) if found.is_open else "",
    }
    criteria_set = CriteriaSet.objects.filter(slug=DEFAULT_SET).first()
    if found.state != PeriodState.PLANNED and criteria_set is not None:
        stands = completeness(found, criteria_set, today())
        context |= {
            "stands": stands,
            "lines": unit_lines(stands, found, criteria_set, request.user),
            "accepted": sum(unit.state == "accepted" for unit in stands.units),
            "returned": sum(unit.state == "returned" for unit in stands.units),
        }
        context["can_extend"] = any(line.extend_url for line in context["lines"])
    return render(request, "periods/detail.html", context)


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """GET: the year's four quarters as they would be. POST: create those that are not there."""
    asked = request.POST if request.method == "POST" else request.GET
    year_form = YearForm(_asked_or_usual(asked))
    if not year_form.is_valid():
        return render(request, "periods/plan.html", {"year_form": year_form}, status=422)
    year, days = year_form.cleaned_data["year"], year_form.cleaned_data["days"]
    lines = planned_lines(year, days)
    form = DueDatesForm(request.POST if request.method == "POST" else None, lines=lines)
    if request.method == "POST" and form.is_valid():
        try:
            made = plan_quarters(
                by=request.user, year=year, due_dates=form.due_dates, channel=Channel.FORM
            )
        except InvalidRow as error:
            for name, sentence in error.errors.items():
                form.add_error(name, sentence)
        else:
            _say_made(request, year, made)
            return redirect("periods:list")
    for line in lines:
        line.bound = form[line.field] if line.field in form.fields else None
    context = {
        "year_form": year_form,
        "form": form,
        "lines": lines,
        "year": year,
        "days": days,
        "new": len(form.fields),
        "swapped": swapped_between(lines[0].planned.data_to, lines[-1].planned.due_on),
    }
    return render(request, "periods/plan.html", context, status=422 if form.errors else 200)


def _asked_or_usual(asked) -> dict[str, object]:
    newest = ReportingPeriod.objects.first()
    usual = newest.year + (newest.quarter == 4) if newest else today().year
    return {"year": asked.get("year", usual), "days": asked.get("days", default_days())}


def _say_made(request: HttpRequest, year: int, made: list[ReportingPeriod]) -> None:
    if not made:
        messages.info(
            request,
            _("All four quarters of %(year)s are there already; nothing was changed.")
            % {"year": year},
        )
        return
    messages.success(
        request,
        ngettext(
            "%(n)s quarter was created: %(names)s.",
            "%(n)s quarters were created: %(names)s.",
            len(made),
        )
        % {"n": len(made), "names": ", ".join(str(period) for period in made)},
    )
