"""What one form of the composition sends: the texts of all its sections, and what is to be done.

A page is drawn from a state of things, and each text comes back with the ``version`` and a mark
(``was``) of that state: what nobody touched is left alone, also where the figures have written it
anew or somebody else has stored another text meanwhile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from reports.cleaning import clean
from reports.sections import SECTIONS


@dataclass(slots=True)
class TypedText:
    """One section's text as it was typed; ``error`` and ``theirs`` say why it was not stored."""

    key: str
    text: str
    version: int
    was: str
    error: str = ""
    theirs: str | None = None

    @property
    def is_touched(self) -> bool:
        return mark(self.text) != self.was


def mark(text: str) -> str:
    """Tells a text from another; ends of lines and idle space make no difference."""
    return hashlib.sha256(clean(text).encode()).hexdigest()[:16]


def touched(sent: Mapping[str, str]) -> list[TypedText]:
    """The texts that the person has changed, in the order of the paper."""
    return [one for one in sent_texts(sent) if one.is_touched]


def sent_texts(sent: Mapping[str, str]) -> list[TypedText]:
    """All texts of the form, in the order of the paper."""
    return [
        TypedText(
            one.key,
            sent[f"text-{one.key}"],
            _version(sent.get(f"version-{one.key}", "")),
            sent.get(f"was-{one.key}", ""),
        )
        for one in SECTIONS
        if not one.is_heading and f"text-{one.key}" in sent
    ]


def _version(sent: str) -> int:
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else -1


@dataclass(frozen=True, slots=True)
class Wish:
    """The button that was pressed: ``save:causes``, ``reset:causes``, ``passage:causes:3``, or
    ``hand_over``; what stands before the colon is the act."""

    act: str
    key: str = ""
    passage: int = -1


def wish(sent: str) -> Wish | None:
    """None for what no button of ours sends."""
    act, _colon, rest = sent.partition(":")
    key, _colon, number = rest.partition(":")
    known = {one.key for one in SECTIONS if not one.is_heading}
    if key and key not in known:
        return None
    match act:
        case "save" | "hand_over":
            return Wish(act, key)
        case "reset" if key:
            return Wish(act, key)
        case "passage" if key and number.isascii() and number.isdigit() and len(number) < 6:
            return Wish(act, key, int(number))
    return None
