"""What the standing office decides about a whole assessment: complete, accept, reopen.

Keyword-only, one transaction each, like ``actions``. Errors: ``Refused``, ``InvalidRow``.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may_accept
from assessments.gate import allow
from assessments.locking import hold
from assessments.models import (
    Assessment,
    AssessmentState,
    Event,
    EventKind,
    IndicatorResult,
    ResultQuerySet,
    Review,
    Verdict,
)
from assessments.notifying import notify_accepted, notify_reopened, notify_verified
from assessments.rows import check_reason
from assessments.workflow import TRANSITIONS, Act
from communes.texts import tidy
from periods.clock import now


def left_to_verify() -> ResultQuerySet:
    """Rows that still wait for a verifier; a blank can only be returned, so nothing waits there."""
    return IndicatorResult.objects.filter(review=Review.PENDING).exclude(
        declared_verdict=Verdict.MISSING
    )


def complete_where_done(ids: Iterable[int], *, by: User, channel: str) -> int:
    """The sent ones of these (held) assessments become verified with their last row; how many."""
    wanted = Assessment.objects.filter(pk__in=list(ids), state=AssessmentState.SUBMITTED)
    done = list(wanted.exclude(pk__in=left_to_verify().order_by().values("assessment")))
    for assessment in done:
        _step(assessment, Act.COMPLETE, EventKind.VERIFIED, by=by, channel=channel)
    return len(done)


@transaction.atomic
def complete(*, by: User, assessment: Assessment, channel: str, reason: str = "") -> bool:
    """End the verification by hand: what is not verified counts as declared only, and why.

    False when it was verified already (a second press).
    """
    assessment = hold(assessment)
    if _is_so_already(assessment, AssessmentState.VERIFIED, by):
        return False
    allow(Act.COMPLETE, assessment, by)
    reason = tidy(reason)
    left = left_to_verify().filter(assessment=assessment).count()
    if left or reason:
        check_reason(reason, _("Say why the rest is not verified; it counts as declared only."))
    _step(
        assessment,
        Act.COMPLETE,
        EventKind.VERIFIED,
        by=by,
        channel=channel,
        reason=reason,
        after={"declared_only": left} if left else {},
    )
    return True


@transaction.atomic
def accept(*, by: User, assessment: Assessment, channel: str) -> bool:
    """Take the verified assessment as the district's; False when it was accepted already."""
    assessment = hold(assessment)
    if _is_so_already(assessment, AssessmentState.ACCEPTED, by):
        return False
    allow(Act.ACCEPT, assessment, by)
    assessment.accepted_at, assessment.accepted_by = now(), by
    _step(assessment, Act.ACCEPT, EventKind.ACCEPTED, by=by, channel=channel)
    return True


@transaction.atomic
def reopen(*, by: User, assessment: Assessment, reason: str, channel: str) -> Assessment:
    """Give a verified or accepted assessment back to the departments, with a reason."""
    assessment = hold(assessment)
    allow(Act.REOPEN, assessment, by)
    reason = tidy(reason)
    check_reason(reason, _("Say why it is reopened; the commune and the departments read it."))
    assessment.accepted_at = assessment.accepted_by = None
    _step(assessment, Act.REOPEN, EventKind.REOPENED, by=by, channel=channel, reason=reason)
    return assessment


def _is_so_already(assessment: Assessment, state: AssessmentState, by: User) -> bool:
    """A second press; once the quarter is closed it is refused like everything else."""
    return assessment.state == state and assessment.period.is_open and may_accept(by)


def _step(
    assessment: Assessment,
    act: Act,
    kind: EventKind,
    *,
    by: User,
    channel: str,
    reason: str = "",
    after: dict | None = None,
) -> None:
    """From one state to the next, with its event."""
    before = assessment.state
    assessment.state = TRANSITIONS[before, act]
    assessment.save(update_fields=["state", "accepted_at", "accepted_by"])
    event = Event.objects.create(
        assessment=assessment,
        kind=kind,
        at=now(),
        by=by,
        channel=channel,
        reason=reason,
        before={"state": before},
        after={"state": assessment.state, **(after or {})},
    )
    _TELL[act](assessment=assessment, event=event)


_TELL = {
    Act.COMPLETE: notify_verified,
    Act.ACCEPT: notify_accepted,
    Act.REOPEN: notify_reopened,
}
