"""Is this value enough? Values and levels in, verdict and reason out; no database, no floats.

The words are those of Decision 318/QĐ-TTg: an *indicator* (chỉ tiêu) is met when each of its
deciding *measures* reaches its *level*; a *criterion* (tiêu chí) is met when every indicator that
applies to the commune is met. A level that is not known is never guessed: the officer states the
verdict, and the reason says so. Nor is a verdict given while something required is blank, even
where what was entered already fails: a paper never counts a half-filled row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"


class Kind(StrEnum):
    BOOLEAN = "boolean"
    PERCENTAGE = "percentage"
    NUMBER = "number"
    CHOICE = "choice"


class Operator(StrEnum):
    AT_LEAST = "gte"
    AT_MOST = "lte"
    MORE_THAN = "gt"
    ONE_OF = "in"
    IS_MET = "yes"


#: What a measure can hold: a number, yes or no, one of the choices, or nothing.
type_of_value = Decimal | bool | str | None


class AmbiguousLevelError(ValueError):
    """Two levels are equally specific: the definitions contradict each other."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A level that holds only while another measure stands so (indicator 5: more than 3 schools)."""

    measure: str
    operator: Operator
    value: Decimal


@dataclass(frozen=True, slots=True)
class Level:
    """What a measure must reach, and where, when and for whom this holds. Blank means everywhere.

    That of a yes/no measure (``IS_MET``) holds no number: it says who asks for it and whether that
    is confirmed. Yes is met and no is not, with or without it.
    """

    operator: Operator
    value: Decimal | None = None
    options: tuple[str, ...] = ()
    province: str = ""
    region: str = ""
    group: str = ""
    year: int | None = None
    condition: Condition | None = None
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when is asked: the commune's province, region and group, and the year."""

    province: str = ""
    region: str = ""
    group: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class MeasureSpec:
    """One value to type in. ``deciding`` is false for those that only explain or condition."""

    key: str
    kind: Kind
    unit: str = ""
    choices: tuple[str, ...] = ()
    deciding: bool = True
    required: bool = True
    levels: tuple[Level, ...] = ()


class Why(StrEnum):
    """The kinds of reason; ``criteria/wording.py`` puts them into words."""

    COMPARED = "compared"
    YES = "yes"
    NO = "no"
    CHOSEN = "chosen"
    STATED = "stated"
    NOT_STATED = "not_stated"
    BLANK = "blank"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one measure (or the whole indicator, with an empty key) has its verdict."""

    why: Why
    verdict: Verdict
    measure: str = ""
    value: type_of_value = None
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """An indicator's verdict with a reason for each measure that decided it."""

    verdict: Verdict
    reasons: tuple[Reason, ...] = field(default=())

    @property
    def unconfirmed(self) -> bool:
        """Whether a level that nobody has confirmed took part in the verdict."""
        return self.verdict != Verdict.MISSING and any(
            r.level is not None and not r.level.confirmed for r in self.reasons
        )

    @property
    def decisive(self) -> Reason | None:
        """The reason to show first: the first that gives the verdict; None when there is none."""
        first = self.reasons[0] if self.reasons else None
        return next((r for r in self.reasons if r.verdict == self.verdict), first)


def resolve_level(
    levels: Iterable[Level], place: Place, values: Mapping[str, type_of_value]
) -> Level | None:
    """The one level that holds here, now and under these values; None when none is known.

    The most specific wins: province over region over nation; then group, year, condition.
    Raises ``AmbiguousLevelError`` when two that hold are equally specific.
    """
    holding = [
        level
        for level in levels
        if _is_for(level, place) and _condition_holds(level.condition, values)
    ]
    if not holding:
        return None
    best = max(map(_specificity, holding))
    winners = [level for level in holding if _specificity(level) == best]
    if len(winners) > 1:
        raise AmbiguousLevelError(f"{len(winners)} levels are equally specific: {winners}")
    return winners[0]


def missing_condition(
    levels: Iterable[Level], place: Place, values: Mapping[str, type_of_value]
) -> str | None:
    """The key of a blank measure without which the level cannot be told; None when it can."""
    conditions = (level.condition for level in possible_levels(levels, place, values))
    blank = (c.measure for c in conditions if c is not None and _is_blank(values, c.measure))
    return next(blank, None)


def possible_levels(
    levels: Iterable[Level], place: Place, values: Mapping[str, type_of_value]
) -> tuple[Level, ...]:
    """The levels that hold or may come to hold here once a blank condition is filled in.

    A condition on a blank measure is harmless where a more specific level holds anyway; a less
    specific level stays possible while every condition above it is open.
    """
    here = [level for level in levels if _is_for(level, place)]
    waiting = [
        level for level in here if level.condition and _is_blank(values, level.condition.measure)
    ]
    holding = [
        level
        for level in here
        if level not in waiting and _condition_holds(level.condition, values)
    ]
    floor = max(map(_specificity, holding), default=None)
    return tuple(
        level for level in (*waiting, *holding) if floor is None or _specificity(level) >= floor
    )


def evaluate_indicator(
    measures: Sequence[MeasureSpec],
    values: Mapping[str, type_of_value],
    place: Place,
    *,
    stated: bool | None = None,
    not_applicable: bool = False,
) -> Outcome:
    """The verdict of one indicator, with a reason for each measure that has a say in it.

    ``stated`` is what the officer says where no level is known; a level that is known goes before
    it. Whether the law allows ``not_applicable`` here is for the caller to check. A value of the
    wrong type is a ``TypeError``; a number that is not finite or a choice that does not exist a
    ``ValueError``.
    """
    if not_applicable:
        return Outcome(Verdict.NOT_APPLICABLE, (Reason(Why.EXCUSED, Verdict.NOT_APPLICABLE),))
    for measure in measures:
        _check_type(measure, values)
    reasons = [
        reason for measure in measures for reason in _reasons(measure, values, place, stated)
    ]
    if not any(measure.deciding for measure in measures):
        reasons.append(_stated_reason("", None, stated))
    reasons = list(dict.fromkeys(reasons))  # two levels may wait for the same condition
    return Outcome(_verdict_of(reasons), tuple(reasons))


