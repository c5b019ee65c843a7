"""Levels, reasons and gaps in words; everything that a person reads about a verdict.

Takes the plain data of ``criteria.evaluation`` and ``criteria.definitions``, and answers in the
active language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from criteria.english import choice_text, unit_of
from criteria.evaluation import (
    Condition,
    Kind,
    Level,
    MeasureSpec,
    Operator,
    Place,
    Reason,
    Verdict,
    Why,
    missing_condition,
    possible_levels,
    resolve_level,
    type_of_value,
)
from criteria.numbers import format_number

NBSP = "\u00a0"


class Described(Protocol):
    """What the words need of a measure; ``definitions.MeasureDefinition`` has it."""

    key: str
    kind: Kind
    choices: tuple[str, ...]
    spec: MeasureSpec

    @property
    def title(self) -> str: ...

    @property
    def unit_title(self) -> str: ...


def verdict_text(verdict: Verdict) -> str:
    """The word for a verdict: Đạt, Chưa đạt, Không áp dụng, Chưa nhập."""
    return {
        Verdict.MET: _("Met"),
        Verdict.NOT_MET: _("Not met"),
        Verdict.NOT_APPLICABLE: _("Not applicable"),
        Verdict.MISSING: _("Not entered"),
    }[verdict]


def value_text(value: type_of_value, unit: str = "") -> str:
    """A value as people read it: 25,52 %, 42 triệu đồng, Đạt; empty for a blank."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return verdict_text(Verdict.MET if value else Verdict.NOT_MET)
    if isinstance(value, str):
        return choice_text(value)
    unit = unit_of(abs(value), unit)
    return f"{format_number(value)}{NBSP}{unit}" if unit else format_number(value)


def level_text(
    level: Level | None,
    unit: str = "",
    kind: Kind = Kind.NUMBER,
    choices: Sequence[str] = (),
    measures: Iterable[Described] = (),
) -> str:
    """The level to reach in words: "từ 30 %", "không quá 13 %", "chưa có mức quy định".

    ``choices`` gives the order in which accepted choices are listed; ``measures`` are those of the
    indicator, for the words of a condition.
    """
    if level is None and kind == Kind.BOOLEAN:
        return _("Met")
    if level is None:
        return _("no level set yet")
    words = _bound_text(level, unit, kind, choices)
    if level.condition is not None:
        words = f"{words} {condition_text(level.condition, measures)}"
    return words if level.confirmed else _("%(level)s (unconfirmed)") % {"level": words}


def condition_text(condition: Condition, measures: Iterable[Described] = ()) -> str:
    """When a level holds: "khi xã có trên 3 trường"."""
    measure = next((m for m in measures if m.key == condition.measure), None)
    unit = measure.unit_title if measure else ""
    amount = value_text(condition.value, unit)
    if unit and not unit.startswith("%"):
        return {
            Operator.AT_LEAST: _("when the commune has %(amount)s or more"),
            Operator.AT_MOST: _("when the commune has at most %(amount)s"),
            Operator.MORE_THAN: _("when the commune has more than %(amount)s"),
        }[condition.operator] % {"amount": amount}
    label = (measure.title if measure else "") or condition.measure
    return {
        Operator.AT_LEAST: _("when “%(label)s” is %(amount)s or more"),
        Operator.AT_MOST: _("when “%(label)s” is at most %(amount)s"),
        Operator.MORE_THAN: _("when “%(label)s” is more than %(amount)s"),
    }[condition.operator] % {"label": label, "amount": amount}


def goal_text(
    measure: Described,
    place: Place,
    values: Mapping[str, type_of_value],
    measures: Iterable[Described] = (),
) -> str:
    """The level to reach here and now; while a condition is open, each that may come to hold."""
    spec, measures = measure.spec, tuple(measures)
    if missing_condition(spec.levels, place, values) is None:
        levels = [resolve_level(spec.levels, place, values)]
    else:
        levels = possible_levels(spec.levels, place, values)
    texts = (
        level_text(level, measure.unit_title, measure.kind, measure.choices, measures)
        for level in levels
    )
    return ", ".join(texts)


def goals_text(
    measures: Iterable[Described], place: Place, values: Mapping[str, type_of_value]
) -> str:
    """The levels of all deciding measures of an indicator, labelled where there are several."""
    measures = tuple(measures)
    deciding = [measure for measure in measures if measure.spec.deciding]
    texts = [(m.title, goal_text(m, place, values, measures)) for m in deciding]
    if not texts:
        return _("no level set yet")
    if len({text for _label, text in texts}) == 1:
        return texts[0][1]  # men and women share one level
    return "; ".join(_labelled(label, text) for label, text in texts)


