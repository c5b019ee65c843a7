"""A commune that left stands in the rows of annex and workbook exactly where it is counted."""

import pytest

from assessments.counting import count_quarter
from assessments.indicator_rows import indicator_rows
from assessments.statistics import headline_of
from communes.models import AdministrativeUnit
from criteria.models import CriteriaSet
from periods.models import ReportingPeriod
from reports.building import build_snapshot
from tests.demonstrated import demonstrated, demonstration
from tests.reports.summary_stages import started

__all__ = ["demonstrated", "demonstration"]
pytestmark = pytest.mark.usefixtures("demonstration")
LEFT = "then-sin"


@pytest.fixture
def left():
    AdministrativeUnit.objects.filter(slug=LEFT).update(in_programme=False)


def agree(rows, head) -> None:
    assert len(rows) == head.indicators
    assert sum(row.counted == "missing" for row in rows) == head.indicators - head.entered


def rows_of(slug: str):
    period = ReportingPeriod.objects.get(slug=slug)
    criteria_set = CriteriaSet.objects.get(slug="ntm")
    rows = indicator_rows(period, criteria_set)
    agree(rows, headline_of(count_quarter(period, criteria_set)))
    return rows


@pytest.mark.usefixtures("left")
def test_one_that_left_before_an_open_quarter_has_no_rows():
    assert LEFT not in {row.unit for row in rows_of("2023-q3")}


@pytest.mark.usefixtures("left")
def test_one_that_left_after_a_closed_quarter_keeps_its_rows():
    assert LEFT in {row.unit for row in rows_of("2023-q2")}


@pytest.mark.usefixtures("left")
@pytest.mark.parametrize(("slug", "stands"), [("2023-q3", False), ("2022-q4", True)])
def test_the_paper_lists_the_rows_that_its_headline_counts(slug, stands):
    paper = build_snapshot(started(period=slug))
    agree(paper.indicators, paper.headline)
    assert (LEFT in {row.commune for row in paper.indicators}) is stands
