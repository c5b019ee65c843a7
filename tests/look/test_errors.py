"""Pages that appear when something went wrong: ours, in words, with a way on."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation
from django.views import defaults

PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_error_page_stands_without_user_request_or_context(page: str, language: str) -> None:
    with translation.override(language):
        html = render_to_string(page)
    assert f'<html lang="{language}">' in html
    assert "<h1></h1>" not in html
    assert 'href="/"' in html, "there must be a way on"
    assert 'id="main"' in html


def test_the_handlers_of_django_find_our_pages() -> None:
    request = RequestFactory().get("/")
    with translation.override("en"):
        failed = defaults.server_error(request)
        refused = defaults.bad_request(request, Exception())
    assert (failed.status_code, refused.status_code) == (500, 400)
    assert b"The portal made a mistake" in failed.content
    assert b"This request could not be read" in refused.content


@pytest.mark.django_db
def test_a_forged_form_is_refused_with_words(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies["django_language"] = "en"
    response = strict.post("/i18n/setlang/", {"language": "en"})
    assert response.status_code == 403
    assert b"The page was open for too long" in response.content


@pytest.mark.django_db
def test_the_error_page_of_a_stranger_asks_the_database_nothing(
    client: Client, django_assert_num_queries
) -> None:
    with django_assert_num_queries(0):
        render_to_string("404.html", request=RequestFactory().get("/nowhere/"))
