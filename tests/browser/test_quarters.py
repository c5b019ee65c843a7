"""Quarters and notices in a real browser: at a desk, on a phone, by keyboard, in the dark."""

import re

import pytest
from playwright.sync_api import expect

from assessments.models import Notice
from periods.models import PeriodState, ReportingPeriod
from tests.chromium import assert_fits

pytestmark = pytest.mark.browser
OFFICE, COMMUNE = "phong.nong-nghiep", "xa.ban-giang"


def test_every_page_is_accessible_and_fits(
    demo, browser_page, phone_page, new_page, sign_in, assert_accessible
):
    pages = {
        OFFICE: [
            "/periods/",
            "/periods/2023-q3/",
            "/periods/2023-q2/",
            "/periods/2023-q1/",
            "/periods/new/?year=2024&days=7",
            "/periods/new/?year=x",
            "/periods/2023-q4/open/",
            "/periods/2023-q3/extend/",
            "/periods/2023-q3/close/",
            "/periods/2023-q2/reopen/",
            "/notices/",
        ],
        COMMUNE: ["/periods/2023-q3/", "/notices/", "/notices/settings/"],
        "quantri": ["/notices/", "/notices/settings/"],
    }
    for options in ({}, {"viewport": {"width": 390, "height": 844}}, {"color_scheme": "dark"}):
        for username, addresses in pages.items():
            page = new_page(**options)
            page.expected.append("status of 422")
            sign_in(page, username)
            for address in addresses:
                page.goto(address)
                assert_fits(page)
                assert_accessible(page)


def test_the_office_creates_opens_moves_closes_and_reopens_by_keyboard(demo, browser_page, sign_in):
    page = browser_page
    sign_in(page, OFFICE)
    page.goto("/periods/")
    page.get_by_role("link", name="Tạo bốn quý của một năm").press("Enter")
    expect(page.get_by_label("Năm", exact=True)).to_have_value("2024")
    page.get_by_label("Hạn gửi Quý I năm 2024").fill("14/03/2024")
    page.expected.append("status of 422")
    page.get_by_role("button", name="Tạo 4 quý").press("Enter")
    expect(page.get_by_text("hạn gửi phải sau ngày này")).to_be_visible()
    expect(page.get_by_label("Hạn gửi Quý I năm 2024")).to_have_value("14/03/2024")
    page.get_by_label("Hạn gửi Quý I năm 2024").fill("22/03/2024")
    page.get_by_role("button", name="Tạo 4 quý").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã tạo 4 quý")

    page.goto("/periods/2023-q3/")
    page.get_by_role("link", name="Dời hạn gửi").press("Enter")
    page.get_by_label("Hạn gửi mới").or_(page.locator("[name=until]")).first.fill("29/09/2023")
    page.locator("[name=reason]").fill("Mưa lũ, nhiều xã mất điện")
    page.locator("[name=reason]").press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".life")).to_contain_text("Từ 25/09/2023 sang 29/09/2023.")

    page.get_by_role("link", name="Khóa quý").press("Enter")
    expect(page.locator("main")).to_contain_text(
        "Xã Thèn Sin: 57 trong 57 chỉ tiêu chưa có số liệu"
    )
    page.get_by_role("button", name="Khóa quý").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Số liệu không thay đổi nữa")
    assert ReportingPeriod.objects.get(slug="2023-q3").state == PeriodState.CLOSED

    page.goto("/periods/2023-q2/")
    expect(page.get_by_role("button", name="Mở lại quý")).to_be_disabled()
    expect(page.get_by_text("Hãy mở lại quý sau trước")).to_be_visible()
    page.goto("/periods/2023-q3/")
    page.get_by_role("link", name="Mở lại quý").press("Enter")
    page.locator("[name=reason]").fill("Xã Nà Tăm gửi bổ sung")
    page.get_by_role("button", name="Mở lại quý").press("Enter")
    expect(page.locator(".life")).to_contain_text("Xã Nà Tăm gửi bổ sung")


def test_a_commune_reads_its_notices_on_a_phone(demo, phone_page, sign_in):
    page = phone_page
    sign_in(page, COMMUNE)
    bell = page.get_by_role("link", name=re.compile("Thông báo, \\d+ chưa đọc"))
    box = bell.bounding_box()
    assert box["width"] >= 44
    assert box["height"] >= 44
    unread = Notice.objects.filter(recipient__username=COMMUNE, read_at=None).count()
    bell.click()
    expect(page.locator(".is-unread")).to_have_count(unread)
    page.get_by_role("button", name=re.compile(r"Xem.*12\.2")).click()
    page.wait_for_url(re.compile("/assessments/2023-q3/ban-giang/ntm/#row-"))
    page.goto("/notices/")
    expect(page.locator(".is-unread")).to_have_count(unread - 1)
    page.get_by_role("button", name="Đánh dấu tất cả đã đọc").click()
    expect(page.locator(".is-unread")).to_have_count(0)
    expect(page.locator(".bell-count")).to_have_count(0)


def test_choices_are_kept_without_a_script(demo, new_page, sign_in):
    page = new_page(java_script_enabled=False)
    sign_in(page, COMMUNE)
    page.goto("/notices/settings/")
    page.locator("[name=mail-due_soon]").uncheck()
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("[name=mail-due_soon]")).not_to_be_checked()
    expect(page.locator("[name=portal-due_soon]")).to_be_checked()
