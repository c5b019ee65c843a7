"""The figures of the district as charts, and the quarters that its line of time goes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse

from assessments.counting import QuarterCounts
from assessments.figures import Figures, Matrix, rounded_share
from assessments.spans import against, count_quarters
from assessments.statistics import completeness_of, headline_of, matrix_of
from criteria.evaluation import Verdict
from criteria.models import CriteriaSet
from dashboard.charts import SCREEN, Chart, communes_by_criterion, met_by_commune, trend
from periods.models import ReportingPeriod

#: With the one that is looked at.
QUARTERS = 5
#: More bars than this are no picture: the page has the matrix.
MOST_BARS = 40


def counted_line(
    period: ReportingPeriod, begun: Sequence[ReportingPeriod], criteria_set: CriteriaSet
) -> list[QuarterCounts]:
    """The quarter with those before it, oldest first. Seven queries however many there are."""
    earlier = sorted(
        (one for one in begun if one.data_to < period.data_to), key=lambda one: one.data_to
    )
    line = [*earlier[1 - QUARTERS :], period]
    counts = count_quarters([period, *line[:-1]], criteria_set)
    return [counts[one.slug] for one in line]


def figures_of(line: Sequence[QuarterCounts], period: ReportingPeriod, today: dt.date) -> Figures:
    """As ``statistics.figures``: compared with the quarter directly before, if that one is there."""
    now = line[-1]
    before = next((one for one in line[:-1] if one.period == slug_before(period)), None)
    now = against(now, before)
    return Figures(headline_of(now), matrix_of(now), completeness_of(now, today))


def slug_before(period: ReportingPeriod) -> str:
    first = period.quarter == 1
    return f"{period.year - first}-q{4 if first else period.quarter - 1}"


def trend_chart(line: Sequence[QuarterCounts], begun: Sequence[ReportingPeriod]) -> Chart:
    labels = {one.slug: f"{one.short_label}/{one.year}" for one in begun}
    found = [headline_of(against(one, None)) for one in line]
    return trend(
        [
            (
                labels[one.period],
                one.average_criteria,
                one.recognised,
                one.meeting_all,
            )
            for one in found
        ],
        max((one.communes for one in found), default=0),
        found[-1].criteria if found else 0,
        {labels[one.period] for one in found if one.provisional},
    )


def pictures(charts: Sequence[Chart], period: ReportingPeriod) -> list[tuple[Chart, str]]:
    """Each with the address of its picture, which names the content."""
    address = {one.kind: reverse("dashboard:chart", args=[one.kind]) for one in charts}
    return [
        (one, f"{address[one.kind]}?period={period.slug}&v={one.fingerprint(SCREEN)[:12]}")
        for one in charts
    ]


def met_chart(matrix: Matrix) -> Chart:
    return met_by_commune(
        [(row.short_name, row.met if row.has_data else None) for row in matrix.rows],
        rounded_share(matrix.total, len(matrix.rows), 1),
        len(matrix.columns),
    )


def criteria_chart(matrix: Matrix) -> Chart:
    """Nought is a figure; where every commune is blank, or exempt, there is none."""
    verdicts = {
        column.number: {row.cells[n].verdict for row in matrix.rows}
        for n, column in enumerate(matrix.columns)
    }
    known = {
        number
        for number, found in verdicts.items()
        if not found or found & {Verdict.MET, Verdict.NOT_MET}
    }
    return communes_by_criterion(
        [
            (column.number, column.name, column.met if column.number in known else None)
            for column in matrix.columns
        ],
        len(matrix.rows),
        {number for number, found in verdicts.items() if found == {Verdict.NOT_APPLICABLE}},
    )
