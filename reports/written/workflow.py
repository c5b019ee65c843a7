"""Does the state of a written report allow it? A table; no requests, no database."""

from __future__ import annotations

from enum import StrEnum

from reports.models import WrittenState


class Act(StrEnum):
    WRITE = "write"
    SUBMIT = "submit"
    RETURN = "return"
    ACCEPT = "accept"


class Lock(StrEnum):
    """Why something is refused, named; ``wording.lock_text`` says it in a sentence."""

    NOT_YOURS = "not_yours"
    NOT_ASKED = "not_asked"
    NOT_OPEN_YET = "not_open_yet"
    NOT_SENT = "not_sent"
    SENT = "sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    OWN = "own"


#: (state, act) -> state afterwards. What is not here is not possible. A late report may still be
#: written: it is called late, but the standing office wants it.
TRANSITIONS: dict[tuple[str, Act], str] = {
    (WrittenState.DRAFT, Act.WRITE): WrittenState.DRAFT,
    (WrittenState.DRAFT, Act.SUBMIT): WrittenState.SUBMITTED,
    (WrittenState.SUBMITTED, Act.RETURN): WrittenState.RETURNED,
    (WrittenState.SUBMITTED, Act.ACCEPT): WrittenState.ACCEPTED,
    (WrittenState.RETURNED, Act.WRITE): WrittenState.RETURNED,
    (WrittenState.RETURNED, Act.SUBMIT): WrittenState.SUBMITTED,
    (WrittenState.ACCEPTED, Act.RETURN): WrittenState.RETURNED,
}

_STATE_LOCKS = {
    WrittenState.DRAFT: Lock.NOT_SENT,
    WrittenState.SUBMITTED: Lock.SENT,
    WrittenState.RETURNED: Lock.RETURNED,
    WrittenState.ACCEPTED: Lock.ACCEPTED,
}


def lock(act: Act, state: str, *, period_state: str) -> Lock | None:
    """The reason for which the state refuses ``act``, or None when it allows it."""
    if period_state == "planned":
        return Lock.NOT_OPEN_YET
    if (state, act) in TRANSITIONS:
        return None
    return _STATE_LOCKS[WrittenState(state)]
