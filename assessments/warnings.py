"""What looks wrong without being refused: each needs a note before the assessment is sent.

Plain Python: values in, warnings out. The limits are ours, not the law's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from criteria.evaluation import Kind, Verdict, type_of_value

#: A percentage that moves by this many points in one quarter is asked about.
JUMP_POINTS = Decimal(5)
#: Any other number that moves by this share of its last value.
JUMP_SHARE = Decimal("0.2")
#: How far the typed poverty rate may lie from the one its households give (rounding).
RATE_TOLERANCE = Decimal("0.01")
#: 26,13 % written as 26,1 % is rounding, not a mistake.
ROUNDED_TOLERANCE = Decimal("0.05")


#: A number this many times its level is rather in another unit: đồng for triệu đồng.
OTHER_UNIT_TIMES = 1000


class WarningKind(StrEnum):
    OTHER_UNIT = "other_unit"
    NO_SCHOOLS = "no_schools"
    JUMP = "jump"
    CRITERION_LOST = "criterion_lost"
    PART_EXCEEDS_WHOLE = "part_exceeds_whole"
    RATE_DIFFERS = "rate_differs"
    COUNTS_EXCEED = "counts_exceed"


@dataclass(frozen=True, slots=True)
class RowWarning:
    """One thing that looks wrong. ``measure`` names the value; the numbers explain it."""

    kind: WarningKind
    measure: str = ""
    before: Decimal | None = None
    after: Decimal | None = None

    @property
    def difference(self) -> Decimal:
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


Values = Mapping[str, type_of_value]


def row_warnings(measures: Sequence, values: Values, previous: Values) -> list[RowWarning]:
    """What looks wrong in one row's values, the likeliest cause first. ``measures`` need ``key``,
    ``kind`` and ``levels``."""
    return [
        *_other_units(measures, values),
        *_jumps(measures, values, previous),
        *_contradictions(values),
    ]


def _other_units(measures: Sequence, values: Values) -> list[RowWarning]:
    """Against the highest level of any place and year: none of them is a thousandth of another."""
    found = []
    for measure in measures:
        value = values.get(measure.key)
        if measure.kind != Kind.NUMBER:
            continue
        highest = max((level.value or Decimal(0) for level in measure.levels), default=Decimal(0))
        if isinstance(value, Decimal) and 0 < highest * OTHER_UNIT_TIMES <= value:
            found.append(RowWarning(WarningKind.OTHER_UNIT, measure.key, highest, value))
    return found


def _jumps(measures: Sequence, values: Values, previous: Values) -> list[RowWarning]:
    found = []
    for measure in measures:
        before, after = previous.get(measure.key), values.get(measure.key)
        if not isinstance(before, Decimal) or not isinstance(after, Decimal):
            continue
        limit = JUMP_POINTS if measure.kind == Kind.PERCENTAGE else abs(before) * JUMP_SHARE
        if abs(after - before) >= limit and after != before:
            found.append(RowWarning(WarningKind.JUMP, measure.key, before, after))
    return found


def _contradictions(values: Values) -> list[RowWarning]:
    found = []
    schools = values.get("schools")
    if isinstance(schools, Decimal) and not schools:
        found.append(RowWarning(WarningKind.NO_SCHOOLS, "schools", after=schools))
    for part, whole in (("central", "clean"), ("level_1", "minimum")):
        before, after = values.get(whole), values.get(part)
        if isinstance(before, Decimal) and isinstance(after, Decimal) and after > before:
            found.append(RowWarning(WarningKind.PART_EXCEEDS_WHOLE, part, before, after))
    households, poor, near = (values.get(k) for k in ("households", "poor", "near_poor"))
    known = [count for count in (poor, near) if isinstance(count, Decimal)]
    if isinstance(households, Decimal) and known:
        rate = values.get("value") if len(known) == 2 else None
        found += _poverty(households, sum(known, Decimal(0)), rate)
    return found


def _poverty(households: Decimal, counted: Decimal, rate: type_of_value) -> list[RowWarning]:
    """``counted`` are the poor and near-poor households, as far as they are entered."""
    if counted > households:
        return [RowWarning(WarningKind.COUNTS_EXCEED, "poor", households, counted)]
    if households and isinstance(rate, Decimal):
        from_counts = (counted * 100 / households).quantize(Decimal("0.01"))
        rounded = rate == rate.quantize(Decimal("0.1"))  # typed to one decimal
        if abs(from_counts - rate) > (ROUNDED_TOLERANCE if rounded else RATE_TOLERANCE):
            return [RowWarning(WarningKind.RATE_DIFFERS, "value", from_counts, rate)]
    return []


def is_criterion_lost(before: Verdict | None, now: Verdict) -> bool:
    """Whether a criterion that was met last quarter no longer is."""
    return before == Verdict.MET and now == Verdict.NOT_MET
