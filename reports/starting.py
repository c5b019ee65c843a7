"""Beginning a summary: for a quarter, 6, 9 or 12 months, or ad hoc for a day."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may
from periods.clock import now, today
from periods.models import ReportingPeriod
from reports.errors import InvalidSummary, SummaryRefused
from reports.models import SummaryKind, SummaryReport
from reports.models.summaries import LAST_QUARTER, slug_of
from reports.workflow import Lock
from reports.written.terms import read_slug


def term_at(slug: str) -> tuple[str, ReportingPeriod] | None:
    """Kind and quarter of ``2023-q3`` or ``2023-9-months``; None where there is no such quarter.

    Written reports may be asked for only since some quarter; summaries are made of all.
    """
    read = read_slug(slug)
    if read is None:
        return None
    year, quarter, kind = read
    period = ReportingPeriod.objects.filter(year=year, quarter=quarter).first()
    return (kind, period) if period else None


@transaction.atomic
def start_term(*, by: User, kind: str, period: ReportingPeriod) -> SummaryReport:
    """The summary of a term; the one that is there already when there is one (a second press)."""
    _allow(by)
    if not period.opened_at:
        raise InvalidSummary({"term": _("This quarter is not open yet, so it has no figures.")})
    if kind == SummaryKind.ADHOC or LAST_QUARTER.get(kind, period.quarter) != period.quarter:
        raise InvalidSummary({"term": _("This term does not end with this quarter.")})
    return _start(by, kind, period, None)


@transaction.atomic
def start_ad_hoc(*, by: User, on: dt.date) -> SummaryReport:
    """For a day: with the figures of the last quarter whose data window had closed by then."""
    _allow(by)
    if on > today():
        raise InvalidSummary(
            {"on": _("This day has not come yet. Choose today or an earlier day.")}
        )
    begun = SummaryReport.objects.filter(kind=SummaryKind.ADHOC, on=on).first()
    if begun:
        return begun
    period = ReportingPeriod.objects.begun().filter(data_to__lte=on).order_by("-data_to").first()
    if period is None:
        raise InvalidSummary(
            {"on": _("No quarter had closed its data by this day, so there are no figures for it.")}
        )
    if period.is_open and on < today():
        raise InvalidSummary(
            {
                "on": _(
                    "The figures of that day cannot be told any more: they have changed since in "
                    "a quarter that is still open. Choose today."
                )
            }
        )
    return _start(by, SummaryKind.ADHOC, period, on)


def _allow(by: User) -> None:
    if not may(by, "reports.compose"):
        raise SummaryRefused(Lock.NOT_YOURS)


def _start(by: User, kind: str, period: ReportingPeriod, on: dt.date | None) -> SummaryReport:
    summary, _made = SummaryReport.objects.get_or_create(
        slug=slug_of(kind, period, on),
        defaults={
            "kind": kind,
            "period": period,
            "on": on,
            "created_at": now(),
            "created_by": by,
        },
    )
    return summary
