"""What goes wrong while an officer enters figures, and how the form comes out of it."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Basis
from tests import factories
from tests.browser.test_entry import FORM, SAVED, blank_code, field, row
from tests.chromium import PHONE, assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("demo")]
KEEP = "Giữ nguyên"


@pytest.fixture
def form(browser_page, sign_in):
    sign_in(browser_page, "xa.ban-bo")
    browser_page.goto(FORM)
    return browser_page


def keep(page: Page, code: str):
    return row(page, code).get_by_role("button", name=KEEP, exact=True)


def test_keeping_unchanged_without_a_connection_is_tried_again_as_such(form):
    form.expected += ["ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest"]
    code = blank_code()
    form.context.set_offline(True)
    keep(form, code).click()
    expect(row(form, code)).to_contain_text("mất kết nối")
    form.context.set_offline(False)
    expect(row(form, code)).to_contain_text(SAVED)
    assert factories.row_of(code).basis == Basis.UNCHANGED


def test_after_signing_in_again_elsewhere_a_row_can_still_be_kept_unchanged(form):
    form.expected += ["status of 401", "Status Error Code 401"]
    form.context.clear_cookies(name="sessionid")
    field(form, "11").fill("28,5")
    field(form, "11").press("Tab")
    with form.context.expect_page() as opened:
        row(form, "11").get_by_role("link", name="Đăng nhập").click()
    other = opened.value
    other.locator("input[name=login]").fill("xa.ban-bo")
    other.locator("input[name=password]").fill("nongthonmoi")
    other.locator("input[name=password]").press("Enter")
    other.wait_for_url(f"**{FORM}")
    code = blank_code()
    keep(form, code).click()
    expect(row(form, code)).to_contain_text(SAVED)
    assert factories.row_of(code).basis == Basis.UNCHANGED


def test_without_any_cookie_the_row_says_that_the_session_ended(form):
    form.expected += ["status of 401", "Status Error Code 401"]
    form.context.clear_cookies()
    field(form, "11").fill("28,5")
    field(form, "11").press("Tab")
    expect(row(form, "11")).to_contain_text("phiên làm việc đã hết")
    expect(row(form, "11").get_by_role("link", name="Đăng nhập")).to_be_visible()


def test_a_lost_token_is_renewed_and_the_row_saved_by_trying_again(form):
    form.expected += ["status of 403", "Status Error Code 403"]
    form.context.clear_cookies(name="csrftoken")
    field(form, "11").fill("28,5")
    field(form, "11").press("Tab")
    expect(row(form, "11")).to_contain_text("mở đã quá lâu")
    row(form, "11").get_by_role("button", name="Thử lại").click()
    expect(row(form, "11")).to_contain_text(SAVED)
    assert factories.row_of("11").values.get(measure__key="value").number == Decimal("28.5")


def test_the_keyboard_stays_in_the_row_that_was_kept_and_its_lead_too(form):
    code = blank_code()
    lead = row(form, code).get_by_text("Phụ trách:").inner_text()
    keep(form, code).focus()
    form.keyboard.press("Enter")
    expect(row(form, code)).to_contain_text(SAVED)
    expect(row(form, code).locator(":focus")).to_have_count(1)
    expect(row(form, code)).to_contain_text(lead)


def test_checking_stops_at_a_row_that_was_typed_and_refused(form):
    form.expected.append("status of 422")
    field(form, "11").fill("abc")
    field(form, "11").press("Tab")
    expect(row(form, "11")).not_to_have_class(re.compile("is-saving"))
    expect(field(form, "11")).to_have_attribute("aria-invalid", "true")
    form.get_by_role("link", name="Kiểm tra và gửi").first.click()
    expect(field(form, "11")).to_be_focused()
    assert form.url.endswith(FORM)


def test_signing_out_asks_before_it_deletes_what_is_not_saved(form):
    form.expected += ["status of 422"]
    field(form, "11").fill("abc")
    field(form, "11").press("Tab")
    expect(field(form, "11")).to_have_attribute("aria-invalid", "true")
    asked = []
    form.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    form.get_by_role("button", name="Đăng xuất").click()
    form.wait_for_url("**/accounts/login/**")
    assert any("chưa lưu" in message for message in asked)
    kept = "Object.keys(localStorage).filter((key) => key.startsWith('ntm-draft:')).length"
    assert form.evaluate(kept) == 0


def test_a_refused_reason_stands_on_the_page_to_copy(new_page, sign_in, assert_accessible):
    page = new_page(PHONE)
    page.expected.append("status of 403")
    sign_in(page, "phong.nong-nghiep")
    page.goto(f"{FORM}extend/")
    page.locator("main form textarea").first.fill("Mưa lũ\nđường sạt")
    page.context.clear_cookies(name="csrftoken")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("h1")).to_contain_text("Trang đã mở quá lâu")
    expect(page.locator("textarea[readonly]")).to_have_value("Mưa lũ\nđường sạt")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="Mở lại trang").click()
    expect(page.locator("main form textarea")).to_be_visible()
