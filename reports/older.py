"""Issues of schema 1: read with what they did not have left empty (``exact``), written as they were.

So an old issue comes to the checksum that stands on its paper.
"""

from __future__ import annotations

from typing import Any

#: What schema 2 added: where the code is looked up, what a correction changes; a measure's level.
PUBLICATION, VALUE = {"address", "replaces", "changes"}, {"level"}


def as_stored(written: dict[str, Any]) -> dict[str, Any]:
    if written["schema"] != 1:
        return written
    return written | {
        "publication": _without(written["publication"], PUBLICATION),
        "indicators": [
            one | {"values": [_without(value, VALUE) for value in one["values"]]}
            for one in written["indicators"]
        ],
    }


def _without(part: dict[str, Any], keys: set[str]) -> dict[str, Any]:
    return {key: value for key, value in part.items() if key not in keys}
