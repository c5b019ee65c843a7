"""Two people describe one file: the second is told, with what stands and what she typed."""

import re

import pytest

from assessments import attaching
from assessments.attaching import Details
from assessments.errors import StaleDescription
from assessments.models import Event, Evidence
from tests import factories
from tests.evidence.test_api import put
from tests.evidence.test_attaching import attach, describe
from tests.evidence.test_pages import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


def described() -> int:
    return Event.objects.filter(kind="described").count()


@pytest.fixture
def file():
    return attach().evidence


def test_the_version_is_another_wherever_something_else_is_said(file):
    seen = {file.version}
    for said in ({"document_number": "1"}, {"document_number": "2"}, {}):
        seen.add(describe(file, **said).version)
    assert len(seen) == 3  # nothing said is nothing said


def test_the_api_answers_409_with_both(officer, file):
    url = f"/api/evidence/{file.pk}/"
    read = officer.get(url).json()["version"]
    assert put(officer, url, {"version": read, "document_number": "1/BB"}).status_code == 200
    late = put(officer, url, {"version": read, "valid_until": "2024-12-31"})
    assert late.status_code == 409
    body = late.json()
    assert body["current"] == {
        "document_number": "1/BB",
        "document_date": None,
        "valid_until": None,
    }
    assert body["yours"] == {"valid_until": "2024-12-31"}
    assert body["detail"]
    assert described() == 1
    again = {"version": body["version"], "valid_until": "2024-12-31"}
    assert put(officer, url, again).status_code == 200
    held = Evidence.objects.get()
    assert (held.document_number, str(held.valid_until)) == ("1/BB", "2024-12-31")


def test_the_very_same_sent_twice_is_stored_once(officer, file):
    url = f"/api/evidence/{file.pk}/"
    body = {"version": file.version, "document_number": "1/BB"}
    assert [put(officer, url, body).status_code for _time in range(2)] == [200, 200]
    assert described() == 1


@pytest.mark.parametrize("version", [None, "", [], {}, 7, "x" * 10_000, "\x00"])
def test_a_version_that_means_nothing_changes_nothing(officer, file, version):
    answer = put(officer, f"/api/evidence/{file.pk}/", {"version": version, "document_number": "1"})
    assert answer.status_code in (400, 409)
    assert answer.json()["detail"]
    assert described() == 0


def test_without_a_version_it_is_asked_for(officer, file):
    answer = officer.patch(
        f"/api/evidence/{file.pk}/", '{"document_number": "1"}', content_type="application/json"
    )
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"version"}


def test_the_page_says_what_stands_and_keeps_what_was_typed(officer, file):
    pk, url = file.pk, f"/evidence/{file.pk}/describe/"
    page = officer.get(page_of()).content.decode()
    read = re.search(rf'name="{pk}-version" value="(\w+)"', page)[1]
    describe(file, by=factories.officer(), document_number="7/BB")
    mine = {f"{pk}-version": read, f"{pk}-document_number": "8/BB"}
    answer = officer.post(url, mine)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Hiện ghi: 7/BB" in text
    assert 'value="8/BB"' in text
    assert Evidence.objects.get().document_number == "7/BB"
    newer = re.search(rf'name="{pk}-version" value="(\w+)"', text)[1]
    assert officer.post(url, mine | {f"{pk}-version": newer}).status_code == 302
    assert Evidence.objects.get().document_number == "8/BB"


def test_the_action_itself_refuses(file):
    with pytest.raises(StaleDescription):
        attaching.describe(
            by=factories.officer(),
            evidence=Evidence.objects.all(),
            evidence_id=file.pk,
            version="other",
            read=lambda held: Details("1/BB"),
            channel="form",
        )
    assert described() == 0
