"""A form whose token is of an earlier sign-in: nothing is done, nothing that was typed is lost, and
no other site can plant a text."""

import pytest
from django.test import Client

from accounts.unsaved import MAX_BYTES, SESSION_KEY
from tests.accounts.conftest import PASSWORD

pytestmark = [pytest.mark.urls("tests.accounts.pages_urlconf"), pytest.mark.django_db]
ENTRY = "/assessments/2023-q3/ban-bo/ntm/"
SUBMIT = f"{ENTRY}submit/"
OWN = {"origin": "http://testserver", "referer": f"http://testserver{ENTRY}"}
TYPED = {"r1-value": "77,5", "r1-version": "3", "r2-note": "Đường bản Hợp Nhất"}
STALE = {"csrfmiddlewaretoken": "a" * 64}


@pytest.fixture
def strict():
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def signed_in(strict, officer):
    strict.get("/accounts/login/")
    strict.force_login(officer)
    return strict


def test_it_leads_back_to_the_form_where_what_was_typed_stands_once(signed_in):
    refused = signed_in.post(ENTRY, TYPED | STALE, headers=OWN)
    assert (refused.status_code, refused["Location"]) == (302, ENTRY)
    assert signed_in.get(ENTRY).json()["kept"] == {name: [text] for name, text in TYPED.items()}
    assert signed_in.get(ENTRY).json()["kept"] is None


def test_a_browser_that_names_only_the_page_it_came_from_is_believed(signed_in):
    signed_in.post(ENTRY, TYPED | STALE, headers={"referer": OWN["referer"]})
    assert SESSION_KEY in signed_in.session


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "null", "referer": OWN["referer"]},
        {"origin": "http://evil.example"},
        {"origin": "http://evil.example", "referer": OWN["referer"]},
        {"origin": "https://testserver"},
        {"origin": "http://testserver:8080"},
        {"origin": "http://testserver.evil.example"},
        {"referer": "http://evil.example/http://testserver/"},
        {"referer": "http://testserver@evil.example/"},
        {"origin": "http://[broken"},
        {"origin": "testserver"},
    ],
)
def test_no_other_site_plants_a_text_or_sees_it_repeated(signed_in, headers):
    for path in (ENTRY, SUBMIT):
        response = signed_in.post(path, TYPED | STALE, headers=headers)
        assert response.status_code == 403
        assert SESSION_KEY not in signed_in.session
        page = response.content.decode()
        assert "Hợp Nhất" not in page
        assert "must be typed once more" in page


def test_a_form_of_another_person_is_not_kept_but_shown_to_copy(signed_in, officer):
    other = {"typed_by": str(officer.pk + 1)}
    response = signed_in.post(ENTRY, TYPED | STALE | other, headers=OWN)
    page = response.content.decode()
    assert response.status_code == 403
    assert "Hợp Nhất" in page
    assert f">{other['typed_by']}<" not in page
    assert SESSION_KEY not in signed_in.session


def test_a_planted_text_takes_the_place_of_no_kept_one(signed_in):
    signed_in.post(ENTRY, TYPED | STALE, headers=OWN)
    signed_in.post(ENTRY, {"r1-value": "1"} | STALE, headers={"origin": "http://evil.example"})
    assert signed_in.get(ENTRY).json()["kept"]["r1-value"] == ["77,5"]


def test_the_refusal_of_another_form_shows_what_was_typed_to_copy(signed_in):
    typed = {"reason": "Dòng một\nDòng <hai>", "amount": "1.250,5", "decision": "return", "do": "x"}
    response = signed_in.post(SUBMIT, typed | STALE | {"version": "7"}, headers=OWN)
    page = response.content.decode()
    assert response.status_code == 403
    assert "readonly>\nDòng một\nDòng &lt;hai&gt;</textarea>" in page
    assert "readonly>\n1.250,5</textarea>" in page
    assert page.count("<textarea") == 2
    assert "must be typed once more" not in page
    assert f'href="{ENTRY}"' in page, "the way back to the form"
    assert response["Cache-Control"] == "private, no-store"
    assert SESSION_KEY not in signed_in.session


