"""The demonstration publishes when offices are open, whenever it is loaded."""

import datetime as dt

import pytest
from django.utils import timezone

from periods.clock import at_hour, now
from reports.models import SummaryIssue

pytestmark = pytest.mark.usefixtures("demonstration")


def test_the_papers_of_the_demonstration_come_out_in_the_afternoon():
    moments = [timezone.localtime(one.published_at) for one in SummaryIssue.objects.all()]
    assert moments
    assert {f"{one:%H:%M}" for one in moments} == {"15:10"}


def test_the_hour_is_told_only_within(settings):
    settings.PORTAL_TODAY = "2023-07-11"
    with at_hour(dt.time(8, 0)):
        assert f"{now():%Y-%m-%d %H:%M}" == "2023-07-11 08:00"
    settings.PORTAL_TODAY = ""
    with at_hour(dt.time(8, 0)):
        assert abs(now() - timezone.now()) < dt.timedelta(minutes=1), "a real clock stays real"
