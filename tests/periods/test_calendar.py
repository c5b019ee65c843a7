"""Windows, holidays and working days, in plain dates."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from periods.calendar import (
    add_working_days,
    data_window,
    is_working_day,
    next_working_day,
    working_days_between,
)
from periods.swapped_days import SWAPPED, SwappedDay, swapped_between

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))
COUNTS = st.integers(0, 60)
YEARS = st.integers(2000, 2100)


@pytest.mark.parametrize(
    ("quarter", "start", "end"),
    [
        (1, dt.date(2022, 12, 15), dt.date(2023, 3, 14)),
        (2, dt.date(2023, 3, 15), dt.date(2023, 6, 14)),
        (3, dt.date(2023, 6, 15), dt.date(2023, 9, 14)),
        (4, dt.date(2023, 9, 15), dt.date(2023, 12, 14)),
    ],
)
def test_a_quarters_window_runs_from_the_15th_to_the_14th(quarter, start, end):
    assert data_window(2023, quarter) == (start, end)


@pytest.mark.parametrize("quarter", [-1, 0, 5, 12])
def test_there_is_no_other_quarter(quarter):
    with pytest.raises(ValueError, match=f"not {quarter}"):
        data_window(2023, quarter)


@given(YEARS)
def test_the_windows_of_a_year_leave_no_day_out_and_none_twice(year):
    windows = [data_window(year, quarter) for quarter in (1, 2, 3, 4)]
    windows.append(data_window(year + 1, 1))
    for (_start, end), (start, _end) in pairwise(windows):
        assert start == end + dt.timedelta(days=1)


@pytest.mark.parametrize("swapped", SWAPPED, ids=str)
def test_a_swapped_day_is_off_and_its_saturday_worked(swapped):
    assert swapped.off.weekday() < 5 <= swapped.worked.weekday()
    assert not is_working_day(swapped.off)
    assert is_working_day(swapped.worked)
    assert swapped.source


def test_due_dates_count_the_saturday_that_is_worked():
    """29/4 to 1/5/2024 are off, Saturday 4/5 is worked for 29/4."""
    assert add_working_days(dt.date(2024, 4, 26), 1) == dt.date(2024, 5, 2)
    assert add_working_days(dt.date(2024, 4, 26), 3) == dt.date(2024, 5, 4)
    assert add_working_days(dt.date(2024, 4, 26), 4) == dt.date(2024, 5, 6)
    assert working_days_between(dt.date(2024, 4, 26), dt.date(2024, 5, 6)) == 4


def test_what_is_only_remembered_is_not_called_confirmed():
    assert not any(one.is_confirmed for one in SWAPPED if one.certainty == "memory")
    assert SwappedDay(SWAPPED[0].off, SWAPPED[0].worked, "x", "document").is_confirmed


def test_the_next_working_day():
    assert next_working_day(dt.date(2024, 4, 26)) == dt.date(2024, 4, 26)
    assert next_working_day(dt.date(2024, 4, 27)) == dt.date(2024, 5, 2)
    assert next_working_day(dt.date(2024, 5, 4)) == dt.date(2024, 5, 4)


def test_swaps_of_a_span():
    year = swapped_between(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert [one.worked for one in year] == [dt.date(2024, 5, 4)]
    assert swapped_between(dt.date(2023, 1, 1), dt.date(2023, 12, 31)) == []


@pytest.mark.parametrize(
    "day",
    [
        dt.date(2023, 1, 23),  # Tết, second day of the lunar year
        dt.date(2024, 2, 12),  # Tết, third day
        dt.date(2023, 9, 1),  # the day beside National Day
        dt.date(2024, 9, 2),  # National Day, a Monday
        dt.date(2024, 4, 30),
        dt.date(2024, 5, 1),
        dt.date(2024, 4, 18),  # Hùng Kings, by the moon
        dt.date(2024, 1, 1),
        dt.date(2023, 9, 16),  # a Saturday
        dt.date(2023, 9, 17),  # a Sunday
    ],
)
def test_holidays_and_weekends_are_not_worked(day):
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [dt.date(2023, 9, 15), dt.date(2023, 9, 20), dt.date(2024, 2, 20)])
def test_other_days_are(day):
    assert is_working_day(day)


def test_tet_is_skipped():
    """In 2024 Tết was off from Thursday 8 to Wednesday 14 February."""
    assert add_working_days(dt.date(2024, 2, 7), 1) == dt.date(2024, 2, 15)


def test_national_day_is_skipped():
    """In 2023 it was off from Friday 1 to Monday 4 September."""
    assert add_working_days(dt.date(2023, 8, 31), 1) == dt.date(2023, 9, 5)


def test_the_due_date_of_the_open_quarter_is_seven_working_days_after_its_cut_off():
    assert add_working_days(dt.date(2023, 9, 14), 7) == dt.date(2023, 9, 25)


def test_days_are_not_counted_backwards():
    with pytest.raises(ValueError, match="negative"):
        add_working_days(dt.date(2023, 9, 14), -1)


@given(DAYS)
def test_adding_no_days_changes_nothing(day):
    assert add_working_days(day, 0) == day


@given(DAYS, st.integers(1, 60))
def test_one_always_lands_on_a_working_day_later(day, count):
    reached = add_working_days(day, count)
    assert is_working_day(reached)
    assert reached >= day + dt.timedelta(days=count)


@given(DAYS, COUNTS, COUNTS)
def test_adding_twice_is_adding_the_sum(day, first, second):
    assert add_working_days(add_working_days(day, first), second) == add_working_days(
        day, first + second
    )


@given(DAYS, st.integers(1, 60))
def test_counting_between_undoes_adding(day, count):
    assert working_days_between(day, add_working_days(day, count)) == count


@given(DAYS, st.integers(0, 400))
def test_there_is_nothing_between_a_day_and_an_earlier_one(day, back):
    assert working_days_between(day, day - dt.timedelta(days=back)) == 0
