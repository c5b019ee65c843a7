"""The screens that read, in a real browser: by phone and desk, light and dark, by keyboard."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from criteria import definitions
from tests.chromium import assert_fits

pytestmark = pytest.mark.browser


@pytest.fixture
def portal(live, transactional_db):
    definitions.clear()
    call_command("load_reference", verbosity=0)
    call_command("load_demo", verbosity=0)
    yield live
    definitions.clear()


def test_the_overview_is_read_on_a_desk_and_a_phone(
    portal, browser_page, phone_page, new_page, sign_in, assert_accessible
):
    for page in (browser_page, phone_page, new_page(color_scheme="dark")):
        sign_in(page, "lanhdao")
        for address in (
            "/",
            "/dashboard/?period=2023-q2",
            "/dashboard/?period=2023-q3",
            "/api/docs/",
        ):
            page.goto(address)
            assert_fits(page)
            assert_accessible(page)


def test_the_quarter_is_chosen_by_keyboard_and_a_cell_is_named(portal, browser_page, sign_in):
    page = browser_page
    sign_in(page, "xa.ban-bo")
    page.goto("/dashboard/")
    page.locator(".chooser summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dashboard/?period=2023-q3")
    page.goto("/dashboard/?period=2023-q2")
    cell = page.get_by_role("img", name="Xã Bình Lư, tiêu chí 11 Nghèo đa chiều: Chưa đạt")
    expect(cell).to_be_visible()


def test_on_a_phone_the_name_of_the_commune_stays_while_the_matrix_scrolls(
    portal, phone_page, sign_in
):
    page = phone_page
    sign_in(page, "lanhdao")
    page.goto("/dashboard/?period=2023-q2")
    box = page.locator(".area-matrix .table-scroll")
    name = page.locator(".matrix tbody th").first
    before = name.bounding_box()["x"]
    box.evaluate("box => { box.scrollLeft = 200 }")
    assert box.evaluate("box => box.scrollLeft") > 50
    assert abs(name.bounding_box()["x"] - before) < 2


def test_a_commune_goes_on_entering_from_its_start_page(portal, phone_page, sign_in):
    page = phone_page
    sign_in(page, "xa.ban-bo")
    assert_fits(page)
    page.get_by_role("link", name="Tiếp tục nhập").click()
    page.wait_for_url("**/assessments/2023-q3/ban-bo/ntm/")