def test_a_form_without_a_typed_text_promises_nothing(signed_in):
    page = signed_in.post(SUBMIT, {"decision": "return"} | STALE, headers=OWN).content.decode()
    assert "<textarea" not in page
    assert "must be typed once more" in page


MACHINE = {
    "draft": "4", "seen": "20", "sending": "2", "fingerprint": "9f86d081", "issue": "1", "term": "3",
    "format": "docx", "show": "waiting", "period": "2023-q3", "year": "2023", "newest": "88",
    "days": "7", "required": "yes", "was-intro": "Đoạn cũ", "result-was": "Bản cũ", "shown": "page",
    "12-choice": "mine", "row": "12:3", "act": "return", "knowing": "on", "12-na": "1",
    "12-value": "yes", "portal-returned": "on", "verdict": "not_met",
}  # fmt: skip


@pytest.mark.parametrize("name", MACHINE)
def test_what_the_page_itself_put_into_the_form_is_not_shown_as_typed(signed_in, name):
    page = signed_in.post(SUBMIT, {name: MACHINE[name]} | STALE, headers=OWN).content.decode()
    assert "<textarea" not in page


@pytest.mark.parametrize(
    ("name", "text"), [("text", "xong"), ("12-note", "on"), ("reason", "9:30"), ("12-value", "1")]
)
def test_an_answer_of_one_plain_word_is_shown_to_copy(signed_in, name, text):
    page = signed_in.post(SUBMIT, {name: text} | STALE, headers=OWN).content.decode()
    assert f"readonly>\n{text}</textarea>" in page


@pytest.mark.parametrize("referrer", ["http://testserver//evil.example/", "http://testserver"])
def test_the_way_back_never_leads_elsewhere(signed_in, referrer):
    headers = OWN | {"referer": referrer}
    page = signed_in.post(SUBMIT, {"reason": "chữ"} | STALE, headers=headers).content.decode()
    assert "evil.example" not in page
    assert "Open the page again" not in page


def test_a_password_is_never_shown(strict, officer):
    strict.get("/accounts/login/")
    typed = {"login": "xa.ban-bo", "password": PASSWORD, "oldpassword": "cũ", "password1": "mới"}
    response = strict.post("/accounts/login/", typed | STALE, headers=OWN)
    assert response.status_code == 403
    assert "<textarea" not in response.content.decode()


def test_whoever_is_signed_out_meanwhile_signs_in_and_goes_on(strict, officer):
    strict.get("/accounts/login/")
    refused = strict.post(ENTRY, TYPED | STALE, headers=OWN)
    assert refused["Location"] == f"/accounts/login/?next={ENTRY}"
    page = strict.get(refused["Location"])
    assert "what you typed is kept" in page.content.decode()
    token = strict.cookies["csrftoken"].value
    form = {"login": "xa.ban-bo", "password": PASSWORD, "csrfmiddlewaretoken": token}
    strict.post("/accounts/login/", form)
    assert strict.get(ENTRY).json()["kept"]["r1-value"] == ["77,5"]


def test_more_than_a_form_can_hold_is_shown_to_copy(signed_in):
    text = "đ" * (MAX_BYTES // 2)
    response = signed_in.post(ENTRY, {"note": text} | STALE, headers=OWN)
    assert response.status_code == 403
    assert text in response.content.decode()


@pytest.mark.parametrize("headers", [{"hx-request": "true"}, {"accept": "application/json"}])
def test_a_script_is_refused_and_keeps_its_own(signed_in, headers):
    response = signed_in.post(ENTRY, TYPED | STALE, headers=OWN | headers)
    assert response.status_code == 403
    assert SESSION_KEY not in signed_in.session
