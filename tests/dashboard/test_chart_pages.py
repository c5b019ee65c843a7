"""Charts at their own addresses: for whoever is signed in, for quarters that there are."""

import re

import pytest

from accounts.models import User
from communes.models import AdministrativeUnit
from periods.models import ReportingPeriod
from tests.statistics.test_demonstration import add_communes, quarter

pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture
def leader(client):
    client.force_login(User.objects.get(username="lanhdao"))
    return client


KINDS = ["communes", "criteria", "trend"]


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


def pictures(html: str) -> list[str]:
    return [
        address.replace("&amp;", "&")
        for address in re.findall(r'<img src="(/dashboard/[^"]+)"', html)
    ]


def test_the_overview_shows_the_line_of_time_and_the_communes_with_their_tables(leader):
    html = leader.get("/dashboard/?period=2023-q2").content.decode()
    found = pictures(html)
    assert [address.split("?")[0].rsplit("/", 1)[-1] for address in found] == [
        "trend.svg",
        "communes.svg",
    ]
    assert all(leader.get(address).status_code == 200 for address in found)
    assert html.count('class="table chart-table"') == 2
    assert len(re.findall(r'<img src="/dashboard[^"]+" alt="[^"]{40,}"', html)) == 2


def test_the_picture_of_the_page_is_the_one_at_its_address(leader):
    html = leader.get("/dashboard/?period=2023-q2").content.decode()
    drawn = leader.get(pictures(html)[0]).content.decode()
    assert all(f">{average}<" in drawn for average in ("16,0", "16,2", "16,3"))
    assert all(f"<td>{average}</td>" in html for average in ("16,0", "16,2", "16,3"))


def test_the_overview_compares_as_the_statistics_do(leader):
    from assessments.statistics import figures
    from criteria.models import CriteriaSet
    from dashboard.district_charts import counted_line, figures_of
    from periods.clock import today

    begun = list(ReportingPeriod.objects.begun())
    for period in begun:
        criteria_set = CriteriaSet.objects.get(slug="ntm")
        line = counted_line(period, begun, criteria_set)
        assert figures_of(line, period, today()) == figures(period, criteria_set, today())


def test_the_first_quarter_has_no_line_of_time_yet(leader):
    html = leader.get("/dashboard/?period=2022-q4").content.decode()
    assert len(pictures(html)) == 1


def test_too_many_communes_are_a_matrix_and_no_picture(leader):
    add_communes(60, *quarter())
    html = leader.get("/dashboard/?period=2023-q2").content.decode()
    assert [address.split(".svg")[0].rsplit("/", 1)[-1] for address in pictures(html)] == ["trend"]
