"""Written reports in a real browser: saved by itself, kept on the device, pasted, sent, decided."""

import pytest
from playwright.sync_api import Page, expect

from reports.models import PeriodicReport
from tests.chromium import assert_fits
from tests.demonstration import load_demo_database

pytestmark = pytest.mark.browser
OWN = "/reports/written/2023-q3/communes/ban-hon/"
WORD = (
    "<p class=MsoNormal style='margin:0'>Một <b>hai</b></p><p>· ba</p><ul><li>bốn</li></ul><ol><li>năm</li><li>sáu</li></ol><p>o&nbsp;&nbsp; bảy</p>"
    "<table><tr><td>Xã</td><td>12</td></tr></table><style>p{}</style>"
)
PASTE = """([area, html]) => {
  const data = new DataTransfer(); data.setData("text/html", html); data.setData("text/plain", "x");
  area.focus();
  area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def portal(transactional_db, live):
    load_demo_database()
    return live


def stored(part: str) -> str:
    report = PeriodicReport.objects.get(
        period__slug="2023-q3", kind="quarter", unit__slug="ban-hon"
    )
    return report.parts.get(part=part).text


def results(page: Page):
    return page.get_by_role("textbox", name="1. Kết quả thực hiện")


def test_a_report_is_written_on_a_phone_and_saves_itself(
    portal, phone_page, sign_in, assert_accessible
):
    page = phone_page
    sign_in(page, "xa.ban-hon")
    page.get_by_role("link", name="Viết báo cáo Quý III năm 2023").click()
    page.wait_for_url(f"**{OWN}")
    assert_fits(page)
    results(page).fill("Duy trì 18/19 tiêu chí")
    expect(page.locator("#written-live")).to_contain_text("Đã lưu lúc")
    assert stored("results") == "Duy trì 18/19 tiêu chí"
    results(page).fill("")
    expect(page.locator("#written-live")).to_contain_text("Đã lưu lúc")
    assert_accessible(page)


def test_without_a_connection_the_text_stays_on_the_device_and_comes_back(
    portal, browser_page, sign_in
):
    page = browser_page
    sign_in(page, "xa.ban-hon")
    page.goto(OWN)
    page.expected.append("ERR_FAILED")
    page.route(
        f"**{OWN}",
        lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
    )
    results(page).fill("Gõ lúc mất mạng")
    expect(page.locator("#written-live")).to_contain_text("mất kết nối")
    page.on("dialog", lambda dialog: dialog.accept())
    page.unroute(f"**{OWN}")
    page.goto(OWN)
    expect(results(page)).to_have_value("Gõ lúc mất mạng")
    expect(page.locator("#written-live")).to_contain_text("Đã lưu lúc")
    assert stored("results") == "Gõ lúc mất mạng"


def test_what_word_puts_into_the_clipboard_becomes_lines(portal, browser_page, sign_in):
    page = browser_page
    sign_in(page, "xa.ban-hon")
    page.goto(OWN)
    page.evaluate(PASTE, [results(page).element_handle(), WORD])
    expect(results(page)).to_have_value("Một hai\n- ba\n- bốn\n1. năm\n2. sáu\n- bảy\nXã; 12")


def test_a_colleague_who_saved_first_is_met_and_both_texts_are_shown(
    portal, browser_page, new_page, sign_in, assert_accessible
):
    mine, theirs = browser_page, new_page()
    mine.expected.append("409")
    for page in (mine, theirs):
        sign_in(page, "xa.ban-hon")
        page.goto(OWN)
    results(theirs).fill("Bản của bạn")
    expect(theirs.locator("#written-live")).to_contain_text("Đã lưu lúc")
    results(mine).fill("Bản của tôi")
    expect(mine.locator("#written-live")).to_contain_text("người khác vừa sửa")
    mine.get_by_role("button", name="Lưu", exact=True).click()
    expect(mine.locator(".written-theirs")).to_contain_text("Bản của bạn")
    expect(results(mine)).to_have_value("Bản của tôi")
    assert_accessible(mine)
    mine.get_by_role("button", name="Lưu", exact=True).click()
    expect(mine.locator(".messages")).to_contain_text("Đã lưu lúc")
    assert stored("results") == "Bản của tôi"


def test_without_a_script_it_is_copied_saved_and_sent(portal, new_page, sign_in):
    page = new_page(java_script_enabled=False)
    sign_in(page, "xa.ban-hon")
    page.goto(OWN)
    page.locator("#part-results .written-source summary").click()
    page.locator("#part-results").get_by_role("button", name="Chép lên ô trên").click()
    expect(results(page)).to_have_value(
        "Duy trì 18/19 tiêu chí; cập nhật sổ khám chữa bệnh điện tử đạt 53,4%."
    )
    page.get_by_role("button", name="Các phần còn trống").click()
    page.get_by_role("button", name="Gửi cơ quan thường trực").click()
    expect(page.locator(".messages")).to_contain_text("Đã gửi báo cáo")
    expect(page.locator("textarea")).to_have_count(0)


def test_the_standing_office_reads_returns_and_accepts(
    portal, browser_page, phone_page, sign_in, assert_accessible
):
    for page in (browser_page, phone_page):
        sign_in(page, "phong.nong-nghiep")
        page.goto("/reports/written/")
        assert_fits(page)
        assert_accessible(page)
    page = browser_page
    page.get_by_role("link", name="Xã Giang Ma").click()
    page.get_by_label("Lý do trả lại").fill("Bổ sung số liệu")
    page.get_by_role("button", name="Trả lại").click()
    expect(page.locator(".messages")).to_contain_text("Đã trả lại")
    assert_accessible(page)
    page.goto("/reports/written/2023-q3/communes/ho-thau/")
    page.get_by_role("button", name="Chấp nhận").click()
    expect(page.locator(".messages")).to_contain_text("Đã chấp nhận báo cáo")


@pytest.mark.parametrize(
    ("person", "address"),
    [
        ("phong.tai-nguyen", "/reports/written/2023-q3/agencies/tai-nguyen/"),
        ("xa.ban-bo", "/reports/written/"),
        ("lanhdao", "/reports/written/2023-q2/agencies/lao-dong/"),
        ("xa.ban-bo", "/reports/written/2023-9-months/communes/ban-bo/"),
    ],
)
def test_each_page_fits_and_is_accessible(
    portal, browser_page, phone_page, new_page, sign_in, assert_accessible, person, address
):
    for page in (browser_page, phone_page, new_page(color_scheme="dark")):
        sign_in(page, person)
        page.goto(address)
        assert_fits(page)
        assert_accessible(page)


def test_a_report_that_is_not_whole_is_not_sent_and_the_list_of_gaps_has_the_focus(
    portal, browser_page, sign_in, assert_accessible
):
    page = browser_page
    page.expected.append("422")
    sign_in(page, "xa.ban-hon")
    page.goto(OWN)
    results(page).fill("Duy trì 18/19 tiêu chí")
    expect(page.locator("#written-live")).to_contain_text("Đã lưu lúc")
    page.get_by_role("button", name="Gửi cơ quan thường trực").click()
    problem = page.locator("#written-problem")
    expect(problem).to_contain_text("chưa gửi")
    expect(problem).to_be_focused()
    assert_accessible(page)
    page.keyboard.press("Tab")
    first = problem.get_by_role("link").first
    expect(first).to_be_focused()
    first.press("Enter")
    expect(page.get_by_role("textbox", name="2. ")).to_be_focused()


def test_an_accepted_report_is_read_before_a_return_is_unfolded(
    portal, browser_page, phone_page, sign_in, assert_accessible
):
    for page in (browser_page, phone_page):
        sign_in(page, "phong.nong-nghiep")
        page.goto("/reports/written/2023-q2/communes/ban-hon/")
        expect(page.get_by_role("heading", name="Đã chấp nhận")).to_be_visible()
        expect(page.get_by_label("Lý do trả lại")).to_be_hidden()
        page.locator("#decide summary").click()
        expect(page.get_by_label("Lý do trả lại")).to_be_visible()
        assert_fits(page)
        assert_accessible(page)
