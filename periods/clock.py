"""What day it is. Demonstration mode and tests let the day stand still (``PORTAL_TODAY``)."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.utils import timezone

_hour: ContextVar[dt.time | None] = ContextVar("hour", default=None)


def today() -> dt.date:
    """The day in Việt Nam, or the day that the installation was told to stand at."""
    if settings.PORTAL_TODAY:
        return dt.date.fromisoformat(settings.PORTAL_TODAY)
    return timezone.localdate()


def now() -> dt.datetime:
    """This moment, on the day that ``today`` gives."""
    moment = timezone.localtime()
    if not settings.PORTAL_TODAY:
        return moment
    told = _hour.get()
    time = told.replace(tzinfo=moment.tzinfo) if told else moment.timetz()
    return dt.datetime.combine(today(), time)


@contextmanager
def at_hour(hour: dt.time) -> Iterator[None]:
    """What a demonstration tells happened when offices are open, whenever it is loaded."""
    before = _hour.set(hour)
    try:
        yield
    finally:
        _hour.reset(before)
