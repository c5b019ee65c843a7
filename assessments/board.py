"""One criterion across all communes, as the verification page shows it.

A read model like ``sheet``: a fixed number of queries whatever the number of communes. Rows come
with last quarter, who verifies them, what looks wrong, and how many files and comments they have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from assessments.evidence import evidence_by_result
from assessments.frozen import name_as_closed
from assessments.models import (
    Assessment,
    Basis,
    IndicatorResult,
    MeasureValue,
    ResultQuerySet,
)
from assessments.returns import evidence_touched, was_corrected, was_returned
from assessments.sheet import Row, definition_of, previous_row
from assessments.two_quarters import Values, comment_count, quarter_before, values_of
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
    def comments(self) -> int:
        return self.result.comment_count

    @property
    def was_returned(self) -> bool:
        """Returned earlier in this quarter, and corrected since."""
        return self.result.was_returned and not self.is_returned

    @property
    def evidence_is_new(self) -> bool:
        """A file was added, described or removed in this quarter."""
        own = any(item.carried_from is None for item in self.evidence or [])
        return own or self.result.evidence_touched


def annotated(rows: ResultQuerySet) -> ResultQuerySet:
    """With ``comment_count``, ``was_returned``, ``was_corrected`` and ``evidence_touched``."""
    return rows.annotate(
        comment_count=comment_count(),
        was_returned=was_returned(),
        was_corrected=was_corrected(),
        evidence_touched=evidence_touched(),
    )


def load_rows(rows: ResultQuerySet) -> list[BoardRow]:
    """Rows of any assessments, in the order of criteria and communes; five queries.

    The quarter before is read of the same units and indicators, whoever may see it: it is of the
    same row.
    """
    current = list(_whole(rows))
    older = IndicatorResult.objects.filter(
        _of_quarters({quarter_before(r.assessment.period) for r in current}, "assessment"),
        assessment__unit__in={r.assessment.unit_id for r in current},
        indicator__in={r.indicator_id for r in current},
    )
    return _assembled(current, list(_whole(older)))


def _whole(rows: ResultQuerySet) -> ResultQuerySet:
    return (
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


def _assembled(current: list[IndicatorResult], older: list[IndicatorResult]) -> list[BoardRow]:
    """Rows with all that stands around them: values, files, last quarter, who verifies."""
    earlier = {_place_of(r, _quarter(r.assessment.period)): r for r in older}
    values = _values_around(current)
    files = evidence_by_result(result.pk for result in current)
    definitions: dict[tuple[int, int], SetDefinition] = {}
    verifiers: dict[int, Verifiers] = {}
    found = []
    for result in current:
        key = (result.assessment.period_id, result.assessment.criteria_set_id)
        if key not in definitions:
            definitions[key] = definition_of(result.assessment)
        name_as_closed(result.assessment)
        whole = definitions[key]
        if whole.id not in verifiers:
            verifiers[whole.id] = verifiers_of(whole)
        row = _board_row(result, whole, earlier, values, verifiers[whole.id])
        row.evidence = files.get(result.pk, [])
        found.append(row)
    return found


def _quarter(period: ReportingPeriod) -> tuple[int, int]:
    return period.year, period.quarter


def _place_of(result: IndicatorResult, quarter: tuple[int, int]) -> tuple:
    return result.assessment.unit_id, result.indicator_id, quarter


def _values_around(current: list[IndicatorResult]) -> dict[int, Values]:
    """The values of these rows and of the same ones a quarter before."""
    periods = {result.assessment.period for result in current}
    quarters = {_quarter(p) for p in periods} | {quarter_before(p) for p in periods}
    return values_of(
        MeasureValue.objects.filter(
            _of_quarters(quarters, "result__assessment"),
            result__assessment__unit__in={r.assessment.unit_id for r in current},
            result__indicator__in={r.indicator_id for r in current},
        )
    )


def _of_quarters(quarters: set[tuple[int, int]], path: str) -> Q:
    found = Q(pk__in=[])
    for year, quarter in quarters:
        found |= Q(**{f"{path}__period__year": year, f"{path}__period__quarter": quarter})
    return found


def _board_row(
    result: IndicatorResult,
    whole: SetDefinition,
    earlier: dict[tuple, IndicatorResult],
    values: dict[int, Values],
    verifiers: Verifiers,
) -> BoardRow:
    definition = whole.indicator(result.indicator_id)
    verifier = verifiers[definition.id]
    old = earlier.get(_place_of(result, quarter_before(result.assessment.period)))
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


#: A quarter as addresses name it.
SLUG = re.compile(r"(\d{4})-q([1-4])", re.ASCII)


def load_board(period: str, criteria_set: str, number: int, reader: User) -> Board | None:
    """By the slugs of quarter and set; None where the reader sees no row of such a criterion.

    Four queries once the definition is known: rows of both quarters (with all that they belong
    to), values, files, who verifies.
    """
    named = SLUG.fullmatch(period)
    if named is None:
        return None
    asked = ReportingPeriod(year=int(named[1]), quarter=int(named[2]))
    both = IndicatorResult.objects.visible_to(reader).filter(
        _of_quarters({_quarter(asked), quarter_before(asked)}, "assessment"),
        indicator__criterion__number=number,
        assessment__criteria_set__slug=criteria_set,
    )
    found = list(_whole(both))
    current = [r for r in found if r.assessment.period.slug == period]
    if not current:
        return None
    rows = _assembled(current, [r for r in found if r.assessment.period.slug != period])
    assessment = current[0].assessment
    criterion = definition_of(assessment).criterion(number)
    indicators = []
    for indicator in criterion.indicators:
        own = [row for row in rows if row.definition.id == indicator.id]
        if own:
            indicators.append(_indicator_board(indicator, own))
    return Board(assessment.period, assessment.criteria_set, criterion, indicators)


def _indicator_board(definition: IndicatorDefinition, rows: list[BoardRow]) -> IndicatorBoard:
    return IndicatorBoard(
        definition,
        rows[0].verifier,
        [row for row in rows if row.assessment.is_handed_in],
        [row for row in rows if not row.assessment.is_handed_in],
    )
