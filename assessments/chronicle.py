"""A whole assessment's history: the decisions about it, and every change of its rows.

Decisions are few (an opening, some sendings and returns, an acceptance); changes of rows are many,
so those come as a queryset to be narrowed down and paged. Newest first, as in ``history``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Q

from accounts.models import User
from assessments.history import (
    OF_THE_QUARTER,
    Line,
    line_of,
    newest_first,
    of_that_time,
    quarter_line,
    with_people,
)
from assessments.models import (
    OTHER_VERDICT,
    VERDICT_TAKEN_BACK,
    Assessment,
    Event,
    EventKind,
    EventQuerySet,
    IndicatorResult,
    QuarterEvent,
)
from assessments.sheet import definition_of

#: Decisions about single rows, besides the verdicts that differ from the declared one.
ABOUT_A_ROW = (EventKind.RETURNED, EventKind.WITHDRAWN, EventKind.REJUDGED)


def visible_events(assessment: Assessment, reader: User) -> EventQuerySet:
    """What happened to the assessment as a whole, and to the rows that the reader may see."""
    seen = IndicatorResult.objects.visible_to(reader).filter(assessment=assessment)
    return Event.objects.filter(
        Q(result__isnull=True) | Q(result__in=seen.order_by().values("pk")), assessment=assessment
    )


def decisions(assessment: Assessment, reader: User) -> tuple[Line, ...]:
    """Opened, sent, returned, verified, accepted, reopened, extended, and the quarter's own end.

    Decisions about one row that change how it counts, or what its commune has to do, stand here
    too; that a row was confirmed as declared is a change of a row among many. Two queries.
    """
    events = visible_events(assessment, reader).filter(
        Q(result__isnull=True) | Q(kind__in=ABOUT_A_ROW) | OTHER_VERDICT | VERDICT_TAKEN_BACK
    )
    found = lines_of(with_people(events), assessment)
    of_quarter = QuarterEvent.objects.filter(period=assessment.period_id, kind__in=OF_THE_QUARTER)
    return newest_first([*found, *(quarter_line(one) for one in with_people(of_quarter))])


def row_changes(assessment: Assessment, reader: User) -> EventQuerySet:
    """Every event of the rows that the reader may see, newest first."""
    return with_people(visible_events(assessment, reader).filter(result__isnull=False))


def lines_of(events: Iterable[Event], assessment: Assessment) -> list[Line]:
    """Events as lines, those of a row with its code; ``events`` select their people."""
    definition = definition_of(assessment)
    events = list(events)
    indicators = dict(
        IndicatorResult.objects.filter(pk__in={e.result_id for e in events if e.result_id})
        .order_by()
        .values_list("pk", "indicator_id")
    )
    found = []
    for event in events:
        indicator = definition.indicator(indicators[event.result_id]) if event.result_id else None
        line = line_of(of_that_time(event, assessment), indicator)
        if indicator is not None:
            line = replace(line, row_id=event.result_id, code=indicator.code)
        found.append(line)
    return found
