"""History and talk in a real browser: unfolded beneath a row, and as pages of their own."""

import pytest
from playwright.sync_api import expect

from assessments.models import Comment, IndicatorResult
from tests.chromium import DESKTOP, PHONE, assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("demo")]
FORM = "/assessments/2023-q3/ban-giang/ntm/"


def returned_row() -> IndicatorResult:
    return IndicatorResult.objects.get(
        assessment__unit__slug="ban-giang",
        assessment__period__slug="2023-q3",
        indicator__code="12.2",
    )


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_a_row_unfolds_its_history_and_a_comment_is_written_in_place(
    new_page, sign_in, assert_accessible, viewport
):
    row = returned_row()
    page, version = new_page(viewport), row.version
    page.expected.append("status of 422")
    sign_in(page, "xa.ban-giang")
    page.goto(FORM)
    fold = page.locator(f"#talk-of-{row.pk}")
    expect(page.locator(f"#talks-{row.pk}")).to_have_text("2")
    fold.locator("> summary").click()
    expect(fold).to_contain_text("Số lao động có chứng chỉ chưa khớp")
    fold.get_by_role("button", name="Gửi ý kiến").click()
    expect(fold.get_by_role("alert")).to_contain_text("Hãy viết")
    fold.get_by_label("Ý kiến của bạn").fill("Xã đã sửa, xin xem lại")
    fold.get_by_role("button", name="Gửi ý kiến").click()
    expect(fold.locator(".talk")).to_contain_text("Xã đã sửa, xin xem lại")
    expect(page.locator(f"#talks-{row.pk}")).to_have_text("3")
    assert Comment.objects.filter(result=row, text="Xã đã sửa, xin xem lại").count() == 1
    row.refresh_from_db()
    assert row.version == version, "writing into the thread must not save the row above it"
    assert_accessible(page)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_the_pages_are_accessible_and_fit(new_page, sign_in, assert_accessible, viewport):
    page = new_page(viewport)
    sign_in(page, "phong.nong-nghiep")
    for path in (f"{FORM}rows/{returned_row().pk}/history/", f"{FORM}history/"):
        page.goto(path)
        for one in page.locator("details.earlier").all():
            one.locator("summary").click()
        assert_accessible(page)
        assert_fits(page)


def test_without_a_script_a_comment_is_written_on_the_rows_own_page(new_page, sign_in):
    row = returned_row()
    page = new_page(DESKTOP, java_script_enabled=False)
    sign_in(page, "phong.lao-dong")
    page.goto(FORM)
    page.locator(f"#talk-of-{row.pk} > summary").click()
    page.locator(f"#talk-of-{row.pk} a").click()
    page.get_by_label("Ý kiến của bạn").fill("Đã nhận danh sách")
    page.get_by_role("button", name="Gửi ý kiến").click()
    page.wait_for_url("**/history/#comments")
    expect(page.locator(".talk")).to_contain_text("Đã nhận danh sách")


def test_a_comment_without_a_connection_says_so_and_stays(new_page, sign_in):
    row = returned_row()
    page = new_page(DESKTOP)
    page.expected += ["ERR_INTERNET_DISCONNECTED", "htmx:afterRequest", "htmx:sendError"]
    sign_in(page, "xa.ban-giang")
    page.goto(FORM)
    fold = page.locator(f"#talk-of-{row.pk}")
    fold.locator("> summary").click()
    fold.get_by_label("Ý kiến của bạn").fill("Gửi sau")
    page.context.set_offline(True)
    fold.get_by_role("button", name="Gửi ý kiến").click()
    expect(fold.locator("[data-not-sent]")).to_contain_text("Chưa gửi được")
    page.context.set_offline(False)
    expect(fold.get_by_label("Ý kiến của bạn")).to_have_value("Gửi sau")
    fold.get_by_role("button", name="Gửi ý kiến").click()
    expect(fold.locator(".talk")).to_contain_text("Gửi sau")
    assert Comment.objects.filter(text="Gửi sau").count() == 1
