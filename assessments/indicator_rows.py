"""Every indicator of every counted commune in one quarter, with its values and verdicts in words.

What the annexes and the workbook list. Four queries whatever the number of communes; the levels
are those that the quarter was judged by.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assessments.counted import counted_in
from assessments.models import Assessment, IndicatorResult, MeasureValue
from assessments.presenting import gap_words, reason_words, values_words
from assessments.sheet import Row, definition_of, place
from assessments.two_quarters import Values, values_of
from criteria.definitions import IndicatorDefinition
from criteria.evaluation import Place, Verdict
from criteria.models import CriteriaSet
from criteria.wording import goal_text, goals_text, value_text
from periods.models import ReportingPeriod


@dataclass(frozen=True, slots=True)
class Value:
    """``level`` is the measure's own, empty where it decides nothing."""

    key: str
    label: str
    unit: str
    number: Decimal | None
    text: str
    level: str


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """``counted`` is the verified verdict where there is one, else the declared one. ``reason`` is
    why it is not met, or why the commune left a blank."""

    unit: str
    criterion: int
    code: str
    values: tuple[Value, ...]
    value: str
    level: str
    unconfirmed: bool
    declared: str
    verified: str
    counted: str
    reason: str
    gap: str


def indicator_rows(period: ReportingPeriod, criteria_set: CriteriaSet) -> tuple[IndicatorRow, ...]:
    """By commune and official order; the communes are those of the headline."""
    assessments = Assessment.objects.filter(
        counted_in(period, criteria_set), period=period, criteria_set=criteria_set
    )
    results: dict[int, dict[int, IndicatorResult]] = {}
    for result in IndicatorResult.objects.filter(assessment__in=assessments.values("pk")):
        results.setdefault(result.assessment_id, {})[result.indicator_id] = result
    values = values_of(MeasureValue.objects.filter(result__assessment__in=assessments.values("pk")))
    found = assessments.select_related("unit__parent__parent").order_by("unit__sort_key")
    rows: list[IndicatorRow] = []
    for assessment in found:
        assessment.period, assessment.criteria_set = period, criteria_set
        rows += _rows_of(assessment, results.get(assessment.pk, {}), values)
    return tuple(rows)


def _rows_of(
    assessment: Assessment, results: dict[int, IndicatorResult], values: dict[int, Values]
) -> Iterator[IndicatorRow]:
    where = place(assessment)
    for definition in definition_of(assessment).indicators:
        result = results.get(definition.id)
        if result is not None:
            yield _row(assessment, result, definition, values.get(result.pk, {}), where)


def _row(
    assessment: Assessment,
    result: IndicatorResult,
    definition: IndicatorDefinition,
    values: Values,
    where: Place,
) -> IndicatorRow:
    row = Row(result, definition, values, previous=None)
    overruled = bool(result.verified_verdict) and (
        result.verified_verdict != result.declared_verdict
    )
    failed = result.counted_verdict == Verdict.NOT_MET
    reason = result.review_reason if overruled else reason_words(row) if failed else ""
    if result.counted_verdict == Verdict.MISSING:
        reason = result.absence_reason
    return IndicatorRow(
        unit=assessment.unit.slug,
        criterion=definition.criterion_number,
        code=definition.code,
        values=tuple(_values(definition, values, where)),
        value="" if row.is_blank else values_words(definition, values, result),
        level=goals_text(definition.measures, where, values),
        unconfirmed=result.unconfirmed,
        declared=result.declared_verdict,
        verified=result.verified_verdict,
        counted=result.counted_verdict,
        reason=reason,
        gap=gap_words(row) if failed and not overruled else "",
    )


def _values(definition: IndicatorDefinition, values: Values, where: Place) -> Iterator[Value]:
    for measure in definition.measures:
        if measure.key in values:
            value = values[measure.key]
            number = value if isinstance(value, Decimal) else None
            yield Value(
                key=measure.key,
                label=measure.title,
                unit=measure.unit_title,
                number=number,
                text=value_text(value, measure.unit_title),
                level=goal_text(measure, where, values, definition.measures)
                if measure.spec.deciding
                else "",
            )
