"""What the standing office decided about the demonstration's quarters, and what closing kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from accounts.models import User
from assessments.closing import closing_report
from assessments.demonstration.story import QuarterStory, Script, moment
from assessments.freezing import freeze_what_is_missing
from assessments.models import Channel, QuarterEvent, QuarterEventKind
from periods.models import ReportingPeriod

#: The year's four quarters were created in one act; that of 2022 before its last one was opened.
PLANNED_AT = {2022: "2022-01-10T09:30", 2023: "2023-01-09T09:30"}


def add_decisions(script: Script, coordinator: User) -> int:
    """Add what no quarter of the demonstration has yet; how many decisions were written."""
    freeze_what_is_missing()
    periods = {p.slug: p for p in ReportingPeriod.objects.filter(events=None)}
    events = [
        event
        for story in script.quarters
        if story.slug in periods
        for event in _events(story, periods[story.slug], coordinator)
    ]
    events.sort(key=lambda event: event.at)
    return len(QuarterEvent.objects.bulk_create(events))


def _events(
    story: QuarterStory, period: ReportingPeriod, coordinator: User
) -> Iterator[QuarterEvent]:
    def event(kind: QuarterEventKind, at: dt.datetime, after: dict) -> QuarterEvent:
        return QuarterEvent(
            period=period, kind=kind, at=at, by=coordinator, channel=Channel.FORM, after=after
        )

    due = {"due_on": period.due_on.isoformat()}
    yield event(QuarterEventKind.PLANNED, moment(PLANNED_AT[story.year]), due)
    if "opened" in story.data:
        opened = due | {"assessments": period.assessments.count()}
        yield event(QuarterEventKind.OPENED, moment(story.data["opened"]), opened)
    if "closed" in story.data:
        report = closing_report(period)
        yield event(QuarterEventKind.CLOSED, moment(story.data["closed"]), report.facts)
