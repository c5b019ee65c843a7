"""Changing a row through the API: the form's action, its locks, its trace, exact numbers."""

import json
from decimal import Decimal

import pytest

from assessments.models import Assessment, Channel, Event, IndicatorResult, MeasureValue
from tests import factories


@pytest.fixture
def officer(quarters, client_of):
    return client_of(factories.officer())


def send(client, row, body, **options):
    """``body`` as a dict, or as the very text."""
    text = body if isinstance(body, str) else json.dumps(body)
    return client.patch(f"/api/results/{row.pk}/", text, content_type="application/json", **options)


def poverty():
    return factories.row_of("11")


def number(row, key="value"):
    return MeasureValue.objects.get(result=row, measure__key=key).number


def test_a_value_is_stored_evaluated_and_traced(officer):
    row = poverty()
    response = send(officer, row, {"version": row.version, "values": {"value": 25.52}})
    assert response.status_code == 200
    answer = response.json()
    assert answer["version"] == row.version + 1
    assert answer["values"]["value"] == 25.52
    assert number(row) == Decimal("25.52")
    event = Event.objects.filter(result=row).latest("pk")
    assert (event.channel, event.by.username) == (Channel.API, "xa.ban-bo")


def test_the_rest_of_the_row_stays(officer):
    row = poverty()
    send(officer, row, {"version": 1, "values": {"value": 12, "households": 100}, "note": "Một"})
    response = send(officer, row, {"version": 2, "values": {"poor": 7, "near_poor": 5}})
    answer = response.json()
    assert answer["values"] == {"value": 12, "households": 100, "poor": 7, "near_poor": 5}
    assert answer["note"] == "Một"
    assert answer["declared_verdict"] == "met"
    cleared = send(officer, row, {"version": 3, "values": {"value": None}}).json()
    assert cleared["values"]["value"] is None
    assert cleared["declared_verdict"] == "missing"


@pytest.mark.parametrize("text", ["25.52", '"25,52"', '"25.52"', "25.520", "2.552e1"])
def test_a_number_arrives_exactly_however_it_is_written(officer, text):
    row = poverty()
    response = send(officer, row, f'{{"version": 1, "values": {{"value": {text}}}}}')
    assert response.status_code == 200
    assert number(row) == Decimal("25.52")


def test_households_may_be_written_with_points_as_text_and_never_as_a_fraction(officer):
    row = poverty()
    body = '{"version": 1, "values": {"households": "1.087"}}'
    assert send(officer, row, body).json()["values"]["households"] == 1087
    for language in ("vi", "en"):
        fraction = '{"version": 2, "values": {"households": 1.087}}'
        response = send(officer, row, fraction, headers={"Accept-Language": language})
        assert response.status_code == 400


def test_a_fraction_that_no_binary_number_holds_is_stored_as_written(officer):
    row = poverty()
    assert send(officer, row, '{"version": 1, "values": {"value": 0.07}}').status_code == 200
    assert str(number(row)) == "0.07"


@pytest.mark.parametrize(
    "value",
    ["101", "-1", "1e9", "1e999999999", "1e-999999999", '"abc"', '"1.234,5"', "25.523", "true",
     "[1]", '{"a": 1}', "9" * 4000, '"' + "9" * 5000 + '"', '"\\u0000"', '"½"'],
)  # fmt: skip
def test_a_wrong_number_is_refused_beside_its_name(officer, value):
    row = poverty()
    response = send(officer, row, f'{{"version": 1, "values": {{"value": {value}}}}}')
    assert response.status_code == 400
    assert response.json()["errors"]["value"]
    assert not row.values.exists()


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "null", "1", '"x"', "NaN", '{"version": NaN}', '{"version": Infinity}',
     '{"version": null}', "{}", '{"version": -1}', '{"version": "x"}', '{"version": 1.5}',
     '{"version": 1, "values": []}', '{"version": 1, "values": 3}', '{"version": 1, "values": null}',
     '{"version": 1, "values": {"no-such": 1}}', '{"version": 1, "nonsense": 1}',
     '{"version": 1, "note": {"a": 1}}', '{"version": 1, "note": null}', '{"version": 1, "note": "\\u0000"}',
     '{"version": 1, "note": "\\ud800"}', '{"version": 1, "values": {"\\ud800": 1}}',
     '{"version": 1, "stated": "perhaps"}', '{"version": 1, "stated": []}',
     '{"version": 1, "not_applicable": true}', '{"version": 1, "not_applicable": null}',
     "[" * 100_000, '{"version": ' + "9" * 5000 + "}", "\ufeff{}", '{"version": 1, "version": "x"}'],
)  # fmt: skip
def test_what_is_no_change_of_a_row_is_refused(officer, body):
    row = poverty()
    response = send(officer, row, body)
    assert response.status_code == 400
    assert response.json()["detail"]
    row.refresh_from_db()
    assert row.version == 1


