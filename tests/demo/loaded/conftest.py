"""Tests that look at the loaded demonstration, which is loaded once for all of them."""

import pytest

from assessments.models import Assessment
from assessments.sheet import Sheet, load_sheet
from tests.demonstration import demonstration_held


@pytest.fixture(scope="package")
def loaded(django_db_setup, django_db_blocker):
    with demonstration_held(django_db_blocker):
        yield


@pytest.fixture
def demo(loaded, db):
    """The demonstration; what a test changes is taken back after it."""


@pytest.fixture(scope="package")
def sheets(loaded) -> list[Sheet]:
    """All 48 assessments with their rows, read once and only looked at."""
    found = Assessment.objects.select_related(
        "unit__parent__parent", "period", "criteria_set", "submitted_by"
    )
    return [load_sheet(assessment) for assessment in found]
