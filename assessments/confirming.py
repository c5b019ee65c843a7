"""Which rows may be confirmed many at once: only what stands as it was verified last quarter.

A row that was returned in this quarter is looked at by itself even where its figures are again
last quarter's: whoever returned it asked for something, and has to see whether it was done.

Everything else is looked at one by one; the page says of each row why.
"""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext as _

from assessments.board import BoardRow
from assessments.models import Review


class Alone(StrEnum):
    """Why a row is looked at by itself."""

    DONE = "done"
    MISSING = "missing"
    NO_EVIDENCE = "no_evidence"
    NO_QUARTER_BEFORE = "no_quarter_before"
    NOT_VERIFIED_BEFORE = "not_verified_before"
    CHANGED = "changed"
    RETURNED = "returned"
    NEW_NOTE = "new_note"
    NEW_EVIDENCE = "new_evidence"
    OTHER_VERDICT = "other_verdict"


def why_alone(row: BoardRow) -> Alone | None:
    """None when the row is unchanged since it was verified with the verdict declared now."""
    previous = row.previous
    if row.result.review == Review.VERIFIED:
        return Alone.DONE
    if row.is_missing:
        return Alone.MISSING
    if row.is_returned or row.was_returned:
        return Alone.RETURNED
    if row.lacks_evidence:
        return Alone.NO_EVIDENCE
    if previous is None:
        return Alone.NO_QUARTER_BEFORE
    if not previous.verified_verdict:
        return Alone.NOT_VERIFIED_BEFORE
    if not _is_the_same(row):
        return Alone.CHANGED
    if previous.verified_verdict != row.result.declared_verdict:
        return Alone.OTHER_VERDICT
    # A note is of its own quarter: none now is no change, whatever was said last quarter.
    if row.result.note not in ("", previous.note):
        return Alone.NEW_NOTE
    return Alone.NEW_EVIDENCE if row.evidence_is_new else None


def _is_the_same(row: BoardRow) -> bool:
    result, previous = row.result, row.previous
    return (
        row.values == previous.values
        and result.stated == previous.stated
        and result.not_applicable == previous.not_applicable
        and result.absence_reason in ("", previous.absence_reason)
    )


def alone_text(alone: Alone) -> str:
    match alone:
        case Alone.DONE:
            return _("Verified already.")
        case Alone.MISSING:
            return _("Nothing was entered.")
        case Alone.NO_EVIDENCE:
            return _(
                "It needs evidence to be declared met, and none that is valid stands behind it."
            )
        case Alone.NO_QUARTER_BEFORE:
            return _("There is no quarter before to compare with.")
        case Alone.NOT_VERIFIED_BEFORE:
            return _("It was not verified last quarter.")
        case Alone.CHANGED:
            return _("It changed since last quarter.")
        case Alone.RETURNED:
            return _("It was returned in this quarter.")
        case Alone.NEW_NOTE:
            return _("Its note is new since last quarter.")
        case Alone.NEW_EVIDENCE:
            return _("Its evidence changed since last quarter.")
        case Alone.OTHER_VERDICT:
            return _("Last quarter another verdict was verified.")
