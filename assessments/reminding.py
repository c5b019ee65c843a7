"""Telling of due dates that come near and of those that have passed. Run once a day or oftener.

What was told stands as rows whose key names the assessment, its due date and the stage, so a run
that was missed for two days still tells, and a second run tells nothing. Six queries for each
open quarter, whatever the number of communes.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count, Q

from accounts.models import Role, User
from assessments.counted import of_counted_communes
from assessments.models import (
    Assessment,
    AssessmentState,
    Notice,
    NoticeChoice,
    NoticeKind,
    Review,
)
from assessments.notifying import STANDING_OFFICE, tell
from periods.calendar import working_days_between
from periods.clock import now
from periods.models import ReportingPeriod

#: Told when at most so many working days are left; each stage once.
STAGES = (3, 1)
TO_DO = (AssessmentState.DRAFT, AssessmentState.RETURNED)


def remind(today: dt.date) -> int:
    """Write what is to be told on this day; how many rows are new."""
    before = Notice.objects.count()
    for period in ReportingPeriod.objects.open():
        _remind_of(period, today)
    return Notice.objects.count() - before


def judge_anew(period: ReportingPeriod, today: dt.date) -> None:
    """The due date moved: what nobody has read or been mailed yet is written by the new one."""
    Notice.objects.filter(
        Q(period=period) | Q(assessment__period=period),
        kind__in=[NoticeKind.DUE_SOON, NoticeKind.LATE],
        read_at__isnull=True,
        mailed_at__isnull=True,
    ).delete()
    _remind_of(period, today)


def take_back(period: ReportingPeriod) -> None:
    """The quarter is closed: nobody can do any more what an unread reminder asks for."""
    Notice.objects.filter(
        Q(period=period) | Q(assessment__period=period),
        kind__in=[NoticeKind.DUE_SOON, NoticeKind.LATE],
        read_at__isnull=True,
    ).delete()


def take_back_of(assessment: Assessment) -> None:
    """It was sent, or rows were returned: what an unread reminder says of it is no longer so."""
    Notice.objects.filter(
        assessment=assessment,
        kind__in=[NoticeKind.DUE_SOON, NoticeKind.LATE],
        read_at__isnull=True,
    ).delete()


def _remind_of(period: ReportingPeriod, today: dt.date) -> None:
    waiting = list(
        Assessment.objects.filter(of_counted_communes(), period=period, state__in=TO_DO)
        .select_related("unit", "period")
        .annotate(returned_rows=Count("results", filter=Q(results__review=Review.RETURNED)))
        .order_by("unit__sort_key", "pk")
    )
    _tell_communes(waiting, today)
    _tell_standing_office(period, waiting, today)


def stage_of(due_on: dt.date, today: dt.date) -> int | None:
    """The closest stage that is reached; None while there is time, and when it has passed."""
    if today > due_on:
        return None
    left = working_days_between(today, due_on)
    return min((stage for stage in STAGES if left <= stage), default=None)


def _tell_communes(waiting: list[Assessment], today: dt.date) -> None:
    officers = _officers({one.unit_id for one in waiting})
    silent = set(
        NoticeChoice.objects.filter(
            user__in=[pk for found in officers.values() for pk in found],
            kind__in=[NoticeKind.DUE_SOON, NoticeKind.LATE],
            in_portal=False,
            by_mail=False,
        ).values_list("user_id", "kind")
    )
    rows = [
        Notice(recipient_id=pk, kind=kind, key=key, assessment=one, facts=facts, at=now())
        for one in waiting
        for kind, key, facts in _occasions(one, today)
        for pk in officers[one.unit_id]
        if (pk, kind) not in silent
    ]
    Notice.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _officers(units: set[int]) -> dict[int, list[int]]:
    found = defaultdict(list)
    people = User.objects.filter(role=Role.COMMUNE_OFFICER, unit__in=units, is_active=True)
    for unit_id, pk in people.order_by("pk").values_list("unit_id", "pk"):
        found[unit_id].append(pk)
    return found


def _occasions(one: Assessment, today: dt.date) -> Iterator[tuple[NoticeKind, str, dict]]:
    due = one.due_on.isoformat()
    stage = stage_of(one.due_on, today)
    if stage is not None:
        key = f"due_soon:{one.pk}:{due}:{stage}"
        facts = {"due_on": due, "days": working_days_between(today, one.due_on)}
        if one.state == AssessmentState.RETURNED:
            # Another occasion than the first sending, even on the same day.
            key, facts = f"{key}:returned", {**facts, "returned": one.returned_rows}
        yield NoticeKind.DUE_SOON, key, facts
    elif _is_late(one, today):
        yield NoticeKind.LATE, f"late:{one.pk}:{due}", {"due_on": due}


def _is_late(one: Assessment, today: dt.date) -> bool:
    """Never sent. Who was returned rows has handed in; the standing office lifts its due date."""
    return one.state == AssessmentState.DRAFT and today > one.due_on


def _tell_standing_office(
    period: ReportingPeriod, waiting: list[Assessment], today: dt.date
) -> None:
    """One row for all that are late, again only when a further due date has passed."""
    late = [one for one in waiting if _is_late(one, today)]
    if late:
        newest = max(one.due_on for one in late)
        tell(
            STANDING_OFFICE,
            NoticeKind.LATE,
            f"late:quarter:{period.pk}:{newest.isoformat()}",
            by=None,
            period=period,
            facts={"units": sorted({one.unit.name for one in late})},
        )
