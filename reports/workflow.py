"""Does the state allow it? The life of a summary as a table; no requests, no database.

The coordinator composes and hands over, the leader publishes or gives back; a correction opens the
same summary again, and is published anew or given up. A draft that was never published can be
discarded: it is then not there any more. Who may do what is ``accounts.permissions``'s question.
"""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    EDIT = "edit"
    HAND_OVER = "hand_over"
    TAKE_BACK = "take_back"
    GIVE_BACK = "give_back"
    PUBLISH = "publish"
    CORRECT = "correct"
    DISCARD = "discard"
    GIVE_UP = "give_up"


class Lock(StrEnum):
    """Why something cannot be done; ``wording.lock_text`` says it in a sentence."""

    NOT_YOURS = "not_yours"
    WAITING = "waiting"
    NOT_HANDED_OVER = "not_handed_over"
    PUBLISHED = "published"
    NOT_PUBLISHED = "not_published"
    EVER_PUBLISHED = "ever_published"
    DISCARDED = "discarded"
    BEING_CORRECTED = "being_corrected"
    NOT_CORRECTED = "not_corrected"
    NEVER_PUBLISHED = "never_published"
    CORRECTS_NOTHING = "corrects_nothing"


#: (state, act) -> state afterwards. What is not here is not possible.
TRANSITIONS: dict[tuple[str, Act], str] = {
    ("composing", Act.EDIT): "composing",
    ("composing", Act.HAND_OVER): "waiting",
    ("waiting", Act.TAKE_BACK): "composing",
    ("waiting", Act.GIVE_BACK): "composing",
    ("waiting", Act.PUBLISH): "published",
    ("published", Act.CORRECT): "composing",
    ("composing", Act.DISCARD): "discarded",
    ("composing", Act.GIVE_UP): "published",
}
PERMISSION: dict[Act, str] = {
    Act.EDIT: "reports.compose",
    Act.HAND_OVER: "reports.compose",
    Act.TAKE_BACK: "reports.compose",
    Act.GIVE_BACK: "reports.publish",
    Act.PUBLISH: "reports.publish",
    Act.CORRECT: "reports.compose",
    Act.DISCARD: "reports.compose",
    Act.GIVE_UP: "reports.compose",
}


def lock(act: Act, state: str) -> Lock | None:
    """Why the state refuses, or None."""
    if (state, act) in TRANSITIONS:
        return None
    if act is Act.CORRECT:
        return Lock.NOT_PUBLISHED
    if state == "published" and act is Act.GIVE_UP:
        return Lock.NOT_CORRECTED
    if state == "published":
        return Lock.PUBLISHED
    return Lock.WAITING if state == "waiting" else Lock.NOT_HANDED_OVER
