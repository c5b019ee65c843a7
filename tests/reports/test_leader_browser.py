"""What cannot be undone, in a real browser: a paper numbered, a draft discarded, a correction given up."""

import pytest
from playwright.sync_api import Page, expect

from reports import composing
from reports.models import DiscardedSummary, GivenUpCorrection, SummaryIssue
from tests.chromium import DESKTOP, PHONE, assert_fits
from tests.reports import summary_stages as stages

pytestmark = pytest.mark.browser
ADDRESS = "/reports/2022-q4/"
SCREENS = pytest.mark.parametrize(
    "screen",
    [
        {"viewport": DESKTOP},
        {"viewport": PHONE, "has_touch": True, "is_mobile": True, "color_scheme": "dark"},
    ],
    ids=["desk", "dark phone"],
)


def number(page: Page):
    return page.get_by_label("Số văn bản")


@SCREENS
def test_a_used_number_is_refused_with_what_was_typed_and_another_is_published(
    portal, new_page, sign_in, assert_accessible, screen
):
    used = stages.issued()
    stages.waiting("9-months", "2023-q3")
    page = new_page(**screen)
    page.expected.append("status of 4")
    sign_in(page, "lanhdao")
    page.goto("/reports/2023-9-months/")
    page.get_by_label("Tôi đã biết các điểm mâu thuẫn").check()
    page.locator("summary", has_text="Ban hành").click()
    expect(number(page)).to_be_visible()
    assert_fits(page)
    assert_accessible(page)
    number(page).fill(f"{used.serial}")
    page.get_by_role("button", name="Ban hành ngay").click()
    expect(page.locator("#paper-number-error")).to_contain_text(f"Số {used.serial:02d}")
    expect(page.locator("main a[href='#do-title']")).to_contain_text(f"Số {used.serial:02d}")
    expect(number(page)).to_have_value(f"{used.serial}")
    expect(page.get_by_label("Tôi đã biết các điểm mâu thuẫn")).to_be_checked()
    assert_fits(page)
    assert_accessible(page)
    number(page).fill("0123")
    page.get_by_role("button", name="Ban hành ngay").click()
    expect(page.get_by_role("main")).to_contain_text("Số: 123/BC-UBND")
    assert SummaryIssue.objects.get(summary__slug="2023-9-months").serial == 123
    page.goto("/reports/")
    expect(page.get_by_role("main")).to_contain_text("123/BC-UBND")


@SCREENS
def test_a_draft_is_discarded_after_reading_what_is_lost(
    portal, new_page, sign_in, assert_accessible, screen
):
    stages.edit(stages.started(), "Do thời tiết xấu, " * 120, key="limits")
    page = new_page(**screen)
    sign_in(page, "phong.nong-nghiep")
    page.goto(ADDRESS)
    page.get_by_role("link", name="Hủy dự thảo").click()
    page.wait_for_url(f"**{ADDRESS}discard/")
    expect(page.get_by_role("main")).to_contain_text("Do thời tiết xấu")
    assert_fits(page)
    assert_accessible(page)
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url("**/reports/")
    assert DiscardedSummary.objects.filter(slug="2022-q4").exists()


@SCREENS
def test_a_correction_is_given_up_after_reading_which_texts_go_back(
    portal, new_page, sign_in, assert_accessible, screen
):
    summary = stages.issued().summary
    composing.begin_correction(by=stages.coordinator(), summary=summary, reason="Sai số.")
    stages.edit(summary, "Nguyên nhân khác.", key="causes")
    page = new_page(**screen)
    sign_in(page, "phong.nong-nghiep")
    page.goto(ADDRESS)
    box = page.locator(".paper-discard")
    box.locator("summary").click()
    now = box.get_by_role("button")
    expect(now).to_be_visible()
    assert_fits(page)
    assert_accessible(page)
    now.click()
    expect(page.locator(".paper-discard")).to_have_count(0)
    assert GivenUpCorrection.objects.count() == 1
