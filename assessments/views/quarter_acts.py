"""Opening, moving, closing and reopening one quarter: what it will do, then the act."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assessments import quarters
from assessments.closing import closing_report
from assessments.errors import Changed, InvalidRow, QuarterRefused
from assessments.models import Channel
from assessments.notifying import concerned_by_quarters
from assessments.quarter_forms import MoveForm, ReopenForm
from assessments.wording import quarter_lock_text
from communes.models import AdministrativeUnit
from periods.clock import today
from periods.models import ReportingPeriod
from periods.workflow import QuarterAct


def _period(slug: str) -> ReportingPeriod:
    return get_object_or_404(ReportingPeriod, slug=slug)


def _back(period: ReportingPeriod) -> HttpResponse:
    return redirect("periods:detail", period.slug)


def _locked(request: HttpRequest, act: QuarterAct, period: ReportingPeriod) -> HttpResponse | None:
    """Back to the quarter with the reason, where the act is not possible now."""
    reason = quarters.quarter_refusal(act, period, request.user)
    if reason is None:
        return None
    messages.info(request, quarter_lock_text(reason, period))
    return _back(period)


@require_http_methods(["GET", "POST"])
def open_quarter(request: HttpRequest, period: str) -> HttpResponse:
    found = _period(period)
    if request.method == "POST":
        try:
            made = quarters.open_period(by=request.user, period=found, channel=Channel.FORM)
        except QuarterRefused as refused:
            messages.error(request, str(refused))
            return _back(found)
        _say_opened(request, found, made)
        return _back(found)
    if (answer := _locked(request, QuarterAct.OPEN, found)) is not None:
        return answer
    units = AdministrativeUnit.objects.in_programme().valid_on(found.data_to)
    context = {
        "period": found,
        "communes": units.count(),
        "people": concerned_by_quarters(request.user),
        "is_early": today() < found.data_from,
        "is_late": today() > found.due_on,
    }
    return render(request, "periods/open.html", context)


def _say_opened(request: HttpRequest, period: ReportingPeriod, made: int) -> None:
    if not made:
        messages.info(request, _("%(quarter)s was open already.") % {"quarter": period.label})
        return
    messages.success(
        request,
        ngettext(
            "%(quarter)s is open: %(n)s assessment can be entered. Everybody concerned was told.",
            "%(quarter)s is open: %(n)s assessments can be entered. Everybody concerned was told.",
            made,
        )
        % {"quarter": period.label, "n": made},
    )


@require_http_methods(["GET", "POST"])
def extend_quarter(request: HttpRequest, period: str) -> HttpResponse:
    found = _period(period)
    if request.method == "GET" and (answer := _locked(request, QuarterAct.EXTEND, found)):
        return answer
    form = MoveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            moved = quarters.extend_period(
                by=request.user, period=found, channel=Channel.FORM, **form.cleaned_data
            )
        except InvalidRow as error:
            for name, sentence in error.errors.items():
                form.add_error(name, sentence)
        except QuarterRefused as refused:
            messages.error(request, str(refused))
            return _back(found)
        else:
            words = {"quarter": found.label, "date": date_format(moved.due_on)}
            messages.success(request, _("%(quarter)s is now due on %(date)s.") % words)
            return _back(found)
    later = found.assessments.filter(extended_to__isnull=False).count()
    context = {"period": found, "form": form, "own_dates": later}
    return render(request, "periods/extend.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def close_quarter(request: HttpRequest, period: str) -> HttpResponse:
    found, changed = _period(period), False
    if request.method == "POST":
        try:
            closed = quarters.close_period(
                by=request.user,
                period=found,
                fingerprint=request.POST.get("fingerprint", ""),
                channel=Channel.FORM,
            )
        except QuarterRefused as refused:
            messages.error(request, str(refused))
            return _back(found)
        except Changed:
            changed = True
        else:
            words = {"quarter": found.label}
            if closed:
                messages.success(
                    request, _("%(quarter)s is closed. Its figures no longer change.") % words
                )
            else:
                messages.info(request, _("%(quarter)s was closed already.") % words)
            return _back(found)
    elif (answer := _locked(request, QuarterAct.CLOSE, found)) is not None:
        return answer
    context = {
        "period": found,
        "report": closing_report(found),
        "changed": changed,
        "is_early": today() <= found.due_on,
    }
    return render(request, "periods/close.html", context, status=409 if changed else 200)


@require_http_methods(["GET", "POST"])
def reopen_quarter(request: HttpRequest, period: str) -> HttpResponse:
    found = _period(period)
    if request.method == "GET" and (answer := _locked(request, QuarterAct.REOPEN, found)):
        return answer
    form = ReopenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            quarters.reopen_period(
                by=request.user, period=found, channel=Channel.FORM, **form.cleaned_data
            )
        except InvalidRow as error:
            for name, sentence in error.errors.items():
                form.add_error(name, sentence)
        except QuarterRefused as refused:
            messages.error(request, str(refused))
            return _back(found)
        else:
            messages.success(
                request,
                _("%(quarter)s is open again. Everybody concerned was told why.")
                % {"quarter": found.label},
            )
            return _back(found)
    context = {"period": found, "form": form, "people": concerned_by_quarters(request.user)}
    return render(request, "periods/reopen.html", context, status=422 if form.errors else 200)
