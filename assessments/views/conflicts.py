"""Both versions in words, when somebody else changed a row meanwhile."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.utils.translation import gettext as _

from assessments.errors import StaleVersion
from assessments.forms import RowInput, field_name, read_typed
from assessments.last_hand import last_hand
from assessments.presenting import Conflict, stored_texts, typed_texts, values_words
from assessments.sheet import Row
from assessments.wording import moment
from criteria.definitions import IndicatorDefinition


def conflict_of(
    stale: StaleVersion, mine: list[str], definition: IndicatorDefinition, pressed: str = ""
) -> Conflict:
    """What stands in the portal now beside what this person typed, or wanted by pressing."""
    result = stale.result
    who, when = last_hand(result)
    stored = typed_texts(stale.values, result, definition)
    return Conflict(
        who=who.display_name if who else "",
        when=moment(when) if when else "",
        theirs=_with_words(values_words(definition, stale.values, result), result),
        mine=mine,
        stored=json.dumps({field_name(result.pk, name): text for name, text in stored.items()}),
        pressed=pressed,
    )


def only_touched(data: Mapping[str, str], typed: RowInput, row: Row) -> RowInput:
    """What was typed on top of what is stored now. The page's script names the fields that the
    person touched; the others must not undo what somebody else has written into them."""
    named = data.get(field_name(row.result.pk, "touched"))
    if named is None:
        return typed
    touched = set(named.split(","))
    now = stored_texts(row)
    merged = {
        name: text if field_name(row.result.pk, name) in touched else now[name]
        for name, text in typed.typed.items()
    }
    return read_typed(merged, row.definition)


def typed_words(typed: RowInput, definition: IndicatorDefinition) -> list[str]:
    """What was typed, in the same words as what is stored."""
    if typed.change is None:
        return [text for text in typed.typed.values() if text]
    change = typed.change
    return _with_words(values_words(definition, change.values, change), change)


def _with_words(values: str, holder) -> list[str]:
    lines = [values]
    if holder.absence_reason:
        lines.append(_("Reason: %(text)s") % {"text": holder.absence_reason})
    if holder.note:
        lines.append(_("Note: %(text)s") % {"text": holder.note})
    return lines


def held_words(row: Row) -> list[str]:
    """What "re-checked" would have confirmed."""
    return [values_words(row.definition, row.values, row.result)]


def kept_words(row: Row) -> list[str]:
    """What "keep unchanged" would have stored."""
    if row.previous is None:
        return []
    return [values_words(row.definition, row.previous.values, row.previous)]
