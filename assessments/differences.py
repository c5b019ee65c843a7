"""Two states of a row side by side, in words: what a person reads as "old → new".

Plain data in (a row's trace as ``rows.snapshot`` writes it, or a row itself), words out. Traces
are kept for years: a measure that the set no longer has, a key that nobody knows any more or a
value that cannot be read must never keep a history from being shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from criteria.definitions import IndicatorDefinition, MeasureDefinition
from criteria.evaluation import Kind, Verdict, type_of_value
from criteria.wording import value_text, verdict_text


class What(StrEnum):
    VALUE = "value"
    VERDICT = "verdict"
    TEXT = "text"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed. For a verdict ``before`` and ``after`` are its codes, else words."""

    what: What
    label: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        """Short enough for a list: "Tỷ lệ nghèo: 41,6 % → 39,05 %", "từ Đạt thành Chưa đạt"."""
        if self.what is What.VERDICT:
            words = {"before": verdict_words(self.before), "after": verdict_words(self.after)}
            return _("from %(before)s to %(after)s") % words
        if self.what is What.TEXT:
            if not self.before:
                return _("%(label)s added") % {"label": self.label}
            if not self.after:
                return _("%(label)s removed") % {"label": self.label}
            return _("%(label)s changed") % {"label": self.label}
        words = f"{self.before or _('blank')} → {self.after or _('blank')}"
        return f"{self.label}: {words}" if self.label else words


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A row at one moment."""

    values: Mapping[str, type_of_value] = field(default_factory=dict)
    stated: bool | None = None
    not_applicable: bool = False
    absence_reason: str = ""
    note: str = ""
    verdict: str = ""


def snapshot_from_json(stored: Any, definition: IndicatorDefinition) -> Snapshot:
    """A trace's ``before`` or ``after``; what cannot be read is left out, never an error."""
    if not isinstance(stored, Mapping):
        return Snapshot()
    values = stored.get("values")
    stated = stored.get("stated")
    return Snapshot(
        values={
            str(key): _value(value, definition.measure(str(key)))
            for key, value in (values if isinstance(values, Mapping) else {}).items()
            if value is not None
        },
        stated=stated if isinstance(stated, bool) else None,
        not_applicable=stored.get("not_applicable") is True,
        absence_reason=_text(stored.get("absence_reason")),
        note=_text(stored.get("note")),
        verdict=_text(stored.get("verdict")),
    )


def _text(stored: Any) -> str:
    return stored if isinstance(stored, str) else ""


def _value(stored: Any, measure: MeasureDefinition | None) -> type_of_value:
    if isinstance(stored, bool):
        return stored
    text = str(stored)
    if measure is not None and measure.kind == Kind.CHOICE:
        return text
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return number if number.is_finite() else text


def differences(
    before: Snapshot, after: Snapshot, definition: IndicatorDefinition
) -> list[Difference]:
    """Everything in which the two differ: values in the set's order, statement, texts, verdict."""
    found = value_differences(before, after, definition)
    for label, old, new in (
        (
            _("Reason for a blank or for not applicable"),
            before.absence_reason,
            after.absence_reason,
        ),
        (_("Note"), before.note, after.note),
    ):
        if old != new:
            found.append(Difference(What.TEXT, label, old, new))
    if before.verdict != after.verdict and after.verdict:
        found.append(Difference(What.VERDICT, _("Verdict"), before.verdict, after.verdict))
    return found


def value_differences(
    before: Snapshot, after: Snapshot, definition: IndicatorDefinition
) -> list[Difference]:
    """Only the figures, the statement and "not applicable"."""
    found = []
    for key in _keys(before, after, definition):
        old, new = before.values.get(key), after.values.get(key)
        if old != new:
            measure = definition.measure(key)
            label = measure.title if measure else key
            words = [_value_words(value, measure) for value in (old, new)]
            found.append(Difference(What.VALUE, label, *words))
    if before.stated != after.stated:
        words = [_stated_words(stated) for stated in (before.stated, after.stated)]
        found.append(Difference(What.VALUE, _("Stated by the commune"), *words))
    if before.not_applicable != after.not_applicable:
        words = [_yes_words(one.not_applicable) for one in (before, after)]
        found.append(Difference(What.VALUE, _("Not applicable to this commune"), *words))
    return found


def _keys(before: Snapshot, after: Snapshot, definition: IndicatorDefinition) -> list[str]:
    known = [measure.key for measure in definition.measures]
    others = {*before.values, *after.values} - set(known)
    return [*known, *sorted(others)]


def _value_words(value: type_of_value, measure: MeasureDefinition | None) -> str:
    return value_text(value, unit_of(measure)) if value is not None else ""


def unit_of(measure: MeasureDefinition | None) -> str:
    if measure is None:
        return ""
    return measure.unit_title or ("%" if measure.kind == Kind.PERCENTAGE else "")


def _stated_words(stated: bool | None) -> str:
    if stated is None:
        return ""
    return verdict_text(Verdict.MET if stated else Verdict.NOT_MET)


def _yes_words(answer: bool) -> str:
    return _("yes") if answer else _("no")


def verdict_words(verdict: str) -> str:
    """The word for a stored verdict; one that nobody knows any more stays as it is."""
    try:
        return verdict_text(Verdict(verdict or Verdict.MISSING.value))
    except ValueError:
        return verdict
