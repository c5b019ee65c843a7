"""Composing in a real browser: leaving asks, the device keeps what was typed, one save keeps all."""

import re

import pytest
from playwright.sync_api import Page, expect

from reports.models import SummarySection
from tests.demonstration import load_demo_database

pytestmark = pytest.mark.browser
PLACE = "/reports/2023-q3/"


@pytest.fixture
def portal(transactional_db, live):
    load_demo_database()
    return live


def write(page: Page, key: str, text: str) -> None:
    box = page.locator(f"#s-{key}")
    if not page.locator(f"#t-{key}").is_visible():
        box.locator(".paper-edit > summary").click()
    page.locator(f"#t-{key}").press_sequentially(text)


def stored() -> dict[str, str]:
    return dict(SummarySection.objects.filter(summary__slug="2023-q3").values_list("key", "text"))


def test_leaving_asks_and_what_was_typed_comes_back_and_is_saved_at_once(
    portal, new_page, sign_in, assert_accessible
):
    page, asked = new_page(), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    sign_in(page, "phong.nong-nghiep")
    page.goto(PLACE)
    write(page, "causes", "Một nguyên nhân.")
    write(page, "proposals", "Một đề xuất.")
    expect(page.locator("#composition-live")).to_contain_text("Chưa lưu")
    page.goto("/reports/")
    assert asked == ["beforeunload"]
    page.goto(PLACE)
    expect(page.locator("#composition-live")).to_contain_text("chưa được lưu")
    expect(page.locator("#t-causes")).to_have_value("Một nguyên nhân.")
    expect(page.locator("#t-proposals")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Lưu tất cả các mục").click()
    expect(page.locator("#s-causes .paper-text")).to_contain_text("Một nguyên nhân.")
    assert stored()["causes"] == "Một nguyên nhân."
    assert stored()["proposals"] == "Một đề xuất."
    page.goto("/reports/")
    page.goto(PLACE)
    expect(page.locator("#t-causes")).not_to_be_visible()
    expect(page.locator("#composition-live")).to_contain_text("tất cả các mục")
    assert asked == ["beforeunload"]


def test_an_ended_session_gives_the_texts_back_after_signing_in(portal, new_page, sign_in):
    page = new_page()
    sign_in(page, "phong.nong-nghiep")
    page.goto(PLACE)
    write(page, "causes", "Gõ trước khi hết phiên.")
    write(page, "proposals", "Gõ thêm.")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Trình ban hành").click()
    page.locator("[name=login]").fill("phong.nong-nghiep")
    page.locator("[name=password]").fill("nongthonmoi")
    page.locator("[name=password]").press("Enter")
    expect(page.locator("#t-causes")).to_have_value("Gõ trước khi hết phiên.")
    expect(page.locator("#t-proposals")).to_have_value("Gõ thêm.")
    page.get_by_role("button", name="Lưu tất cả các mục").click()
    expect(page.locator("#s-causes .paper-text")).to_contain_text("hết phiên")
    assert stored()["proposals"] == "Gõ thêm."


def test_handing_over_without_a_script_saves_first(portal, new_page, sign_in):
    page = new_page(java_script_enabled=False)
    sign_in(page, "phong.nong-nghiep")
    page.goto(PLACE)
    write(page, "causes", "Không có JavaScript.")
    page.get_by_role("button", name="Trình ban hành").click()
    expect(page.get_by_role("main")).to_contain_text("Báo cáo đã trình lãnh đạo ban hành.")
    assert stored()["causes"] == "Không có JavaScript."


def test_an_old_page_does_not_overwrite_what_was_typed_anew_after_a_reset(
    portal, new_page, sign_in
):
    first, second = new_page(), new_page()
    first.expected.append("status of 409")
    sign_in(first, "phong.nong-nghiep")
    sign_in(second, "quantri")
    first.goto(PLACE)
    write(first, "causes", "Một.")
    first.get_by_role("button", name="Lưu tất cả các mục").click()
    expect(first.locator("#s-causes .paper-text")).to_contain_text("Một.")
    write(first, "causes", " Trang cũ.")
    second.goto(PLACE)
    second.locator("#s-causes .paper-edit > summary").click()
    second.locator("#s-causes [value='reset:causes']").click()
    expect(second.locator("#s-causes .paper-text")).not_to_contain_text("Một.")
    write(second, "causes", "Của đồng nghiệp.")
    second.get_by_role("button", name="Lưu tất cả các mục").click()
    expect(second.locator("#s-causes .paper-text")).to_contain_text("Của đồng nghiệp.")
    first.get_by_role("button", name="Lưu tất cả các mục").click()
    expect(first.locator("#s-causes .written-theirs")).to_contain_text("Của đồng nghiệp.")
    expect(first.locator("#t-causes")).to_have_value(re.compile("Trang cũ."))
    assert stored()["causes"] == "Của đồng nghiệp."
