"""Confirming many rows through the API: the page's act, answered row by row."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Event
from criteria import definitions
from ntm_portal.api import confirming
from tests import factories
from tests.demonstrated import demonstrated, demonstration
from tests.verification.conftest import client_of

__all__ = ["client_of", "demonstrated", "demonstration"]
pytestmark = pytest.mark.usefixtures("demonstration")
ADDRESS = "/api/results/confirm/"


@pytest.fixture(autouse=True)
def fresh_definitions():
    definitions.clear()
    yield
    definitions.clear()


def row(slug="ho-thau", code="12.1", period="2023-q3"):
    return factories.row_of(code, slug, period)


def post(client, body):
    text = body if isinstance(body, str) else json.dumps(body)
    return client.post(ADDRESS, text, content_type="application/json")


def named(*rows):
    return {"rows": [{"id": held.pk, "version": held.version} for held in rows]}


def test_what_is_unchanged_is_confirmed_and_the_rest_is_answered_by_itself(client_of):
    kept, changed, foreign, stale = (
        row("ban-giang"),
        row("giang-ma"),
        row(code="14.1"),
        row("ho-thau"),
    )
    body = named(foreign, changed, kept, stale)
    body["rows"][3]["version"] += 1
    answer = post(client_of("phong.lao-dong"), body)
    assert answer.status_code == 200
    found = answer.json()
    assert found["confirmed"] == 1
    assert [one["id"] for one in found["rows"]] == [foreign.pk, changed.pk, kept.pk, stale.pk]
    assert [one["confirmed"] for one in found["rows"]] == [False, False, True, False]
    assert [one["detail"] for one in found["rows"]] == [
        "There is no such row for you.",
        "It changed since last quarter.",
        "",
        "Somebody changed it meanwhile; look at it again.",
    ]
    assert found["rows"][0]["version"] is None
    assert found["rows"][2]["version"] == kept.version + 1
    assert [one["review"] for one in found["rows"]] == [None, "pending", "verified", "pending"]
    (event,) = Event.objects.filter(result=kept, kind="verified")
    assert event.channel == "api"


def test_sent_twice_it_is_done_once(client_of):
    client, body = client_of("phong.lao-dong"), named(row("ban-giang"))
    assert post(client, body).json()["confirmed"] == 1
    version = row("ban-giang").version
    again = post(client, body).json()
    assert again["confirmed"] == 1
    assert again["rows"][0] == {
        "id": row("ban-giang").pk,
        "confirmed": True,
        "detail": "",
        "version": version,
        "review": "verified",
    }
    assert Event.objects.filter(result=row("ban-giang"), kind="verified").count() == 1


@pytest.mark.parametrize("username", ["hoi-phu-nu", "phong.nong-nghiep", "lanhdao", "xa.ho-thau"])
def test_who_does_not_lead_confirms_nothing_and_reads_why(client_of, username):
    held = row()
    answer = post(client_of(username), named(held))
    assert answer.status_code == 200
    (one,) = answer.json()["rows"]
    assert not one["confirmed"]
    assert one["detail"]
    assert row().version == held.version


def test_in_a_closed_quarter_nothing_is_confirmed(client_of):
    held = row(period="2023-q2")
    (one,) = post(client_of("phong.lao-dong"), named(held)).json()["rows"]
    assert "is closed" in one["detail"]
    assert row(period="2023-q2").version == held.version


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        "{",
        "{}",
        {"rows": None},
        {"rows": []},
        {"rows": {}},
        {"rows": [1]},
        {"rows": [{"id": 1}]},
        {"rows": [{"version": 1}]},
        {"rows": [{"id": "x", "version": 1}]},
        {"rows": [{"id": 0, "version": 1}]},
        {"rows": [{"id": 10**30, "version": 1}]},
        {"rows": [{"id": 1, "version": -1}]},
        {"rows": [{"id": 1, "version": 10**30}]},
        {"rows": [{"id": 1, "version": 1, "verdict": "met"}]},
        {"rows": [{"id": 1, "version": 1}, {"id": 1, "version": 2}]},
        {"rows": [{"id": 1, "version": 1}], "verdict": "met"},
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(client_of, body):
    answer = post(client_of("phong.lao-dong"), body)
    assert answer.status_code == 400
    assert answer.json()["detail"]
    assert not Event.objects.filter(kind="verified", channel="api").exists()


def test_too_many_rows_are_refused(client_of):
    many = {"rows": [{"id": n, "version": 0} for n in range(1, confirming.ROWS_AT_ONCE + 2)]}
    answer = post(client_of("phong.lao-dong"), many)
    assert answer.status_code == 400
    assert str(confirming.ROWS_AT_ONCE) in answer.json()["detail"]


def test_a_stranger_and_a_get_change_nothing(client, client_of):
    assert post(client, named(row())).status_code == 403
    assert client_of("phong.lao-dong").get(ADDRESS).status_code == 405


def cost(client, body) -> int:
    with CaptureQueriesContext(connection) as asked:
        post(client, body)
    return len(asked)


def test_the_cost_does_not_grow_with_the_rows(client_of):
    client = client_of("phong.lao-dong")
    changed = row("giang-ma")
    post(client, named(changed))
    some = [row(slug, code) for slug in ("giang-ma", "ban-bo") for code in ("12.1", "12.2", "11")]
    assert cost(client, named(changed)) == cost(client, named(*some))
