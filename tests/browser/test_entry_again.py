"""The entry form the second time round: back, changed after keeping, two people on one row."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from assessments.models import Basis
from tests import factories
from tests.browser.test_entry import FORM, SAVED, blank_code, field, form, row

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("demo")]
__all__ = ["form"]


def save(page, code: str, text: str, key: str = "value") -> None:
    """Typed, and waited for until the server has it: the row may say "saved" from before."""
    with page.expect_response(lambda answer: "/rows/" in answer.url and answer.ok):
        field(page, code, key).fill(text)
        field(page, code, key).press("Tab")


def test_back_shows_what_was_saved_and_not_what_the_page_once_held(form):
    save(form, "11", "28,5")
    form.goto("/assessments/")
    form.go_back()
    expect(field(form, "11")).to_have_value("28,5")
    save(form, "11", "29")
    assert factories.row_of("11").values.get(measure__key="value").number == Decimal(29)


def test_a_kept_row_that_was_changed_can_be_kept_again(form):
    code = blank_code()
    keep = row(form, code).get_by_role("button", name="Giữ nguyên")
    keep.click()
    expect(keep).to_have_count(0)
    expect(row(form, code)).to_contain_text(SAVED)
    save(form, code, "77")
    expect(keep).to_be_visible()
    keep.click()
    expect(row(form, code)).to_contain_text("Giữ nguyên:")
    assert factories.row_of(code).basis == Basis.UNCHANGED


def test_a_kept_row_is_rechecked_with_one_press(form):
    code = blank_code()
    row(form, code).get_by_role("button", name="Giữ nguyên").click()
    row(form, code).get_by_role("button", name="Đã rà soát, vẫn đúng").click()
    expect(row(form, code)).not_to_contain_text("Giữ nguyên:")
    expect(row(form, code)).to_contain_text("Đã ghi nhận rà soát lại trong quý này")
    expect(row(form, code)).to_contain_text(SAVED)
    assert factories.row_of(code).basis == Basis.ENTERED


def test_my_value_does_not_undo_the_note_of_somebody_else(form):
    form.expected.append("status of 409")
    held = factories.row_of("11").values.get(measure__key="value").number
    values = {
        v.measure.key: v.value for v in factories.row_of("11").values.select_related("measure")
    }
    factories.save("11", values, note="Ghi chú của đồng nghiệp")
    field(form, "11").fill("29")
    field(form, "11").press("Tab")
    conflict = row(form, "11").locator(".entry-conflict")
    expect(conflict).to_contain_text("29")
    expect(field(form, "11", "note")).to_have_value("Ghi chú của đồng nghiệp")
    conflict.get_by_role("button", name="Lưu số của tôi").click()
    expect(row(form, "11").locator(".entry-conflict")).to_have_count(0)
    expect(row(form, "11")).to_contain_text(SAVED)
    stored = factories.row_of("11")
    assert stored.note == "Ghi chú của đồng nghiệp"
    assert stored.values.get(measure__key="value").number == Decimal(29) != held


def test_until_one_has_chosen_nothing_that_is_typed_overwrites_the_other(form):
    form.expected.append("status of 409")
    factories.save("11", {"value": Decimal("31.25")})
    field(form, "11").fill("29")
    field(form, "11").press("Tab")
    conflict = row(form, "11").locator(".entry-conflict")
    expect(conflict).to_contain_text("29 %")
    row(form, "11").locator(".entry-more > summary").click()
    field(form, "11", "note").fill("Theo sổ hộ nghèo")
    field(form, "11", "note").blur()
    expect(conflict).to_contain_text("Theo sổ hộ nghèo")
    assert factories.row_of("11").values.get(measure__key="value").number == Decimal("31.25")

    again = form.context.new_page()
    form.close()
    again.goto(FORM)  # the choice is still open on the second visit
    expect(field(again, "11")).to_have_value("29")
    row(again, "11").get_by_role("button", name="Thử lại").click()
    conflict = row(again, "11").locator(".entry-conflict")
    expect(conflict).to_contain_text("31,25")
    conflict.get_by_role("button", name="Lưu số của tôi").click()
    expect(conflict).to_have_count(0)
    expect(row(again, "11")).to_contain_text(SAVED)
    stored = factories.row_of("11")
    assert stored.values.get(measure__key="value").number == Decimal(29)
    assert stored.note == "Theo sổ hộ nghèo"


def test_keeping_last_quarters_value_meets_a_colleagues_and_is_still_keeping(form):
    form.expected.append("status of 409")
    code = blank_code()
    factories.save(code, {}, stated=None, note="Đồng nghiệp ghi")
    row(form, code).get_by_role("button", name="Giữ nguyên").click()
    conflict = row(form, code).locator(".entry-conflict")
    expect(conflict).to_contain_text("Bạn chọn giữ nguyên số quý trước")
    expect(conflict).to_contain_text("Đồng nghiệp ghi")
    assert factories.row_of(code).basis == Basis.BLANK
    conflict.get_by_role("button", name="Vẫn giữ nguyên số quý trước").click()
    expect(conflict).to_have_count(0)
    expect(row(form, code)).to_contain_text("Giữ nguyên:")
    assert factories.row_of(code).basis == Basis.UNCHANGED


def keepable(page) -> str:
    """A row with a number to type, blank, and known last quarter."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".entry-row[data-result]")].find(r =>
          r.querySelector("[name=keep]") && r.querySelector("input.form-control[inputmode=decimal]")
        ).dataset.code"""
    )


def test_what_was_typed_after_a_press_that_failed_is_what_is_tried_again(form):
    form.expected += ["ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest"]
    code = keepable(form)
    form.context.set_offline(True)
    row(form, code).get_by_role("button", name="Giữ nguyên").click()
    unsaved = row(form, code).locator(".entry-unsaved")
    expect(unsaved).to_contain_text("mất kết nối")
    with form.expect_event("requestfailed"):
        field(form, code).fill("34")
        field(form, code).press("Tab")
    expect(unsaved).to_contain_text("mất kết nối")
    form.context.set_offline(False)
    expect(unsaved).to_have_count(0)
    expect(row(form, code)).to_contain_text(SAVED)
    expect(field(form, code)).to_have_value("34")
    assert factories.row_of(code).basis == Basis.ENTERED
    assert factories.row_of(code).values.get().number == Decimal(34)


def test_keeping_pressed_straight_after_typing_is_done_after_the_save(form):
    code = keepable(form)
    field(form, code).fill("34")
    with form.expect_response("**/unchanged/"):
        row(form, code).get_by_role("button", name="Giữ nguyên").click()
    expect(row(form, code)).to_contain_text("Giữ nguyên:")
    assert factories.row_of(code).basis == Basis.UNCHANGED


def test_what_did_not_arrive_never_says_saved_and_stands_where_saved_would(form):
    form.expected += ["ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest"]
    save(form, "11", "28,5")
    said = row(form, "11").locator(".entry-saved")
    expect(said).to_be_visible()
    form.context.set_offline(True)
    field(form, "11").fill("29")
    field(form, "11").press("Tab")
    expect(row(form, "11").locator(".entry-result + .entry-unsaved")).to_contain_text("mất kết nối")
    expect(said).to_be_hidden()
    form.context.set_offline(False)
    expect(said).to_be_visible()
    expect(row(form, "11").locator(".entry-unsaved")).to_have_count(0)


def test_when_another_person_signed_in_meanwhile_the_row_says_so(form, sign_in):
    form.expected += ["status of 404", "Error Code 404"]
    other = form.context.new_page()
    other.goto("/accounts/login/")
    form.context.clear_cookies(name="sessionid")
    sign_in(other, "xa.son-binh")
    field(form, "11").fill("28,5")
    field(form, "11").press("Tab")
    expect(row(form, "11")).to_contain_text("người khác đã đăng nhập")
    expect(field(form, "11")).to_have_value("28,5")
