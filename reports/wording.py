"""The sentences of summaries on pages: why something is locked, how a state reads."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.models import SummaryReport, SummaryState
from reports.workflow import Lock

#: The kind of pill for each state.
STATE_KINDS = {
    SummaryState.COMPOSING: "grey",
    SummaryState.WAITING: "amber",
    SummaryState.PUBLISHED: "green",
}


def lock_text(lock: Lock) -> str:
    """Why this cannot be done, and what to do about it."""
    match lock:
        case Lock.WAITING:
            return _(
                "The summary waits for publication, so its text stands still. Take it back to "
                "change it."
            )
        case Lock.NOT_HANDED_OVER:
            return _("The standing office has not handed this summary over yet.")
        case Lock.PUBLISHED:
            return _("This summary is published. What was published is corrected in a new issue.")
        case Lock.NOT_PUBLISHED:
            return _("Only a published summary is corrected.")
        case Lock.EVER_PUBLISHED:
            return _(
                "This summary has been published, and what was published is never discarded. It "
                "is corrected in a new issue."
            )
        case Lock.BEING_CORRECTED:
            return _(
                "What was published is never discarded. A correction begun by mistake is given up "
                "on the page of the summary; the published issue then stays in force."
            )
        case Lock.NOT_CORRECTED:
            return _("No correction of this summary is being composed.")
        case Lock.NEVER_PUBLISHED:
            return _("This draft was never published; it is discarded, not given up.")
        case Lock.CORRECTS_NOTHING:
            return _(
                "This correction differs in nothing from the published issue. Change what is "
                "wrong first, or give the correction up. Where only the number or the signer’s "
                "position is wrong, say so in a text of the paper: every issue has a number and a "
                "signer of its own anyway."
            )
        case Lock.DISCARDED:
            return _("This draft has been discarded meanwhile; it is not there any more.")
        case Lock.NOT_YOURS:
            return _("The standing office composes summaries, and only the leader publishes them.")


def state_text(summary: SummaryReport, issues: int) -> str:
    """A summary that is corrected reads otherwise than one that was never published."""
    if issues and summary.state == SummaryState.COMPOSING:
        return _("is being corrected")
    return SummaryState(summary.state).label
