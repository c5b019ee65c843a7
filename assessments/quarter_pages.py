"""Quarters in words, ready for their pages: how each stands, who is where, what was decided."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Role, User
from accounts.permissions import may_steer
from assessments.counted import states_by_period
from assessments.figures import Completeness, UnitProgress
from assessments.models import (
    HANDED_IN,
    Assessment,
    AssessmentState,
    QuarterEvent,
    QuarterEventKind,
)
from assessments.quarters import quarter_situation
from assessments.wording import STATE_KINDS, quarter_lock_text, state_text
from criteria.models import CriteriaSet
from periods.calendar import working_days_between
from periods.models import PeriodState, ReportingPeriod
from periods.workflow import QuarterAct, quarter_lock

PERIOD_KINDS = {PeriodState.PLANNED: "grey", PeriodState.OPEN: "amber", PeriodState.CLOSED: "green"}
#: Reads other communes' states as the district does.
ONLOOKER = User(role=Role.LEADER)


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """One quarter in the list."""

    period: ReportingPeriod
    kind: str
    assessments: int
    handed_in: int
    correcting: int
    accepted: int


def quarter_lines() -> list[QuarterLine]:
    """All quarters, newest first, each with the communes that it counts. Three queries."""
    periods = list(ReportingPeriod.objects.order_by("-data_to"))
    states = states_by_period(periods)
    return [_quarter_line(one, states[one.pk]) for one in periods]


def _quarter_line(period: ReportingPeriod, states: Counter[str]) -> QuarterLine:
    return QuarterLine(
        period=period,
        kind=PERIOD_KINDS[PeriodState(period.state)],
        assessments=states.total(),
        handed_in=sum(states[state] for state in HANDED_IN),
        correcting=states[AssessmentState.RETURNED] if period.is_open else 0,
        accepted=states[AssessmentState.ACCEPTED],
    )


@dataclass(frozen=True, slots=True)
class ActButton:
    """What the standing office may decide now; ``why_not`` is said beside a disabled button."""

    label: str
    icon: str
    url: str
    why_not: str
    primary: bool


def act_buttons(period: ReportingPeriod, user: User) -> list[ActButton]:
    """The acts that make sense in the quarter's state, each enabled by the action's own check."""
    if not may_steer(user):
        return []
    situation = quarter_situation(period)
    wanted = {
        PeriodState.PLANNED: (QuarterAct.OPEN, QuarterAct.EXTEND),
        PeriodState.OPEN: (QuarterAct.EXTEND, QuarterAct.CLOSE),
        PeriodState.CLOSED: (QuarterAct.REOPEN,),
    }[PeriodState(period.state)]
    words = {
        QuarterAct.OPEN: (_("Open the quarter"), "calendar3"),
        QuarterAct.EXTEND: (_("Move the due date"), "clock"),
        QuarterAct.CLOSE: (_("Close the quarter"), "lock"),
        QuarterAct.REOPEN: (_("Reopen the quarter"), "arrow-counterclockwise"),
    }
    found = []
    for act in wanted:
        reason = quarter_lock(act, situation)
        label, icon = words[act]
        found.append(
            ActButton(
                label=label,
                icon=icon,
                url=reverse(f"periods:{act.value}", args=[period.slug]),
                why_not=quarter_lock_text(reason, period) if reason else "",
                primary=act is QuarterAct.OPEN,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One commune: where it is."""

    progress: UnitProgress
    url: str
    extend_url: str
    kind: str
    state: str
    due_text: str
    is_late: bool


def unit_lines(
    found: Completeness, period: ReportingPeriod, criteria_set: CriteriaSet, user: User
) -> list[UnitLine]:
    """Who is where; a link only for those that the person may open. One query."""
    visible = set(
        Assessment.objects.visible_to(user)
        .filter(period=period, criteria_set=criteria_set)
        .values_list("unit_id", flat=True)
    )
    return [
        _unit_line(one, period, criteria_set, user, one.unit_id in visible) for one in found.units
    ]


