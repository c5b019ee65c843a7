"""A quarter was closed: each commune reads how its own assessment was counted, each department how
the indicators that it leads were, the standing office and the leaders the whole.

No query more for more communes or departments. Like ``notifying``: once, in the action's
transaction.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict

from accounts.models import User
from assessments.closing import ClosingReport, Counted, counted_by_indicator
from assessments.models import Notice, NoticeKind, QuarterEvent
from assessments.notifying import (
    COMMUNES,
    LEADERS,
    STANDING_OFFICE,
    leading_agencies,
    recipients,
    tell,
)
from assessments.reminding import take_back
from assignments.queries import leads_by_indicator
from periods.models import ReportingPeriod


def announce_closed(*, period: ReportingPeriod, event: QuarterEvent, report: ClosingReport) -> None:
    """Whoever still had to be reminded of the quarter is told instead that it is closed."""
    take_back(period)
    _tell_communes(event, report)
    _tell_departments(period, event, report)
    tell(
        STANDING_OFFICE | LEADERS,
        NoticeKind.CLOSED,
        f"closed:quarter:{event.pk}",
        by=event.by,
        at=event.at,
        period=period,
        facts=report.facts,
    )


def _tell_communes(event: QuarterEvent, report: ClosingReport) -> None:
    officers = defaultdict(list)
    told = recipients(COMMUNES, NoticeKind.CLOSED, event.by)
    for pk, unit_id in User.objects.filter(pk__in=told).values_list("pk", "unit_id"):
        officers[unit_id].append(pk)
    Notice.objects.bulk_create(
        [
            Notice(
                recipient_id=pk,
                kind=NoticeKind.CLOSED,
                key=f"closed:{event.pk}:{line.assessment.pk}",
                assessment=line.assessment,
                facts={
                    "by": event.by.display_name,
                    "state": line.assessment.state,
                    "only_declared": line.only_declared,
                    "missing": line.missing,
                },
                at=event.at,
            )
            for line in report.lines
            for pk in officers[line.assessment.unit_id]
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


def _tell_departments(period: ReportingPeriod, event: QuarterEvent, report: ClosingReport) -> None:
    told = recipients(leading_agencies(), NoticeKind.CLOSED, event.by)
    officers = User.objects.filter(pk__in=told).values_list("pk", "agency_id", "agency__short_name")
    own = _counted_by_agency(period, report)
    Notice.objects.bulk_create(
        [
            Notice(
                recipient_id=pk,
                kind=NoticeKind.CLOSED,
                key=f"closed:quarter:{event.pk}",
                period=period,
                facts={
                    "by": event.by.display_name,
                    "agency": agency,
                    "indicators": len(own[agency_id]),
                    **asdict(sum(own[agency_id], Counted())),
                },
                at=event.at,
            )
            for pk, agency_id, agency in officers
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


def _counted_by_agency(
    period: ReportingPeriod, report: ClosingReport
) -> defaultdict[int, list[Counted]]:
    """Of each agency the indicators that it leads, as far as this quarter has rows of them."""
    counted = counted_by_indicator(period)
    found: defaultdict[int, list[Counted]] = defaultdict(list)
    for criteria_set_id in sorted({line.assessment.criteria_set_id for line in report.lines}):
        for indicator_id, lead in leads_by_indicator(criteria_set_id).items():
            if indicator_id in counted:
                found[lead.id].append(counted[indicator_id])
    return found
