"""Whoever asks for JSON is refused in JSON, in one shape; browsers and scripts as before."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assessments.models import Evidence
from assessments.pictures import PREVIEW_TYPE
from tests import factories
from tests.evidence import builders as make
from tests.evidence.bodies import BOUNDARY
from tests.evidence.test_attaching import attach, describe
from tests.evidence.test_pages import SCRIPT, page_of, upload
from tests.evidence.test_too_much import FILES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
JSON = {"Accept": "application/json"}
#: What a browser sends for a page, for a picture, and what an XMLHttpRequest of ours sends.
BROWSERS = ["text/html,application/xhtml+xml,*/*;q=0.8", "image/avif,image/webp,*/*;q=0.8", "*/*"]


def refused(answer, status: int) -> dict:
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/json"
    body = answer.json()
    assert isinstance(body["detail"], str)
    assert body["detail"]
    assert isinstance(body["errors"], dict)
    return body


@pytest.mark.parametrize("accept", ["application/json", "application/json, text/plain, */*"])
def test_a_file_that_is_not_taken(officer, stored, accept):
    answer = upload(officer, ("b.pdf", b"<html>"), headers={"Accept": accept})
    body = refused(answer, 422)
    assert body["errors"] == {"files": body["detail"]}
    assert body["detail"].startswith("b.pdf: Đây là trang web")
    assert body["kept"] == []
    assert stored() == []


def test_of_several_it_says_which_are_kept(officer):
    answer = upload(officer, ("a.pdf", make.pdf()), ("b.pdf", b"<html>"), headers=JSON)
    assert refused(answer, 422)["kept"] == ["a.pdf"]
    assert Evidence.objects.get().name == "a.pdf"


def test_no_file_at_all(officer):
    body = refused(officer.post(page_of(), {}, headers=JSON), 422)
    assert body["errors"] == {"files": "Hãy chọn ít nhất một tệp."}


def test_what_is_taken_is_answered_as_before(officer):
    assert upload(officer, ("a.pdf", make.pdf()), headers=JSON).status_code == 302
    assert Evidence.objects.count() == 1


def test_a_row_that_cannot_be_changed(officer):
    factories.sent()
    body = refused(upload(officer, ("a.pdf", make.pdf()), headers=JSON), 422)
    assert "a.pdf: " in body["detail"]


@pytest.mark.parametrize("act", ["", "view/", "preview/", "describe/", "remove/"])
def test_what_is_not_there_or_not_yours(officer, client, act):
    held = attach().evidence
    assert refused(officer.get("/evidence/999999/" + act, headers=JSON), 404)["errors"] == {}
    client.force_login(factories.officer("giang-ma"))
    refused(client.get(f"/evidence/{held.pk}/{act}", headers=JSON), 404)
    refused(client.get(page_of(), headers=JSON), 404)


def test_a_role_without_the_page(client):
    held = attach().evidence
    client.force_login(factories.leader())
    body = refused(client.post(f"/evidence/{held.pk}/remove/", {}, headers=JSON), 403)
    assert body["detail"].startswith("Trang này dành cho")


def test_somebody_signed_out_is_told_the_way_to_sign_in(client):
    attach()
    answer = upload(client, ("a.pdf", make.pdf()), headers=JSON)
    assert answer.status_code == 401
    assert answer.json()["sign_in"] == "/accounts/login/"


def test_a_description_that_cannot_be(officer):
    held = attach().evidence
    sent = {f"{held.pk}-version": held.version, f"{held.pk}-document_date": "31/31/2023"}
    body = refused(officer.post(f"/evidence/{held.pk}/describe/", sent, headers=JSON), 422)
    assert list(body["errors"]) == ["document_date"]
    assert body["errors"]["document_date"] in body["detail"]


def test_a_description_that_somebody_changed_meanwhile(officer):
    held = attach().evidence
    stale = held.version
    describe(held, by=factories.officer(), document_number="7/BB")
    sent = {f"{held.pk}-version": stale, f"{held.pk}-document_number": "8/BB"}
    body = refused(officer.post(f"/evidence/{held.pk}/describe/", sent, headers=JSON), 409)
    assert body["version"] == Evidence.objects.get().version != stale
    assert "7/BB" in body["errors"]["row"]
    assert Evidence.objects.get().document_number == "7/BB"
    sent[f"{held.pk}-version"] = body["version"]
    again = officer.post(f"/evidence/{held.pk}/describe/", sent, headers=JSON)
    assert again.status_code == 302
    assert Evidence.objects.get().document_number == "8/BB"


def test_a_removal_without_a_reason(officer):
    held = attach().evidence
    body = refused(officer.post(f"/evidence/{held.pk}/remove/", {}, headers=JSON), 422)
    assert list(body["errors"]) == ["reason"]
    assert Evidence.objects.standing().exists()


def test_more_than_one_request_takes(officer, stored, settings):
    body = refused(upload(officer, *FILES, headers=JSON), 413)
    assert body["errors"] == {"files": body["detail"]}
    settings.EVIDENCE_MAX_BYTES = 100
    large = {"files": SimpleUploadedFile("a.pdf", b"x" * 2_000_000)}
    refused(officer.post(page_of(), large, headers=JSON), 413)
    assert stored() == []


def test_a_body_that_is_no_form(officer):
    wrong = f"multipart/form-data; boundary={'x' * 300}"
    answer = officer.generic("POST", page_of(), b"--x", content_type=wrong, headers=JSON)
    assert "multipart/form-data" in refused(answer, 400)["detail"]


def test_a_storage_that_does_not_answer(officer, folder):
    held = attach(data=make.picture(), name="a.jpg").evidence
    folder.rename(folder.with_name("elsewhere"))
    folder.write_bytes(b"")
    for url in (f"/evidence/{held.pk}/", f"/evidence/{held.pk}/preview/"):
        answer = officer.get(url, headers=JSON)
        assert "Tệp không bị mất" in refused(answer, 503)["errors"]["file"]
        assert answer["Retry-After"]
        assert answer["Cache-Control"] == "no-store"
    body = refused(upload(officer, ("a.pdf", make.pdf()), headers=JSON), 503)
    assert "Hiện không truy cập được nơi lưu tệp" in body["errors"]["files"]
    folder.unlink()
    folder.with_name("elsewhere").rename(folder)
    answer = officer.get(f"/evidence/{held.pk}/preview/", headers=JSON)
    assert (answer.status_code, answer["Content-Type"]) == (200, PREVIEW_TYPE)
    assert b"".join(answer.streaming_content)


def test_a_missing_token():
    client = Client(enforce_csrf_checks=True)
    body = f"--{BOUNDARY}--\r\n".encode()
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    assert client.post(page_of(), body, content_type=kind, headers=JSON).status_code == 401
    client.force_login(factories.officer())
    answer = client.post(page_of(), body, content_type=kind, headers=JSON)
    assert refused(answer, 403)["errors"] == {}


@pytest.mark.parametrize("accept", BROWSERS)
def test_browsers_get_pages_as_ever(officer, accept):
    for answer, status in (
        (officer.get("/evidence/999999/", headers={"Accept": accept}), 404),
        (upload(officer, ("b.pdf", b"<html>"), headers={"Accept": accept}), 422),
        (upload(officer, *FILES, headers={"Accept": accept}), 413),
    ):
        assert answer.status_code == status
        assert answer["Content-Type"].startswith("text/html")


def test_the_script_of_the_page_gets_its_own_answer_whatever_it_accepts(officer):
    answer = upload(officer, ("b.pdf", b"<html>"), headers=SCRIPT | JSON)
    assert answer.status_code == 422
    assert set(answer.json()) == {"html", "sentences", "quiet"}
