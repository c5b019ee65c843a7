"""The reason for a blank goes when a value comes, and the trace says so."""

from decimal import Decimal

import pytest

from assessments.models import Event
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
REASON = "Chưa có số liệu"
FORM = "/assessments/2023-q3/ban-bo/ntm/"


@pytest.fixture
def officer(client):
    client.force_login(factories.officer())
    return client


def test_a_value_takes_the_reason_away_and_the_trace_shows_both():
    factories.save("11", absence_reason=REASON)
    row = factories.save("11", {"value": Decimal(13)}, absence_reason=REASON)[1].result
    row.refresh_from_db()
    assert (row.declared_verdict, row.absence_reason) == ("met", "")
    event = Event.objects.filter(result=row).latest("pk")
    assert event.before["absence_reason"] == REASON
    assert event.after["absence_reason"] == ""


def test_a_reason_beside_a_value_is_not_stored_and_changes_nothing():
    row = factories.save("11", {"value": Decimal(13)})[1].result
    again = factories.save("11", {"value": Decimal(13)}, absence_reason=REASON)[1].result
    assert (again.version, again.absence_reason) == (row.version, "")


def test_a_row_that_is_still_incomplete_keeps_its_reason():
    row = factories.save("11", {"households": Decimal(100)}, absence_reason=REASON)[1].result
    assert (row.declared_verdict, row.absence_reason) == ("missing", REASON)


def test_not_applicable_keeps_its_reason():
    row = factories.save("13.4", not_applicable=True, absence_reason=REASON)[1].result
    assert row.absence_reason == REASON


def test_the_form_says_that_the_reason_was_not_kept(officer):
    row = factories.row_of("11")
    data = {f"{row.pk}-version": row.version, f"{row.pk}-value": "13"}
    data[f"{row.pk}-absence_reason"] = REASON
    answer = officer.post(f"{FORM}rows/{row.pk}/", data)
    assert answer.status_code == 200
    assert "lý do để trống không được lưu" in answer.content.decode()
    row.refresh_from_db()
    assert row.absence_reason == ""
    data = {f"{row.pk}-version": row.version, f"{row.pk}-value": "12"}
    assert "không được lưu" not in officer.post(f"{FORM}rows/{row.pk}/", data).content.decode()


def test_without_a_script_it_is_said_too(officer):
    row = factories.row_of("11")
    data = {f"{row.pk}-version": row.version, f"{row.pk}-value": "13"}
    data[f"{row.pk}-absence_reason"] = REASON
    page = officer.post(FORM, data, follow=True).content.decode()
    assert "lý do để trống không được lưu" in page


def test_the_api_answers_with_the_row_as_it_is(officer):
    row = factories.row_of("11")
    body = {"version": row.version, "values": {"value": 13}, "absence_reason": REASON}
    answer = officer.patch(f"/api/results/{row.pk}/", body, content_type="application/json").json()
    assert (answer["values"]["value"], answer["absence_reason"]) == (13, "")
