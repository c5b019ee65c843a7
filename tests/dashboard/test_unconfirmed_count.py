"""How many levels wait to be confirmed: two simple queries, the same number as the list of levels."""

import pytest

from criteria.models import CriteriaSet, Threshold
from dashboard import levels
from dashboard.district_work import unconfirmed_levels

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_it_is_what_the_lists_of_the_sets_in_force_hold():
    listed = sum(levels.unconfirmed_levels(one).count() for one in CriteriaSet.objects.in_force())
    assert unconfirmed_levels() == listed > 0


def test_it_joins_no_more_than_it_must(django_assert_num_queries):
    with django_assert_num_queries(2) as told:
        unconfirmed_levels()
    count = told.captured_queries[1]["sql"]
    assert " JOIN " not in count


def test_sets_not_in_force_and_replaced_levels_are_left_out():
    before = unconfirmed_levels()
    one = (
        Threshold.objects.unconfirmed()
        .filter(valid_to=None, measure__indicator__criterion__criteria_set__slug="ntm")
        .first()
    )
    Threshold.objects.filter(pk=one.pk).update(valid_to="2023-01-01")
    assert unconfirmed_levels() == before - 1
    CriteriaSet.objects.update(state="draft")
    assert unconfirmed_levels() == 0
