"""How PostgreSQL reads what is counted, before anybody has told it how many rows there are."""

import time

import pytest

from assessments.counting import _criteria, count_quarter, household_values
from assessments.models import Assessment
from tests.statistics.test_demonstration import add_communes, quarter

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("demonstration")]
#: A quarter of 300 communes is counted in a blink; a bad plan took a minute.
SECONDS = 5


def test_households_are_found_by_their_measures_without_statistics():
    period, criteria_set = quarter()
    add_communes(288, period, criteria_set)
    _found, measures = _criteria(period, criteria_set)
    wanted = Assessment.objects.filter(period=period, criteria_set=criteria_set)
    plan = household_values(wanted, measures).explain()
    assert "measure_id" in plan
    assert "Seq Scan on assessments_measurevalue" not in plan, plan


def test_300_communes_are_counted_before_the_first_analyze():
    period, criteria_set = quarter()
    add_communes(288, period, criteria_set)
    begun = time.monotonic()
    counts = count_quarter(period, criteria_set)
    assert time.monotonic() - begun < SECONDS
    assert len(counts.units) == 300