def reason_text(reason: Reason, measure: Described | None = None) -> str:
    """Why a measure has its verdict: "39,05 % > 13 %", "Xã tự đánh giá: Đạt"."""
    match reason.why:
        case Why.COMPARED:
            return _comparison(reason, measure)
        case Why.YES | Why.NO:
            return _("Declared by the commune: %(verdict)s") % _verdict(reason)
        case Why.CHOSEN:
            return _choice(reason, measure)
        case Why.STATED:
            return _("No level set yet; stated by the commune: %(verdict)s") % _verdict(reason)
        case Why.NOT_STATED:
            return _("No level set yet; say whether it is met")
        case Why.EXCUSED:
            return _("Does not apply to this commune")
        case Why.BLANK:
            return _("Not entered")


def reasons_text(reasons: Iterable[Reason], measures: Iterable[Described] = ()) -> str:
    """All reasons of an indicator in one line, labelled where several measures decide."""
    by_key = {measure.key: measure for measure in measures}
    several = sum(measure.spec.deciding for measure in by_key.values()) > 1
    texts = []
    for reason in reasons:
        measure = by_key.get(reason.measure)
        needs_label = measure is not None and (several or not measure.spec.deciding)
        text = reason_text(reason, measure)
        texts.append(_labelled(measure.title, text) if needs_label else text)
    return "; ".join(dict.fromkeys(texts))


def gap_text(reason: Reason, measure: Described | None = None) -> str:
    """How far a failing number is from its level: "còn cách 12,52 điểm"; else empty."""
    level = reason.level
    if (
        reason.verdict != Verdict.NOT_MET
        or level is None
        or level.value is None
        or not isinstance(reason.value, Decimal)
    ):
        return ""
    gap = abs(level.value - reason.value)
    if not gap:
        return _("only just not enough")  # exactly on a level that must be passed
    if _is_percentage(measure):
        return _("%(gap)s points short") % {"gap": format_number(gap)}
    unit = measure.unit_title if measure else ""
    return _("%(gap)s short") % {"gap": value_text(gap, unit)}


def _labelled(label: str, text: str) -> str:
    return f"{label}: {text}" if label else text


def _verdict(reason: Reason) -> dict[str, str]:
    return {"verdict": verdict_text(reason.verdict)}


def _unit(unit: str, kind: Kind) -> str:
    return unit or ("%" if kind == Kind.PERCENTAGE else "")


def _is_percentage(measure: Described | None) -> bool:
    return measure is not None and measure.kind == Kind.PERCENTAGE


def _bound_text(level: Level, unit: str, kind: Kind, choices: Sequence[str]) -> str:
    if level.operator is Operator.IS_MET:
        return _("Met")
    if level.operator is Operator.ONE_OF:
        return _accepted(level, choices)
    amount = {"amount": value_text(level.value, _unit(unit, kind))}
    if level.operator is Operator.AT_MOST and level.value == 0:
        return _("None (%(amount)s)") % amount
    if level.operator is Operator.AT_LEAST and kind == Kind.PERCENTAGE and level.value == 100:
        return amount["amount"]  # there is nothing above
    return {
        Operator.AT_LEAST: _("at least %(amount)s"),
        Operator.AT_MOST: _("at most %(amount)s"),
        Operator.MORE_THAN: _("more than %(amount)s"),
    }[level.operator] % amount


def _accepted(level: Level, choices: Sequence[str]) -> str:
    ordered = [c for c in choices if c in level.options] or list(level.options)
    between = pgettext("one choice or another", "or")  # not in the f-string: it is not found there
    return f" {between} ".join(map(choice_text, ordered))


def _comparison(reason: Reason, measure: Described | None) -> str:
    if reason.level is None or reason.level.value is None:
        return value_text(reason.value)
    reached = reason.verdict == Verdict.MET
    sign = {
        (Operator.AT_LEAST, True): "≥",
        (Operator.AT_LEAST, False): "<",
        (Operator.AT_MOST, True): "≤",
        (Operator.AT_MOST, False): ">",
        (Operator.MORE_THAN, True): ">",
        (Operator.MORE_THAN, False): "≤",
    }[reason.level.operator, reached]
    unit = "%" if _is_percentage(measure) else ""
    return f"{value_text(reason.value, unit)} {sign} {value_text(reason.level.value, unit)}"


def _choice(reason: Reason, measure: Described | None) -> str:
    if reason.verdict == Verdict.MET or reason.level is None:
        return value_text(reason.value)
    return _("%(choice)s; required: %(level)s") % {
        "choice": value_text(reason.value),
        "level": _accepted(reason.level, measure.choices if measure else ()),
    }
