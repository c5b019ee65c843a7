"""On a phone nothing of a list stands off the screen: its rows become cards."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("demo")]
#: A list may be wider than the window only where rows are compared column by column.
SCROLLING = """() => [...document.querySelectorAll('.table-scroll')]
  .filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1 && !e.querySelector('.matrix'))
  .map(e => e.getAttribute('aria-label'))"""
LISTS = {
    "xa.ban-bo": ["/", "/assessments/", "/periods/", "/reports/written/"],
    "phong.tai-nguyen": ["/", "/dashboard/?period=2023-q3"],
    "phong.nong-nghiep": [
        "/",
        "/periods/2023-q3/",
        "/reports/written/?term=2023-q3",
        "/notices/settings/",
    ],
}


@pytest.mark.parametrize("username", LISTS)
def test_a_list_on_a_phone_shows_every_column(phone_page, sign_in, username):
    sign_in(phone_page, username)
    for address in LISTS[username]:
        phone_page.goto(address)
        assert phone_page.evaluate(SCROLLING) == [], address


def test_the_standing_office_sees_who_is_late_and_lifts_a_due_date_from_a_phone(
    phone_page, sign_in
):
    sign_in(phone_page, "phong.nong-nghiep")
    phone_page.goto("/")
    one = phone_page.locator("tr:has(a[href*='/na-tam/'])").first
    for shown in (one.locator(".bar"), one.get_by_role("link", name="Dời hạn")):
        box = shown.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
