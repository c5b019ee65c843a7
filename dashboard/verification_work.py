"""What an agency that leads indicators has to verify now, quarter by quarter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q

from accounts.models import User
from assessments.models import HANDED_IN, Assessment, AssessmentState, Review
from assessments.queue import DECIDED
from assessments.wording import STATE_KINDS, state_text
from assignments.verifiers import indicators_to_verify
from dashboard.district_work import is_near
from periods.models import ReportingPeriod


@dataclass(frozen=True, slots=True)
class Waiting:
    """What one commune's assessment holds for an agency that leads indicators."""

    url: str
    commune: str
    sent: bool
    rows: int
    waiting: int
    verified: int
    returned: int
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class QuarterToVerify:
    """One open quarter; ``lines`` leaves out who has not sent long before the due date."""

    period: ReportingPeriod
    lines: list[Waiting]
    not_sent: int

    @property
    def waiting(self) -> int:
        return sum(line.waiting for line in self.lines if line.sent)

    @property
    def verified(self) -> int:
        return sum(line.verified for line in self.lines)

    @property
    def returned(self) -> int:
        return sum(line.returned for line in self.lines)


def verification_work(user: User, today: dt.date) -> list[QuarterToVerify]:
    """The rows that the person verifies, the oldest open quarter first. One query.

    Within a quarter the communes whose rows wait come first.
    """
    led = Q(results__indicator__in=indicators_to_verify(user))
    pending = led & Q(results__review=Review.PENDING) & ~Q(results__declared_verdict="missing")
    assessments = (
        Assessment.objects.visible_to(user)
        .filter(period__state="open")
        .with_people()
        .annotate(
            rows=Count("results", filter=led),
            waiting=Count("results", filter=pending),
            verified=Count("results", filter=led & Q(results__review=Review.VERIFIED)),
            returned=Count("results", filter=led & Q(results__review=Review.RETURNED)),
        )
        .filter(rows__gt=0)
        .order_by("period__data_to", "unit__sort_key", "pk")
    )
    return [
        _quarter(period, list(group), user, today)
        for period, group in groupby(assessments, key=lambda one: one.period)
    ]


def _quarter(
    period: ReportingPeriod, assessments: list[Assessment], user: User, today: dt.date
) -> QuarterToVerify:
    lines = [
        _waiting(one, user, today)
        for one in assessments
        if one.state in HANDED_IN or is_near(one.due_on, today)
    ]
    lines.sort(key=lambda line: (not line.sent, -line.waiting))
    not_sent = sum(one.state not in HANDED_IN for one in assessments)
    return QuarterToVerify(period, lines, not_sent)


def _waiting(assessment: Assessment, user: User, today: dt.date) -> Waiting:
    sent = assessment.state in HANDED_IN
    late = not sent and today > assessment.due_on
    return Waiting(
        url=assessment.get_absolute_url(),
        commune=assessment.unit.short_name,
        sent=sent,
        rows=assessment.rows,
        waiting=assessment.waiting if sent and assessment.state not in DECIDED else 0,
        verified=assessment.verified,
        returned=assessment.returned,
        kind="red" if late else STATE_KINDS[AssessmentState(assessment.state)],
        state=state_text(assessment, user, late=late),
    )
