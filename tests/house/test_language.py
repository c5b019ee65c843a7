"""Vietnamese by default, English only for who chose it."""

import pytest

pytestmark = pytest.mark.django_db


def test_an_english_browser_still_meets_vietnamese(client):
    page = client.get("/accounts/login/", headers={"Accept-Language": "en-US,en;q=0.9"})
    assert '<html lang="vi">' in page.content.decode()
    assert page.headers["Content-Language"] == "vi"


def test_who_chooses_english_gets_english(client):
    client.post("/i18n/setlang/", {"language": "en", "next": "/accounts/login/"})
    assert '<html lang="en">' in client.get("/accounts/login/").content.decode()


def test_an_unknown_language_is_vietnamese(client):
    client.cookies["django_language"] = "xx"
    assert '<html lang="vi">' in client.get("/accounts/login/").content.decode()
