"""More than the portal takes: JSON with a sentence for programs, a page for people."""

import json

import pytest
from django.conf import settings

from tests import factories

MEGABYTE = 1024 * 1024


@pytest.fixture
def officer(quarters, client_of):
    return client_of(factories.officer())


def sent(client, size: int, method: str = "patch", kind: str = "application/json"):
    row = factories.row_of("11")
    body = json.dumps({"version": row.version, "note": "x" * size})
    return getattr(client, method)(f"/api/results/{row.pk}/", body, content_type=kind), row


@pytest.mark.parametrize("size", [settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 10, 11 * MEGABYTE])
def test_a_body_beyond_the_limit_is_answered_with_json(officer, size):
    answer, row = sent(officer, size)
    assert answer.status_code == 413
    assert answer.json().keys() == {"detail"}
    assert "2 MB" in answer.json()["detail"]
    row.refresh_from_db()
    assert row.note == ""


@pytest.mark.parametrize("size", [250_000, MEGABYTE, settings.DATA_UPLOAD_MAX_MEMORY_SIZE - 100])
def test_a_long_note_below_it_is_said_to_be_too_long_and_not_to_be_no_json(officer, size):
    answer, row = sent(officer, size)
    assert answer.status_code == 413
    assert answer["Content-Type"].startswith("application/json")
    assert answer.json().keys() == {"detail"}
    assert "dài" in answer.json()["detail"]
    assert "200 kB" in answer.json()["detail"]
    assert "JSON" not in answer.json()["detail"]
    row.refresh_from_db()
    assert row.note == ""


def test_a_note_that_can_be_read_is_refused_by_its_field(officer):
    answer, _row = sent(officer, 100_000)
    assert answer.status_code == 400
    assert answer.json()["errors"].keys() == {"note"}


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain"])
def test_what_is_no_json_is_refused_as_json_however_large(officer, kind):
    answer, _row = sent(officer, settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 10, kind=kind)
    assert answer.status_code == 413
    assert answer["Content-Type"].startswith("application/json")
