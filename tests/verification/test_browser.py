"""Verification in a real browser: by mouse, by keyboard, on a phone, with and without a script."""

import re

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Event
from tests import factories
from tests.demonstration import load_demo_database

pytestmark = pytest.mark.browser
PAGE = "/verification/2023-q3/12/"
REASON = "Số lao động chưa khớp với danh sách lớp nghề."
WIDTHS = {1280: 900, 390: 844}


@pytest.fixture
def demo(transactional_db, live):
    load_demo_database()
    return live


@pytest.fixture
def board(demo, browser_page, sign_in):
    sign_in(browser_page, "phong.lao-dong")
    browser_page.goto(PAGE)
    return browser_page


def held(slug="giang-ma", code="12.1"):
    return factories.row_of(code, slug)


def row(page: Page, slug="giang-ma", code="12.1"):
    return page.locator(f"#row-{held(slug, code).pk}")


def test_confirm_return_and_another_verdict_without_leaving_the_page(board):
    row(board).get_by_role("button", name="Xác nhận").click()
    expect(row(board)).to_contain_text("Thẩm định:")
    expect(board.locator("#review-live")).to_have_text("Giang Ma: đã thẩm định")

    row(board, "son-binh").locator(".review-more > summary").click()
    row(board, "son-binh").locator("textarea").fill(REASON)
    row(board, "son-binh").get_by_role("button", name="Trả lại xã").click()
    expect(row(board, "son-binh")).to_contain_text("Đã trả lại xã")
    expect(row(board, "son-binh")).to_contain_text(REASON)

    row(board, "ho-thau").locator(".review-more > summary").click()
    row(board, "ho-thau").locator("textarea").fill(REASON)
    row(board, "ho-thau").get_by_role("button", name="Kết luận: Chưa đạt").click()
    expect(row(board, "ho-thau")).to_contain_text("khác xã tự đánh giá")
    assert held().verified_verdict == "not_met"
    assert held("son-binh").review == "returned"
    assert (held("ho-thau").declared_verdict, held("ho-thau").verified_verdict) == (
        "met",
        "not_met",
    )
    expect(board.locator('[data-show="todo"] b')).to_have_text("4")


def test_a_reason_is_asked_for_and_what_was_written_stays(board):
    board.expected.append("status of 422")
    row(board).locator(".review-more > summary").click()
    row(board).get_by_role("button", name="Trả lại xã").click()
    expect(row(board).locator(".review-error")).to_contain_text("Nêu nội dung cần sửa")
    expect(row(board).locator("textarea")).to_be_focused()
    assert held().review == "pending"


def test_somebody_elses_decision_is_shown_beside_ones_own(board):
    board.expected.append("status of 409")
    row(board).locator(".review-more > summary").click()
    row(board).locator("textarea").fill(REASON)
    factories.verify("12.1", slug="giang-ma", by=by("phong.lao-dong"))
    row(board).get_by_role("button", name="Trả lại xã").click()
    expect(row(board)).to_contain_text("có người đã thay đổi dòng này")
    expect(row(board)).to_contain_text("Ông/bà định: trả lại xã")
    expect(row(board).locator("textarea")).to_have_value(REASON)
    assert held().review == "verified"


def by(username):
    from accounts.models import User

    return User.objects.get(username=username)


def test_the_keyboard_alone_goes_from_row_to_row(board):
    first = board.locator(".review-confirm").first
    first.focus()
    for _row in range(3):
        board.keyboard.press("Enter")
        expect(board.locator("#review-live")).to_contain_text("đã thẩm định")
        board.wait_for_function("document.activeElement.matches('.review-confirm, h3 a')")
        board.evaluate("document.getElementById('review-live').textContent = ''")
    assert Event.objects.filter(
        kind="verified", result__isnull=False, by__username="phong.lao-dong",
        result__indicator__code__in=["12.1", "12.2"],
        result__assessment__unit__slug__in=["ban-giang", "giang-ma", "ho-thau"],
        result__assessment__period__slug="2023-q3",
    ).count() >= 3  # fmt: skip


def test_many_are_ticked_and_confirmed_at_once(board):
    button = board.get_by_role("button", name="Xác nhận các dòng đã chọn")
    expect(button).to_be_disabled()
    board.locator("[data-tick-all]").click()
    expect(button).to_contain_text("(3)")
    button.dblclick()
    expect(board.locator("main")).to_contain_text("Đã xác nhận 3 dòng")
    assert held("ho-thau").review == held("ban-giang").review == "verified"


