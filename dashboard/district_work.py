"""The start pages of those who look after the whole district: who is late, how it stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.models import User
from assessments.counted import of_counted_communes
from assessments.figures import Completeness, Headline, UnitProgress
from assessments.models import Assessment, AssessmentState
from assessments.statistics import DEFAULT_SET, completeness, figures
from assessments.wording import STATE_KINDS, state_text
from criteria.models import CriteriaSet, Measure, Threshold
from dashboard.headline import HeadlinePage, headline_page
from dashboard.my_work import due_text
from periods.models import PeriodState, ReportingPeriod

#: Nobody is chased longer than this before the due date.
NEAR_DAYS = 30


def is_near(due_on: dt.date, today: dt.date) -> bool:
    """Whether somebody who has not sent is to be reminded of it already."""
    return (due_on - today).days <= NEAR_DAYS


@dataclass(frozen=True, slots=True)
class ChaseLine:
    """One commune that has not handed in, or must correct."""

    name: str
    url: str
    extend_url: str
    kind: str
    state: str
    due_on: dt.date | None
    extended: bool
    due_text: str
    late: bool
    progress: UnitProgress


@dataclass(frozen=True, slots=True)
class QuarterWork:
    """How an open quarter stands; ``not_sent`` names nobody long before the due date.

    ``later`` are the other open quarters, which get a link only.
    """

    period: ReportingPeriod
    later: list[ReportingPeriod]
    completeness: Completeness
    not_sent: list[ChaseLine]
    returned: list[ChaseLine]
    to_accept: int

    @property
    def open_ended(self) -> int:
        """Communes that have not sent and are not chased yet."""
        return self.completeness.never_sent - len(self.not_sent)

    @property
    def late(self) -> int:
        return self.completeness.late


def quarter_work(user: User, today: dt.date) -> QuarterWork | None:
    """The oldest open quarter that is not accepted throughout, or None.

    Eight queries whatever the number of communes and of open quarters.
    """
    unaccepted = Assessment.objects.filter(of_counted_communes(), period=OuterRef("pk")).exclude(
        state=AssessmentState.ACCEPTED
    )
    opened = list(
        ReportingPeriod.objects.open()
        .annotate(left=Exists(unaccepted))
        .order_by("-left", "data_to")
    )
    if not opened:
        return None
    period, *later = opened
    criteria_set = CriteriaSet.objects.get(slug=DEFAULT_SET)
    found = completeness(period, criteria_set, today)
    lines = [_line(unit, period, criteria_set, user, today) for unit in found.units if unit.state]
    not_sent = [
        line
        for line in lines
        if line.progress.state == AssessmentState.DRAFT and is_near(line.due_on, today)
    ]
    return QuarterWork(
        period=period,
        later=later,
        completeness=found,
        not_sent=sorted(not_sent, key=lambda line: -line.progress.days_late),
        returned=[line for line in lines if line.progress.state == AssessmentState.RETURNED],
        to_accept=sum(line.progress.state == AssessmentState.VERIFIED for line in lines),
    )


def _line(
    unit: UnitProgress,
    period: ReportingPeriod,
    criteria_set: CriteriaSet,
    user: User,
    today: dt.date,
) -> ChaseLine:
    late = today > unit.due_on
    address = [period.slug, unit.slug, criteria_set.slug]
    return ChaseLine(
        name=unit.short_name,
        url=reverse("assessments:entry", args=address),
        extend_url=reverse("assessments:extend", args=address),
        kind="red" if late and not unit.handed_in else STATE_KINDS[AssessmentState(unit.state)],
        state=state_text(Assessment(period=period, state=unit.state), user, late=late),
        due_on=unit.due_on,
        extended=unit.extended,
        due_text=due_text(unit.due_on, today),
        late=late,
        progress=unit,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest closed quarter's headline, and the open quarter's hand-ins."""

    period: ReportingPeriod
    headline: Headline
    page: HeadlinePage


def standing(today: dt.date) -> Standing | None:
    """None before the first quarter is closed."""
    periods = list(ReportingPeriod.objects.begun())
    period = next((one for one in periods if one.state == PeriodState.CLOSED), None)
    if period is None:
        return None
    found = figures(period, CriteriaSet.objects.get(slug=DEFAULT_SET), today)
    before = found.headline.before
    earlier = next((p for p in periods if before and p.slug == before.period), None)
    return Standing(period, found.headline, headline_page(found.headline, found.matrix, earlier))


def unconfirmed_levels() -> int:
    """Levels of the sets in force that nobody has confirmed yet.

    The measures first, in a query of their own: joined in one, PostgreSQL once read the levels of
    every measure again for each of them.
    """
    in_force = Measure.objects.filter(
        indicator__criterion__criteria_set__in=CriteriaSet.objects.in_force()
    )
    measures = list(in_force.order_by().values_list("pk", flat=True))
    return Threshold.objects.unconfirmed().filter(valid_to=None, measure__in=measures).count()
