"""Does the state allow it? The life of an assessment as a table; no requests, no database.

Whether a *person* may do something is asked elsewhere (``accounts.permissions``); this module only
knows states, dates and the named reasons for which a state refuses.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    ENTER = "enter"
    SUBMIT = "submit"
    EXTEND = "extend"
    RETURN = "return"
    WITHDRAW = "withdraw"
    VERIFY = "verify"
    COMPLETE = "complete"
    ACCEPT = "accept"
    REOPEN = "reopen"


class Lock(StrEnum):
    """Why a state refuses, named; ``assessments.wording.lock_text`` says it in a sentence."""

    NOT_OPEN_YET = "not_open_yet"
    PERIOD_CLOSED = "period_closed"
    SET_NOT_IN_FORCE = "set_not_in_force"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    ACCEPTED = "accepted"
    PAST_DUE = "past_due"
    ROW_NOT_RETURNED = "row_not_returned"
    ROW_RETURNED = "row_returned"
    NOTHING_TO_WITHDRAW = "nothing_to_withdraw"
    ROW_CORRECTED = "row_corrected"
    BEING_CORRECTED = "being_corrected"
    NOT_VERIFIED = "not_verified"
    NOTHING_TO_REOPEN = "nothing_to_reopen"
    NOT_SUBMITTED = "not_submitted"
    NOT_YOURS = "not_yours"
    OWN_ENTRY = "own_entry"
    OWN_REVIEW = "own_review"


#: (state, act) -> state afterwards. What is not here is not possible. Withdrawing one return of
#: several leaves the state as it is; with the last one the commune has nothing to correct.
TRANSITIONS: dict[tuple[str, Act], str] = {
    ("draft", Act.ENTER): "draft",
    ("draft", Act.SUBMIT): "submitted",
    ("draft", Act.EXTEND): "draft",
    ("submitted", Act.RETURN): "returned",
    ("submitted", Act.VERIFY): "submitted",
    ("submitted", Act.COMPLETE): "verified",
    ("returned", Act.ENTER): "returned",
    ("returned", Act.SUBMIT): "submitted",
    ("returned", Act.RETURN): "returned",
    ("returned", Act.WITHDRAW): "submitted",
    ("returned", Act.VERIFY): "returned",
    ("returned", Act.EXTEND): "returned",
    ("verified", Act.ACCEPT): "accepted",
    ("verified", Act.RETURN): "returned",
    ("verified", Act.REOPEN): "submitted",
    ("accepted", Act.REOPEN): "submitted",
}

_STATE_LOCKS = {
    "draft": Lock.NOT_SUBMITTED,
    "submitted": Lock.SUBMITTED,
    "returned": Lock.ROW_NOT_RETURNED,
    "verified": Lock.VERIFIED,
    "accepted": Lock.ACCEPTED,
}

#: Where an act has a reason of its own to wait, it goes before the state's.
_ACT_LOCKS = {
    ("submitted", Act.ACCEPT): Lock.NOT_VERIFIED,
    ("returned", Act.ACCEPT): Lock.BEING_CORRECTED,
    ("returned", Act.COMPLETE): Lock.BEING_CORRECTED,
    ("submitted", Act.WITHDRAW): Lock.NOTHING_TO_WITHDRAW,
    ("verified", Act.WITHDRAW): Lock.NOTHING_TO_WITHDRAW,
    ("submitted", Act.REOPEN): Lock.NOTHING_TO_REOPEN,
    ("returned", Act.REOPEN): Lock.NOTHING_TO_REOPEN,
}

#: Acts on one row by whoever verifies; a row that was returned is the commune's until it sends.
_REVIEWS = frozenset({Act.VERIFY, Act.RETURN})

#: Acts of the commune, bound to the due date.
_BOUND_BY_DUE_DATE = frozenset({Act.ENTER, Act.SUBMIT})


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the table needs to know; ``row_review`` only where one row is meant."""

    period_state: str
    set_state: str
    state: str
    due_on: dt.date
    today: dt.date
    row_review: str | None = None
    #: The commune acted on the return that stands.
    row_corrected: bool = False


def lock(act: Act, at: Situation) -> Lock | None:
    """The reason for which the state refuses ``act``, or None when it allows it."""
    if at.set_state != "in_force":
        return Lock.SET_NOT_IN_FORCE
    if at.period_state == "planned":
        return Lock.NOT_OPEN_YET
    if at.period_state == "closed":
        return Lock.PERIOD_CLOSED
    if (at.state, act) not in TRANSITIONS:
        return _ACT_LOCKS.get((at.state, act), _STATE_LOCKS[at.state])
    if act in _BOUND_BY_DUE_DATE and at.today > at.due_on:
        return Lock.PAST_DUE
    if act is Act.ENTER and at.state == "returned" and at.row_review not in (None, "returned"):
        return Lock.ROW_NOT_RETURNED
    if act in _REVIEWS and at.row_review == "returned":
        return Lock.ROW_RETURNED
    if act is Act.WITHDRAW and at.row_review not in (None, "returned"):
        return Lock.NOTHING_TO_WITHDRAW
    if act is Act.WITHDRAW and at.row_corrected:
        return Lock.ROW_CORRECTED
    return None


def verdicts_to_give(declared: str, *, conditional: bool) -> tuple[str, ...]:
    """The verdicts that a verifier may find for a row, given what the commune declared.

    Nothing was entered: it may be found not met, never met. "Not applicable" only where the law
    knows it for this indicator.
    """
    match declared:
        case "missing":
            return ("not_met",)
        case "not_applicable":
            return ("not_applicable", "not_met")
        case _:
            return ("met", "not_met", "not_applicable") if conditional else ("met", "not_met")


def comment_lock(at: Situation) -> Lock | None:
    """Talk about a row goes on in every state, after sending too, until its quarter closes."""
    if at.period_state == "planned":
        return Lock.NOT_OPEN_YET
    return Lock.PERIOD_CLOSED if at.period_state == "closed" else None
