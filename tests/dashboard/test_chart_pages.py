"""Charts at their own addresses: for whoever is signed in, for quarters that there are."""

import pytest

from accounts.models import User
from communes.models import AdministrativeUnit
from periods.models import ReportingPeriod

pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture
def leader(client):
    client.force_login(User.objects.get(username="lanhdao"))
    return client


KINDS = ["communes", "criteria"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_is_a_picture_that_the_browser_keeps(leader, kind):
    answer = leader.get(f"/dashboard/charts/{kind}.svg?period=2023-q2&v=abc")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert "private" in answer["Cache-Control"]
    assert "max-age=604800" in answer["Cache-Control"]
    assert "<svg" in answer.content.decode()


def test_an_address_without_its_content_is_not_kept(leader):
    assert "max-age=0" in leader.get("/dashboard/charts/communes.svg")["Cache-Control"]


@pytest.mark.parametrize(
    "address",
    [
        "other.svg",
        "communes.svg?period=2030-q1",
        "communes.svg?period=%00",
        "communes.svg?period=x'",
    ],
)
def test_a_chart_that_there_is_not_is_not_found(leader, address):
    assert leader.get(f"/dashboard/charts/{address}").status_code == 404


def test_before_the_first_quarter_there_is_no_chart(leader):
    ReportingPeriod.objects.update(state="planned", opened_at=None, closed_at=None)
    assert leader.get("/dashboard/charts/communes.svg").status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_a_quarter_without_communes_is_a_picture_and_not_an_error(leader, kind):
    AdministrativeUnit.objects.filter(in_programme=True).update(in_programme=False)
    assert leader.get(f"/dashboard/charts/{kind}.svg?period=2023-q3").status_code == 200


def test_a_chart_is_for_whoever_is_signed_in(client):
    assert client.get("/dashboard/charts/communes.svg").status_code == 302
    client.force_login(User.objects.get(username="xa.ban-bo"))
    assert client.get("/dashboard/charts/communes.svg").status_code == 200
    assert client.post("/dashboard/charts/communes.svg").status_code == 405
