"""The sentences of written reports: why something is locked, how a state reads for its reader."""

from __future__ import annotations

import datetime as dt

from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.wording import moment
from reports.models import PeriodicReport, WrittenState
from reports.written.workflow import Lock

#: The kind of pill for each state.
STATE_KINDS = {
    WrittenState.DRAFT: "grey",
    WrittenState.SUBMITTED: "amber",
    WrittenState.RETURNED: "red",
    WrittenState.ACCEPTED: "green",
}


def lock_text(lock: Lock, report: PeriodicReport | None = None) -> str:
    """Why nothing can be changed here, and what to do about it."""
    match lock:
        case Lock.SENT if report is not None:
            return _(
                "Sent on %(when)s by %(who)s. What was sent can no longer be changed; if something "
                "is wrong, ask the standing office to return it."
            ) % {
                "when": moment(report.submitted_at),
                "who": report.submitted_by.display_name,
            }
        case Lock.SENT:
            return _("This report was sent; it can no longer be changed.")
        case Lock.ACCEPTED:
            return _("The standing office has accepted this report; it no longer changes.")
        case Lock.RETURNED:
            return _("This report was returned already; its writer has to send it again first.")
        case Lock.NOT_SENT:
            return _("This report has not been sent yet.")
        case Lock.NOT_OPEN_YET:
            return _("This quarter is not open yet, so nothing is reported about it.")
        case Lock.NOT_ASKED:
            return _("No report is asked of this body.")
        case Lock.OWN:
            return _("Nobody decides about a report that they sent themselves.")
        case _:
            return _(
                "Only the body itself writes its report, and only the standing office decides."
            )


def state_text(state: str) -> str:
    """A report that is not there yet reads as a state too."""
    return capfirst(WrittenState(state).label if state else _("not begun"))


def late_text(days: int) -> str:
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}


def days_late(due_on: dt.date, today: dt.date, sent_at: dt.datetime | None) -> int:
    """Calendar days between the due date and the sending, or today where nothing was sent."""
    until = localdate(sent_at) if sent_at else today
    return max(0, (until - due_on).days)
