"""The demonstration's files as plain data: read once, checked where a mistake would hide."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from django.utils import timezone

from communes.fixtures import read_fixture

#: Two decimals everywhere, as the database gives numbers back.
CENT = Decimal("0.01")


def moment(text: str) -> dt.datetime:
    """``2023-06-16T10:10`` in Việt Nam."""
    return timezone.make_aware(dt.datetime.fromisoformat(text))


def clock(day: dt.date, minute: int, second: int) -> dt.datetime:
    """A moment of a day in Việt Nam, in minutes after midnight."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(minute // 60, minute % 60, second)))


def figure(value: Any) -> Any:
    """A JSON value as a measure holds it: numbers to the hundredth, yes/no and words as they are."""
    return value.quantize(CENT) if isinstance(value, Decimal) else value


@dataclass(frozen=True)
class QuarterStory:
    """What happened in one quarter; ``index`` counts the demonstration's quarters from 0."""

    index: int
    data: dict[str, Any]

    @property
    def year(self) -> int:
        return int(self.data["year"])

    @property
    def quarter(self) -> int:
        return int(self.data["quarter"])

    @property
    def slug(self) -> str:
        return f"{self.year}-q{self.quarter}"

    @property
    def state(self) -> str:
        return self.data["state"]

    def sent(self, unit: str) -> tuple[dt.date, dt.datetime] | None:
        """The day of entry and the moment of (first) sending."""
        if unit not in self.data.get("sent", {}):
            return None
        day, at = self.data["sent"][unit]
        return dt.date.fromisoformat(day), moment(at)

    def draft(self, unit: str) -> dict[str, Any]:
        return next((d for d in self.data.get("drafts", []) if d["unit"] == unit), {})

    def about(self, name: str, unit: str) -> list[dict[str, Any]]:
        """The entries of a list such as ``different`` or ``corrected`` that concern a commune."""
        return [entry for entry in self.data.get(name, []) if entry["unit"] == unit]

    def entered_on(self, unit: str) -> dt.date | None:
        """The day on which the commune typed its figures; None when it has not begun."""
        if sent := self.sent(unit):
            return sent[0]
        day = self.draft(unit).get("entered")
        return dt.date.fromisoformat(day) if day else None

    def is_blank(self, unit: str, code: str) -> bool:
        """Whether a draft leaves the row open; ``17`` stands for the whole criterion."""
        return _names(self.draft(unit).get("blank", []), code)

    def is_kept(self, unit: str, code: str) -> bool | None:
        """Whether a draft keeps the row unchanged; None where the script leaves it open."""
        kept = self.draft(unit).get("unchanged")
        return None if kept is None else _names(kept, code)


def _names(wanted: list[str], code: str) -> bool:
    return "*" in wanted or code in wanted or code.partition(".")[0] in wanted


@dataclass(frozen=True)
class Script:
    """All four files."""

    communes: dict[str, dict[str, Any]]
    indicators: dict[str, dict[str, Any]]
    stories: dict[tuple[str, str], dict[str, dict[str, Any]]]
    quarters: tuple[QuarterStory, ...]

    @cached_property
    def begun(self) -> tuple[QuarterStory, ...]:
        """The quarters that have figures."""
        return tuple(story for story in self.quarters if story.state != "planned")


def read_script(folder: Path) -> Script:
    """The files of ``folder``; ``FixtureError`` names the file and what is wrong in it."""
    stories = _part(folder, "stories", list)
    return Script(
        communes={commune["unit"]: commune for commune in _part(folder, "communes", list)},
        indicators=_part(folder, "indicators", dict),
        stories={(s["unit"], s["indicator"]): s["quarters"] for s in stories},
        quarters=tuple(
            QuarterStory(index, data) for index, data in enumerate(_part(folder, "quarters", list))
        ),
    )


def _part(folder: Path, name: str, kind: type) -> Any:
    """What a file holds under its own name."""
    node = read_fixture(folder / f"{name}.json")
    if type(node.data.get(name)) is not kind:
        raise node.fail(name, "is not what should stand here.")
    return node.data[name]
