"""What the figures of two papers are called side by side: the whole name, and the unit.

A sentence says "tiêu chí 11" where its reader has the set at hand; a table that stands alone says
which criterion that is, as either paper froze its name.
"""

from __future__ import annotations

from reports.snapshot import Snapshot

#: The unit of each family of figures; a key of its own goes before its family.
UNITS = {
    "headline": "chỉ tiêu",
    "headline.communes": "xã",
    "headline.recognised": "xã",
    "headline.meeting_all": "xã",
    "headline.handed_in": "xã",
    "headline.criteria": "tiêu chí",
    "headline.criteria_met": "tiêu chí",
    "headline.average": "tiêu chí/xã",
    "headline.verified_share": "%",
    "poverty": "%",
    "poverty.communes": "xã",
    "distribution": "xã",
    "criterion": "xã",
    "criteria": "tiêu chí",
    "missing": "chỉ tiêu",
    "commune": "tiêu chí",
    "tier": "xã",
}


def unit_of(key: str) -> str:
    return UNITS.get(key) or UNITS[key.partition(".")[0]]


def criterion_names(snapshot: Snapshot) -> dict[int, str]:
    return {one.number: one.name for one in snapshot.definitions.criteria}


def indicator_names(snapshot: Snapshot) -> dict[str, str]:
    return {one.code: one.text for one in snapshot.definitions.indicators}


def either(first: str, second: str) -> str:
    """As the second paper calls it; where the first one calls it otherwise, both names."""
    if first and second and first != second:
        return f"{second} (văn bản thứ nhất: {first})"
    return second or first


def label_of(key: str, label: str, first: Snapshot, second: Snapshot) -> str:
    """``label`` with the name of the criterion where it has the number only."""
    family, _, number = key.partition(".")
    if family != "criterion":
        return label
    names = (criterion_names(one).get(int(number), "") for one in (first, second))
    name = either(*names)
    return f"{label}: {name}" if name else label
