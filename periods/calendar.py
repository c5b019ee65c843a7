"""Data windows and due dates, in plain Python.

Decree 09/2019/NĐ-CP: a quarter's data runs from the 15th of the month before it begins to the
14th of its last month. The decree leaves the due date to the agency that asks for the report; here
it is the cut-off plus a number of working days: Vietnamese public holidays are left out, and a
Saturday that is worked for a day off beside them counts (``swapped_days``).
"""

import datetime as dt
from functools import lru_cache

import holidays  # public holidays of Việt Nam, with the lunar ones, kept up to date by its authors

from periods.swapped_days import SWAPPED

#: A due date is moved no farther than this: later is a slip of the pen, and would lift it for ever.
LONGEST_EXTENSION = dt.timedelta(days=120)


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[dt.date]:
    """With the working days that were swapped against a Saturday."""
    swapped = {one.off for one in SWAPPED if one.off.year == year}
    return frozenset(holidays.country_holidays("VN", years=year)) | swapped


@lru_cache(maxsize=64)
def _worked_weekends(year: int) -> frozenset[dt.date]:
    """Saturdays that are worked for a day off elsewhere."""
    known = holidays.country_holidays("VN", years=year).weekend_workdays
    return frozenset(known) | {one.worked for one in SWAPPED}


def data_window(year: int, quarter: int) -> tuple[dt.date, dt.date]:
    """First and last day of a quarter's data; ``data_window(2023, 1)`` is 15/12/2022 to 14/3/2023.

    Raises ValueError for a quarter outside 1 to 4.
    """
    if quarter not in (1, 2, 3, 4):
        raise ValueError(f"quarter must be 1 to 4, not {quarter}")
    last_month = quarter * 3
    end = dt.date(year, last_month, 14)
    start = dt.date(year - 1, 12, 15) if quarter == 1 else dt.date(year, last_month - 3, 15)
    return start, end


def is_working_day(day: dt.date) -> bool:
    if day in _worked_weekends(day.year):
        return True
    return day.weekday() < 5 and day not in _public_holidays(day.year)


def next_working_day(day: dt.date) -> dt.date:
    """The day itself where it is worked; else the first one after it."""
    return day if is_working_day(day) else add_working_days(day, 1)


def add_working_days(day: dt.date, count: int) -> dt.date:
    """The ``count``-th working day after ``day`` (which itself does not count)."""
    if count < 0:
        raise ValueError("count must not be negative")
    while count:
        day += dt.timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_between(start: dt.date, end: dt.date) -> int:
    """Working days after ``start`` up to and with ``end``; 0 when ``end`` is not later."""
    return sum(
        is_working_day(start + dt.timedelta(days=n)) for n in range(1, (end - start).days + 1)
    )