def test_without_a_script_everything_works(demo, new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("phong.lao-dong")
    page.locator("input[name=password]").fill("nongthonmoi")
    page.locator("form:has(input[name=login]) button[type=submit]").click()
    page.goto(PAGE)
    row(page).get_by_role("button", name="Xác nhận").click()
    expect(row(page)).to_contain_text("Thẩm định:")
    row(page, "son-binh").locator(".review-more > summary").click()
    row(page, "son-binh").locator("textarea").fill(REASON)
    row(page, "son-binh").get_by_role("button", name="Trả lại xã").click()
    expect(row(page, "son-binh")).to_contain_text("Đã trả lại xã")
    page.locator("[data-tick-all]").click()
    page.get_by_role("button", name="Xác nhận các dòng đã chọn").click()
    expect(page.locator("main")).to_contain_text("Đã xác nhận 3 dòng")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit(demo, new_page, sign_in, assert_accessible, width, theme):
    page = new_page({"width": width, "height": WIDTHS[width]}, color_scheme=theme)
    sign_in(page, "phong.nong-nghiep")
    for path in (
        "/verification/",
        "/verification/?show=changed",
        "/verification/?show=corrected",
        "/verification/2023-q3/17/",
        "/assessments/2023-q3/son-binh/ntm/",
        "/assessments/2023-q3/son-binh/ntm/complete/",
        "/assessments/2023-q3/binh-lu/ntm/reopen/",
    ):
        page.goto(path)
        if path.endswith("/17/"):
            page.locator(".review-more > summary").first.click()
        assert_accessible(page)
        over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(over) <= 0, path


def test_on_a_phone_the_communes_stand_one_above_the_other(demo, phone_page, sign_in):
    sign_in(phone_page, "phong.lao-dong")
    phone_page.goto(PAGE)
    box = row(phone_page).locator(".review-act").bounding_box()
    assert box["width"] > 250
    small = phone_page.evaluate(
        "[...document.querySelectorAll('.review-row button, .review-row summary, .review-many .btn')]"
        ".filter(e => e.getBoundingClientRect().height > 0 && e.getBoundingClientRect().height < 44)"
        ".map(e => e.textContent)"
    )
    assert small == []
    row(phone_page).get_by_role("button", name="Xác nhận").tap()
    expect(row(phone_page)).to_contain_text("Thẩm định:")


def test_the_whole_round(demo, new_page, sign_in):
    """A commune corrects what one department returned, another confirms, the office accepts.

    Giang Ma has sent. The labour department returns one row with a reason, every other agency
    confirms its rows; the commune corrects and sends again; with the last row it is verified.
    """
    department = new_page()
    sign_in(department, "phong.lao-dong")
    department.goto("/verification/")
    department.get_by_role("link", name=re.compile("Lao động")).first.click()
    department.wait_for_url("**/verification/2023-q3/12/**")
    row(department).locator(".review-more > summary").click()
    row(department).locator("textarea").fill(REASON)
    row(department).get_by_role("button", name="Trả lại xã").click()
    expect(row(department)).to_contain_text("Đã trả lại xã")
    row(department, code="12.2").get_by_role("button", name="Xác nhận").click()
    expect(row(department, code="12.2")).to_contain_text("Thẩm định:")

    second = new_page()
    sign_in(second, "trung-tam-y-te")
    second.goto("/verification/2023-q3/15/?show=todo")
    for code in ("15.2", "15.3", "15.4"):
        row(second, code=code).get_by_role("button", name="Xác nhận").click()
        expect(row(second, code=code)).to_contain_text("Thẩm định:")

    commune = new_page({"width": 390, "height": 844}, has_touch=True)
    sign_in(commune, "xa.giang-ma")
    commune.goto("/")
    expect(commune.locator("main")).to_contain_text(REASON)
    commune.get_by_role("link", name="Sửa các chỉ tiêu bị trả lại").first.click()
    commune.goto("/assessments/2023-q3/giang-ma/ntm/?show=returned")
    form = commune.locator('.entry-row[data-code="12.1"]')
    expect(form).to_contain_text(REASON)
    commune.locator(f'[name="{held().pk}-men"]').fill("61,5")
    commune.locator(f'[name="{held().pk}-women"]').fill("60,25")
    note = form.locator("textarea")
    if not note.is_visible():
        form.locator(".entry-more > summary").click()
    note.fill("Đã đối chiếu với danh sách lớp nghề tốt nghiệp tháng 9.")
    note.press("Tab")
    expect(form).to_contain_text("Đã lưu lúc")
    commune.get_by_role("link", name="Kiểm tra và gửi").first.click()
    commune.get_by_role("button", name="Gửi lên huyện").click()
    commune.wait_for_url("**/ntm/")
    assert factories.assessment("giang-ma").state == "submitted"

    department.goto("/verification/")
    expect(department.locator("main")).to_contain_text("Đã sửa sau khi trả lại")
    department.goto(PAGE)
    expect(row(department)).to_contain_text("đã sửa sau khi trả lại")
    row(department).get_by_role("button", name="Xác nhận").click()
    expect(row(department)).to_contain_text("Thẩm định:")

    rest = factories.assessment("giang-ma").results.filter(review="pending")
    for code in rest.exclude(indicator__code="15.1").values_list("indicator__code", flat=True):
        factories.verify(code, slug="giang-ma", by=verifier(code))

    office = new_page()
    sign_in(office, "phong.nong-nghiep")
    office.goto("/verification/2023-q3/15/")
    row(office, code="15.1").get_by_role("button", name="Xác nhận").click()
    expect(row(office, code="15.1")).to_contain_text("Thẩm định:")
    office.goto("/assessments/2023-q3/giang-ma/ntm/")
    office.get_by_role("link", name="Chấp nhận").click()
    office.get_by_role("button", name="Chấp nhận").dblclick()
    expect(office.locator("main")).to_contain_text("Đã chấp nhận")
    target = factories.assessment("giang-ma")
    assert target.state == "accepted"
    assert target.events.filter(kind="accepted").count() == 1
    assert held().verified_verdict == held().declared_verdict == "met"


def verifier(code):
    from assignments.queries import leads_by_indicator

    result = held(code=code)
    lead = leads_by_indicator(result.assessment.criteria_set_id)[result.indicator_id]
    return by(next(u for u in users_of(lead.id)))


def users_of(agency_id):
    from accounts.models import User

    return User.objects.filter(agency=agency_id).values_list("username", flat=True)
