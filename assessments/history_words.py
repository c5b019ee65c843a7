"""An event in words: what it is called, and the facts that it carries besides a row's figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Role, User
from assessments.differences import Difference, What
from assessments.models import (
    Channel,
    Event,
    EventKind,
    QuarterEvent,
    QuarterEventKind,
    Review,
)

COMMENTED = "commented"

#: kind -> icon and the tone of its mark on the line of time
MARKS: Mapping[str, tuple[str, str]] = {
    EventKind.OPENED: ("calendar3", "grey"),
    EventKind.ENTERED: ("pencil", "grey"),
    EventKind.UNCHANGED: ("check2", "grey"),
    EventKind.RECHECKED: ("check2", "green"),
    EventKind.SUBMITTED: ("send", "amber"),
    EventKind.RETURNED: ("arrow-counterclockwise", "red"),
    EventKind.WITHDRAWN: ("arrow-counterclockwise", "grey"),
    EventKind.CORRECTED: ("pencil", "amber"),
    EventKind.VERIFIED: ("patch-check", "green"),
    EventKind.ACCEPTED: ("shield-check", "green"),
    EventKind.REOPENED: ("key", "red"),
    EventKind.EXTENDED: ("clock", "grey"),
    EventKind.ATTACHED: ("paperclip", "grey"),
    EventKind.DESCRIBED: ("file-earmark-text", "grey"),
    EventKind.REMOVED: ("trash", "grey"),
    EventKind.REJUDGED: ("journal-text", "amber"),
    QuarterEventKind.CLOSED: ("lock", "grey"),
    COMMENTED: ("chat-left-text", "grey"),
}


def mark_of(kind: str) -> tuple[str, str]:
    return MARKS.get(kind, ("clock-history", "grey"))


def title_of(event: Event) -> str:
    """What happened, for a line of a row or of the whole assessment."""
    words = {
        EventKind.OPENED: _("The quarter was opened for entering"),
        EventKind.ENTERED: _("Figures entered"),
        EventKind.UNCHANGED: _("Last quarter's figures kept"),
        EventKind.RECHECKED: _("Re-checked: the figures stand as before"),
        EventKind.SUBMITTED: _("Assessment sent"),
        EventKind.RETURNED: _("Returned to the commune"),
        EventKind.WITHDRAWN: _("Return withdrawn"),
        EventKind.CORRECTED: _("Corrected after the return"),
        EventKind.VERIFIED: _("Verified"),
        EventKind.ACCEPTED: _("Assessment accepted"),
        EventKind.REOPENED: _("Reopened"),
        EventKind.EXTENDED: _("Due date lifted"),
        EventKind.ATTACHED: _("Evidence added"),
        EventKind.DESCRIBED: _("Evidence described"),
        EventKind.REMOVED: _("Evidence removed"),
        EventKind.REJUDGED: _("Judged anew by a confirmed level"),
    }
    if event.kind == EventKind.SUBMITTED and _read(event.before, "state") == "returned":
        return _("Assessment sent again")
    if event.kind == EventKind.VERIFIED and _read(event.after, "declared_only"):
        return _("Verification ended by decision")
    if event.kind == EventKind.VERIFIED and event.result_id is None:
        return _("All rows verified")
    if event.kind == EventKind.VERIFIED and is_other_verdict(event):
        return _("Verified with another verdict")
    if event.kind == EventKind.VERIFIED and verdict_taken_back(event):
        return _("Confirmed as the commune declared; the other verdict taken back")
    return words.get(event.kind) or event.get_kind_display()


def is_other_verdict(event: Event) -> bool:
    """Verified otherwise than the commune declared, whatever had been found before."""
    after = _read(event.after, "verdict")
    return bool(after and after != declared_at(event))


def verdict_taken_back(event: Event) -> str:
    """The other verdict that stood until the row was confirmed as declared; empty for none."""
    before = _read(event.before, "verdict")
    if is_other_verdict(event) or before == _read(event.after, "verdict"):
        return ""
    return before or ""


def declared_at(event: Event) -> str:
    """What the commune declared when a row was verified.

    Events of the first releases do not say it. Then it is what stood before the first verdict;
    later only another verdict had a reason.
    """
    if declared := _read(event.after, "declared"):
        return declared
    before, after = _read(event.before, "verdict") or "", _read(event.after, "verdict") or ""
    if _read(event.before, "review") == Review.VERIFIED and not event.reason:
        return after
    return before or after


def quarter_title(event: QuarterEvent) -> str:
    words = {
        QuarterEventKind.PLANNED: _("Quarter created"),
        QuarterEventKind.OPENED: _("Quarter opened"),
        QuarterEventKind.EXTENDED: _("Due date of the whole quarter moved"),
        QuarterEventKind.CLOSED: _("Quarter closed"),
        QuarterEventKind.REOPENED: _("Quarter reopened"),
    }
    return words.get(event.kind) or event.get_kind_display()


def channel_words(channel: str) -> str:
    return {
        Channel.FORM: _("through the form"),
        Channel.API: _("through the API"),
        Channel.IMPORT: _("by import"),
        Channel.SYSTEM: _("by the portal itself"),
    }.get(channel, channel)


def body_of(user: User) -> str:
    """For whom the person acts; empty where the name says it already."""
    body = str(Role.ADMINISTRATOR.label) if user.role == Role.ADMINISTRATOR else user.scope_name
    return "" if body.casefold() in user.display_name.casefold() else body


def facts_of(before: Any, after: Any) -> tuple[str, ...]:
    """What a decision carries: how much was entered, which file, from when to when."""
    found = []
    entered, met = _read(after, "entered"), _read(after, "met")
    if isinstance(entered, int) and isinstance(met, int):
        found.append(
            ngettext("%(count)s row entered", "%(count)s rows entered", entered)
            % {"count": entered}
        )
        found.append(
            ngettext("%(count)s criterion met", "%(count)s criteria met", met) % {"count": met}
        )
    left = _read(after, "declared_only")
    if isinstance(left, int) and left:
        found.append(
            ngettext(
                "%(count)s row was not verified and counts as declared only",
                "%(count)s rows were not verified and count as declared only",
                left,
            )
            % {"count": left}
        )
    for stored in (after, before):
        name = _read(stored, "name") or _read(stored, "file")
        if isinstance(name, str) and name:
            number = _read(stored, "document_number")
            found.append(f"{name} ({number})" if isinstance(number, str) and number else name)
            break
    return tuple(found)


def details_of(before: Any, after: Any) -> tuple[Difference, ...]:
    """What a decision changed besides figures: a due date, what a document says of itself."""
    found = []
    for key, label in (
        ("due_on", _("Due on")),
        ("document_number", _("Document number")),
        ("document_date", _("Date of the document")),
        ("valid_until", _("Valid until")),
    ):
        old, new = _words(_read(before, key)), _words(_read(after, key))
        if old != new and isinstance(after, Mapping) and key in after:
            found.append(Difference(What.DATE, label, old, new))
    return tuple(found)


def _words(stored: Any) -> str:
    """A day as it is written here; any other text as it is."""
    if not isinstance(stored, str):
        return ""
    try:
        return date_format(dt.date.fromisoformat(stored), "d/m/Y")
    except ValueError:
        return stored


def _read(stored: Any, key: str) -> Any:
    return stored.get(key) if isinstance(stored, Mapping) else None