def _unit_line(
    unit: UnitProgress,
    period: ReportingPeriod,
    criteria_set: CriteriaSet,
    user: User,
    is_visible: bool,
) -> UnitLine:
    address = [period.slug, unit.slug, criteria_set.slug]
    late = unit.days_late > 0 and not unit.handed_in and period.is_open
    kind, words = "grey", _("No assessment")
    if unit.state:
        reader = user if user.unit_id == unit.unit_id and user.unit_id else ONLOOKER
        words = state_text(Assessment(period=period, state=unit.state), reader, late=late)
        kind = "red" if late else STATE_KINDS[AssessmentState(unit.state)]
    can_extend = period.is_open and unit.state in ("draft", "returned") and may_steer(user)
    return UnitLine(
        progress=unit,
        url=reverse("assessments:entry", args=address) if is_visible and unit.state else "",
        extend_url=reverse("assessments:extend", args=address) if can_extend else "",
        kind=kind,
        state=words,
        due_text=late_text(unit.days_late)
        if unit.days_late and (period.is_open or unit.handed_in)
        else "",
        is_late=late,
    )


def late_text(days: int) -> str:
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}


def time_left(period: ReportingPeriod, today: dt.date) -> str:
    """How long communes still have, in working days."""
    left = (period.due_on - today).days
    if left < 0:
        return _("The due date has passed.")
    if left == 0:
        return _("Due today.")
    working = working_days_between(today, period.due_on)
    return ngettext("%(n)s working day left.", "%(n)s working days left.", working) % {"n": working}


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision about the quarter on its line of time."""

    event: QuarterEvent
    title: str
    icon: str
    tone: str
    facts: list[str]


ICONS = {
    QuarterEventKind.PLANNED: ("plus-lg", ""),
    QuarterEventKind.OPENED: ("calendar3", "green"),
    QuarterEventKind.EXTENDED: ("clock", "amber"),
    QuarterEventKind.CLOSED: ("lock", "green"),
    QuarterEventKind.REOPENED: ("arrow-counterclockwise", "red"),
}


def decision_lines(events: Iterable[QuarterEvent]) -> list[DecisionLine]:
    titles = {
        QuarterEventKind.PLANNED: _("Quarter created"),
        QuarterEventKind.OPENED: _("Quarter opened"),
        QuarterEventKind.EXTENDED: _("Due date moved"),
        QuarterEventKind.CLOSED: _("Quarter closed"),
        QuarterEventKind.REOPENED: _("Quarter reopened"),
    }
    found = []
    for event in events:
        kind = QuarterEventKind(event.kind)
        icon, tone = ICONS[kind]
        found.append(DecisionLine(event, titles[kind], icon, tone, _facts(event)))
    return found


def _facts(event: QuarterEvent) -> list[str]:
    after, facts = event.after, []
    match event.kind:
        case QuarterEventKind.EXTENDED:
            days = {"before": _day(event.before["due_on"]), "after": _day(after["due_on"])}
            facts = [_("From %(before)s to %(after)s.") % days]
        case QuarterEventKind.PLANNED:
            facts = [_("Due on %(date)s.") % {"date": _day(after["due_on"])}]
        case QuarterEventKind.OPENED:
            facts = [
                ngettext(
                    "%(n)s assessment, due on %(date)s.",
                    "%(n)s assessments, due on %(date)s.",
                    after["assessments"],
                )
                % {"n": after["assessments"], "date": _day(after["due_on"])}
            ]
        case QuarterEventKind.CLOSED:
            facts = [
                _("%(accepted)s of %(assessments)s assessments accepted.") % after,
                _(
                    "%(verified)s rows verified, %(only_declared)s counted as declared, "
                    "%(missing)s without figures."
                )
                % after,
            ]
            if left_out := after.get("not_counted"):
                facts.append(
                    ngettext(
                        "%(n)s assessment not counted: its commune is no longer assessed.",
                        "%(n)s assessments not counted: their communes are no longer assessed.",
                        left_out,
                    )
                    % {"n": left_out}
                )
    return facts


def _day(text: str) -> str:
    return f"{dt.date.fromisoformat(text):%d/%m/%Y}"
