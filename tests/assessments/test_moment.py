"""A time as it stands in a sentence."""

import datetime as dt

import pytest
from django.utils import translation

from assessments.wording import moment

AT = dt.datetime(2023, 9, 19, 23, 35, tzinfo=dt.UTC)  # the next morning in Việt Nam


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "06:35 ngày 20/09/2023"), ("en", "06:35 20/09/2023")]
)
def test_a_time_and_its_day_are_told_apart(language, words):
    with translation.override(language):
        assert moment(AT) == words
