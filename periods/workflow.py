"""Does the state of a quarter allow it? A table; no requests, no database.

Closed quarters are the beginning of the line of time, without a gap: each is compared with the
one before, so an earlier quarter that could still move would move what a closed one says.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from periods.models import PeriodState


class QuarterAct(StrEnum):
    OPEN = "open"
    EXTEND = "extend"
    CLOSE = "close"
    REOPEN = "reopen"


class QuarterLock(StrEnum):
    """Why a quarter refuses, named; ``assessments.wording.quarter_lock_text`` says it in a sentence."""

    NOT_YOURS = "not_yours"
    NOT_OPEN_YET = "not_open_yet"
    NOT_CLOSED = "not_closed"
    CLOSED = "closed"
    EARLIER_NOT_CLOSED = "earlier_not_closed"
    LATER_CLOSED = "later_closed"


#: (state, act) -> state afterwards. Opening an open quarter adds the assessments it lacks.
TRANSITIONS: dict[tuple[str, QuarterAct], str] = {
    (PeriodState.PLANNED, QuarterAct.OPEN): PeriodState.OPEN,
    (PeriodState.PLANNED, QuarterAct.EXTEND): PeriodState.PLANNED,
    (PeriodState.OPEN, QuarterAct.OPEN): PeriodState.OPEN,
    (PeriodState.OPEN, QuarterAct.EXTEND): PeriodState.OPEN,
    (PeriodState.OPEN, QuarterAct.CLOSE): PeriodState.CLOSED,
    (PeriodState.CLOSED, QuarterAct.REOPEN): PeriodState.OPEN,
}


@dataclass(frozen=True, slots=True)
class QuarterSituation:
    """``earlier_open``: a quarter before this one is still open. ``later_closed``: one after it
    is closed already."""

    state: str
    earlier_open: bool = False
    later_closed: bool = False


def quarter_lock(act: QuarterAct, at: QuarterSituation) -> QuarterLock | None:
    """The reason for which the state refuses ``act``, or None when it allows it."""
    if (at.state, act) not in TRANSITIONS:
        return {
            PeriodState.PLANNED: QuarterLock.NOT_OPEN_YET,
            PeriodState.OPEN: QuarterLock.NOT_CLOSED,
            PeriodState.CLOSED: QuarterLock.CLOSED,
        }[PeriodState(at.state)]
    if act is QuarterAct.CLOSE and at.earlier_open:
        return QuarterLock.EARLIER_NOT_CLOSED
    if act is not QuarterAct.CLOSE and at.later_closed:
        return QuarterLock.LATER_CLOSED
    return None
