"""What looks wrong is said by the API as by the form; what repeats is said once."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories


@pytest.fixture
def officer(quarters, client_of):
    return client_of(factories.officer())


def send(client, code, body):
    row = factories.row_of(code)
    response = client.patch(
        f"/api/results/{row.pk}/",
        json.dumps({"version": row.version, **body}),
        content_type="application/json",
    )
    return response.status_code, response.json(), row


def test_a_row_that_looks_right_has_no_warning(officer):
    status, answer, _row = send(officer, "11", {"values": {"value": 13}})
    assert (status, answer["warnings"]) == (200, [])


def test_households_that_do_not_fit_their_rate_are_told_and_stored(officer):
    values = {"value": 13, "households": 100, "poor": 168, "near_poor": 0}
    status, answer, row = send(officer, "11", {"values": values})
    assert (status, answer["declared_verdict"]) == (200, "met")
    assert answer["warnings"] == ["Số hộ nghèo và cận nghèo nhiều hơn tổng số hộ."]
    assert officer.get(f"/api/results/{row.pk}/").json()["warnings"] == answer["warnings"]


def test_poor_households_alone_already_cannot_exceed_all(officer):
    values = {"value": 13, "households": 100, "poor": 168}
    _status, answer, _row = send(officer, "11", {"values": values})
    assert len(answer["warnings"]) == 1


def test_an_income_a_million_times_too_high_is_told(officer):
    _status, answer, _row = send(officer, "10", {"values": {"value": 42_000_000}})
    unit, jump = answer["warnings"]
    assert unit.endswith("có phải bạn nhập đồng thay vì triệu đồng?")
    assert "so với quý trước" in jump


def test_shares_of_no_schools_are_asked_about(officer):
    values = {"schools": 0, "minimum": 100, "level_1": 100}
    status, answer, _row = send(officer, "5", {"values": values})
    assert status == 200
    assert "Xã không có trường nào" in answer["warnings"][-1]


def test_a_verifier_reads_the_same_warnings(officer, client_of):
    _status, answer, row = send(officer, "10", {"values": {"value": 42_000_000}})
    office = client_of(factories.coordinator())
    assert office.get(f"/api/results/{row.pk}/").json()["warnings"] == answer["warnings"]


def test_the_warnings_cost_a_few_queries_and_lists_do_without(officer):
    row = factories.row_of("11")
    officer.get(f"/api/results/{row.pk}/")
    with CaptureQueriesContext(connection) as asked:
        officer.get(f"/api/results/{row.pk}/")
    assert len(asked) <= 10
    listed = officer.get("/api/results/?period=2023-q3&indicator=11").json()["results"]
    assert "warnings" not in listed[0]


def test_a_row_never_touched_and_one_cleared_say_the_same(officer):
    row = factories.row_of("11")
    before = officer.get(f"/api/results/{row.pk}/").json()["reason"]
    send(officer, "11", {"values": {"value": 13}})
    _status, cleared, _row = send(officer, "11", {"values": {"value": None}})
    assert before == cleared["reason"] == "Chưa nhập"


def test_a_conflict_has_the_values_in_the_shape_of_the_row(officer):
    row = factories.row_of("11")
    held = officer.get(f"/api/results/{row.pk}/").json()["values"]
    response = officer.patch(
        f"/api/results/{row.pk}/",
        json.dumps({"version": 99, "values": {"value": 13}}),
        content_type="application/json",
    )
    assert response.status_code == 409
    assert response.json()["current"]["values"] == held
    assert set(held.values()) == {None}


def test_two_unknown_fields_are_each_named_once(officer):
    status, answer, _row = send(officer, "11", {"abc": 1, "xyz": 2})
    assert status == 400
    assert answer["detail"] == "Không có trường “abc”. Không có trường “xyz”."
    assert set(answer["errors"]) == {"abc", "xyz"}


def test_two_unknown_values_are_each_named_once_and_shortened(officer):
    status, answer, _row = send(officer, "11", {"values": {"abc": 1, "x" * 9000: 2}})
    assert status == 400
    assert answer["detail"].count("abc") == 1
    assert len(answer["detail"]) < 200


def test_the_same_sentence_about_two_values_is_said_once(officer):
    _status, answer, _row = send(officer, "11", {"values": {"poor": "x", "near_poor": "x"}})
    assert set(answer["errors"]) == {"poor", "near_poor"}
    assert answer["detail"] == answer["errors"]["poor"]
