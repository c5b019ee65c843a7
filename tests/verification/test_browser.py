"""Verification in a real browser: by mouse, by keyboard, on a phone, with and without a script."""

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Event
from tests import factories
from tests.chromium import assert_fits
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
    expect(row(board)).to_contain_text("đã thay đổi dòng này lúc")
    expect(row(board)).to_contain_text("Bạn định: trả lại xã")
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
        # On the name of the next commune: its figures come before its button.
        board.wait_for_function("document.activeElement.matches('h3 a')")
        board.evaluate("document.getElementById('review-live').textContent = ''")
        board.evaluate(
            "document.activeElement.closest('.review-row').querySelector('.review-confirm').focus()"
        )
    assert Event.objects.filter(
        kind="verified", result__isnull=False, by__username="phong.lao-dong",
        result__indicator__code__in=["12.1", "12.2"],
        result__assessment__unit__slug__in=["ban-giang", "giang-ma", "ho-thau"],
        result__assessment__period__slug="2023-q3",
    ).count() >= 3  # fmt: skip


def counts_of(page):
    """The filters' and the indicators' counts, as they are read."""
    chips = {
        chip.get_attribute("data-show"): int(chip.locator("b").inner_text())
        for chip in page.locator(".review-bar [data-show]").all()
    }
    codes = [" ".join(a.inner_text().split()) for a in page.locator(".review-codes a").all()]
    return chips, codes, page.locator("[data-tickable]").first.inner_text()


@pytest.mark.parametrize("query", ["", "?indicator=12.1"])
def test_every_count_is_as_fresh_after_a_decision_as_after_loading(board, query):
    board.goto(f"{PAGE}{query}")
    before = counts_of(board)
    for act in ("confirm", "return"):
        of_row = row(board, "ho-thau" if act == "confirm" else "son-binh")
        if act == "confirm":
            of_row.get_by_role("button", name="Xác nhận").click()
        else:
            of_row.locator(".review-more > summary").click()
            of_row.locator("textarea").fill(REASON)
            of_row.get_by_role("button", name="Trả lại xã").click()
        expect(of_row.locator(".review-found")).to_be_visible()
        expect(board.locator("#review-live")).not_to_be_empty()
        shown = counts_of(board)
        board.reload()
        assert counts_of(board) == shown != before


def test_a_key_that_is_held_down_confirms_one_row_and_no_other(board):
    decided = Event.objects.filter(kind="verified", result__isnull=False)
    before = decided.count()
    board.locator(".review-confirm").first.focus()
    for _press in range(8):
        board.keyboard.down("Enter")  # without a release: the browser repeats it
    expect(board.locator("#review-live")).to_contain_text("đã thẩm định")
    board.keyboard.down("Enter")
    board.keyboard.up("Enter")
    board.wait_for_load_state("networkidle")
    assert decided.count() == before + 1


def test_many_are_ticked_and_confirmed_at_once(board):
    button = board.get_by_role("button", name="Xác nhận các dòng đã chọn")
    expect(button).to_be_disabled()
    board.locator("[data-tick-all]").click()
    expect(button).to_contain_text("(3)")
    posts = []
    board.on("request", lambda sent: sent.method == "POST" and posts.append(sent.url))
    button.dblclick()
    expect(board.locator("main")).to_contain_text("Đã xác nhận 3 dòng")
    assert len(posts) == 1  # the portal's script lets the second press go
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
        assert_fits(page)


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
