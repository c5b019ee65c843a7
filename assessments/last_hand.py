"""Who changed a row last, and when: whoever is told "somebody was faster" wants to ask that person.

Asked of the trace, because a row keeps only its last entry and the decision that stands: a return
that was withdrawn, or a row that was sent again, names nobody any more.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from accounts.models import User
from assessments.changes import WRITES
from assessments.models import Event, EventKind, IndicatorResult

_DECISIONS = (EventKind.RETURNED, EventKind.WITHDRAWN, EventKind.VERIFIED)


def last_hand(result: IndicatorResult) -> tuple[User | None, dt.datetime | None]:
    """Who raised the row's version last: entered, decided, or sent it again. One query."""
    of_row = Q(result=result, kind__in=[*WRITES, *_DECISIONS])
    sent = Q(result=None, assessment=result.assessment_id, kind=EventKind.SUBMITTED)
    found: Event | None = None
    with_commune = False
    for event in Event.objects.filter(of_row | sent).select_related("by").order_by("at", "pk"):
        if event.kind == EventKind.SUBMITTED:
            if not with_commune:
                continue  # sending touches only the rows that were returned
            with_commune = False
        elif event.kind in _DECISIONS:
            with_commune = event.kind == EventKind.RETURNED
        found = event
    if found is None:
        return result.changed_by, result.changed_at
    return found.by, found.at
