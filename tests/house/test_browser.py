"""The browser fixtures notice what they promise to notice."""

import pytest

from tests.chromium import DESKTOP

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_portal_answers_a_real_browser(browser_page):
    response = browser_page.goto("/healthz")
    assert response.json() == {"status": "ok"}


def test_a_script_that_the_policy_forbids_is_heard(new_page):
    page = new_page(DESKTOP)
    page.expected.append("Content Security Policy")
    page.goto("/accounts/login/")
    with page.expect_console_message(lambda message: "Content Security" in message.text):
        page.evaluate(
            """() => {
                const script = document.createElement("script");
                script.textContent = "document.title = 'run'";
                document.body.append(script);
            }"""
        )
    assert page.title() != "run"


def test_a_page_in_another_tab_of_the_same_test_is_watched_too(new_page):
    page = new_page(DESKTOP)
    page.expected.append("status of 404")
    page.goto("/accounts/login/")
    with page.expect_console_message(lambda message: "404" in message.text):
        page.evaluate("fetch('/no-such-page/')")
