"""What day it is."""

import datetime as dt

import time_machine

from periods.clock import now, today


def test_the_day_stands_still_where_it_was_told_to(settings):
    settings.PORTAL_TODAY = "2023-09-20"
    assert today() == dt.date(2023, 9, 20)
    assert now().date() == dt.date(2023, 9, 20)
    assert now().utcoffset() == dt.timedelta(hours=7)


def test_otherwise_it_is_the_day_in_viet_nam_and_not_in_greenwich(settings):
    settings.PORTAL_TODAY = ""
    with time_machine.travel(dt.datetime(2024, 12, 31, 17, 30, tzinfo=dt.UTC), tick=False):
        assert today() == dt.date(2025, 1, 1)
        assert now().date() == dt.date(2025, 1, 1)
