"""What was decided about the whole assessment or quarter, as a row's own line of time says it.

There each of these stands in every row, so it begins with what it is about; on the history of the
assessment itself ``history_words`` names it.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from assessments.models import Event, EventKind, QuarterEvent, QuarterEventKind


def whole_title(event: Event) -> str:
    """Of an event without a row; empty for one of a row."""
    if event.result_id is not None:
        return ""
    after = event.after if isinstance(event.after, dict) else {}
    before = event.before if isinstance(event.before, dict) else {}
    if event.kind == EventKind.SUBMITTED and before.get("state") == "returned":
        return _("Whole assessment: sent again by the commune")
    if event.kind == EventKind.VERIFIED and after.get("declared_only"):
        return _("Whole assessment: verification ended by decision")
    words = {
        EventKind.OPENED: _("Whole quarter: opened for entering"),
        EventKind.SUBMITTED: _("Whole assessment: sent by the commune"),
        EventKind.VERIFIED: _("Whole assessment: every row verified"),
        EventKind.ACCEPTED: _("Whole assessment: accepted"),
        EventKind.REOPENED: _("Whole assessment: reopened"),
        EventKind.EXTENDED: _("Whole assessment: due date moved"),
    }
    return words.get(event.kind) or _("Whole assessment: %(act)s") % {
        "act": event.get_kind_display()
    }


def whole_quarter_title(event: QuarterEvent) -> str:
    words = {
        QuarterEventKind.EXTENDED: _("Whole quarter: due date moved"),
        QuarterEventKind.CLOSED: _("Whole quarter: closed"),
        QuarterEventKind.REOPENED: _("Whole quarter: reopened"),
    }
    return words.get(event.kind) or _("Whole quarter: %(act)s") % {"act": event.get_kind_display()}
