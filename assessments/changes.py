"""For whoever verifies: what changed since last quarter, and since the row was last returned.

Short sentences, ready to be listed: "41,6 % → 39,05 %", "từ Đạt thành Chưa đạt", "thêm 1 minh
chứng". Usable for one row or for a criterion across 300 communes: the first asks no query, the
second one for all rows together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.differences import (
    Difference,
    Snapshot,
    What,
    differences,
    snapshot_from_json,
    value_differences,
)
from assessments.models import Event, EventKind
from assessments.sheet import PreviousRow, Row

#: Kinds whose ``before`` and ``after`` are whole snapshots of a row.
WRITES = (
    EventKind.ENTERED,
    EventKind.UNCHANGED,
    EventKind.RECHECKED,
    EventKind.CORRECTED,
    EventKind.REJUDGED,
)
_RETURNS = (EventKind.RETURNED, EventKind.WITHDRAWN)


def changes_since_last_quarter(row: Row) -> list[str]:
    """How a row differs from the same commune's a quarter before; empty when in nothing.

    Asks no query: ``row`` is one of ``sheet.Row`` (or ``board.BoardRow``), which knows its
    previous quarter and the files behind it; files of earlier quarters are no change. The verdict
    compared with is the one that counted then.
    """
    own = sum(item.carried_from is None for item in row.evidence or [])
    return [difference.sentence for difference in quarter_differences(row)] + _files_words(own)


def quarter_differences(row: Row) -> list[Difference]:
    """The same as data: values and verdict; notes are of their own quarter and not compared."""
    if row.previous is None or row.is_blank:
        return []
    before, now = state_of_previous(row.previous), state_of(row)
    found = value_differences(before, now, row.definition)
    if before.verdict != now.verdict:
        found.append(Difference(What.VERDICT, _("Verdict"), before.verdict, now.verdict))
    return found


def state_of(row: Row) -> Snapshot:
    result = row.result
    return Snapshot(
        values=row.values,
        stated=result.stated,
        not_applicable=result.not_applicable,
        absence_reason=result.absence_reason,
        note=result.note,
        verdict=result.verified_verdict or result.declared_verdict,
    )


def state_of_previous(previous: PreviousRow) -> Snapshot:
    return Snapshot(
        values=previous.values,
        stated=previous.stated,
        not_applicable=previous.not_applicable,
        absence_reason=previous.absence_reason,
        verdict=previous.verdict.value,
    )


def changes_since_last_return(rows: Iterable[Row]) -> dict[int, list[str]]:
    """Row's id -> what the commune changed since the row was last returned.

    Rows that were never returned are not in the answer; an empty list means: returned, and
    nothing changed since. One query for all rows.
    """
    definitions = {row.result.pk: row.definition for row in rows}
    returned = Event.objects.filter(result__in=definitions, kind=EventKind.RETURNED)
    events = Event.objects.filter(
        result__in=returned.values("result"),
        kind__in=[*WRITES, EventKind.ATTACHED, EventKind.REMOVED, *_RETURNS],
    ).order_by("at", "pk")
    since: dict[int, list[list[Event]]] = defaultdict(
        list
    )  # row -> for each return, what came after
    for event in events.only("result_id", "kind", "at", "before", "after"):
        rounds = since[event.result_id]
        if event.kind == EventKind.RETURNED:
            rounds.append([])
        elif event.kind == EventKind.WITHDRAWN:
            rounds.pop()
        elif rounds:
            rounds[-1].append(event)
    return {pk: sentences_of(found[-1], definitions[pk]) for pk, found in since.items() if found}


def sentences_of(events: list[Event], definition) -> list[str]:
    """What several changes one after the other amount to."""
    writes = [event for event in events if event.kind in WRITES]
    sentences = []
    if writes:
        before = snapshot_from_json(writes[0].before, definition)
        after = snapshot_from_json(writes[-1].after, definition)
        sentences = [d.sentence for d in differences(before, after, definition)]
    added = sum(event.kind == EventKind.ATTACHED for event in events)
    removed = sum(event.kind == EventKind.REMOVED for event in events)
    return sentences + _files_words(added, removed)


def _files_words(added: int, removed: int = 0) -> list[str]:
    found = []
    if added:
        found.append(
            ngettext("%(count)s file of evidence added", "%(count)s files of evidence added", added)
            % {"count": added}
        )
    if removed:
        found.append(
            ngettext(
                "%(count)s file of evidence removed", "%(count)s files of evidence removed", removed
            )
            % {"count": removed}
        )
    return found
