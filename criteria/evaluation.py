"""Is this value enough? Values and levels in, verdict and reason out; no database, no floats.

The words are those of Decision 318/QĐ-TTg: an *indicator* (chỉ tiêu) is met when each of its
deciding *measures* reaches its *level*; a *criterion* (tiêu chí) is met when every indicator that
applies to the commune is met. A level that is not known is never guessed: the officer states the
verdict, and the reason says so.
"""

from __future__ import annotations

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


#: What a measure can hold: a number, yes or no, one of the choices, or nothing.
type_of_value = Decimal | bool | str | None


class AmbiguousLevel(ValueError):
    """Two levels are equally specific: the definitions contradict each other."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A level that holds only while another measure stands so (indicator 5: more than 3 schools)."""

    measure: str
    operator: Operator
    value: Decimal


@dataclass(frozen=True, slots=True)
class Level:
    """What a measure must reach, and where, when and for whom this holds. Blank means everywhere."""

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
        return any(r.level is not None and not r.level.confirmed for r in self.reasons)

    @property
    def decisive(self) -> Reason:
        """The reason to show first: the first that fails, else the first of all."""
        return next((r for r in self.reasons if r.verdict == self.verdict), self.reasons[0])


def resolve_level(
    levels: Iterable[Level], place: Place, values: Mapping[str, type_of_value]
) -> Level | None:
    """The one level that holds here, now and under these values; None when none is known."""
    raise NotImplementedError


def evaluate_indicator(
    measures: Sequence[MeasureSpec],
    values: Mapping[str, type_of_value],
    place: Place,
    *,
    stated: bool | None = None,
    not_applicable: bool = False,
) -> Outcome:
    raise NotImplementedError


def evaluate_criterion(verdicts: Iterable[Verdict]) -> Verdict:
    raise NotImplementedError
