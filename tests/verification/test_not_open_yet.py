"""The verification's addresses before their quarter is opened: words, not a bare 404."""

import pytest

from periods.models import ReportingPeriod
from tests import factories
from tests.dashboard.test_overview import words

pytestmark = pytest.mark.django_db
QUARTER, CRITERION = "/verification/2023-q4/", "/verification/2023-q4/12/"
ADDRESSES = [QUARTER, "/verification/?period=2023-q4", CRITERION]


@pytest.fixture(autouse=True)
def planned(reference):
    factories.open_quarter(2023, 3)
    period = ReportingPeriod.plan(2023, 4)
    period.save()
    return period


@pytest.fixture
def signed_in(client):
    def sign_in(user):
        client.cookies["django_language"] = "en"
        client.force_login(user)
        return client

    return sign_in


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "make", [lambda: factories.department("lao-dong"), factories.coordinator, factories.leader]
)
def test_it_says_that_it_is_not_open_yet_with_the_lock_and_a_way_back(signed_in, address, make):
    answer = signed_in(make()).get(address)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Quarter IV of 2023 is not open yet." in words(html)
    assert "send their figures by 25/12/2023" in words(html)
    assert 'data-lock="not_open_yet"' in html
    assert 'class="btn btn-secondary" href="/verification/"' in html


@pytest.mark.parametrize("act", ["confirm/", "rows/1/"])
def test_nothing_can_be_decided_there(signed_in, act):
    sent = {"row": "1:0", "act": "confirm", "version": "0"}
    answer = signed_in(factories.department("lao-dong")).post(f"{CRITERION}{act}", sent)
    assert answer.status_code == 403
    assert "is not open yet" in words(answer.content.decode())


@pytest.mark.parametrize(
    "address",
    [
        "/verification/2023-q2/",  # never planned
        "/verification/2023-q2/12/",
        "/verification/2023-q4/99/",
        "/verification/2023-q4/2/",  # of others
        "/verification/2023-q4/12/?set=nothing",
        "/verification/2023-q4/12/?set=huyen-ntm",
        "/verification/2023-q4/12/?set=%00",
        "/verification/nothing/",
        "/verification/?period=nothing",
        "/verification/?period=%00",
    ],
)
def test_what_is_not_there_or_not_theirs_is_not_found(signed_in, address):
    assert signed_in(factories.department("lao-dong")).get(address).status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_commune_never_opens_it(signed_in, address):
    answer = signed_in(factories.officer()).get(address)
    assert answer.status_code == 403
    assert "is not open yet" not in words(answer.content.decode())


def test_a_quarter_that_has_begun_leads_to_its_queue(signed_in):
    answer = signed_in(factories.coordinator()).get("/verification/2023-q3/")
    assert (answer.status_code, answer["Location"]) == (302, "/verification/?period=2023-q3")


def test_once_opened_they_are_the_pages(signed_in):
    factories.open_quarter(2023, 4)
    client = signed_in(factories.coordinator())
    assert client.get(QUARTER).status_code == 302
    for address in ADDRESSES[1:]:
        page = client.get(address)
        assert page.status_code == 200
        assert "data-lock" not in page.content.decode()