def evaluate_criterion(verdicts: Iterable[Verdict | str]) -> Verdict:
    """The verdict of a criterion from those of its indicators."""
    return evaluate_criterion_counts(Counter(verdicts))


def evaluate_criterion_counts(counts: Mapping[Verdict, int] | Mapping[str, int]) -> Verdict:
    """The same rule from how many indicators have which verdict; an absent verdict counts 0.

    Not met as soon as one indicator is, whatever is still missing; met when all that apply are;
    not applicable when none applies; missing otherwise, and for a criterion without indicators.
    """
    present = {Verdict(verdict) for verdict, count in counts.items() if count}
    for verdict in (Verdict.NOT_MET, Verdict.MISSING, Verdict.MET, Verdict.NOT_APPLICABLE):
        if verdict in present:
            return verdict
    return Verdict.MISSING


def _is_blank(values: Mapping[str, type_of_value], key: str) -> bool:
    """Nothing was typed. Zero and no are values; an empty text is not."""
    return values.get(key) is None or values[key] == ""


def _is_for(level: Level, place: Place) -> bool:
    return (
        level.province in ("", place.province)
        and level.region in ("", place.region)
        and level.group in ("", place.group)
        and level.year in (None, place.year)
    )


def _specificity(level: Level) -> tuple[int, bool, bool, bool]:
    scope = 2 if level.province else 1 if level.region else 0
    return scope, bool(level.group), level.year is not None, level.condition is not None


def _condition_holds(condition: Condition | None, values: Mapping[str, type_of_value]) -> bool:
    if condition is None:
        return True
    if _is_blank(values, condition.measure):
        return False
    value = values[condition.measure]
    if not isinstance(value, Decimal):
        raise TypeError(f"{condition.measure}: a condition compares numbers, not {value!r}")
    return _compare(value, condition.operator, condition.value)


def _compare(value: Decimal, operator: Operator, level: Decimal | None) -> bool:
    """Exactly on the level is enough for at least and at most, not for more than."""
    if level is None or operator is Operator.ONE_OF:
        raise ValueError(f"A number is not compared with {operator!r} {level!r}")
    match operator:
        case Operator.AT_LEAST:
            return value >= level
        case Operator.AT_MOST:
            return value <= level
        case Operator.MORE_THAN:
            return value > level


def _check_type(measure: MeasureSpec, values: Mapping[str, type_of_value]) -> None:
    if _is_blank(values, measure.key):
        return
    value = values[measure.key]
    wanted = {Kind.BOOLEAN: bool, Kind.CHOICE: str}.get(measure.kind, Decimal)
    if not isinstance(value, wanted):
        raise TypeError(f"{measure.key}: a {measure.kind.value} cannot be {value!r}")
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(f"{measure.key}: {value} is not a finite number")
    if isinstance(value, str) and value not in measure.choices:
        raise ValueError(f"{measure.key}: {value!r} is none of {measure.choices}")


def _reasons(
    measure: MeasureSpec,
    values: Mapping[str, type_of_value],
    place: Place,
    stated: bool | None,
) -> list[Reason]:
    """What one measure has to say: nothing, one reason, or which blank keeps it from saying it."""
    if _is_blank(values, measure.key):
        needed = measure.required or measure.deciding
        return [Reason(Why.BLANK, Verdict.MISSING, measure.key)] if needed else []
    if not measure.deciding:
        return []
    value = values[measure.key]
    if isinstance(value, bool):
        why, verdict = (Why.YES, Verdict.MET) if value else (Why.NO, Verdict.NOT_MET)
        level = resolve_level(measure.levels, place, values)
        return [Reason(why, verdict, measure.key, value, level)]
    blank = missing_condition(measure.levels, place, values)
    if blank is not None:
        return [Reason(Why.BLANK, Verdict.MISSING, blank)]
    level = resolve_level(measure.levels, place, values)
    if level is None:
        return [_stated_reason(measure.key, value, stated)]
    if isinstance(value, Decimal):
        why, reached = Why.COMPARED, _compare(value, level.operator, level.value)
    else:
        why, reached = Why.CHOSEN, _is_accepted(value, level)
    return [Reason(why, Verdict.MET if reached else Verdict.NOT_MET, measure.key, value, level)]


def _is_accepted(choice: type_of_value, level: Level) -> bool:
    if level.operator is not Operator.ONE_OF:
        raise ValueError(f"A choice is not compared with {level.operator!r}")
    return choice in level.options


def _stated_reason(key: str, value: type_of_value, stated: bool | None) -> Reason:
    if stated is None:
        return Reason(Why.NOT_STATED, Verdict.MISSING, key, value)
    return Reason(Why.STATED, Verdict.MET if stated else Verdict.NOT_MET, key, value)


def _verdict_of(reasons: Iterable[Reason]) -> Verdict:
    """A blank goes before a failure, a failure before what nobody has stated yet."""
    reasons = list(reasons)
    verdicts = {reason.verdict for reason in reasons}
    if any(reason.why is Why.BLANK for reason in reasons):
        return Verdict.MISSING
    for verdict in (Verdict.NOT_MET, Verdict.MISSING):
        if verdict in verdicts:
            return verdict
    return Verdict.MET
