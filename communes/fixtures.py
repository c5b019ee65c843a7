"""Reading our own fixture files, so that a mistake in one names the file, the path and the value."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

MISSING = object()


class FixtureError(ValueError):
    """What is wrong in a fixture: file, path and value."""


@dataclass(frozen=True)
class Node:
    """One object of a fixture file, with where it stands. JSON numbers are read as ``Decimal``."""

    file: str
    path: str
    data: dict[str, Any]

    def fail(self, name: str, problem: str) -> FixtureError:
        """The error to raise; without a name it is about the object as a whole."""
        parts = [self.file, f"{self.path}.{name}".strip(".")]
        value = f"{self.data.get(name)!r} " if name else ""
        return FixtureError(": ".join([*filter(None, parts), value + problem]))

    def only(self, *names: str) -> Node:
        """The same node, once it is sure that nothing in it is misspelt."""
        for name in self.data:
            if name not in names and name != "about":
                raise self.fail(name, f"stands under a name that is not one of {sorted(names)}.")
        return self

    def _get(self, name: str, default: Any, kind: type, word: str) -> Any:
        if name not in self.data:
            if default is MISSING:
                raise self.fail("", f"has no {name!r}, where {word} is needed.")
            return default
        value = self.data[name]
        if type(value) is not kind:
            raise self.fail(name, f"is not {word}.")
        return value

    def text(self, name: str, default: Any = MISSING) -> str:
        return self._get(name, default, str, "a text")

    def flag(self, name: str, default: Any = MISSING) -> bool:
        return self._get(name, default, bool, "true or false")

    def number(self, name: str, default: Any = MISSING) -> Decimal:
        return self._get(name, default, Decimal, "a number")

    def whole(self, name: str, default: Any = MISSING) -> int:
        value = self.number(name, default)
        if isinstance(value, Decimal):
            if value != value.to_integral_value() or value < 0:
                raise self.fail(name, "is not a whole number.")
            return int(value)
        return value

    def day(self, name: str, default: Any = MISSING) -> dt.date | None:
        value = self._get(name, default, str, "a day such as 2022-03-08")
        if not isinstance(value, str):
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise self.fail(name, "is not a day such as 2022-03-08.") from None

    def texts(self, name: str, default: Any = MISSING) -> list[str]:
        value = self._get(name, default, list, "a list of texts")
        if not all(type(one) is str for one in value):
            raise self.fail(name, "is not a list of texts.")
        return value

    def child(self, name: str) -> Node:
        value = self._get(name, MISSING, dict, "an object")
        return Node(self.file, f"{self.path}.{name}".lstrip("."), value)

    def rows(self, name: str, default: Any = MISSING) -> Iterator[Node]:
        for number, row in enumerate(self._get(name, default, list, "a list of objects")):
            path = f"{self.path}.{name}[{number}]".lstrip(".")
            if type(row) is not dict:
                raise FixtureError(f"{self.file}: {path}: {row!r} is not an object.")
            yield Node(self.file, path, row)

    def sourced(self) -> dict[str, str]:
        """Where a value was seen and how sure it is; every row of a fixture says both."""
        return {
            "source": self.text("source"),
            "certainty": self.text("certainty"),
            "source_note": self.text("source_note", ""),
        }


SOURCED = ("source", "certainty", "source_note")


def read_fixture(path: Path) -> Node:
    """The top object of a fixture file."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal)
    except FileNotFoundError:
        raise FixtureError(f"{path.name}: the file is missing.") from None
    except json.JSONDecodeError as error:
        raise FixtureError(
            f"{path.name}: line {error.lineno}, column {error.colno}: {error.msg}."
        ) from None
    if type(data) is not dict:
        raise FixtureError(f"{path.name}: {str(data)[:40]!r} is not an object.")
    return Node(path.name, "", data)
