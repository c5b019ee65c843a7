"""What people type, before it is stored: composed, and empty where nothing can be read in it."""

import re
import unicodedata

#: Marks that no eye sees: zero-width blanks, direction marks, Hangul and Mongolian fillers.
_UNSEEN = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0"
#: NUL, which PostgreSQL refuses, and marks of direction: with them a number or a name reads
#: otherwise than it is stored, and Vietnamese needs none.
DIRECTION = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
_DROPPED = re.compile(rf"\x00|{DIRECTION}")
_AROUND = re.compile(rf"^[\s{_UNSEEN}]+|[\s{_UNSEEN}]+$")


def tidy(text: str) -> str:
    """In Unicode's composed form (Vietnamese may come decomposed), without NUL and marks of
    direction, and without blanks around it, those that cannot be seen included: a reason made of
    them is none."""
    return _AROUND.sub("", unicodedata.normalize("NFC", _DROPPED.sub("", text)))
