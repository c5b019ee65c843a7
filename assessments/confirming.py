"""Which rows may be confirmed many at once: only what stands as it was verified last quarter.

Everything else is looked at one by one; the page says of each row why.
"""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext as _

from assessments.models import Review
from assessments.sheet import Row


class Alone(StrEnum):
    """Why a row is looked at by itself."""

    DONE = "done"
    MISSING = "missing"
    NO_QUARTER_BEFORE = "no_quarter_before"
    NOT_VERIFIED_BEFORE = "not_verified_before"
    CHANGED = "changed"
    OTHER_VERDICT = "other_verdict"


def why_alone(row: Row) -> Alone | None:
    """None when the row is unchanged since it was verified with the verdict declared now."""
    previous = row.previous
    if row.result.review == Review.VERIFIED:
        return Alone.DONE
    if row.is_missing:
        return Alone.MISSING
    if previous is None:
        return Alone.NO_QUARTER_BEFORE
    if not previous.verified_verdict:
        return Alone.NOT_VERIFIED_BEFORE
    if not _is_the_same(row):
        return Alone.CHANGED
    if previous.verified_verdict != row.result.declared_verdict:
        return Alone.OTHER_VERDICT
    return None


def _is_the_same(row: Row) -> bool:
    result, previous = row.result, row.previous
    return (
        row.values == previous.values
        and result.stated == previous.stated
        and result.not_applicable == previous.not_applicable
    )


def alone_text(alone: Alone) -> str:
    match alone:
        case Alone.DONE:
            return _("Verified already.")
        case Alone.MISSING:
            return _("Nothing was entered.")
        case Alone.NO_QUARTER_BEFORE:
            return _("There is no quarter before to compare with.")
        case Alone.NOT_VERIFIED_BEFORE:
            return _("It was not verified last quarter.")
        case Alone.CHANGED:
            return _("It changed since last quarter.")
        case Alone.OTHER_VERDICT:
            return _("Last quarter another verdict was verified.")
