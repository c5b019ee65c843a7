"""Nothing of the entry form hides behind its bars, whatever the screen; links lead into a field."""

import time

import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("demo")]
FORM = "/assessments/2023-q3/ban-bo/ntm/"
#: Where the focus stands, and what is drawn at its middle: itself, or a bar that covers it.
COVERED = """() => {
  const one = document.activeElement.closest(".yes-no") || document.activeElement;
  const box = one.getBoundingClientRect();
  const on = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
  return on && (one.contains(on) || on.contains(one)) ? null
    : `${document.activeElement.id || document.activeElement.className} at ${Math.round(box.y)} px`;
}"""


@pytest.fixture
def form(new_page, sign_in):
    def opened(width: int, height: int, address: str = FORM):
        page = new_page({"width": width, "height": height}, has_touch=width < 900)
        sign_in(page, "xa.ban-bo")
        page.goto(address)
        return page

    return opened


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (768, 1024), (390, 844), (844, 390)])
def test_the_keyboard_never_stands_under_a_bar(form, width, height):
    page = form(width, height)
    page.locator(f'[name="{factories.row_of("12.1").pk}-men"]').focus()
    covered = []
    for key in ["Shift+Tab"] * 40 + ["Tab"] * 50:
        page.keyboard.press(key)
        covered.append(page.evaluate(COVERED))
    assert [one for one in covered if one] == []


def test_a_phone_on_its_side_keeps_two_thirds_of_its_screen_for_the_rows(form):
    page = form(844, 390)
    page.evaluate("scrollTo({ top: 3000, behavior: 'instant' })")
    taken = page.evaluate(
        """() => document.querySelector("#entry-bar").getBoundingClientRect().bottom
          + innerHeight - document.querySelector(".site-nav").getBoundingClientRect().top"""
    )
    assert taken < 390 / 3
    expect(page.locator("#entry-bar")).to_be_in_viewport()


def test_a_jump_to_another_criterion_is_there_at_once(form):
    page = form(1280, 800)
    page.locator(".entry-index a").last.click()
    started = time.monotonic()
    page.wait_for_function(
        """() => { const top = document.getElementById("criterion-19").getBoundingClientRect().top;
          return top > 100 && top < innerHeight; }"""
    )
    assert time.monotonic() - started < 0.5
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_the_check_list_leads_into_the_field_that_is_missing(form):
    page = form(1280, 800)
    code = "12.1"
    page.locator(f'[name="{factories.row_of(code).pk}-men"]').fill("12")
    page.locator(f'[name="{factories.row_of(code).pk}-men"]').press("Tab")
    expect(page.locator(f'.entry-row[data-code="{code}"] .entry-warning').first).to_be_visible()
    page.goto(f"{FORM}submit/")
    page.locator(f'.checklist a[href$="#row-{factories.row_of(code).pk}"]').last.click()
    note = page.locator(f'[name="{factories.row_of(code).pk}-note"]')
    expect(note).to_be_focused()
    expect(note).to_be_in_viewport()
    assert page.evaluate(COVERED) is None


def test_a_blank_row_of_the_check_list_opens_at_its_first_field(form):
    page = form(390, 844, f"{FORM}submit/")
    page.locator(".checklist a").first.click()
    page.wait_for_url(f"**{FORM}#row-*")
    page.wait_for_function("() => document.activeElement.closest('.entry-row')")
    assert page.evaluate(
        "location.hash.slice(1) === document.activeElement.closest('.entry-row').id"
    )


def test_the_form_is_printed_on_few_pages_and_whole(form):
    page = form(1280, 800)
    page.locator("[data-fold-all]").click()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 710, "height": 1000})  # A4 within our margins
    state = page.evaluate(
        """() => ({
          wide: document.documentElement.scrollWidth, hidden: [...document.querySelectorAll(
            ".entry-row .entry-code")].filter(e => e.getBoundingClientRect().height === 0).length })"""
    )
    assert state == {"wide": 710, "hidden": 0}
    printed = page.pdf(prefer_css_page_size=True)
    assert 3 <= printed.count(b"/Type /Page\n") <= 7
