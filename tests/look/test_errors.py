"""Pages that appear when something went wrong: ours, in words, with a way on."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation
from django.views import defaults

from tests import factories

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


@pytest.mark.django_db
def test_whoever_is_signed_in_keeps_the_header_the_way_on_and_the_notice(client: Client) -> None:
    client.force_login(factories.leader())
    page = client.get("/nowhere/").content.decode()
    assert 'class="site-nav"' in page
    assert 'id="account-menu"' in page
    assert 'class="demo-strip"' in page
    assert page.count("<h1>") == 1
    refused = client.get("/criteria/ntm/unconfirmed/")
    assert refused.status_code == 403
    assert 'class="site-nav"' in refused.content.decode()


@pytest.mark.django_db
def test_what_is_not_theirs_looks_like_what_is_not_there(client: Client, settings) -> None:
    client.force_login(factories.leader())
    nowhere = client.get("/assessments/2023-q3/nowhere/ntm/")
    foreign = client.get("/assessments/2099-q1/ban-bo/ntm/")
    assert nowhere.status_code == foreign.status_code == 404
    hidden = re.compile(r"csrfmiddlewaretoken\" value=\"[^\"]+|name=\"next\" value=\"[^\"]+")
    assert hidden.sub("", nowhere.content.decode()) == hidden.sub("", foreign.content.decode())


@pytest.mark.django_db
def test_a_stranger_sees_no_navigation(client: Client) -> None:
    page = client.get("/nowhere/").content.decode()
    assert 'class="site-nav"' not in page
    assert 'id="account-menu"' not in page
