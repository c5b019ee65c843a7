"""Bringing one row to what a fixture says, and writing only what differs."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from simple_history.utils import bulk_create_with_history

from communes.fixtures import Node
from communes.provenance import Certainty


@dataclass
class Tally:
    """What a run did, for its summary line."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    kept: int = 0
    same: int = 0

    @property
    def writes(self) -> int:
        return self.added + self.changed + self.removed

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def __str__(self) -> str:
        return (
            f"{self.added} added, {self.changed} changed, {self.removed} removed, "
            f"{self.kept} kept as the district has them, {self.same} unchanged"
        )


def is_confirmed(row: models.Model) -> bool:
    """Whether the district itself vouches for a row: no fixture overwrites it."""
    return getattr(row, "certainty", "") == Certainty.CONFIRMED


def put(
    row: models.Model | None,
    node: Node,
    tally: Tally,
    *,
    model: type[models.Model],
    key: dict[str, Any],
    values: dict[str, Any],
) -> models.Model:
    """The row brought to ``values``; a new one under ``key`` where ``row`` is None.

    Relations are given by their ``_id``. A row that already agrees is not written, so a second
    run leaves no history; one that the district confirmed is never written.
    """
    if row is None:
        row = model(**key, **values)
        tally.added += 1
    else:
        differing = {k: v for k, v in values.items() if getattr(row, k) != v}
        if not differing:
            tally.same += 1
            return row
        if is_confirmed(row):
            tally.kept += 1
            return row
        for name, value in differing.items():
            setattr(row, name, value)
        tally.changed += 1
    _save(row, node)
    return row


def put_new(rows: list[tuple[Node, models.Model]], tally: Tally) -> None:
    """Many new rows of one model that has a history, in a few statements."""
    for node, row in rows:
        _check(row, node)
    try:
        with transaction.atomic():
            bulk_create_with_history([row for _node, row in rows], type(rows[0][1]))
    except IntegrityError:
        for node, row in rows:  # one by one, to name the one that is refused
            row.pk = None
            _save(row, node)
    tally.added += len(rows)


def _save(row: models.Model, node: Node) -> None:
    _check(row, node)
    try:
        row.save()
    except IntegrityError as error:
        raise node.fail("", f"contradicts another row: {error}") from error


def _check(row: models.Model, node: Node) -> None:
    relations = [f.name for f in row._meta.fields if f.is_relation]
    try:
        row.clean_fields(exclude=relations)
    except ValidationError as error:
        name, problems = next(iter(error.message_dict.items()))
        raise node.fail(name, f"is refused: {' '.join(problems)}") from error
