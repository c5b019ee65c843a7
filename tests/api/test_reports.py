"""Published summaries through the API: the same for everybody, drafts for nobody, a fixed cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from reports.models import SummaryIssue
from tests.demonstrated import demonstrated, demonstration

__all__ = ["demonstrated", "demonstration"]
pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture
def commune(client_of):
    return client_of(User.objects.get(username="xa.ban-bo"))


def test_what_is_published_is_listed_with_its_files(commune):
    found = commune.get("/api/reports/").json()["results"]
    assert [one["slug"] for one in found] == [
        "2023-6-months",
        "2023-q2",
        "2023-q1",
        "2022-12-months",
    ]
    issue = SummaryIssue.objects.get(summary__slug="2023-q2")
    second = found[1]
    assert (second["code"], second["snapshot_sha256"]) == (issue.code, issue.snapshot_sha256)
    assert {one["format"] for one in second["files"]} == {"pdf", "docx", "xlsx", "brief"}
    assert "snapshot" not in second


def test_it_is_narrowed_down_and_odd_questions_are_answered(commune):
    found = commune.get("/api/reports/?kind=quarter&year=2023").json()["results"]
    assert len(found) == 2
    assert commune.get("/api/reports/?slug=2023-q3").json()["results"] == []
    for odd in ("kind=x", "year=x", "year=99999999999999999999"):
        assert commune.get(f"/api/reports/?{odd}").status_code == 400


def test_the_cost_does_not_grow_with_the_issues(commune):
    with CaptureQueriesContext(connection) as few:
        commune.get("/api/reports/?slug=2023-q2")
    with CaptureQueriesContext(connection) as all_of_them:
        commune.get("/api/reports/")
    assert len(all_of_them) <= len(few)


def test_somebody_signed_out_gets_nothing(client):
    assert client.get("/api/reports/").status_code in (401, 403)
