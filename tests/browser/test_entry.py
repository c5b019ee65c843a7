"""The entry form in a real browser: what an officer of Bản Bo does with it on a real day."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from assessments.models import AssessmentState, Basis, IndicatorResult
from tests import factories
from tests.chromium import assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("demo")]
FORM = "/assessments/2023-q3/ban-bo/ntm/"
#: Texts are Vietnamese: it is what the officers see.
SAVED = "Đã lưu lúc"


def row(page: Page, code: str):
    return page.locator(f'.entry-row[data-code="{code}"]')


def field(page: Page, code: str, key: str = "value"):
    return page.locator(f'[name="{factories.row_of(code).pk}-{key}"]')


@pytest.fixture
def form(browser_page, sign_in):
    sign_in(browser_page, "xa.ban-bo")
    browser_page.goto(FORM)
    return browser_page


def blank_code(kind: str = "percentage") -> str:
    """A row of Bản Bo that is still blank and has one number."""
    rows = IndicatorResult.objects.filter(
        assessment=factories.assessment("ban-bo"), basis=Basis.BLANK
    )
    return (
        rows.filter(indicator__measures__kind=kind, indicator__measures__key="value")
        .first()
        .indicator.code
    )


def test_a_row_saves_itself_says_so_and_is_there_after_a_reload(form):
    field(form, "11").fill("39,05")
    field(form, "11").press("Tab")
    expect(row(form, "11")).to_contain_text(SAVED)
    expect(row(form, "11")).to_contain_text("39,05\u00a0% > 13\u00a0%")
    form.reload()
    expect(field(form, "11")).to_have_value("39,05")
    assert factories.row_of("11").values.get(measure__key="value").number == Decimal("39.05")


def test_yes_and_no_are_pressed_with_the_keyboard_alone(form):
    code = blank_code("boolean")
    row(form, code).locator("input[type=radio]").first.focus()
    form.keyboard.press("Space")
    expect(row(form, code)).to_contain_text(SAVED)
    form.keyboard.press("ArrowRight")
    expect(row(form, code).locator(".verdict-not_met")).to_be_visible()
    assert factories.row_of(code).declared_verdict == "not_met"


def test_enter_goes_to_the_next_field_and_sends_nothing(form):
    field(form, "12.1", "men").fill("61")
    field(form, "12.1", "men").press("Enter")
    expect(field(form, "12.1", "women")).to_be_focused()
    assert form.url.endswith(FORM)


def test_typing_on_while_a_row_is_being_saved_loses_nothing(form):
    field(form, "12.1", "men").fill("64")
    field(form, "12.1", "women").fill("63")
    field(form, "12.1", "women").press("Tab")
    expect(row(form, "12.1")).to_contain_text(SAVED)
    # The row stays dirty until the server has what stands in its fields.
    expect(row(form, "12.1")).not_to_have_class(re.compile(r"is-(saving|dirty)"))
    stored = factories.row_of("12.1").values.values_list("measure__key", "number")
    assert dict(stored) == {"men": Decimal(64), "women": Decimal(63)}


def test_a_wrong_number_is_said_beside_its_field_and_stays(form):
    form.expected.append("status of 422")
    before = factories.row_of("11").version
    field(form, "11").fill("1.234,5")
    field(form, "11").press("Tab")
    expect(row(form, "11").locator(".field-error").first).to_contain_text(
        "nhiều nhất một dấu thập phân"
    )
    expect(field(form, "11")).to_have_value("1.234,5")
    expect(field(form, "11")).to_have_attribute("aria-invalid", "true")
    assert factories.row_of("11").version == before
    field(form, "11").fill("30")
    field(form, "11").press("Tab")
    expect(row(form, "11")).to_contain_text(SAVED)
    expect(field(form, "11")).not_to_have_attribute("aria-invalid", "true")


def test_without_a_connection_the_row_says_so_and_is_saved_by_trying_again(form):
    form.expected += ["ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest"]
    form.context.set_offline(True)
    field(form, "11").fill("28,5")
    field(form, "11").press("Tab")
    expect(row(form, "11")).to_contain_text("mất kết nối")
    expect(field(form, "11")).to_have_value("28,5")
    form.context.set_offline(False)
    expect(row(form, "11")).to_contain_text(SAVED)
    assert factories.row_of("11").values.get(measure__key="value").number == Decimal("28.5")


def test_a_session_that_ended_while_typing_loses_nothing(form, sign_in):
    form.expected += ["status of 401", "Status Error Code 401"]
    form.context.clear_cookies(name="sessionid")
    field(form, "11").fill("28,5")
    field(form, "11").press("Tab")
    expect(row(form, "11")).to_contain_text("phiên làm việc đã hết")
    with form.context.expect_page() as opened:
        row(form, "11").get_by_role("link", name="Đăng nhập").click()
    other = opened.value
    other.locator("input[name=login]").fill("xa.ban-bo")
    other.locator("input[name=password]").fill("nongthonmoi")
    other.locator("input[name=password]").press("Enter")
    other.wait_for_url(f"**{FORM}")
    row(form, "11").get_by_role("button", name="Thử lại").click()
    expect(row(form, "11")).to_contain_text(SAVED)
    assert factories.row_of("11").values.get(measure__key="value").number == Decimal("28.5")


def test_what_was_typed_and_not_saved_is_there_when_the_page_is_opened_again(form):
    form.expected += ["ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest"]
    form.context.set_offline(True)
    field(form, "11").fill("28,5")
    field(form, "11").press("Tab")
    expect(row(form, "11")).to_contain_text("mất kết nối")
    form.close()
    page = form.context.new_page()
    form.context.set_offline(False)
    page.goto(FORM)
    expect(field(page, "11")).to_have_value("28,5")
    expect(row(page, "11")).to_contain_text("chưa lưu")
    row(page, "11").get_by_role("button", name="Thử lại").click()
    expect(row(page, "11")).to_contain_text(SAVED)


def test_when_somebody_else_was_faster_both_values_are_shown_and_one_chooses(form):
    form.expected.append("status of 409")
    factories.save("11", {"value": Decimal("31.25")}, note="Đồng nghiệp nhập")
    field(form, "11").fill("29")
    field(form, "11").press("Tab")
    conflict = row(form, "11").locator(".entry-conflict")
    expect(conflict).to_contain_text("31,25")
    expect(conflict).to_contain_text("29")
    expect(field(form, "11")).to_have_value("29")
    conflict.get_by_role("button", name="Lưu số của tôi").click()
    expect(row(form, "11")).to_contain_text(SAVED)
    expect(field(form, "11")).to_be_focused()
    assert factories.row_of("11").values.get(measure__key="value").number == Decimal(29)


def test_one_may_also_take_what_the_other_entered(form):
    form.expected.append("status of 409")
    factories.save("11", {"value": Decimal("31.25")})
    field(form, "11").fill("29")
    field(form, "11").press("Tab")
    row(form, "11").get_by_role("button", name="Lấy số trên hệ thống").click()
    expect(field(form, "11")).to_have_value("31,25")
    expect(row(form, "11").locator(".entry-conflict")).to_have_count(0)
    assert factories.row_of("11").values.get(measure__key="value").number == Decimal("31.25")
    form.goto("/assessments/")
    form.goto(FORM)  # what was given up is not offered again as a draft
    expect(field(form, "11")).to_have_value("31,25")
    expect(row(form, "11")).not_to_contain_text("chưa lưu")


def test_one_row_is_kept_unchanged_with_one_press(form):
    code = blank_code()
    row(form, code).get_by_role("button", name="Giữ nguyên").click()
    expect(row(form, code)).to_contain_text(SAVED)
    expect(row(form, code)).to_contain_text("Giữ nguyên:")
    assert factories.row_of(code).basis == Basis.UNCHANGED


def test_filters_show_what_they_name_and_count_along(form):
    form.locator("[data-show=missing]").click()
    shown = form.locator(".entry-row:visible")
    expect(shown).to_have_count(16)
    row_code = shown.first.get_attribute("data-code")
    row(form, row_code).get_by_role("button", name="Giữ nguyên").click()
    expect(form.locator("#count-missing")).to_have_text("15")
    form.goto(f"{FORM}?show=returned")
    expect(form.locator(".entry-row:visible")).to_have_count(0)


def test_criteria_fold_and_unfold(form):
    first = form.locator(".criterion").first
    first.locator("summary").first.click()
    expect(row(form, "1.1")).to_be_hidden()
    button = form.get_by_role("button", name="Thu gọn tất cả")
    button.click()
    expect(form.locator(".entry-row:visible")).to_have_count(0)
    form.get_by_role("button", name="Mở tất cả").click()
    expect(form.locator(".entry-row:visible")).to_have_count(57)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_form_is_accessible_and_fits(new_page, sign_in, assert_accessible, width, theme):
    page = new_page({"width": width, "height": 844}, color_scheme=theme)
    sign_in(page, "xa.ban-bo")
    for path in (FORM, f"{FORM}submit/", f"{FORM}unchanged/", "/assessments/"):
        page.goto(path)
        assert_accessible(page)
        assert_fits(page)


def test_the_whole_path_from_sign_in_to_the_districts_figures(new_page, sign_in):
    """Enter, reload, keep the rest, send; then the standing office sees the figures change."""
    office = new_page()
    sign_in(office, "phong.nong-nghiep")
    office.goto("/dashboard/?period=2023-q3")
    before = office.locator("main").inner_text()

    officer = new_page({"width": 390, "height": 844}, has_touch=True)
    sign_in(officer, "xa.ban-bo")
    officer.goto(FORM)
    field(officer, "17.1", "clean").fill("41,5")
    field(officer, "17.1", "central").fill("12")
    field(officer, "17.1", "central").press("Tab")
    expect(row(officer, "17.1")).to_contain_text(SAVED)
    officer.reload()
    expect(field(officer, "17.1", "clean")).to_have_value("41,5")
    officer.get_by_role("link", name="Giữ nguyên các dòng còn lại").first.click()
    officer.get_by_role("button", name="Giữ nguyên").click()
    officer.get_by_role("link", name="Kiểm tra và gửi").first.click()
    while officer.locator(".checklist a").count():
        officer.locator(".checklist a").first.click()
        target = officer.url.split("#")[1]
        note = officer.locator(f"#{target} textarea")
        note.fill("Đã rà soát thực tế tại bản, có biên bản kèm theo.")
        note.press("Tab")
        expect(officer.locator(f"#{target}")).to_contain_text(SAVED)
        officer.get_by_role("link", name="Kiểm tra và gửi").first.click()
    officer.get_by_role("button", name="Gửi lên huyện").dblclick()
    officer.wait_for_url(f"**{FORM}")
    expect(officer.locator("main")).to_contain_text("Số liệu đã gửi không sửa được nữa")
    expect(officer.locator("main textarea")).to_have_count(0)
    assert factories.assessment("ban-bo").state == AssessmentState.SUBMITTED
    assert factories.assessment("ban-bo").events.filter(kind="submitted").count() == 1

    office.reload()
    assert office.locator("main").inner_text() != before
    office.goto("/assessments/?period=2023-q3&unit=ban-bo")
    expect(office.locator("tbody tr")).to_contain_text("57/57")


@pytest.fixture
def plain(new_page, sign_in):
    """A browser without a script."""
    page = new_page(java_script_enabled=False)
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("xa.ban-bo")
    page.locator("input[name=password]").fill("nongthonmoi")
    page.locator("form:has(input[name=login]) button[type=submit]").click()
    page.goto(FORM)
    return page


def test_without_a_script_one_button_saves_everything(plain):
    plain.expected.append("status of 422")
    field(plain, "11").fill("28,5")
    field(plain, "10").fill("abc")
    plain.get_by_role("button", name="Lưu", exact=True).first.click()
    expect(plain.locator("main")).to_contain_text("1 dòng chưa lưu được")
    expect(field(plain, "10")).to_have_value("abc")
    field(plain, "10").fill("43,5")
    plain.get_by_role("button", name="Lưu", exact=True).first.click()
    expect(plain.locator("main")).not_to_contain_text("dòng chưa lưu được")
    expect(plain.locator("main")).to_contain_text("Đã lưu 1 dòng")
    assert factories.row_of("11").values.get(measure__key="value").number == Decimal("28.5")
    assert factories.row_of("10").values.get().number == Decimal("43.5")


def test_without_a_script_an_ended_session_gives_back_what_was_typed(plain):
    plain.context.clear_cookies(name="sessionid")
    field(plain, "11").fill("28,5")
    plain.get_by_role("button", name="Lưu", exact=True).first.click()
    plain.locator("input[name=login]").fill("xa.ban-bo")
    plain.locator("input[name=password]").fill("nongthonmoi")
    plain.locator("form:has(input[name=login]) button[type=submit]").click()
    expect(field(plain, "11")).to_have_value("28,5")
    expect(plain.locator("main")).to_contain_text("chưa được lưu")
    plain.get_by_role("button", name="Lưu", exact=True).first.click()
    expect(plain.locator("main")).to_contain_text("Đã lưu 1 dòng")
    assert factories.row_of("11").values.get(measure__key="value").number == Decimal("28.5")


def test_without_a_script_a_second_sign_in_elsewhere_loses_nothing(plain):
    field(plain, "11").fill("77,5")
    other = plain.context.new_page()
    other.goto("/accounts/logout/")
    other.locator("main form button[type=submit]").click()
    expect(other.locator("input[name=login]")).to_be_visible()
    other.locator("input[name=login]").fill("xa.ban-bo")
    other.locator("input[name=password]").fill("nongthonmoi")
    other.locator("form:has(input[name=login]) button[type=submit]").click()
    expect(other.locator("input[name=login]")).to_have_count(0)
    plain.get_by_role("button", name="Lưu", exact=True).first.click()
    expect(plain.locator("main")).to_contain_text("chưa được lưu")
    expect(field(plain, "11")).to_have_value("77,5")
    assert not factories.row_of("11").values.filter(number=Decimal("77.5")).exists()
    plain.get_by_role("button", name="Lưu", exact=True).first.click()
    expect(plain.locator("main")).to_contain_text("Đã lưu 1 dòng")
    assert factories.row_of("11").values.get(measure__key="value").number == Decimal("77.5")


@pytest.mark.parametrize("wide", [1280, 390])
def test_without_a_script_both_choices_of_a_conflict_are_whole(plain, wide):
    plain.expected.append("status of 409")
    plain.set_viewport_size({"width": wide, "height": 800})
    field(plain, "11").fill("72")
    factories.save("11", {"value": Decimal("71")})
    plain.get_by_role("button", name="Lưu", exact=True).first.click()
    expect(plain.locator("main")).to_contain_text("1 dòng chưa lưu được")
    frame = row(plain, "11").locator(".entry-conflict").bounding_box()
    labels = row(plain, "11").locator(".entry-conflict fieldset label")
    expect(labels).to_have_count(2)
    for label in labels.all():
        box = label.bounding_box()
        assert box["width"] >= 120
        assert box["x"] >= frame["x"]
        assert box["x"] + box["width"] <= frame["x"] + frame["width"]
        assert box["height"] < 60, "its words stand in one line"
    labels.last.click()
    plain.get_by_role("button", name="Lưu", exact=True).first.click()
    expect(plain.locator("main")).to_contain_text("Đã lấy số trên hệ thống")
    expect(field(plain, "11")).to_have_value("71")
