"""The standing office confirms a level in a real browser, on a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from criteria.models import Threshold
from tests.chromium import DESKTOP, PHONE, assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("demo")]
PAGE = "/criteria/ntm/unconfirmed/"


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_a_level_is_looked_at_and_confirmed(new_page, sign_in, assert_accessible, viewport):
    level = Threshold.objects.get(
        measure__indicator__code="11", measure__indicator__criterion__criteria_set__slug="ntm",
        region="TDMNPB", valid_to=None,
    )  # fmt: skip
    page = new_page(viewport)
    page.expected.append("status of 422")
    sign_in(page, "phong.nong-nghiep")
    page.goto(PAGE)
    page.locator("details.criterion > summary").click()
    assert_accessible(page)
    assert_fits(page)
    page.locator(f"#level-{level.pk} a.btn").click()
    page.get_by_role("button", name="Xem trước thay đổi").click()
    expect(page.get_by_text("Hãy ghi số văn bản.")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Mức quy định").fill("20")
    page.get_by_label("Số văn bản").fill("100/QĐ-UBND")
    page.get_by_label("Ngày văn bản").fill("01/06/2023")
    page.get_by_label("Cơ quan ban hành").fill("UBND tỉnh Lai Châu")
    page.get_by_role("button", name="Xem trước thay đổi").click()
    expect(page.get_by_role("heading", name="Việc này sẽ làm thay đổi")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Xác nhận mức này").click()
    expect(page.get_by_text("Đã xác nhận mức của chỉ tiêu 11")).to_be_visible()
    assert not page.locator(f"#level-{level.pk}").count()
