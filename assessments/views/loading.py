"""What every page of one assessment loads first, and the frame that it shows."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import Role, User
from assessments.actions import refusal
from assessments.frozen import name_as_closed
from assessments.gate import situation
from assessments.models import Assessment, AssessmentState
from assessments.sheet import Sheet, load_sheet
from assessments.wording import STATE_KINDS, lock_text, state_text
from assessments.workflow import Act, Lock, lock
from periods.calendar import working_days_between
from periods.clock import today

#: Locks that everybody reads, whoever enters there.
SHUT_FOR_ALL = (Lock.NOT_OPEN_YET, Lock.PERIOD_CLOSED, Lock.ACCEPTED)

#: The page's filters, in their order.
FILTERS = ("all", "missing", "failed", "changed", "returned")


def load_assessment(request: HttpRequest, period: str, unit: str, criteria_set: str) -> Assessment:
    """The assessment at this address, or 404 when it is not there for this person."""
    found = get_object_or_404(
        Assessment.objects.visible_to(request.user).select_related(
            "unit__parent__parent", "period", "criteria_set", "submitted_by"
        ),
        period__slug=period,
        unit__slug=unit,
        criteria_set__slug=criteria_set,
    )
    return name_as_closed(found)


def sheet_for(assessment: Assessment, user: User) -> Sheet:
    """The rows that this person may see: a department only those it leads or supports."""
    only_own = user.role == Role.DEPARTMENT_OFFICER
    return load_sheet(assessment, user if only_own else None)


@dataclass(slots=True)
class Bar:
    """The bar that stays in view."""

    entered: int
    total: int
    met: int
    criteria: int
    due_on: object
    days_left: int
    working_days: int
    is_late: bool
    is_sent: bool
    counts: list[tuple[str, int]]
    index: list[tuple[int, str]]
    blank_kept: bool


def bar_of(sheet: Sheet) -> Bar:
    assessment = sheet.assessment
    day = today()
    left = (assessment.due_on - day).days
    return Bar(
        entered=sheet.entered,
        total=len(sheet.rows),
        met=sheet.criteria_met,
        criteria=len(sheet.criteria),
        due_on=assessment.due_on,
        days_left=left,
        working_days=working_days_between(day, assessment.due_on),
        is_late=left < 0,
        is_sent=assessment.is_handed_in,
        counts=[(name, sheet.count(name)) for name in _filters(assessment)],
        index=[(c.definition.number, c.verdict.value) for c in sheet.criteria],
        blank_kept=any(row.is_blank and row.can_be_kept for row in sheet.rows),
    )


def _filters(assessment: Assessment) -> tuple[str, ...]:
    """What was returned comes before the rest, or a phone shows it two swipes away."""
    if assessment.state != AssessmentState.RETURNED:
        return FILTERS
    return ("all", "returned", *(name for name in FILTERS if name not in ("all", "returned")))


def entry_lock(assessment: Assessment, user: User) -> tuple[Lock | None, str]:
    """Why this person cannot enter here, named and in a sentence; (None, "") when they can."""
    reason = refusal(Act.ENTER, assessment, user)
    if reason is None:
        return None, ""
    # Whoever could not enter anyway still learns that nobody can any more.
    shut = lock(Act.ENTER, situation(assessment)) if reason is Lock.NOT_YOURS else None
    return reason, lock_text(shut if shut in SHUT_FOR_ALL else reason, assessment)


def frame(sheet: Sheet, user: User) -> dict[str, object]:
    """Context shared by the page and by the fragments that answer a saved row."""
    assessment = sheet.assessment
    reason, sentence = entry_lock(assessment, user)
    bar = bar_of(sheet)
    return {
        "assessment": assessment,
        "base": assessment.get_absolute_url(),
        "sheet": sheet,
        "bar": bar,
        "lock": reason,
        "lock_text": sentence,
        "state_text": state_text(assessment, user, late=bar.is_late),
        "state_kind": STATE_KINDS[AssessmentState(assessment.state)],
        "can_extend": refusal(Act.EXTEND, assessment, user) is None,
    }


def editable_rows(sheet: Sheet, user: User) -> dict[int, bool]:
    """Row -> whether this person can change it now: the same check that the action makes."""
    return {
        row.result.pk: refusal(Act.ENTER, sheet.assessment, user, row.result) is None
        for row in sheet.rows
    }
