"""Who has reported and who is missing, to the day; and what one body has to write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from dashboard.my_work import due_text
from periods.models import ReportingPeriod
from reports.models import ARRIVED, PeriodicReport, WrittenState
from reports.written.bodies import Body, bodies, own_body
from reports.written.terms import Term, asked_periods, terms_of
from reports.written.wording import STATE_KINDS, days_late, late_text, state_text

#: Behind those who are late: what asks for a decision, what is under way, what is settled.
_ORDER = ("submitted", "returned", "draft", "", "accepted")
#: How the board can be narrowed down; "waiting" and "missing" are what the standing office asks.
FILTERS = ("all", "missing", "waiting", "returned", "accepted")


@dataclass(frozen=True, slots=True)
class Line:
    """One body and its report of one term. ``state`` is "" where nothing was begun."""

    body: Body
    term: Term
    state: str
    sent_at: dt.datetime | None
    due_on: dt.date
    days_late: int
    due_text: str

    @property
    def url(self) -> str:
        return report_url(self.term, self.body)

    @property
    def has_arrived(self) -> bool:
        return self.state in ARRIVED

    @property
    def is_missing(self) -> bool:
        """Nothing has arrived that still counts; a returned report is missing again."""
        return not self.has_arrived

    @property
    def is_late(self) -> bool:
        return self.days_late > 0 and self.is_missing

    @property
    def kind(self) -> str:
        if self.is_late:
            return "red"
        return STATE_KINDS[WrittenState(self.state)] if self.state else "grey"

    @property
    def state_text(self) -> str:
        return state_text(self.state)

    @property
    def late_text(self) -> str:
        return late_text(self.days_late) if self.days_late else ""

    def fits(self, wanted: str) -> bool:
        match wanted:
            case "missing":
                return self.is_missing
            case "waiting":
                return self.state == WrittenState.SUBMITTED
            case "returned" | "accepted":
                return self.state == wanted
            case _:
                return True


@dataclass(frozen=True, slots=True)
class Board:
    """All bodies of one term, those who are late first."""

    term: Term
    lines: list[Line]

    def count(self, wanted: str) -> int:
        return sum(line.fits(wanted) for line in self.lines)

    @property
    def late(self) -> int:
        return sum(line.is_late for line in self.lines)

    @property
    def arrived(self) -> int:
        return sum(line.has_arrived for line in self.lines)

    @property
    def waiting(self) -> int:
        return self.count("waiting")

    @property
    def missing(self) -> int:
        return self.count("missing")


def report_url(term: Term, body: Body) -> str:
    return reverse("reports:written_report", args=[term.slug, body.level, body.slug])


def board(term: Term, today: dt.date) -> Board:
    """Three queries whatever the number of bodies."""
    return _board(term, bodies(term.period), _reports([term.period]), today)


def boards(period: ReportingPeriod, today: dt.date) -> list[Board]:
    """The quarter's board and that of the longer term; three queries."""
    who, reports = bodies(period), _reports([period])
    return [_board(term, who, reports, today) for term in terms_of(period)]


def _board(term: Term, who: Iterable[Body], reports: dict, today: dt.date) -> Board:
    lines = [_line(body, term, reports, today) for body in who]
    lines.sort(key=lambda line: (not line.is_late, _ORDER.index(line.state)))
    return Board(term, lines)


def own_lines(user: User, today: dt.date) -> list[Line]:
    """What the person's body has to write, newest first; three queries at most."""
    periods = list(asked_periods())
    body = own_body(user, periods[0]) if periods else None
    if body is None:
        return []
    reports = _reports(periods, Q(**body.key))
    return [_line(body, term, reports, today) for period in periods for term in terms_of(period)]


def _reports(periods: list[ReportingPeriod], scope: Q | None = None) -> dict:
    """State and sending of each report, by its quarter, kind and body."""
    found = PeriodicReport.objects.filter(scope or Q(), period__in=periods).order_by()
    return {
        (period, kind, unit, agency): (state, at)
        for period, kind, unit, agency, state, at in found.values_list(
            "period_id", "kind", "unit_id", "agency_id", "state", "submitted_at"
        )
    }


def _line(body: Body, term: Term, reports: dict, today: dt.date) -> Line:
    key = body.key
    state, sent_at = reports.get(
        (term.period.pk, term.kind, key.get("unit_id"), key.get("agency_id")), ("", None)
    )
    due_on = term.due_on(of_agency=body.is_agency)
    arrived = state in ARRIVED
    return Line(
        body=body,
        term=term,
        state=state,
        sent_at=sent_at if arrived else None,
        due_on=due_on,
        days_late=days_late(due_on, today, sent_at if arrived else None),
        due_text=due_text(due_on, today),
    )


def open_terms() -> list[Term]:
    """The terms about which something may be written, newest first; one query."""
    return [term for period in asked_periods() for term in terms_of(period)]
