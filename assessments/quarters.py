"""Everything that decides about a whole quarter, whole and with its trace (``QuarterEvent``).

Keyword-only, one transaction each, ``by`` is the person who acts. What is held, and in which
order, says ``locking``. Errors: ``QuarterRefused``, ``InvalidRow`` (field -> sentence), and
``Changed`` when what was confirmed is no longer so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may_steer
from assessments.announcing import announce_closed
from assessments.closing import closing_report
from assessments.errors import Changed, InvalidRow, QuarterRefused
from assessments.freezing import freeze, thaw
from assessments.locking import hold_assessments, hold_quarter
from assessments.models import (
    Assessment,
    Event,
    EventKind,
    IndicatorResult,
    QuarterEvent,
    QuarterEventKind,
)
from assessments.notifying import (
    notify_opened,
    notify_quarter_extended,
    notify_quarter_reopened,
)
from assessments.reminding import judge_anew
from assessments.rows import TEXT_LIMIT
from assessments.wording import day_off_text, too_late_text
from communes.models import AdministrativeUnit
from communes.texts import tidy
from criteria.models import CriteriaSet, Indicator
from periods.calendar import LONGEST_EXTENSION, is_working_day
from periods.clock import now, today
from periods.models import PeriodState, ReportingPeriod
from periods.workflow import QuarterAct, QuarterLock, QuarterSituation, quarter_lock


def quarter_situation(period: ReportingPeriod) -> QuarterSituation:
    others = ReportingPeriod.objects.exclude(pk=period.pk)
    return QuarterSituation(
        state=period.state,
        earlier_open=others.open().filter(data_to__lt=period.data_to).exists(),
        later_closed=others.filter(state=PeriodState.CLOSED, data_to__gt=period.data_to).exists(),
    )


def quarter_refusal(act: QuarterAct, period: ReportingPeriod, by: User) -> QuarterLock | None:
    """Why ``by`` may not decide this now, or None: the page's disabled button asks here too."""
    if not may_steer(by):
        return QuarterLock.NOT_YOURS
    return quarter_lock(act, quarter_situation(period))


def _held(act: QuarterAct, period: ReportingPeriod, by: User) -> ReportingPeriod:
    if not may_steer(by):
        raise QuarterRefused(QuarterLock.NOT_YOURS, period)
    period = hold_quarter(period)
    reason = quarter_refusal(act, period, by)
    if reason is not None:
        raise QuarterRefused(reason, period)
    return period


@transaction.atomic
def open_period(*, by: User, period: ReportingPeriod, channel: str) -> int:
    """Open a quarter: one blank assessment for each commune and set in force; how many were made.

    Opening an open quarter again only adds what is missing (a set put in force meanwhile).
    Everybody concerned is told, once.
    """
    period = _held(QuarterAct.OPEN, period, by)
    first = period.state == PeriodState.PLANNED
    if first:
        period.state, period.opened_at = PeriodState.OPEN, now()
        period.save(update_fields=["state", "opened_at"])
    made = _add_assessments(period)
    Event.objects.bulk_create(
        Event(assessment=a, kind=EventKind.OPENED, at=now(), by=by, channel=channel) for a in made
    )
    if first:
        after = {"assessments": len(made), "due_on": period.due_on.isoformat()}
        _decide(period, QuarterEventKind.OPENED, by=by, channel=channel, after=after)
        notify_opened(period=period, by=by)
    return len(made)


def _add_assessments(period: ReportingPeriod) -> list[Assessment]:
    units = AdministrativeUnit.objects.in_programme().valid_on(period.data_to)
    made = []
    for criteria_set in CriteriaSet.objects.in_force().filter(level="commune"):
        have = set(
            Assessment.objects.filter(period=period, criteria_set=criteria_set).values_list(
                "unit_id", flat=True
            )
        )
        made += Assessment.objects.bulk_create(
            Assessment(unit=unit, period=period, criteria_set=criteria_set)
            for unit in units
            if unit.pk not in have
        )
    _add_blank_rows(made)
    return made


def _add_blank_rows(assessments: list[Assessment]) -> None:
    indicators: dict[int, list[int]] = {}
    for pk, set_id in Indicator.objects.values_list("pk", "criterion__criteria_set_id"):
        indicators.setdefault(set_id, []).append(pk)
    IndicatorResult.objects.bulk_create(
        IndicatorResult(assessment=assessment, indicator_id=pk)
        for assessment in assessments
        for pk in indicators.get(assessment.criteria_set_id, [])
    )


