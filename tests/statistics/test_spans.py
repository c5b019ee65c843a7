"""Several quarters at once: the same figures as one by one, any base, and a fixed cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.indicator_rows import indicator_rows
from assessments.models import IndicatorResult
from assessments.spans import against, change_between, count_quarters
from assessments.statistics import headline, headline_of
from criteria.models import CriteriaSet
from periods.models import ReportingPeriod

pytestmark = pytest.mark.usefixtures("demonstration")


def all_quarters():
    periods = list(ReportingPeriod.objects.order_by("-data_to"))
    return periods, CriteriaSet.objects.get(slug="ntm")


def test_each_quarter_is_counted_as_if_it_were_alone():
    periods, criteria_set = all_quarters()
    counts = count_quarters(periods, criteria_set)
    assert set(counts) == {"2022-q4", "2023-q1", "2023-q2", "2023-q3"}  # Q4 has not begun
    for period in periods:
        if period.slug in counts:
            alone = headline(period, criteria_set)
            found = headline_of(counts[period.slug])
            assert (found.criteria_met, found.recognised) == (alone.criteria_met, alone.recognised)
            assert (found.poverty, found.by_criterion) == (alone.poverty, alone.by_criterion)
    assert count_quarters([], criteria_set) == {}


def test_four_quarters_cost_as_much_as_one():
    periods, criteria_set = all_quarters()
    count_quarters(periods, criteria_set)
    begun = [period for period in periods if period.state != "planned"]
    with CaptureQueriesContext(connection) as one:
        count_quarters(begun[:1], criteria_set)
    with CaptureQueriesContext(connection) as four:
        count_quarters(begun, criteria_set)
    assert len(four) <= len(one) + 1  # what closed quarters keep beside the open one's communes


def test_a_change_is_the_difference_with_any_base_and_adds_up():
    periods, criteria_set = all_quarters()
    counts = count_quarters(periods, criteria_set)
    change = change_between(counts["2023-q2"], counts["2022-q4"])
    now, base = headline_of(counts["2023-q2"]), headline_of(counts["2022-q4"])
    assert change.headline.criteria_met == now.criteria_met - base.criteria_met == 4
    assert sum(change.by_criterion.values()) == change.headline.criteria_met
    assert sum(unit.met for unit in change.units) == change.headline.criteria_met
    near_poor = now.poverty.near_poor_rate - base.poverty.near_poor_rate
    assert change.near_poor_rate == near_poor
    for unit in change.units:
        assert not set(unit.won) & set(unit.lost)
    same = change_between(counts["2023-q2"], counts["2023-q2"])
    assert not any(unit.met or unit.won or unit.lost for unit in same.units)
    assert against(counts["2023-q2"], None).before is None


def test_every_row_of_a_quarter_is_listed_with_its_words_for_a_fixed_cost():
    period = ReportingPeriod.objects.get(slug="2023-q2")
    criteria_set = CriteriaSet.objects.get(slug="ntm")
    indicator_rows(period, criteria_set)
    with CaptureQueriesContext(connection) as queries:
        rows = indicator_rows(period, criteria_set)
    assert len(queries) <= 4
    assert len(rows) == IndicatorResult.objects.filter(assessment__period=period).count() == 684
    stored = IndicatorResult.objects.filter(assessment__period=period, counted_verdict="not_met")
    failed = [row for row in rows if row.counted == "not_met"]
    assert len(failed) == stored.count()
    assert all(row.reason and row.value and row.level for row in failed)
    eleven = next(row for row in rows if row.unit == "ban-bo" and row.code == "11")
    assert {value.key for value in eleven.values} >= {"households", "poor", "near_poor"}
    assert all(value.number is not None for value in eleven.values)
