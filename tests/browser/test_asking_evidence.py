"""The standing office asks for evidence in a real browser, and the commune's checklist says so."""

import pytest
from playwright.sync_api import expect

from criteria.models import Indicator
from tests.chromium import DESKTOP, PHONE, assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("demo")]
PAGE = "/criteria/ntm/evidence/"


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_evidence_is_asked_for_and_the_commune_is_told(
    new_page, sign_in, assert_accessible, viewport
):
    indicator = Indicator.objects.get(code="6.3", criterion__criteria_set__slug="ntm")
    page = new_page(viewport)
    page.expected.append("status of 422")
    sign_in(page, "phong.nong-nghiep")
    page.goto(PAGE)
    assert_accessible(page)
    assert_fits(page)
    page.locator(f'a[href="{PAGE}{indicator.pk}/"]').click()
    page.get_by_role("button", name="Yêu cầu minh chứng").click()
    expect(page.get_by_text("Hãy nêu lý do; lý do được lưu cùng quyết định.")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_label("Lý do").fill("Kết quả kiểm tra quý II")
    page.get_by_role("button", name="Yêu cầu minh chứng").click()
    expect(page.get_by_text("Từ nay chỉ tiêu 6.3 chỉ đạt khi có minh chứng.")).to_be_visible()
    commune = new_page(viewport)
    sign_in(commune, "xa.nung-nang")
    commune.goto("/assessments/2023-q3/nung-nang/ntm/submit/")
    for code in ("2.1", "6.3"):
        sentence = f"{code} chỉ được tự đánh giá Đạt khi có minh chứng còn hiệu lực"
        expect(commune.get_by_text(sentence)).to_be_visible()
    assert_accessible(commune)
