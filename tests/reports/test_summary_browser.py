"""From "compose" to the leader's download, in a real browser; each page by phone and desk."""

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from reports import making
from reports.models import FileState, RenderedFile, SummaryIssue
from tests.chromium import assert_fits

pytestmark = pytest.mark.browser


def test_from_composing_to_the_leaders_download(portal, new_page, sign_in, assert_accessible):
    office = new_page()
    sign_in(office, "phong.nong-nghiep")
    office.goto("/reports/")
    office.get_by_label("Kỳ báo cáo").select_option("2023-9-months")
    office.get_by_role("button", name="Bắt đầu soạn").click()
    office.wait_for_url("**/reports/2023-9-months/")
    section = office.locator("#s-proposals")
    section.get_by_text("Sửa", exact=False).first.click()
    section.get_by_label("Nội dung").fill("Đề nghị UBND tỉnh hỗ trợ xã Sơn Bình & Nà Tăm.")
    expect(office.locator("#composition-live")).to_contain_text("Chưa lưu")
    section.get_by_role("button", name="Lưu", exact=True).click()
    expect(section).to_contain_text("Đề nghị UBND tỉnh hỗ trợ xã Sơn Bình & Nà Tăm.")
    assert_accessible(office)
    take_in_a_passage(office)
    checks = office.locator(".paper-checks")
    expect(checks.get_by_role("link").first).to_be_visible()
    expect(checks).to_contain_text("tạm tính")
    office.get_by_role("button", name="Trình ban hành").click()
    expect(office.get_by_role("main")).to_contain_text("Báo cáo đã trình lãnh đạo ban hành.")

    leader = new_page()
    sign_in(leader, "lanhdao")
    leader.goto("/reports/")
    leader.get_by_role("link", name="Đọc và ban hành").click()
    expect(leader.get_by_role("main")).to_contain_text("Sơn Bình & Nà Tăm")
    assert_accessible(leader)
    leader.get_by_label("Tôi đã biết các điểm mâu thuẫn").check()
    leader.locator("summary", has_text="Ban hành").click()
    leader.get_by_role("button", name="Ban hành ngay").click()
    expect(leader.get_by_role("main")).to_contain_text("Số: 05/BC-UBND")
    assert_accessible(leader)
    leader.get_by_role("link", name="PDF").click()
    expect(leader.get_by_role("main")).to_contain_text("Đang tạo tệp.")

    issue = SummaryIssue.objects.get(summary__slug="2023-9-months")
    for rendered in issue.files.all():
        making.make(rendered.pk)
    leader.goto("/reports/2023-9-months/")
    with leader.expect_download() as download:
        leader.get_by_role("link", name="Excel").click()
    assert download.value.suggested_filename == "bao-cao-2023-9-months.xlsx"
    assert_proven(leader, issue, download.value.path())


def take_in_a_passage(page: Page) -> None:
    """From the written reports into the text, by its button; the body's name stands with it."""
    passages = page.locator(".paper-section", has=page.locator(".paper-passages")).first
    passages.locator(".paper-edit > summary").click()
    passages.locator(".paper-passages > summary").click()
    first = passages.locator(".paper-passages li").first
    body = first.locator("strong").inner_text()
    first.get_by_role("button").click()
    expect(page.get_by_text("đã có trong nội dung").first).to_be_attached()
    expect(page.locator(".paper-text", has_text=body).first).to_be_visible()


def assert_proven(page: Page, issue: SummaryIssue, excel: Path) -> None:
    """The bytes that were downloaded are those that the verification page knows."""
    page.goto("/reports/verify/")
    page.get_by_label("Mã xác").fill(issue.code.lower().replace("-", " "))
    page.get_by_role("button", name="Tra cứu").click()
    page.wait_for_url(f"**/reports/verify/{issue.code}/")
    shown = page.get_by_role("main").inner_text()
    for suffix in (".pdf", "-tom-tat.pdf", ".docx", ".xlsx"):
        response = page.request.get(f"/reports/2023-9-months{suffix}")
        assert response.body().startswith((b"%PDF", b"PK"))
        assert hashlib.sha256(response.body()).hexdigest() in shown, suffix
    page.get_by_label("Tệp PDF, Word hoặc Excel").set_input_files(excel)
    page.get_by_role("button", name="Kiểm tra tệp").click()
    expect(page.get_by_role("main")).to_contain_text("đúng từng byte là tệp Excel")


def test_a_file_on_its_way_opens_by_itself_when_it_is_made(portal, browser_page, sign_in):
    page = browser_page
    sign_in(page, "xa.ban-bo")
    page.goto("/reports/2023-q2.pdf")
    expect(page.get_by_role("main")).to_contain_text("Đang tạo tệp.")
    rendered = RenderedFile.objects.get(issue__summary__slug="2023-q2", format="pdf")
    making.make(rendered.pk)
    rendered.refresh_from_db()
    assert rendered.state == FileState.DONE
    page.goto("/reports/")
    assert page.request.get("/reports/2023-q2.pdf").headers["etag"] == f'"{rendered.sha256}"'


def test_every_page_is_read_on_a_desk_and_a_phone(
    portal, browser_page, phone_page, new_page, sign_in, assert_accessible
):
    code = SummaryIssue.objects.get(summary__slug="2023-q2").code
    for page in (browser_page, phone_page, new_page(color_scheme="dark")):
        sign_in(page, "phong.nong-nghiep")
        for address in (
            "/reports/",
            "/reports/2023-q3/",
            "/reports/2023-q3/preview/",
            "/reports/2023-q2/",
            f"/reports/verify/{code}/",
            "/reports/compare/?a=2023-q1&b=2023-q2",
            "/reports/verify/",
            f"/reports/verify/?sha256={'0' * 64}",
        ):
            page.goto(address)
            assert_fits(page)
            assert_accessible(page)


def test_without_a_script_two_people_who_edit_one_section_lose_nothing(portal, new_page, sign_in):
    first, second = new_page(java_script_enabled=False), new_page(java_script_enabled=False)
    second.expected.append("status of 409")
    for page in (first, second):
        sign_in(page, "phong.nong-nghiep")
        page.goto("/reports/2023-q3/")
        page.locator("#s-causes summary").first.click()
    first.locator("#t-causes").fill("Của người thứ nhất.")
    first.locator("#s-causes").get_by_role("button", name="Lưu").click()
    expect(first.locator("#s-causes")).to_contain_text("Của người thứ nhất.")
    second.locator("#t-causes").fill("Của người thứ hai.")
    second.locator("#s-causes").get_by_role("button", name="Lưu").click()
    expect(second.locator("#s-causes")).to_contain_text("Của người thứ nhất.")
    expect(second.locator("#t-causes")).to_have_value("Của người thứ hai.")
