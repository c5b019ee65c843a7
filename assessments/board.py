"""One criterion across all communes, as the verification page shows it.

A read model like ``sheet``: a fixed number of queries whatever the number of communes. Rows come
with last quarter, who verifies them, what looks wrong, and how many files and comments they have.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from assessments.frozen import definition_in
from assessments.models import (
    Assessment,
    Basis,
    Event,
    EventKind,
    Evidence,
    IndicatorResult,
    MeasureValue,
    ResultQuerySet,
)
from assessments.sheet import (
    Row,
    Values,
    comment_count,
    definition_of,
    previous_row,
    quarter_before,
    values_of,
)
from assessments.warnings import row_warnings
from assignments.verifiers import Verifier, Verifiers, verifiers_of
from criteria.definitions import CriterionDefinition, IndicatorDefinition, SetDefinition
from criteria.models import CriteriaSet
from periods.models import ReportingPeriod


@dataclass(slots=True)
class BoardRow(Row):
    """One row with who verifies it."""

    verifier: Verifier | None = None

    @property
    def assessment(self) -> Assessment:
        return self.result.assessment

    @property
    def evidence(self) -> int:
        """Files that stand behind the row."""
        return self.result.evidence_count

    @property
    def comments(self) -> int:
        return self.result.comment_count

    @property
    def was_returned(self) -> bool:
        """Returned earlier in this quarter, and corrected since."""
        return self.result.was_returned and not self.is_returned


def annotated(rows: ResultQuerySet) -> ResultQuerySet:
    """With ``evidence_count``, ``comment_count`` and ``was_returned``."""
    returned = Event.objects.filter(result=OuterRef("pk"), kind=EventKind.RETURNED)
    return rows.annotate(
        evidence_count=_count(Evidence.objects.filter(removed_at__isnull=True)),
        comment_count=comment_count(),
        was_returned=Exists(returned),
    )


def _count(query: QuerySet) -> Coalesce:
    """How many of these belong to each row, without joining them to it."""
    counted = query.filter(result=OuterRef("pk")).order_by().values("result")
    return Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0)


def load_rows(rows: ResultQuerySet) -> list[BoardRow]:
    """Rows of any assessments, in the order of criteria and communes; two queries and few more.

    The quarter before is read of the same units and indicators, whoever may see it: it is of the
    same row.
    """
    current = list(
        annotated(rows)
        .select_related(
            "assessment__unit__parent__parent",
            "assessment__period",
            "assessment__criteria_set",
            "assessment__submitted_by",
            "indicator",
            "entered_in",
            "changed_by",
            "reviewed_by",
        )
        .order_by(
            "indicator__criterion__number", "indicator__position", "assessment__unit__sort_key"
        )
    )
    earlier, values = _around(current)
    definitions: dict[tuple[int, int], SetDefinition] = {}
    verifiers: dict[int, Verifiers] = {}
    found = []
    for result in current:
        key = (result.assessment.period_id, result.assessment.criteria_set_id)
        if key not in definitions:
            definitions[key] = definition_of(result.assessment)
        whole = definitions[key]
        if whole.id not in verifiers:
            verifiers[whole.id] = verifiers_of(whole)
        definition = whole.indicator(result.indicator_id)
        found.append(
            _board_row(result, definition, earlier, values, verifiers[whole.id][definition.id])
        )
    return found


def _around(
    current: list[IndicatorResult],
) -> tuple[dict[tuple, IndicatorResult], dict[int, Values]]:
    """The same rows one quarter before, by set, unit, quarter and indicator; and all values."""
    units = {r.assessment.unit_id for r in current}
    indicators = {r.indicator_id for r in current}
    now = {(r.assessment.period.year, r.assessment.period.quarter) for r in current}
    before = {quarter_before(r.assessment.period) for r in current}
    older = IndicatorResult.objects.filter(
        _of_quarters(before, "assessment"), assessment__unit__in=units, indicator__in=indicators
    )
    earlier = {}
    for result in older.select_related("assessment__period", "entered_in").order_by():
        period = result.assessment.period
        key = (result.assessment.unit_id, (period.year, period.quarter), result.indicator_id)
        earlier[key] = result
    values = MeasureValue.objects.filter(
        _of_quarters(now | before, "result__assessment"),
        result__assessment__unit__in=units,
        result__indicator__in=indicators,
    )
    return earlier, values_of(values)


def _of_quarters(quarters: set[tuple[int, int]], path: str) -> Q:
    found = Q(pk__in=[])
    for year, quarter in quarters:
        found |= Q(**{f"{path}__period__year": year, f"{path}__period__quarter": quarter})
    return found


def _board_row(
    result: IndicatorResult,
    definition: IndicatorDefinition,
    earlier: dict[tuple, IndicatorResult],
    values: dict[int, Values],
    verifier: Verifier,
) -> BoardRow:
    key = (
        result.assessment.unit_id,
        quarter_before(result.assessment.period),
        result.indicator_id,
    )
    old = earlier.get(key)
    row = BoardRow(
        result=result,
        definition=definition,
        values=values.get(result.pk, {}),
        previous=previous_row(old, values) if old else None,
        lead=verifier.lead,
        verifier=verifier,
    )
    if result.basis == Basis.ENTERED:
        before = row.previous.values if row.previous else {}
        row.warnings = row_warnings(definition.measures, row.values, before)
    return row


@dataclass(frozen=True, slots=True)
class IndicatorBoard:
    """One indicator: its rows of the communes that have sent, and the communes that have not."""

    definition: IndicatorDefinition
    verifier: Verifier
    rows: list[BoardRow]
    not_sent: list[BoardRow]


@dataclass(frozen=True, slots=True)
class Board:
    """One criterion of one quarter, as far as its reader sees it."""

    period: ReportingPeriod
    criteria_set: CriteriaSet
    criterion: CriterionDefinition
    indicators: list[IndicatorBoard]

    @property
    def rows(self) -> Iterable[BoardRow]:
        return (row for indicator in self.indicators for row in indicator.rows)


def load_board(
    period: ReportingPeriod, criteria_set: CriteriaSet, number: int, reader: User
) -> Board | None:
    """None where the set has no such criterion, or the reader sees no row of it.

    Four queries once the definition is known: rows, the quarter before, values, who verifies.
    """
    definition = definition_in(period, criteria_set)
    criterion = next((c for c in definition.criteria if c.number == number), None)
    if criterion is None:
        return None
    rows = load_rows(
        IndicatorResult.objects.visible_to(reader).filter(
            indicator__in=[i.id for i in criterion.indicators],
            assessment__period=period,
            assessment__criteria_set=criteria_set,
        )
    )
    indicators = []
    for indicator in criterion.indicators:
        own = [row for row in rows if row.definition.id == indicator.id]
        if own:
            indicators.append(_indicator_board(indicator, own))
    return Board(period, criteria_set, criterion, indicators) if indicators else None


def _indicator_board(definition: IndicatorDefinition, rows: list[BoardRow]) -> IndicatorBoard:
    return IndicatorBoard(
        definition,
        rows[0].verifier,
        [row for row in rows if row.assessment.is_handed_in],
        [row for row in rows if not row.assessment.is_handed_in],
    )
