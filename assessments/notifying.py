"""Telling people what happened: rows in ``Notice``, called by the actions in their transaction.

Each function costs two queries whatever the number of recipients: who is to be told, and one
insert that leaves alone what is there already. ``key`` names the occasion, so the same occasion
told twice (a second press, two processes) is one row a person. Nobody is told what they did
themselves, and nobody what they turned off everywhere (``NoticeChoice``). What is written is
``facts``, not sentences: ``notice_texts`` says them in each reader's language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.models import Role, User
from assessments.models import (
    Assessment,
    Comment,
    Event,
    Notice,
    NoticeChoice,
    NoticeKind,
    QuarterEvent,
)
from assignments.models import Duty, IndicatorAssignment
from periods.clock import now
from periods.models import ReportingPeriod

STANDING_OFFICE = Q(role=Role.COORDINATOR)
COMMUNES = Q(role=Role.COMMUNE_OFFICER)
LEADERS = Q(role=Role.LEADER)


_WRITTEN = (NoticeKind.WRITTEN, NoticeKind.WRITTEN_DUE)
_EVERYBODY = (NoticeKind.OPENED, NoticeKind.CLOSED, NoticeKind.REOPENED)
#: What each role can be told at all: what its page of choices offers.
KINDS_OF_ROLE: Mapping[str, tuple[NoticeKind, ...]] = {
    Role.COMMUNE_OFFICER: tuple(kind for kind in NoticeKind if kind != NoticeKind.SUBMITTED),
    Role.DEPARTMENT_OFFICER: (
        *_EVERYBODY,
        NoticeKind.SUBMITTED,
        NoticeKind.EXTENDED,
        NoticeKind.COMMENTED,
        *_WRITTEN,
    ),
    Role.COORDINATOR: (
        *_EVERYBODY,
        NoticeKind.SUBMITTED,
        NoticeKind.VERIFIED,
        NoticeKind.EXTENDED,
        NoticeKind.LATE,
        NoticeKind.COMMENTED,
        *_WRITTEN,
    ),
    Role.LEADER: (*_EVERYBODY, NoticeKind.COMMENTED),
    Role.ADMINISTRATOR: (),
}


def commune_of(assessment: Assessment) -> Q:
    return Q(role=Role.COMMUNE_OFFICER, unit_id=assessment.unit_id)


def leading_agencies(criteria_set_id: int | None = None) -> Q:
    """Officers of agencies that lead an indicator (of one set, or of any)."""
    given = IndicatorAssignment.objects.filter(duty=Duty.LEAD)
    if criteria_set_id is not None:
        given = given.filter(
            Q(criterion__criteria_set=criteria_set_id)
            | Q(indicator__criterion__criteria_set=criteria_set_id)
        )
    return Q(role=Role.DEPARTMENT_OFFICER, agency__in=given.values("agency"))


def everybody_concerned() -> Q:
    """Whom a quarter concerns: communes, leading agencies, the standing office, leaders."""
    return COMMUNES | leading_agencies() | STANDING_OFFICE | LEADERS


def concerned_by_quarters(by: User) -> int:
    """How many people a decision about a quarter is told to."""
    return len(recipients(everybody_concerned(), NoticeKind.OPENED, by))


def notify_opened(*, period: ReportingPeriod, by: User) -> None:
    """The quarter can be entered: everybody who has to do with it."""
    tell(
        everybody_concerned(),
        NoticeKind.OPENED,
        f"opened:{period.pk}",
        by=by,
        at=period.opened_at,
        period=period,
        facts={"due_on": period.due_on.isoformat()},
    )


def notify_extended(*, assessment: Assessment, event: Event) -> None:
    """One commune has more time."""
    tell(
        commune_of(assessment),
        NoticeKind.EXTENDED,
        _key(event),
        by=event.by,
        at=event.at,
        assessment=assessment,
        facts={"due_on": event.after["due_on"], "reason": event.reason},
    )


def notify_quarter_extended(*, period: ReportingPeriod, event: QuarterEvent) -> None:
    """The whole quarter has more time: every commune, and those who wait for their figures."""
    tell(
        COMMUNES | leading_agencies() | STANDING_OFFICE,
        NoticeKind.EXTENDED,
        f"extended:quarter:{event.pk}",
        by=event.by,
        at=event.at,
        period=period,
        facts={"due_on": event.after["due_on"], "reason": event.reason},
    )


def notify_submitted(*, assessment: Assessment, event: Event) -> None:
    """A commune handed in (again): the agencies that lead its indicators, the standing office."""
    tell(
        leading_agencies(assessment.criteria_set_id) | STANDING_OFFICE,
        NoticeKind.SUBMITTED,
        _key(event),
        by=event.by,
        at=event.at,
        assessment=assessment,
        facts={"again": event.before.get("state") != "draft"},
    )


def notify_returned(*, assessment: Assessment, event: Event, codes: Iterable[str]) -> None:
    """Rows were returned with one reason: the commune. ``event`` is the first of them."""
    tell(
        commune_of(assessment),
        NoticeKind.RETURNED,
        _key(event),
        by=event.by,
        at=event.at,
        assessment=assessment,
        facts={"codes": list(codes), "reason": event.reason, "row": event.result_id},
    )


def notify_withdrawn(*, assessment: Assessment, event: Event, code: str) -> None:
    """A return was a mistake: the commune has nothing to correct there."""
    tell(
        commune_of(assessment),
        NoticeKind.WITHDRAWN,
        _key(event),
        by=event.by,
        at=event.at,
        assessment=assessment,
        facts={"code": code, "reason": event.reason, "row": event.result_id},
    )


def notify_found(*, assessment: Assessment, event: Event, code: str, declared: str) -> None:
    """A row was verified. The commune reads a verdict other than it declared, with the reason.

    Decided once more, what nobody read yet is taken back, so that the last word stands alone; and
    who had read of another verdict is told when the row counts as declared after all.
    """
    found, earlier = event.after["verdict"], event.before.get("verdict", declared)
    if declared == found == earlier:
        return
    told = take_back_found(event.result_id)
    whom = commune_of(assessment)
    if declared == found:
        whom &= Q(pk__in=told)
    tell(
        whom,
        NoticeKind.DIFFERS,
        f"differs:{event.pk}",
        by=event.by,
        at=event.at,
        assessment=assessment,
        facts={
            "code": code,
            "declared": declared,
            "found": found,
            "reason": event.reason,
            "row": event.result_id,
        },
    )


def take_back_found(result_id: int) -> list[int]:
    """Nobody reads of a verdict that no longer stands; ids of those who have read it already."""
    held = Notice.objects.filter(kind=NoticeKind.DIFFERS, facts__row=result_id)
    held.filter(read_at__isnull=True, mailed_at__isnull=True).delete()
    return sorted(set(held.order_by().values_list("recipient_id", flat=True)))


def notify_verified(*, assessment: Assessment, event: Event) -> None:
    """The whole assessment is verified: the standing office may accept it, the commune knows."""
    tell(
        commune_of(assessment) | STANDING_OFFICE,
        NoticeKind.VERIFIED,
        _key(event),
        by=event.by,
        at=event.at,
        assessment=assessment,
        facts=_left_out(event),
    )


def _left_out(event: Event) -> dict[str, Any]:
    """What the standing office left unverified when it ended the verification, and why."""
    left = event.after.get("declared_only", 0)
    return {"declared_only": left, "reason": event.reason} if left else {}


def notify_accepted(*, assessment: Assessment, event: Event) -> None:
    tell(
        commune_of(assessment),
        NoticeKind.ACCEPTED,
        _key(event),
        by=event.by,
        at=event.at,
        assessment=assessment,
    )


def notify_reopened(*, assessment: Assessment, event: Event) -> None:
    """An assessment was taken back to verification: the commune and those who verify it."""
    tell(
        commune_of(assessment) | leading_agencies(assessment.criteria_set_id) | STANDING_OFFICE,
        NoticeKind.REOPENED,
        _key(event),
        by=event.by,
        at=event.at,
        assessment=assessment,
        facts={"reason": event.reason},
    )


def notify_quarter_reopened(*, period: ReportingPeriod, event: QuarterEvent) -> None:
    """A closed quarter can be changed again: everybody concerned."""
    tell(
        everybody_concerned(),
        NoticeKind.REOPENED,
        f"reopened:quarter:{event.pk}",
        by=event.by,
        at=event.at,
        period=period,
        facts={"reason": event.reason},
    )


def notify_commented(*, comment: Comment, assessment: Assessment, code: str) -> None:
    """Somebody wrote about a row: its commune, who leads it, and who wrote there before."""
    row = IndicatorAssignment.objects.filter(duty=Duty.LEAD).filter(
        Q(indicator=comment.result.indicator_id)
        | Q(criterion__indicators=comment.result.indicator_id)
    )
    tell(
        commune_of(assessment)
        | Q(role=Role.DEPARTMENT_OFFICER, agency__in=row.values("agency"))
        | Q(pk__in=Comment.objects.filter(result=comment.result_id).values("by")),
        NoticeKind.COMMENTED,
        f"commented:{comment.pk}",
        by=comment.by,
        at=comment.at,
        assessment=assessment,
        facts={"code": code, "text": comment.text[:200], "row": comment.result_id},
    )


def tell(
    whom: Q,
    kind: NoticeKind,
    key: str,
    *,
    by: User | None,
    assessment: Assessment | None = None,
    period: ReportingPeriod | None = None,
    facts: Mapping[str, Any] | None = None,
    at: dt.datetime | None = None,
) -> None:
    """Write one row for each active person in ``whom``, except ``by``; two queries."""
    told = {"by": by.display_name} if by is not None else {}
    at = at or now()
    Notice.objects.bulk_create(
        [
            Notice(
                recipient_id=pk,
                kind=kind,
                key=key,
                assessment=assessment,
                period=period,
                facts={**told, **(facts or {})},
                at=at,
            )
            for pk in recipients(whom, kind, by)
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


def recipients(whom: Q, kind: NoticeKind, by: User | None = None) -> list[int]:
    """Ids of the active people in ``whom`` who have not turned the kind off everywhere."""
    silent = NoticeChoice.objects.filter(
        user=OuterRef("pk"), kind=kind, in_portal=False, by_mail=False
    )
    people = User.objects.filter(whom, ~Exists(silent), is_active=True)
    if by is not None:
        people = people.exclude(pk=by.pk)
    return list(people.order_by("pk").values_list("pk", flat=True))


def _key(event: Event) -> str:
    return f"{event.kind}:{event.pk}"
