"""Dataclasses as plain JSON and exactly back: decimals and dates as text, tuples as lists.

Read by the declared types, so that an old issue is read as what it was, and one whose shape is not
that of its schema is refused instead of half understood. Only a field with a default may be absent:
the issue is older than the field.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import types
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints


class NotThatShape(ValueError):
    """The stored data does not have the shape that its type declares."""


def to_json(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [to_json(one) for one in value]
    if isinstance(value, Mapping):
        return {key: to_json(one) for key, one in value.items()}
    if value is None or isinstance(value, str | bool | int):
        return str(value) if isinstance(value, str) else value
    raise TypeError(f"not exact: {value!r}")


def from_json(kind: Any, stored: Any) -> Any:
    """``stored`` as ``kind``: a dataclass, a scalar, ``tuple[X, ...]``, ``dict[str, X]`` or
    an optional one of those."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        if stored is None:
            return None
        (kind,) = [one for one in arguments if one is not type(None)]
        return from_json(kind, stored)
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind, stored)
    if origin is tuple:
        _must(isinstance(stored, list), kind, stored)
        return tuple(from_json(arguments[0], one) for one in stored)
    if origin is dict:
        _must(isinstance(stored, dict), kind, stored)
        return {key: from_json(arguments[1], one) for key, one in stored.items()}
    return _scalar(kind, stored)


def _dataclass(kind: Any, stored: Any) -> Any:
    types_ = _types(kind)
    _must(isinstance(stored, dict) and _needed(kind) <= set(stored) <= set(types_), kind, stored)
    return kind(**{name: from_json(types_[name], one) for name, one in stored.items()})


@lru_cache(maxsize=64)
def _needed(kind: Any) -> frozenset[str]:
    fields = dataclasses.fields(kind)
    return frozenset(f.name for f in fields if f.default is dataclasses.MISSING)


@lru_cache(maxsize=64)
def _types(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _scalar(kind: Any, stored: Any) -> Any:
    if kind in (str, bool, int):
        _must(type(stored) is kind, kind, stored)
        return stored
    _must(isinstance(stored, str), kind, stored)
    if kind is Decimal:
        return Decimal(stored)
    if kind in (dt.date, dt.datetime):
        return kind.fromisoformat(stored)
    raise TypeError(f"not exact: {kind!r}")


def _must(true: bool, kind: Any, stored: Any) -> None:
    if not true:
        raise NotThatShape(f"{kind} cannot be read from {str(stored)[:80]!r}")


def checksum(stored: Any) -> str:
    """SHA-256 of JSON data, whatever the order of its keys and the spaces between them."""
    text = json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
