"""What day it is. Demonstration mode and tests let the day stand still (``PORTAL_TODAY``)."""

import datetime as dt

from django.conf import settings
from django.utils import timezone


def today() -> dt.date:
    """The day in Việt Nam, or the day that the installation was told to stand at."""
    if settings.PORTAL_TODAY:
        return dt.date.fromisoformat(settings.PORTAL_TODAY)
    return timezone.localdate()


def now() -> dt.datetime:
    """This moment, on the day that ``today`` gives."""
    moment = timezone.localtime()
    return dt.datetime.combine(today(), moment.timetz()) if settings.PORTAL_TODAY else moment