@transaction.atomic
def plan_quarters(
    *, by: User, year: int, due_dates: Mapping[int, dt.date], channel: str
) -> list[ReportingPeriod]:
    """Create those of a year's four quarters that do not exist yet, each with its due date.

    ``due_dates``: quarter -> due date; a quarter that exists is left as it is. Pressing twice
    creates nothing the second time.
    """
    if not may_steer(by):
        raise QuarterRefused(QuarterLock.NOT_YOURS, ReportingPeriod.plan(year, 1))
    have = set(ReportingPeriod.objects.filter(year=year).values_list("quarter", flat=True))
    wanted = []
    errors = {}
    for quarter, due_on in sorted(due_dates.items()):
        period = ReportingPeriod.plan(year, quarter)
        period.due_on = due_on
        if quarter not in have:
            wanted.append(period)
            if due_on <= period.data_to:
                errors[f"due_{quarter}"] = _after_its_data(period)
            elif not is_working_day(due_on):
                errors[f"due_{quarter}"] = day_off_text(due_on)
            elif due_on > period.data_to + LONGEST_EXTENSION:
                errors[f"due_{quarter}"] = _too_long_after_its_data()
    if errors:
        raise InvalidRow(errors)
    made = []
    for period in wanted:
        stored, is_new = ReportingPeriod.objects.get_or_create(
            year=period.year,
            quarter=period.quarter,
            defaults={
                "data_from": period.data_from,
                "data_to": period.data_to,
                "due_on": period.due_on,
            },
        )
        if is_new:
            after = {"due_on": stored.due_on.isoformat()}
            _decide(stored, QuarterEventKind.PLANNED, by=by, channel=channel, after=after)
            made.append(stored)
    return made


def _after_its_data(period: ReportingPeriod) -> str:
    return _("The data window runs until %(date)s; the due date must come later.") % {
        "date": date_format(period.data_to)
    }


def _too_long_after_its_data() -> str:
    words = _("At most %(days)s days after the last day of its data. Is the year right?")
    return words % {"days": LONGEST_EXTENSION.days}


@transaction.atomic
def extend_period(
    *, by: User, period: ReportingPeriod, until: dt.date, reason: str, channel: str
) -> ReportingPeriod:
    """Move the due date of the whole quarter: later, or earlier again after a slip of the pen.

    Never to a day that is not worked, nor before the cut-off; once the quarter is open not into
    the past. Reminders that no longer fit the date are taken back, those that fit it are written.
    """
    period = _held(QuarterAct.EXTEND, period, by)
    reason = tidy(reason)
    errors = reason_errors(reason)
    if until <= period.data_to:
        errors["until"] = _after_its_data(period)
    elif period.is_open and until < today():
        errors["until"] = _("This day has passed. Choose today or a later day.")
    elif until == period.due_on:
        errors["until"] = _("This is the due date already.")
    elif not is_working_day(until):
        errors["until"] = day_off_text(until)
    elif until > max(today(), period.data_to) + LONGEST_EXTENSION:
        errors["until"] = too_late_text()
    if errors:
        raise InvalidRow(errors)
    before, period.due_on = period.due_on, until
    period.save(update_fields=["due_on"])
    event = _decide(
        period,
        QuarterEventKind.EXTENDED,
        by=by,
        channel=channel,
        reason=reason,
        before={"due_on": before.isoformat()},
        after={"due_on": until.isoformat()},
    )
    if period.is_open:
        notify_quarter_extended(period=period, event=event)
        judge_anew(period, today())
    return period


@transaction.atomic
def close_period(*, by: User, period: ReportingPeriod, fingerprint: str, channel: str) -> bool:
    """Close a quarter for good. False when it already was (a second press); one event either way.

    ``fingerprint`` is that of the report which ``by`` read; ``Changed`` when it no longer holds.
    """
    if not may_steer(by):
        raise QuarterRefused(QuarterLock.NOT_YOURS, period)
    if hold_quarter(period).state == PeriodState.CLOSED:
        return False
    period = _held(QuarterAct.CLOSE, period, by)
    hold_assessments(period)
    report = closing_report(period)
    if report.fingerprint != fingerprint:
        raise Changed
    period.state, period.closed_at = PeriodState.CLOSED, now()
    period.save(update_fields=["state", "closed_at"])
    freeze(period)
    event = _decide(period, QuarterEventKind.CLOSED, by=by, channel=channel, after=report.facts)
    announce_closed(period=period, event=event, report=report)
    return True


@transaction.atomic
def reopen_period(
    *, by: User, period: ReportingPeriod, reason: str, channel: str
) -> ReportingPeriod:
    """Let a closed quarter be changed again, with a reason that everybody reads."""
    period = _held(QuarterAct.REOPEN, period, by)
    reason = tidy(reason)
    errors = reason_errors(reason)
    if errors:
        raise InvalidRow(errors)
    before = {"closed_at": period.closed_at.isoformat()}
    period.state, period.closed_at = PeriodState.OPEN, None
    period.save(update_fields=["state", "closed_at"])
    thaw(period)
    event = _decide(
        period, QuarterEventKind.REOPENED, by=by, channel=channel, reason=reason, before=before
    )
    notify_quarter_reopened(period=period, event=event)
    return period


def reason_errors(reason: str) -> dict[str, str]:
    if not reason:
        return {"reason": _("Say why; everybody concerned reads it.")}
    if len(reason) > TEXT_LIMIT:
        return {"reason": _("At most %(limit)s characters.") % {"limit": TEXT_LIMIT}}
    return {}


def _decide(
    period: ReportingPeriod, kind: QuarterEventKind, *, by: User, channel: str, **more: Any
) -> QuarterEvent:
    return QuarterEvent.objects.create(
        period=period, kind=kind, at=now(), by=by, channel=channel, **more
    )
