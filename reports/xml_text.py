"""Text as an Office file can hold it."""

from __future__ import annotations

import re

#: What XML 1.0 cannot hold at all: control characters, halves of characters, non-characters.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def readable(text: str) -> str:
    return _FORBIDDEN.sub("", text)
