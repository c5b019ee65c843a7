"""The choice of files speaks our words: by keyboard, with name and size, and without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.chromium import assert_fits
from tests.evidence import builders as make
from tests.evidence.test_browser import CODE, demo, payload

__all__ = ["demo"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def address(code=CODE):
    return f"/assessments/2023-q3/ban-bo/ntm/rows/{factories.row_of(code).pk}/evidence/"


@pytest.fixture
def page(demo, browser_page, sign_in):
    sign_in(browser_page, "xa.ban-bo")
    browser_page.goto(address())
    return browser_page


def test_what_was_chosen_is_named_with_its_size_and_forgotten_once_sent(page, assert_accessible):
    chosen = page.locator(".file-chosen")
    expect(chosen).to_have_text("Chưa chọn tệp nào")
    page.get_by_label("Chọn một hoặc nhiều tệp").set_input_files(
        [payload("Biên bản.pdf", make.pdf(filling=1_600_000)), payload("b.jpg", make.picture())]
    )
    expect(chosen.locator("li")).to_have_count(2)
    expect(chosen).to_contain_text("Biên bản.pdf · 1,5 MB")
    expect(chosen).to_contain_text(re.compile(r"b\.jpg · \d+ kB"))
    assert_accessible(page)
    page.get_by_role("button", name="Thêm").click()
    expect(page.locator(".evidence-card")).to_have_count(2)
    expect(chosen).to_have_text("Chưa chọn tệp nào")


def test_the_keyboard_reaches_it_and_sees_where_it_is(page):
    button = page.locator(".file-button")
    before = button.evaluate("one => getComputedStyle(one).outlineStyle")
    # Waited for from the start: the browser learns of it some time before the key is pressed.
    with page.expect_file_chooser() as chooser:
        page.locator(".file-input").focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        expect(page.locator(".file-input")).to_be_focused()
        after = button.evaluate("one => getComputedStyle(one).outlineStyle")
        page.keyboard.press("Enter")
    assert (before, after) == ("none", "solid")
    chooser.value.set_files([payload("a.jpg", make.picture())])
    expect(page.locator(".file-chosen")).to_contain_text("a.jpg")


def test_pressed_without_a_choice_the_portal_says_so_in_our_words(page):
    page.expected.append("status of 422")
    page.get_by_role("button", name="Thêm").click()
    expect(page.get_by_text("Hãy chọn ít nhất một tệp.")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_without_a_script_the_button_is_ours_too(demo, new_page, sign_in, width):
    page = new_page({"width": width, "height": 800}, java_script_enabled=False, locale="en-US")
    sign_in(page, "xa.ban-bo")
    page.goto(address())
    expect(page.locator(".file-button")).to_have_text("Chọn một hoặc nhiều tệp")
    expect(page.locator(".file-chosen")).to_be_hidden()
    with page.expect_file_chooser() as chooser:
        page.locator(".file-button").click()
    chooser.value.set_files([payload("a.jpg", make.picture())])
    page.get_by_role("button", name="Thêm").click()
    expect(page.locator(".evidence-card")).to_have_count(1)


def test_the_browsers_own_words_are_not_shown(demo, new_page, sign_in):
    page = new_page(locale="en-US")
    sign_in(page, "xa.ban-bo")
    page.goto(address())
    page.evaluate("document.documentElement.classList.remove('has-file-script')")
    button, text = page.locator(".file-input").evaluate(
        """one => [getComputedStyle(one, "::file-selector-button").display,
                   getComputedStyle(one).color]"""
    )
    assert button == "none"
    assert text == "rgba(0, 0, 0, 0)"


def test_long_names_fit_on_a_phone(demo, phone_page, sign_in, assert_accessible):
    sign_in(phone_page, "xa.ban-bo")
    phone_page.goto(address())
    name = "Biên bản nghiệm thu đường trục thôn " * 4 + "x" * 80 + ".jpg"
    phone_page.locator(".file-input").set_input_files([payload(name, make.picture())])
    expect(phone_page.locator(".file-chosen")).to_contain_text("nghiệm thu")
    assert phone_page.locator(".file-button").bounding_box()["height"] >= 44
    assert_fits(phone_page)
    assert_accessible(phone_page)


def test_the_paper_that_is_proven_is_chosen_in_our_words(demo, browser_page, sign_in):
    sign_in(browser_page, "xa.ban-bo")
    browser_page.goto("/reports/verify/")
    expect(browser_page.locator(".file-button")).to_have_text("Chọn tệp")
    browser_page.get_by_label("Tệp PDF, Word hoặc Excel").set_input_files(
        [payload("a.pdf", make.pdf())]
    )
    expect(browser_page.locator(".file-chosen")).to_have_text(re.compile(r"^a\.pdf · 1 kB$"))
