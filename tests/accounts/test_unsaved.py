"""A session that ended while typing: sign in and go on, without a script, with nothing lost."""

import pytest
from django.test import Client

from accounts.unsaved import MAX_BYTES, SESSION_KEY
from tests.accounts.conftest import PASSWORD

pytestmark = [pytest.mark.urls("tests.accounts.pages_urlconf"), pytest.mark.django_db]
ENTRY = "/assessments/2023-q3/ban-bo/ntm/"
OTHER = "/assessments/2023-q3/na-tam/ntm/"
TYPED = {"r1.value": "95,5", "r2.note": "Đường bản Hợp Nhất", "r3.choice": ["a", "b"]}


def sign_in(client, path: str = "/"):
    return client.post(
        "/accounts/login/", {"login": "xa.ban-bo", "password": PASSWORD, "next": path}
    )


def test_what_was_typed_is_back_after_signing_in(client, officer):
    refused = client.post(ENTRY, TYPED)
    assert refused["Location"] == f"/accounts/login/?next={ENTRY}"
    assert sign_in(client, ENTRY)["Location"] == ENTRY
    assert client.get(ENTRY).json()["kept"] == {
        "r1.value": ["95,5"],
        "r2.note": ["Đường bản Hợp Nhất"],
        "r3.choice": ["a", "b"],
    }


def test_it_is_handed_over_once(client, officer):
    client.post(ENTRY, TYPED)
    sign_in(client)
    assert client.get(ENTRY).json()["kept"]
    assert client.get(ENTRY).json()["kept"] is None


def test_another_page_never_gets_it_and_does_not_lose_it(client, officer):
    client.post(ENTRY, TYPED)
    sign_in(client)
    assert client.get(OTHER).json()["kept"] is None
    assert client.get(ENTRY).json()["kept"] is not None


def test_the_sign_in_page_says_that_it_is_kept(client, officer):
    before = client.get("/accounts/login/", headers={"accept-language": "en"}).content.decode()
    client.post(ENTRY, TYPED)
    after = client.get("/accounts/login/", headers={"accept-language": "en"}).content.decode()
    assert "what you typed is kept" not in before
    assert "what you typed is kept" in after


def test_a_wrong_password_in_between_loses_nothing(client, officer):
    client.post(ENTRY, TYPED)
    client.post("/accounts/login/", {"login": "xa.ban-bo", "password": "wrong", "next": ENTRY})
    sign_in(client, ENTRY)
    assert client.get(ENTRY).json()["kept"] is not None


def test_the_csrf_token_is_not_kept(officer):
    client = Client(enforce_csrf_checks=True)
    client.get("/accounts/login/")
    token = client.cookies["csrftoken"].value
    client.post(ENTRY, TYPED | {"csrfmiddlewaretoken": token})
    assert set(client.session[SESSION_KEY]["data"]) == set(TYPED)


def test_a_form_without_its_token_is_refused_and_nothing_is_kept(officer):
    client = Client(enforce_csrf_checks=True)
    assert client.post(ENTRY, TYPED).status_code == 403
    assert SESSION_KEY not in client.session


def test_more_than_a_form_can_hold_is_not_kept(client, officer):
    client.post(ENTRY, {"note": "đ" * (MAX_BYTES // 2)})
    assert SESSION_KEY not in client.session
    client.post(ENTRY, {"note": "đ" * (MAX_BYTES // 2 - 10)})
    assert SESSION_KEY in client.session


def test_a_later_form_takes_the_place_of_an_earlier_one(client, officer):
    client.post(ENTRY, {"r1.value": "1"})
    client.post(ENTRY, {"r1.value": "2"})
    sign_in(client)
    assert client.get(ENTRY).json()["kept"] == {"r1.value": ["2"]}


def test_only_the_entry_form_is_kept(client, officer):
    client.post(f"{ENTRY}submit/", TYPED)
    assert SESSION_KEY not in client.session


def test_somebody_signed_in_leaves_nothing_behind(client, officer):
    client.force_login(officer)
    client.post(ENTRY, TYPED)
    assert SESSION_KEY not in client.session


def test_signing_out_throws_it_away(client, officer):
    client.post(ENTRY, TYPED)
    sign_in(client)
    client.post("/accounts/logout/")
    sign_in(client)
    assert client.get(ENTRY).json()["kept"] is None


def test_whoever_else_signs_in_on_that_device_gets_nothing_of_it(client, officer):
    client.post(ENTRY, TYPED | {"typed_by": str(officer.pk + 1)})
    sign_in(client, ENTRY)
    assert client.get(ENTRY).json()["kept"] is None
    assert SESSION_KEY not in client.session


def test_who_typed_it_gets_it(client, officer):
    client.post(ENTRY, TYPED | {"typed_by": str(officer.pk)})
    sign_in(client, ENTRY)
    assert client.get(ENTRY).json()["kept"]["r1.value"] == ["95,5"]
