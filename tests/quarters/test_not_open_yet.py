"""The entry form's address before its quarter is opened: words, not a bare 404."""

import pytest

from accounts.models import Role
from periods.models import ReportingPeriod
from tests import factories
from tests.dashboard.test_overview import words

pytestmark = pytest.mark.django_db
ADDRESS = "/assessments/2023-q4/ban-bo/ntm/"


@pytest.fixture
def planned(reference):
    factories.open_quarter(2023, 3)
    period = ReportingPeriod.plan(2023, 4)
    period.save()
    return period


def ask(client, user, address=ADDRESS, language="en"):
    client.cookies["django_language"] = language
    client.force_login(user)
    return client.get(address)


def test_it_says_that_it_is_not_open_yet_and_when_it_opens(client, planned):
    answer = ask(client, factories.officer())
    assert answer.status_code == 200
    page = words(answer.content.decode())
    assert "Quarter IV of 2023 is not open yet." in page
    assert "opens on 15/09/2023" in page or "has not opened it yet" in page
    assert "due on 25/12/2023" in page
    assert 'data-lock="not_open_yet"' in answer.content.decode()


def test_before_its_data_begin_it_names_the_day(client, planned, settings):
    settings.PORTAL_TODAY = "2023-09-10"
    page = words(ask(client, factories.officer()).content.decode())
    assert "so it opens on 15/09/2023" in page
    settings.PORTAL_TODAY = "2023-09-15"
    page = words(ask(client, factories.officer()).content.decode())
    assert "has not opened it yet" in page


@pytest.mark.parametrize(
    "make",
    [
        lambda: factories.department("lao-dong"),
        factories.coordinator,
        factories.leader,
        lambda: factories.person(Role.ADMINISTRATOR),
    ],
)
def test_the_district_reads_it_too(client, planned, make):
    assert ask(client, make()).status_code == 200


def test_nothing_can_be_sent_there(client, planned):
    ask(client, factories.officer())
    answer = client.post(ADDRESS, {"x": "1"})
    assert answer.status_code == 403
    assert "is not open yet" in words(answer.content.decode())


@pytest.mark.parametrize(
    "address",
    [
        "/assessments/2023-q4/ho-thau/ntm/",  # another commune's
        "/assessments/2024-q4/ban-bo/ntm/",  # no such quarter
        "/assessments/2023-q4/ban-bo/huyen-ntm/",  # not a set of communes
        "/assessments/2023-q4/ban-bo/nothing/",
        "/assessments/2023-q4/nothing/ntm/",
        "/assessments/2023-q2/ban-bo/ntm/",  # never planned
    ],
)
def test_what_is_not_theirs_or_does_not_exist_is_not_found(client, planned, address):
    assert ask(client, factories.officer(), address).status_code == 404


def test_an_agency_without_a_duty_in_the_set_does_not_find_it(client, planned):
    from assignments.models import IndicatorAssignment

    IndicatorAssignment.objects.filter(agency__slug="lao-dong").delete()
    assert ask(client, factories.department("lao-dong")).status_code == 404


def test_once_opened_it_is_the_form(client, planned):
    factories.open_quarter(2023, 4)
    page = ask(client, factories.officer())
    assert page.status_code == 200
    assert "data-lock" not in page.content.decode()
