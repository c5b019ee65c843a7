"""Files that are being made are seen to be made, without a reload and without anything moving."""

import pytest
from playwright.sync_api import Page, expect

from reports import making
from reports.building import build_snapshot
from reports.models import FileState, SummaryIssue, SummaryReport
from reports.paper_files import ask_for_files, file_of_draft, forget_drafts
from reports.publishing import fingerprint
from tests.reports.waiting_files import CONTENT, drawn_in_the_test

pytestmark = pytest.mark.browser


def asked_for() -> SummaryIssue:
    issue = SummaryIssue.objects.get(summary__slug="2023-q1")
    issue.files.all().delete()
    ask_for_files(issue)
    return issue


def places(page: Page) -> list[dict]:
    buttons = page.locator(".paper-made .btn")
    return [buttons.nth(n).bounding_box() for n in range(buttons.count())]


def test_the_list_looks_again_by_itself_and_the_focus_stays(
    portal, browser_page, sign_in, assert_accessible, monkeypatch, tmp_path
):
    storage = making.RenderedFile._meta.get_field("file").storage
    monkeypatch.setattr(storage, "location", str(tmp_path))
    drawn_in_the_test(monkeypatch, lambda _: CONTENT)
    files = {one.format: one for one in asked_for().files.all()}
    page = browser_page
    sign_in(page, "xa.ban-bo")
    page.goto("/reports/2023-q1/")
    box = page.locator(".paper-progress")
    expect(box).to_contain_text("danh sách này tự cập nhật")
    assert_accessible(page)
    before = places(page)
    page.get_by_role("link", name="Word", exact=True).focus()

    making.make(files["docx"].pk)
    expect(box.locator("[data-file=docx]")).to_have_attribute("data-state", "done")
    expect(box.get_by_role("status")).to_have_text("Word: đã sẵn sàng")
    expect(page.get_by_role("link", name="Word", exact=True)).to_be_focused()
    expect(box.locator("[data-file=pdf]")).to_have_attribute("data-state", "pending")
    assert places(page) == before

    making.make(files["pdf"].pk)
    making.make(files["xlsx"].pk)
    making.RenderedFile.objects.filter(pk=files["brief"].pk).update(
        state=FileState.FAILED, error="Thiếu phông chữ."
    )
    expect(box.locator("[data-file=brief]")).to_have_attribute("data-state", "failed")
    expect(box).to_contain_text("Có tệp không tạo được")
    assert places(page) == before
    assert_accessible(page)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(2500)
    assert asked == []


def test_who_signed_out_elsewhere_is_told_to_load_the_page_again(portal, browser_page, sign_in):
    asked_for()
    page = browser_page
    page.expected.append("status of 401")
    sign_in(page, "lanhdao")
    page.goto("/reports/2023-q1/")
    expect(page.locator(".paper-progress")).to_contain_text("danh sách này tự cập nhật")
    page.context.clear_cookies()
    expect(page.locator("[data-progress-note]")).to_contain_text("Hệ thống không trả lời")


def test_without_a_script_the_list_says_to_load_the_page_again(portal, new_page, sign_in):
    asked_for()
    page = new_page(java_script_enabled=False)
    sign_in(page, "lanhdao")
    page.goto("/reports/2023-q1/")
    expect(page.locator(".paper-progress")).to_contain_text("tải lại trang để xem tiến độ")


def test_files_of_a_draft_that_was_changed_meanwhile_are_said_to_be_thrown_away(
    portal, browser_page, sign_in, assert_accessible
):
    summary = SummaryReport.objects.get(slug="2023-q3")
    snapshot = build_snapshot(summary)
    file_of_draft(summary, snapshot, fingerprint(snapshot), "pdf")
    page = browser_page
    sign_in(page, "phong.nong-nghiep")
    page.goto("/reports/2023-q3/")
    note = page.locator("[data-progress-note]")
    expect(note).to_contain_text("danh sách này tự cập nhật")
    forget_drafts(summary)
    expect(note).to_contain_text("không còn nữa")
    expect(page.locator(".paper-progress").get_by_role("status")).to_have_text("PDF: chưa tạo")
    assert_accessible(page)
