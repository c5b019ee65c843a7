"""Which words of a text are others in another: whole words, never letters within one.

Paragraph by paragraph first, then sentence by sentence and word by word where one was rewritten, so
that a section of 40,000 characters costs little. Pure; the spaces of a text come back as they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Paragraphs, sentences, words, each with the space behind it.
CUTS = (
    re.compile(r"[^\n]*\n|[^\n]+"),
    re.compile(r".*?(?:[.;!?](?=\s)\s+|$)", re.DOTALL),
    re.compile(r"\S+\s*|\s+"),
)
#: Above so many words two passages are compared with difflib's shortcut for frequent words.
MANY = 1_500
#: One or two unchanged words between two changed passages are read as part of them.
ISLAND = 2
#: How much of two paragraphs must be the same for words to be told; below, the whole is another.
ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class Piece:
    """Unchanged words (``same``), or one passage in its two wordings."""

    before: str
    after: str
    same: bool = False


def pieces(before: str, after: str) -> list[Piece]:
    """Both texts from their beginning to their end, cut where they part and meet."""
    found: list[Piece] = []
    for piece in _cut(before, after):
        last = found[-1] if found else None
        if last and last.same == piece.same:
            found[-1] = Piece(last.before + piece.before, last.after + piece.after, last.same)
        elif piece.before or piece.after:
            found.append(piece)
    return found


def sentence_pieces(before: str, after: str) -> list[Piece]:
    """The same by whole sentences: what a reader of a correction can understand by itself."""
    old, new = _sentences(before), _sentences(after)
    found: list[Piece] = []
    for tag, a, b, c, d in _matcher(old, new).get_opcodes():
        if tag == "replace" and b - a == d - c:
            found += [Piece(*pair) for pair in zip(old[a:b], new[c:d], strict=True)]
        else:
            found.append(Piece("".join(old[a:b]), "".join(new[c:d]), same=tag == "equal"))
    return found


def _sentences(text: str) -> list[str]:
    by_paragraph, by_sentence = CUTS[:2]
    lines = by_paragraph.findall(text)
    return [one for line in lines for one in by_sentence.findall(line) if one.strip()]


def _cut(before: str, after: str, cuts: tuple[re.Pattern, ...] = CUTS) -> Iterator[Piece]:
    """What is the same at this size is not looked into; what is not is cut smaller."""
    cut, *smaller = cuts
    old, new = cut.findall(before), cut.findall(after)
    found = _matcher(old, new)
    codes = found.get_opcodes()
    if not smaller and found.ratio() < ALIKE:
        yield Piece(before, after)
        return
    for n, (tag, a, b, c, d) in enumerate(codes):
        left, right = "".join(old[a:b]), "".join(new[c:d])
        if tag == "replace" and smaller:
            yield from _pairs(old[a:b], new[c:d], tuple(smaller))
        else:
            island = not smaller and 0 < n < len(codes) - 1 and b - a <= ISLAND
            yield Piece(left, right, same=tag == "equal" and not island)


def _pairs(old: list[str], new: list[str], cuts: tuple[re.Pattern, ...]) -> Iterator[Piece]:
    """As many as there were: each is the other's new wording."""
    if len(old) != len(new):
        old, new = ["".join(old)], ["".join(new)]
    for left, right in zip(old, new, strict=True):
        yield from _cut(left, right, cuts)


def _matcher(old: list[str], new: list[str]) -> SequenceMatcher:
    """The space behind a word, and the end of a text's last line, are no difference."""
    left, right = [one.strip() for one in old], [one.strip() for one in new]
    return SequenceMatcher(None, left, right, autojunk=len(left) + len(right) > 2 * MANY)
