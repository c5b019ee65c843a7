"""The page of a paper shows its charts, drawn from its own snapshot, each with its table."""

import re

import pytest

from accounts.models import User
from criteria.models import Criterion
from reports.models import SummaryIssue
from tests.reports import summary_stages as stages

pytestmark = pytest.mark.usefixtures("demonstration")
SLUG = "2023-6-months"


@pytest.fixture
def reader(client):
    client.force_login(User.objects.get(username="xa.ban-bo"))
    return client


def pictures(html: str) -> list[str]:
    return [one.replace("&amp;", "&") for one in re.findall(r'<img src="(/reports/[^"]+)"', html)]


def test_an_issue_shows_three_charts_with_names_and_tables(reader):
    html = reader.get(f"/reports/{SLUG}/").content.decode()
    found = pictures(html)
    assert [one.split("?")[0].rsplit("/", 1)[-1] for one in found] == [
        "trend.svg", "criteria.svg", "communes.svg",
    ]  # fmt: skip
    assert html.count('class="table chart-table"') == 3
    assert len(re.findall(r'<img src="/reports/[^"]+" alt="[^"]{40,}"', html)) == 3
    assert "<td>16,3</td>" in html
    for one in found:
        answer = reader.get(one)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
        assert "max-age=604800" in answer["Cache-Control"]
    assert ">16,3<" in reader.get(found[0]).content.decode()


def test_a_chart_of_an_issue_is_frozen_with_it(reader):
    address = pictures(reader.get(f"/reports/{SLUG}/").content.decode())[1]
    before = reader.get(address).content
    Criterion.objects.update(name="Tên khác")
    assert reader.get(address).content == before
    assert "Tên khác" not in before.decode()


def test_a_chart_whose_content_is_another_now_is_not_kept(reader):
    answer = reader.get(f"/reports/{SLUG}/charts/trend.svg?issue=1&v=123456789012")
    assert "max-age=0" in answer["Cache-Control"]


def test_the_charts_of_a_draft_are_for_those_who_read_drafts(client):
    summary = stages.started()
    address = f"/reports/{summary.slug}/charts/communes.svg"
    client.force_login(stages.coordinator())
    html = client.get(f"/reports/{summary.slug}/preview/").content.decode()
    assert any(one.startswith(address) for one in pictures(html))
    assert client.get(address).status_code == 200
    client.force_login(User.objects.get(username="xa.ban-bo"))
    assert client.get(address).status_code == 404
    assert client.get(f"{address}?issue=1").status_code == 404


@pytest.mark.parametrize(
    "rest", ["other.svg?issue=1", "trend.svg", "trend.svg?issue=9", "trend.svg?issue=x%00"]
)
def test_a_chart_that_there_is_not_is_not_found(reader, rest):
    assert SummaryIssue.objects.filter(summary__slug=SLUG).count() == 1
    assert reader.get(f"/reports/{SLUG}/charts/{rest}").status_code == 404
    assert reader.post(f"/reports/{SLUG}/charts/trend.svg?issue=1").status_code in (404, 405)
