"""What the demonstration's people were told in the open quarter, by the same functions as later.

Everything until the evening before the demonstration's last working day was mailed, and what is
older than four days was read; the rest is new, so that nobody's page is empty.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from assessments.models import (
    AssessmentState,
    Event,
    EventKind,
    Notice,
    QuarterEvent,
    QuarterEventKind,
)
from assessments.notifying import (
    notify_extended,
    notify_opened,
    notify_returned,
    notify_submitted,
    notify_verified,
)
from assessments.reminding import remind
from periods.clock import now, today


def add_notices() -> None:
    """Nothing where somebody was told something already: a second run adds no old news."""
    if Notice.objects.exists():
        return
    for decision in QuarterEvent.objects.filter(
        kind=QuarterEventKind.OPENED, period__state="open"
    ).select_related("period", "by"):
        notify_opened(period=decision.period, by=decision.by)
    returned = defaultdict(list)
    for event in _events():
        assessment = event.assessment
        match event.kind:
            case EventKind.SUBMITTED:
                notify_submitted(assessment=assessment, event=event)
            case EventKind.EXTENDED:
                notify_extended(assessment=assessment, event=event)
            case EventKind.RETURNED:
                returned[assessment.pk, event.by_id, event.reason].append(event)
            case EventKind.VERIFIED:
                notify_verified(assessment=assessment, event=event)
    for events in returned.values():
        codes = [event.result.indicator.code for event in events]
        notify_returned(assessment=events[0].assessment, event=events[0], codes=codes)
    _read_and_mailed()
    remind(today())


def _events():
    """Decisions about whole assessments of the open quarter, and returned rows, as they happened."""
    wanted = Event.objects.filter(
        assessment__period__state="open",
        kind__in=[
            EventKind.SUBMITTED,
            EventKind.EXTENDED,
            EventKind.RETURNED,
            EventKind.VERIFIED,
        ],
    ).select_related(
        "assessment__unit",
        "assessment__period",
        "assessment__criteria_set",
        "by",
        "result__indicator",
    )
    for event in wanted.order_by("at", "pk"):
        is_row = event.result_id is not None
        if event.kind == EventKind.VERIFIED and (
            is_row or event.after.get("state") != AssessmentState.VERIFIED
        ):
            continue
        yield event


def _read_and_mailed() -> None:
    day = now()
    Notice.objects.filter(at__lt=day - dt.timedelta(days=1)).update(mailed_at=day)
    Notice.objects.filter(at__lt=day - dt.timedelta(days=4)).update(read_at=day)
