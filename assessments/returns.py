"""Does a return still stand, and did the commune act on it? Asked of the events, which never change.

A return can be withdrawn by the department that made it, so "there was once a return" is not the
same as "this row was returned and corrected".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Case, Exists, OuterRef, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

from assessments.models import Event, EventKind, IndicatorResult, Review

#: What a commune does to answer a return. That it looked again and changed nothing is no answer.
OF_THE_COMMUNE = (
    EventKind.ENTERED,
    EventKind.UNCHANGED,
    EventKind.CORRECTED,
    EventKind.ATTACHED,
    EventKind.DESCRIBED,
    EventKind.REMOVED,
)
_TO_EVIDENCE = (EventKind.ATTACHED, EventKind.DESCRIBED, EventKind.REMOVED)


def was_returned() -> GreaterThan:
    """More returns of a row than were withdrawn; one subquery, on the index of a row's events."""
    decided = Event.objects.filter(
        result=OuterRef("pk"), kind__in=[EventKind.RETURNED, EventKind.WITHDRAWN]
    )
    standing = (
        decided.order_by()
        .values("result")
        .annotate(n=Sum(Case(When(kind=EventKind.RETURNED, then=1), default=-1)))
        .values("n")
    )
    return GreaterThan(Coalesce(Subquery(standing), 0), 0)


def was_corrected() -> Exists:
    """The commune changed the row, or its evidence, since it was returned."""
    return Exists(_since(Event.objects.filter(result=OuterRef("pk")), OuterRef("reviewed_at")))


def evidence_touched() -> Exists:
    """A file of the row was added, described or removed in its quarter."""
    return Exists(Event.objects.filter(result=OuterRef("pk"), kind__in=_TO_EVIDENCE))


def corrected_since_return(result: IndicatorResult) -> bool:
    """The same for one row; asks nothing where the row was read with ``was_corrected``."""
    if result.review != Review.RETURNED:
        return False
    known = getattr(result, "was_corrected", None)
    if known is None:
        known = _since(Event.objects.filter(result=result), result.reviewed_at).exists()
    return known


def answers(result_ids: Iterable[int]) -> dict[int, dt.datetime]:
    """When the communes last changed a figure, a note or a file of these rows; one query."""
    ids = list(result_ids)
    if not ids:
        return {}
    events = Event.objects.filter(result__in=ids, kind__in=OF_THE_COMMUNE).order_by("at", "pk")
    found = events.values_list("result_id", "at", "kind", "before", "after")
    return {
        result: at
        for result, at, kind, before, after in found
        if kind in _TO_EVIDENCE or before != after
    }


def _since(events: QuerySet[Event], moment) -> QuerySet[Event]:
    return events.filter(kind__in=OF_THE_COMMUNE, at__gt=moment)
