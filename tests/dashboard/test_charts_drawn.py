"""The charts of the dashboard are drawn into the page: our letters, and the colours of its theme."""

import pytest
from playwright.sync_api import expect

from tests.demonstration import load_demo_database

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
#: Of every word and mark: its colour, what lies behind it, and the letters.
DRAWN = """() => [...document.querySelectorAll(".charts svg.drawn")].map(svg => ({
  name: svg.getAttribute("aria-label"), family: getComputedStyle(svg.querySelector("text")).fontFamily,
  ink: getComputedStyle(svg.querySelector('text[fill="#1D2721"]')).fill,
  bar: getComputedStyle(svg.querySelector('[fill="#1B6B47"]')).fill,
  wide: svg.getBoundingClientRect().width }))"""
INK = {
    "light": ("rgb(29, 39, 33)", "rgb(27, 107, 71)"),
    "dark": ("rgb(230, 236, 232)", "rgb(111, 203, 158)"),
}


@pytest.fixture
def demo(transactional_db, live):
    load_demo_database()


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 1280), ("dark", 390)])
def test_a_chart_is_drawn_in_the_colours_and_letters_of_the_page(
    demo, new_page, sign_in, assert_accessible, theme, width
):
    page = new_page({"width": width, "height": 900}, color_scheme=theme)
    sign_in(page, "lanhdao")
    page.goto("/dashboard/?period=2023-q3")
    for n in range(2):
        page.locator(".charts figure").nth(n).scroll_into_view_if_needed()
    expect(page.locator(".charts svg.drawn")).to_have_count(2)
    drawn = page.evaluate(DRAWN)
    assert {(one["ink"], one["bar"]) for one in drawn} == {INK[theme]}
    assert all("Be Vietnam Pro" in one["family"] and len(one["name"]) > 40 for one in drawn)
    assert all(200 < one["wide"] <= width for one in drawn)
    assert page.locator(".charts img").count() == 0
    assert_accessible(page)


def test_without_a_script_the_picture_stays_and_is_dark_in_the_dark(demo, new_page, sign_in):
    page = new_page({"width": 1280, "height": 900}, java_script_enabled=False, color_scheme="dark")
    sign_in(page, "lanhdao")
    page.goto("/dashboard/?period=2023-q2")
    picture = page.locator(".charts img").first
    assert "invert" in picture.evaluate("one => getComputedStyle(one).filter")


def test_a_picture_that_does_not_come_a_second_time_stays_a_picture(demo, new_page, sign_in):
    page = new_page()
    sign_in(page, "lanhdao")
    page.expected += ["Failed to load resource", "503"]
    page.route(
        "**/dashboard/charts/*",
        lambda route: (
            route.fulfill(status=503, body="")
            if route.request.resource_type == "fetch"
            else route.continue_()
        ),
    )
    page.goto("/dashboard/?period=2023-q2")
    page.locator(".charts figure").first.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert page.locator(".charts img").count() == 2
