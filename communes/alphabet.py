"""The order of Vietnamese names: a ă â b c d đ e ê …, each syllable's tone after its letters.

Databases sort by bytes (Bình Lư before Bản Bo) or by whatever collation they were made with; a
list of communes must read the same everywhere. ``sort_key`` turns a name into digits that sort
rightly under any collation; units and agencies store it (``SortKeyField``), and what is sorted in
Python asks the function itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from django.db import models

#: Foreign letters stand where they do in the Latin alphabet.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
#: ngang, huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries.
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
#: Two digits each: the end of a syllable sorts before every letter, so "Ba" before "Ban".
END = "00"
_CODES = {
    **{digit: f"{n:02}" for n, digit in enumerate("0123456789", start=1)},
    **{letter: f"{n:02}" for n, letter in enumerate(ALPHABET, start=11)},
}
UNKNOWN = "99"


@lru_cache(maxsize=4096)
def sort_key(name: str) -> str:
    """Digits by which names sort as a Vietnamese dictionary has them, whatever their case."""
    words = re.findall(r"\w+", unicodedata.normalize("NFC", name).casefold())
    return "".join(map(_syllable, words))


def _syllable(word: str) -> str:
    tone, letters = 0, []
    for letter in unicodedata.normalize("NFD", word):
        if letter in TONES:
            tone = TONES[letter]
        elif unicodedata.combining(letter) and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + letter)
        else:
            letters.append(letter)
    codes = (_CODES.get(one) or _CODES.get(_bare(one), UNKNOWN) for one in letters)
    return "".join(codes) + END + str(tone)


def _bare(letter: str) -> str:
    """A foreign letter without its marks: ü is sorted as u."""
    return unicodedata.normalize("NFD", letter)[0]


class SortKeyField(models.CharField):
    """Keeps ``sort_key`` of another field's text beside it, whenever the row is written whole."""

    def __init__(self, *args: Any, source: str = "name", **kwargs: Any) -> None:
        self.source = source
        kwargs |= {"max_length": 800, "editable": False, "blank": True, "default": ""}
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "editable", "blank", "default"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs | {"source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = sort_key(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, key)
        return key