def test_more_than_a_row_can_hold_is_refused(officer):
    long = "x" * 10_000
    response = send(officer, poverty(), {"version": 1, "note": long})
    assert response.status_code == 400
    assert "note" in response.json()["errors"]
    assert send(officer, poverty(), {"version": 1, "note": "x" * 300_000}).status_code == 413


def test_bytes_that_are_no_text_are_refused(officer):
    row = poverty()
    response = officer.patch(
        f"/api/results/{row.pk}/", b"\xff\xfe\x00", content_type="application/json"
    )
    assert response.status_code == 400


def test_a_form_is_not_read(officer):
    row = poverty()
    assert officer.patch(f"/api/results/{row.pk}/", {"version": 1}).status_code == 415


def test_a_stale_version_shows_both_values_and_stores_nothing(officer, client_of):
    row = poverty()
    colleague = client_of(factories.officer("ban-bo", "xa.ban-bo.2"))
    assert send(colleague, row, {"version": 1, "values": {"value": 20}}).status_code == 200
    response = send(officer, row, '{"version": 1, "values": {"value": 25.52}, "note": "Của tôi"}')
    assert response.status_code == 409
    answer = response.json()
    assert answer["version"] == 2
    assert answer["current"]["values"]["value"] == 20
    assert answer["current"]["changed_by"] == "xa.ban-bo.2"
    assert answer["yours"]["note"] == "Của tôi"
    assert Decimal(str(answer["yours"]["values"]["value"])) == Decimal("25.52")
    assert number(row) == 20


def test_sending_the_same_twice_stores_once(officer):
    row = poverty()
    body = {"version": 1, "values": {"value": 20}}
    first, second = send(officer, row, body), send(officer, row, body)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert Event.objects.filter(result=row).count() == 1


def test_a_closed_quarter_is_refused_by_name(officer):
    row = factories.row_of("11", period="2023-q2")
    response = send(officer, row, {"version": row.version, "values": {"value": 1}})
    assert response.status_code == 403
    assert response.json()["lock"] == "period_closed"
    assert response.json()["detail"]


def test_what_was_sent_is_refused_by_name(officer):
    held = factories.assessment("ban-bo")
    Assessment.objects.filter(pk=held.pk).update(
        state="submitted", submitted_at=held.period.opened_at, submitted_by=factories.officer()
    )
    response = send(officer, poverty(), {"version": 1, "values": {"value": 1}})
    assert (response.status_code, response.json()["lock"]) == (403, "submitted")


def test_even_the_standing_office_does_not_enter_for_a_commune(quarters, client_of):
    client = client_of(factories.coordinator())
    response = send(client, poverty(), {"version": 1, "values": {"value": 1}})
    assert (response.status_code, response.json()["lock"]) == (403, "not_yours")


def test_a_row_of_another_commune_does_not_exist(officer):
    foreign = factories.row_of("11", "ho-thau")
    assert send(officer, foreign, {"version": 1, "values": {"value": 1}}).status_code == 404
    assert not foreign.values.exists()


def test_a_write_needs_the_token_of_the_session(quarters, client_of):
    client = client_of(factories.officer(), enforce_csrf_checks=True)
    response = send(client, poverty(), {"version": 1, "values": {"value": 1}})
    assert response.status_code == 403
    assert "CSRF" in response.json()["detail"]


def test_yes_and_no_are_true_and_false(officer):
    row = IndicatorResult.objects.filter(
        assessment=factories.assessment("ban-bo"), indicator__measures__kind="boolean"
    ).first()
    key = row.indicator.measures.get(kind="boolean").key
    met = send(officer, row, {"version": 1, "values": {key: True}}).json()
    assert (met["declared_verdict"], met["values"][key]) == ("met", True)
    failed = send(officer, row, {"version": 2, "values": {key: False}}).json()
    assert (failed["declared_verdict"], failed["values"][key]) == ("not_met", False)
    assert send(officer, row, {"version": 3, "values": {key: 1}}).status_code == 400


def test_a_note_typed_with_loose_accents_is_stored_composed(officer):
    row = poverty()
    answer = send(officer, row, {"version": 1, "note": "a\u0302\u0301u"}).json()
    assert answer["note"] == "ấu"


def test_a_row_is_written_in_few_queries(officer, django_assert_max_num_queries):
    row = poverty()
    send(officer, row, {"version": 1, "values": {"value": 20}})
    with django_assert_max_num_queries(20):
        send(officer, row, {"version": 2, "values": {"value": 21}})
