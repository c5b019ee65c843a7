"""Terms: the quarter and the longer terms that end with it, their addresses and due dates."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from periods.calendar import add_working_days
from periods.models import ReportingPeriod
from reports.models import SummaryKind
from reports.models.summaries import LAST_QUARTER, slug_of

_SLUG = re.compile(r"(?P<year>\d{4})-(?:q(?P<quarter>[1-4])|(?P<kind>6|9|12)-months)")


def kinds_of(quarter: int) -> list[SummaryKind]:
    """What is reported at the end of a quarter: the quarter, and the term that ends with it."""
    longer = [kind for kind, last in LAST_QUARTER.items() if last == quarter]
    return [SummaryKind.QUARTER, *longer]


def read_slug(slug: str) -> tuple[int, int, SummaryKind] | None:
    """``2023-q3`` and ``2023-9-months`` as year, quarter and kind; None for anything else."""
    found = _SLUG.fullmatch(slug)
    if found is None:
        return None
    year = int(found["year"])
    if found["quarter"]:
        return year, int(found["quarter"]), SummaryKind.QUARTER
    kind = SummaryKind(f"{found['kind']}-months")
    return year, LAST_QUARTER[kind], kind


@dataclass(frozen=True, slots=True)
class Term:
    """What one report is about."""

    period: ReportingPeriod
    kind: SummaryKind

    @property
    def slug(self) -> str:
        return slug_of(self.kind, self.period)

    @property
    def label(self) -> str:
        year = {"year": self.period.year}
        match self.kind:
            case SummaryKind.SIX_MONTHS:
                return _("6 months of %(year)s") % year
            case SummaryKind.NINE_MONTHS:
                return _("9 months of %(year)s") % year
            case SummaryKind.TWELVE_MONTHS:
                return _("Year %(year)s") % year
            case _:
                return self.period.label

    def due_on(self, *, of_agency: bool) -> dt.date:
        """Communes report when their figures are due; agencies may have some days more."""
        extra = settings.PORTAL_AGENCY_REPORT_DAYS if of_agency else 0
        return add_working_days(self.period.due_on, extra)


def terms_of(period: ReportingPeriod) -> list[Term]:
    return [Term(period, kind) for kind in kinds_of(period.quarter)]


def asked_periods() -> QuerySet:
    """The quarters about which something may be written, newest first."""
    found = ReportingPeriod.objects.begun()
    since = read_slug(settings.PORTAL_REPORTS_SINCE)
    if since is None:
        return found
    year, quarter, _kind = since
    return found.filter(Q(year__gt=year) | Q(year=year, quarter__gte=quarter))


def find_term(slug: str) -> Term | None:
    """The term at an address whose quarter has begun. One query."""
    read = read_slug(slug)
    if read is None:
        return None
    year, quarter, kind = read
    period = asked_periods().filter(year=year, quarter=quarter).first()
    return Term(period, kind) if period else None
