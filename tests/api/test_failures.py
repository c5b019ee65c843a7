"""Whatever goes wrong under /api/ is JSON, in the language that the client asked for."""

import json

import pytest
from django.test import Client, RequestFactory
from django.utils import translation
from rest_framework import exceptions

from ntm_portal import failures
from ntm_portal.paths import is_api
from tests import factories

NOWHERE = ("/api/nope/", "/api/results/abc/", "/api/results/-1/", "/api/statistics/", "/api/%00/")


@pytest.fixture
def officer(quarters, client_of):
    return client_of(factories.officer())


@pytest.mark.parametrize("address", NOWHERE)
@pytest.mark.parametrize("method", ["get", "post", "patch", "put", "delete"])
def test_an_address_that_does_not_exist_answers_json(officer, address, method):
    response = getattr(officer, method)(address)
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/json"
    assert response.json() == {"detail": "Không tìm thấy."}


@pytest.mark.parametrize("address", NOWHERE)
def test_a_stranger_too_is_answered_in_json(client, db, address):
    response = client.get(address)
    assert (response.status_code, response.json()) == (404, {"detail": "Không tìm thấy."})


def test_pages_stay_pages(officer):
    for address in ("/nope/", "/api/docs/nope/"):
        response = officer.get(address)
        assert response.status_code == 404
        assert "<h1>" in response.content.decode()
    assert "<h1>" in officer.get("/api/docs/").content.decode()


def test_a_mistake_of_ours_is_json_without_its_cause(quarters, monkeypatch):
    def broken(self, request):
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr("ntm_portal.api.places.Periods.get", broken)
    client = Client(raise_request_exception=False)
    client.force_login(factories.officer())
    response = client.get("/api/periods/")
    assert response.status_code == 500
    assert response.json() == {"detail": "Hệ thống gặp lỗi"}


def test_every_failure_has_its_json_and_its_page():
    refused = exceptions.APIException
    for view, arguments, status in (
        (failures.bad_request, (ValueError(),), 400),
        (failures.permission_denied, (refused(),), 403),
        (failures.page_not_found, (refused(),), 404),
        (failures.server_error, (), 500),
    ):
        answer = view(RequestFactory().get("/api/x/"), *arguments)
        assert (answer.status_code, list(json.loads(answer.content))) == (status, ["detail"])
        page = view(RequestFactory().get("/x/"), *arguments)
        assert (page.status_code, b"<h1>" in page.content) == (status, True)


def test_only_the_documentation_is_a_page():
    assert is_api("/api/")
    assert is_api("/api/results/1/")
    assert not is_api("/api/docs/")
    assert not is_api("/apiary/")


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("en", "Not found."),
        ("en-US,en;q=0.9", "Not found."),
        ("fr, en;q=0.5, vi;q=0.3", "Not found."),
        ("vi", "Không tìm thấy."),
        ("vi-VN, en;q=0.5", "Không tìm thấy."),
        ("fr", "Không tìm thấy."),
        ("*", "Không tìm thấy."),
        ("", "Không tìm thấy."),
        ("x" * 3000, "Không tìm thấy."),
    ],
)
def test_a_program_says_its_language_by_the_header(officer, header, sentence):
    for address in ("/api/nope/", "/api/results/0/"):
        response = officer.get(address, headers={"Accept-Language": header})
        assert response.json()["detail"] == sentence
        assert "Accept-Language" in response.headers["Vary"]


def test_a_chosen_language_goes_before_the_header(officer):
    officer.cookies["django_language"] = "vi"
    response = officer.get("/api/results/0/", headers={"Accept-Language": "en"})
    assert response.json()["detail"] == "Không tìm thấy."


def test_a_page_does_not_ask_the_header(officer):
    page = officer.get("/api/docs/", headers={"Accept-Language": "en"})
    assert '<html lang="vi">' in page.content.decode()


def test_every_word_of_the_library_that_may_be_heard_is_translated():
    heard = [
        exceptions.AuthenticationFailed, exceptions.MethodNotAllowed, exceptions.NotAcceptable,
        exceptions.NotAuthenticated, exceptions.NotFound, exceptions.ParseError,
        exceptions.PermissionDenied, exceptions.UnsupportedMediaType, exceptions.ValidationError,
        exceptions.APIException,
    ]  # fmt: skip
    for kind in heard:
        with translation.override("en"):
            english = str(kind.default_detail)
        with translation.override("vi"):
            assert str(kind.default_detail) != english, kind


@pytest.mark.parametrize("body", ["null", "[]", "1", '"x"', "{", "{}", '{"version": null}'])
def test_a_refused_body_is_vietnamese_throughout(officer, body):
    row = factories.row_of("11")
    response = officer.patch(f"/api/results/{row.pk}/", body, content_type="application/json")
    assert response.status_code == 400
    detail = response.json()["detail"]
    assert not detail.isascii(), detail
    for word in ("data", "field", "Invalid", "dictionary", "list", "dict"):
        assert word not in detail


@pytest.mark.parametrize("values", ["[]", '"x"', "1", '[{"value": 1}]'])
def test_values_that_are_no_object_are_refused_without_the_words_of_python(officer, values):
    row = factories.row_of("11")
    body = f'{{"version": {row.version}, "values": {values}}}'
    response = officer.patch(f"/api/results/{row.pk}/", body, content_type="application/json")
    assert response.status_code == 400
    told = "Cần gửi các tên kèm giá trị (một đối tượng JSON)."
    assert told in response.json()["errors"].values()


def test_rows_to_confirm_that_are_no_list_are_refused_without_the_words_of_python(
    client_of, quarters
):
    office = client_of(factories.coordinator())
    response = office.post("/api/results/confirm/", '{"rows": {}}', content_type="application/json")
    assert response.status_code == 400
    assert "Cần gửi một danh sách (mảng JSON)." in response.json()["errors"].values()


@pytest.mark.parametrize("address", ["/api/assessments/", "/api/results/"])
@pytest.mark.parametrize("word", ["2023-q9", "abc"])
def test_a_quarter_that_is_not_there_has_the_sentence_of_every_other_name(officer, address, word):
    response = officer.get(f"{address}?period={word}")
    assert response.status_code == 400
    assert response.json()["errors"] == {"period": "Không có mục nào mang tên này."}
