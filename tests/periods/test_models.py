"""Quarters: their names and addresses, and the half-states that the database refuses."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from periods.models import PeriodState, ReportingPeriod

NOW = dt.datetime(2023, 9, 15, 8, tzinfo=dt.UTC)


def quarter(year=2023, number=3, **changes) -> ReportingPeriod:
    period = ReportingPeriod.plan(year, number)
    for name, value in changes.items():
        setattr(period, name, value)
    return period


@pytest.mark.parametrize(
    ("number", "data_to", "due_on"),
    [
        (1, dt.date(2023, 3, 14), dt.date(2023, 3, 23)),
        (2, dt.date(2023, 6, 14), dt.date(2023, 6, 23)),
        (3, dt.date(2023, 9, 14), dt.date(2023, 9, 25)),
        (4, dt.date(2023, 12, 14), dt.date(2023, 12, 25)),
    ],
)
def test_a_planned_quarter_has_its_window_and_default_due_date(number, data_to, due_on):
    period = ReportingPeriod.plan(2023, number)
    assert (period.data_to, period.due_on) == (data_to, due_on)
    assert period.state == PeriodState.PLANNED
    assert period.pk is None


def test_how_many_working_days_is_the_installations_to_say(settings):
    settings.PORTAL_DUE_WORKING_DAYS = 1
    assert ReportingPeriod.plan(2023, 3).due_on == dt.date(2023, 9, 15)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_its_address_follows_from_year_and_quarter(number):
    period = quarter(number=number)
    period.save()
    assert period.slug == f"2023-q{number}"


@pytest.mark.parametrize(("number", "roman"), [(1, "I"), (2, "II"), (3, "III"), (4, "IV")])
def test_it_is_named_as_the_papers_name_it(number, roman):
    with translation.override("en"):
        assert str(quarter(number=number)) == f"Quarter {roman} of 2023"
    with translation.override("vi"):
        assert quarter(number=number).label == f"Quý {roman} năm 2023"
        assert quarter(number=number).short_label == f"Quý {roman}"


def refusal(period: ReportingPeriod) -> list[str]:
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        period.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        period.save()
    return refused.value.messages


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0, 5])
def test_a_fifth_quarter_is_refused(number):
    assert refusal(quarter(quarter=number)) == ["A quarter is 1, 2, 3 or 4."]


@pytest.mark.django_db
def test_a_quarter_exists_once():
    quarter().save()
    assert "This quarter already exists." in refusal(quarter())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"due_on": dt.date(2023, 9, 14)},
        {"due_on": dt.date(2023, 9, 1)},
        {"data_from": dt.date(2023, 9, 14)},
        {"data_from": dt.date(2023, 10, 1)},
    ],
)
def test_the_due_date_comes_after_the_window_and_the_window_has_days(changes):
    assert refusal(quarter(**changes)) == ["The due date must come after the data window."]


@pytest.mark.django_db
def test_the_day_after_the_cut_off_is_the_earliest_due_date():
    quarter(due_on=dt.date(2023, 9, 15)).save()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "opened_at", "closed_at"),
    [
        ("planned", NOW, None),
        ("planned", None, NOW),
        ("open", None, None),
        ("open", NOW, NOW),
        ("closed", None, NOW),
        ("closed", NOW, None),
        ("lost", NOW, NOW),
    ],
)
def test_a_state_that_does_not_fit_its_times_is_refused(state, opened_at, closed_at):
    period = quarter(state=state, opened_at=opened_at, closed_at=closed_at)
    assert refusal(period) == ["The state and its times do not fit together."]


@pytest.mark.django_db
def test_a_quarter_lives_from_planned_through_open_to_closed():
    period = quarter()
    period.save()
    assert not period.is_open
    period.state, period.opened_at = PeriodState.OPEN, timezone.now()
    period.save()
    assert period.is_open
    period.state, period.closed_at = PeriodState.CLOSED, timezone.now()
    period.save()
    assert not period.is_open


@pytest.mark.django_db
def test_quarters_are_asked_for_in_words_of_the_trade():
    for year, number, state in [
        (2022, 4, "closed"),
        (2023, 1, "closed"),
        (2023, 2, "open"),
        (2023, 3, "planned"),
    ]:
        quarter(
            year,
            number,
            state=state,
            opened_at=None if state == "planned" else NOW,
            closed_at=NOW if state == "closed" else None,
        ).save()
    objects = ReportingPeriod.objects
    assert [period.slug for period in objects.open()] == ["2023-q2"]
    assert [period.slug for period in objects.begun()] == ["2023-q2", "2023-q1", "2022-q4"]
    second = objects.get(slug="2023-q2")
    assert [period.slug for period in objects.before(second)] == ["2023-q1", "2022-q4"]


def test_quarters_are_subtracted_across_the_year():
    assert quarter(2023, 1).index - quarter(2022, 4).index == 1
    assert quarter(2023, 3).index - quarter(2022, 4).index == 3


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (dt.date(2023, 9, 20), 5),
        (dt.date(2023, 9, 25), 0),
        (dt.date(2023, 9, 26), -1),
    ],
)
def test_days_left_are_calendar_days_and_go_below_zero(today, left):
    assert quarter().days_left(today) == left


def test_a_lifted_due_date_counts_instead():
    assert quarter().days_left(dt.date(2023, 9, 20), due_on=dt.date(2023, 9, 30)) == 10
