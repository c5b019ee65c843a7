"""``{% written_work request.user %}``: what a start page says about written reports."""

from __future__ import annotations

from django import template

from accounts.models import Role, User
from periods.clock import today
from periods.models import ReportingPeriod
from reports.models import WrittenState
from reports.written.board import Board, Line, boards, own_lines

register = template.Library()
#: Lines on a start page; the list of reports has all.
SHOWN = 4


@register.inclusion_tag("reports/written/work.html")
def written_work(user: User) -> dict[str, object]:
    """At most four queries: a body's own reports, or how many of the district's are missing."""
    context: dict[str, object] = {"lines": [], "boards": [], "may_decide": False}
    if user.role in (Role.COMMUNE_OFFICER, Role.DEPARTMENT_OFFICER):
        context["lines"] = [line for line in own_lines(user, today()) if _is_due(line)][:SHOWN]
    elif user.sees_district:
        context["boards"] = _open_boards()
        context["may_decide"] = user.role != Role.LEADER
    return context


def _is_due(line: Line) -> bool:
    """To be written or corrected: of an open quarter, or late."""
    if line.state == WrittenState.RETURNED:
        return True
    return line.is_missing and (line.term.period.is_open or line.is_late)


def _open_boards() -> list[Board]:
    period = ReportingPeriod.objects.open().first()
    return boards(period, today()) if period else []
