"""What stands behind a sheet: the rows and values of a quarter and of the one before."""

from __future__ import annotations

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from assessments.models import Assessment, Comment, IndicatorResult, MeasureValue
from criteria.evaluation import type_of_value
from periods.models import ReportingPeriod

Values = dict[str, type_of_value]


def quarter_before(period: ReportingPeriod) -> tuple[int, int]:
    """Year and quarter of the quarter before."""
    return (period.year - 1, 4) if period.quarter == 1 else (period.year, period.quarter - 1)


def both_quarters(assessment: Assessment, path: str) -> Q:
    """This assessment, and the same unit's against the same set one quarter before."""
    year, quarter = quarter_before(assessment.period)
    return Q(**{f"{path}__id": assessment.pk}) | Q(
        **{
            f"{path}__unit_id": assessment.unit_id,
            f"{path}__criteria_set_id": assessment.criteria_set_id,
            f"{path}__period__year": year,
            f"{path}__period__quarter": quarter,
        }
    )


def comment_count() -> Coalesce:
    """How many comments each row has, without joining them to it."""
    counted = Comment.objects.filter(result=OuterRef("pk")).order_by().values("result")
    return Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0)


def results_of(assessment: Assessment, reader: User | None) -> list[IndicatorResult]:
    query = IndicatorResult.objects.filter(both_quarters(assessment, "assessment")).annotate(
        period_state=F("assessment__period__state"),
        set_state=F("assessment__criteria_set__state"),
        set_revision=F("assessment__criteria_set__revision"),
        comment_count=comment_count(),
    )
    if reader is not None:
        query = query.visible_to(reader)
    return list(query.select_related("entered_in", "reviewed_by").order_by())


def sheet_values(assessment: Assessment) -> dict[int, Values]:
    return values_of(MeasureValue.objects.filter(both_quarters(assessment, "result__assessment")))


def values_of(query: QuerySet[MeasureValue]) -> dict[int, Values]:
    """Row -> its values by the measure's key, in one query."""
    found: dict[int, Values] = {}
    for pk, key, *columns in query.values_list(
        "result_id", "measure__key", "number", "answer", "choice"
    ):
        number, answer, choice = columns
        found.setdefault(pk, {})[key] = (
            number if number is not None else answer if answer is not None else choice
        )
    return found
