"""What a person must do now, by role: read once, in words, ready for the page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from assessments.models import (
    Assessment,
    AssessmentState,
    IndicatorResult,
    ResultQuerySet,
    Review,
    Verdict,
)
from assessments.statistics import criteria_met_by_assessment
from assessments.wording import STATE_KINDS, state_text
from criteria.wording import verdict_text
from periods.calendar import working_days_between

#: Earlier quarters on the start page of a commune; the list of assessments has all.
HISTORY = 6


@dataclass(frozen=True, slots=True)
class Work:
    """One assessment of a commune, with what is to be done about it."""

    url: str
    quarter: str
    kind: str
    state: str
    entered: int
    total: int
    due_on: dt.date
    extended: bool
    due_text: str
    is_late: bool
    action: str
    is_urgent: bool


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    url: str
    code: str
    title: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row that was verified with a verdict other than declared."""

    url: str
    code: str
    title: str
    declared: str
    found: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class PastQuarter:
    url: str
    quarter: str
    kind: str
    state: str
    met: int


@dataclass(frozen=True, slots=True)
class CommuneWork:
    """The start page of a commune officer. Four queries."""

    open: list[Work]
    returned: list[ReturnedRow]
    otherwise: list[FoundRow]
    history: list[PastQuarter]


def commune_work(user: User, today: dt.date) -> CommuneWork:
    own = Assessment.objects.visible_to(user).exclude(period__state="planned")
    everything = list(
        own.with_people()
        .annotate(
            total=Count("results"),
            entered=Count("results", filter=~Q(results__declared_verdict="missing")),
            excused=Count(
                "results",
                filter=Q(results__declared_verdict="missing") & ~Q(results__absence_reason=""),
            ),
        )
        .order_by("-period__data_to", "criteria_set__slug")
    )
    met = criteria_met_by_assessment(own)
    opened = sorted((a for a in everything if a.period.is_open), key=_urgency)
    return CommuneWork(
        open=[_work(a, user, today) for a in opened],
        returned=_returned_rows(user),
        otherwise=_found_otherwise(user),
        history=[_past(a, user, met.get(a.pk, 0)) for a in everything if not a.period.is_open][
            :HISTORY
        ],
    )


def _urgency(assessment: Assessment) -> tuple[int, dt.date]:
    """What was returned first, then what is due next; what is sent needs nothing more."""
    order = {AssessmentState.RETURNED: 0, AssessmentState.DRAFT: 1}
    return order.get(AssessmentState(assessment.state), 2), assessment.due_on


def _work(assessment: Assessment, user: User, today: dt.date) -> Work:
    urgent = assessment.state in (AssessmentState.DRAFT, AssessmentState.RETURNED)
    late = urgent and today > assessment.due_on
    ready = not late and _is_ready(assessment)
    address = assessment.get_absolute_url()
    return Work(
        url=f"{address}submit/" if ready else address,
        quarter=assessment.period.label,
        kind="red" if late else STATE_KINDS[AssessmentState(assessment.state)],
        state=_("To check and send") if ready else state_text(assessment, user, late=late),
        entered=assessment.entered,
        total=assessment.total,
        due_on=assessment.due_on,
        extended=assessment.extended_to is not None,
        due_text=due_text(assessment.due_on, today),
        is_late=late,
        action=_("Check and send") if ready else _action(assessment, late),
        is_urgent=urgent,
    )


def _is_ready(assessment: Assessment) -> bool:
    """Every row holds a value or the reason why it has none: what is left is to look and send."""
    answered = assessment.entered + assessment.excused
    return assessment.state == AssessmentState.DRAFT and 0 < assessment.total == answered


def _action(assessment: Assessment, late: bool) -> str:
    if late:
        return _("See what was entered")
    if assessment.state == AssessmentState.RETURNED:
        return _("Correct what was returned")
    if assessment.state == AssessmentState.DRAFT:
        return _("Go on entering") if assessment.entered else _("Begin to enter")
    return _("See what was sent")


def due_text(due_on: dt.date, today: dt.date) -> str:
    """How long there is still time: "còn 3 ngày (3 ngày làm việc)"."""
    left = (due_on - today).days
    if left < 0:
        return ngettext("%(n)s day late", "%(n)s days late", -left) % {"n": -left}
    if left == 0:
        return _("due today")
    working = working_days_between(today, due_on)
    words = ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}
    if working == left:
        return words
    more = ngettext("%(n)s working day", "%(n)s working days", working) % {"n": working}
    return f"{words} ({more})"


def _decided(user: User) -> ResultQuerySet:
    """Rows of open quarters with what a line about a decision names."""
    return (
        IndicatorResult.objects.visible_to(user)
        .filter(assessment__period__state="open")
        .select_related(
            "assessment__unit",
            "assessment__period",
            "assessment__criteria_set",
            "indicator",
            "reviewed_by",
        )
        .order_by("indicator__criterion__number", "indicator__position")
    )


def _found_otherwise(user: User) -> list[FoundRow]:
    rows = (
        _decided(user)
        .filter(review=Review.VERIFIED)
        .exclude(verified_verdict=F("declared_verdict"))
    )
    return [
        FoundRow(
            url=f"{row.assessment.get_absolute_url()}#row-{row.pk}",
            code=row.indicator.code,
            title=row.indicator.title,
            declared=verdict_text(Verdict(row.declared_verdict)),
            found=verdict_text(Verdict(row.verified_verdict)),
            reason=row.review_reason,
            by=row.reviewed_by.display_name,
        )
        for row in rows
    ]


def _returned_rows(user: User) -> list[ReturnedRow]:
    rows = _decided(user).filter(review=Review.RETURNED)
    return [
        ReturnedRow(
            url=f"{row.assessment.get_absolute_url()}#row-{row.pk}",
            code=row.indicator.code,
            title=row.indicator.title,
            reason=row.review_reason,
            by=row.reviewed_by.display_name,
        )
        for row in rows
    ]


def _past(assessment: Assessment, user: User, met: int) -> PastQuarter:
    return PastQuarter(
        url=assessment.get_absolute_url(),
        quarter=assessment.period.label,
        kind="grey"
        if assessment.state == AssessmentState.DRAFT
        else STATE_KINDS[AssessmentState(assessment.state)],
        state=state_text(assessment, user),
        met=met,
    )
