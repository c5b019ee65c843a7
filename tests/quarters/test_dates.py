"""Laws of windows and due dates, with Hypothesis; plain dates, no database."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from periods.calendar import add_working_days, data_window, is_working_day, working_days_between
from periods.models import PeriodState
from periods.workflow import (
    TRANSITIONS,
    QuarterAct,
    QuarterLock,
    QuarterSituation,
    quarter_lock,
)

YEARS = st.integers(2010, 2099)
QUARTERS = st.integers(1, 4)
COUNTS = st.integers(1, 60)


@given(YEARS, QUARTERS)
def test_consecutive_windows_touch_without_gap_or_overlap(year, quarter):
    after = (year + 1, 1) if quarter == 4 else (year, quarter + 1)
    (start, end), (next_start, _end) = data_window(year, quarter), data_window(*after)
    assert start < end
    assert next_start - end == dt.timedelta(days=1)
    assert (start.day, end.day) == (15, 14)


@given(YEARS, QUARTERS, COUNTS)
def test_a_due_date_is_a_working_day_so_many_working_days_later(year, quarter, count):
    _start, end = data_window(year, quarter)
    due = add_working_days(end, count)
    assert is_working_day(due)
    assert due > end
    assert working_days_between(end, due) == count


@given(YEARS, QUARTERS, COUNTS)
def test_one_day_more_is_never_earlier(year, quarter, count):
    _start, end = data_window(year, quarter)
    assert add_working_days(end, count) < add_working_days(end, count + 1)


@given(
    st.sampled_from(PeriodState.values), st.booleans(), st.booleans(), st.sampled_from(QuarterAct)
)
def test_an_act_is_possible_only_where_the_table_has_it(state, earlier_open, later_closed, act):
    reason = quarter_lock(act, QuarterSituation(state, earlier_open, later_closed))
    if (state, act) not in TRANSITIONS:
        assert reason in {QuarterLock.NOT_OPEN_YET, QuarterLock.NOT_CLOSED, QuarterLock.CLOSED}
    elif act is QuarterAct.CLOSE:
        assert (reason is None) == (not earlier_open)
    else:
        assert (reason is None) == (not later_closed)
