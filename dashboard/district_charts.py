"""The figures of the district as charts."""

from __future__ import annotations

from assessments.figures import Matrix, rounded_share
from dashboard.charts import Chart, communes_by_criterion, met_by_commune


def met_chart(matrix: Matrix) -> Chart:
    return met_by_commune(
        [(row.short_name, row.met) for row in matrix.rows],
        rounded_share(matrix.total, len(matrix.rows), 1),
        len(matrix.columns),
    )


def criteria_chart(matrix: Matrix) -> Chart:
    return communes_by_criterion(
        [(column.number, column.name, column.met) for column in matrix.columns], len(matrix.rows)
    )
