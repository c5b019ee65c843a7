"""A quarter was closed: each commune reads how its own assessment was counted, the others the whole.

Six queries whatever the number of communes. Like ``notifying``: once, in the action's transaction.
"""

from __future__ import annotations

from collections import defaultdict

from accounts.models import User
from assessments.closing import ClosingReport
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
from periods.models import ReportingPeriod


def announce_closed(*, period: ReportingPeriod, event: QuarterEvent, report: ClosingReport) -> None:
    """Whoever still had to be reminded of the quarter is told instead that it is closed."""
    take_back(period)
    _tell_communes(event, report)
    tell(
        leading_agencies() | STANDING_OFFICE | LEADERS,
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
