"""The frame in a real browser: both themes, both widths, keyboard, movement, paper."""

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Role, User
from communes.models import AdministrativeUnit, Level, UnitKind
from tests.chromium import DESKTOP, PHONE, assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officer() -> User:
    commune = AdministrativeUnit.objects.create(
        code="03400",
        name="Xã Bản Bo",
        short_name="Bản Bo",
        slug="ban-bo",
        level=Level.COMMUNE,
        kind=UnitKind.COMMUNE,
    )
    return User.objects.create_user(
        "xa.ban-bo",
        full_name="Cán bộ xã Bản Bo",
        role=Role.COMMUNE_OFFICER,
        unit=commune,
    )


def enter(page, live: str, user: User) -> None:
    """Signed in without the sign-in page: the frame is under test here, not the way to it."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live}])


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_part_is_accessible_and_fits(new_page, assert_accessible, theme, viewport) -> None:
    page = new_page(viewport, color_scheme=theme)
    page.goto("/style/")
    assert page.locator("html").get_attribute("data-bs-theme") == theme
    assert_fits(page)
    page.locator(".confirm > summary").click()
    assert_accessible(page)


def test_the_chosen_theme_is_remembered_and_set_before_the_first_paint(new_page) -> None:
    page = new_page(color_scheme="light")
    page.goto("/style/")
    page.locator("[data-theme-toggle]").click()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    page.route("**/portal*.js", lambda route: route.abort())
    page.expected.append("ERR_FAILED")
    page.reload()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_without_javascript_the_device_decides_and_nothing_dead_is_shown(new_page) -> None:
    page = new_page(color_scheme="dark", java_script_enabled=False)
    page.goto("/style/")
    assert not page.locator("[data-theme-toggle]").is_visible()
    page.locator(".confirm > summary").click()
    assert page.locator(".confirm-panel").is_visible()


def test_the_first_tab_leads_past_the_navigation(browser_page) -> None:
    browser_page.goto("/style/")
    browser_page.keyboard.press("Tab")
    assert browser_page.locator(".skip-link").is_visible()
    browser_page.keyboard.press("Enter")
    assert browser_page.evaluate("document.activeElement.id") == "main"


def test_the_language_changes_from_the_header_and_stays(browser_page) -> None:
    browser_page.goto("/style/")
    browser_page.locator("button[name=language][value=en]").click()
    browser_page.wait_for_load_state()
    assert browser_page.locator("html").get_attribute("lang") == "en"
    assert browser_page.url.endswith("/style/")


def test_a_phone_keeps_its_account_menu_behind_one_button(phone_page, live, officer) -> None:
    enter(phone_page, live, officer)
    phone_page.goto("/style/")
    leave = phone_page.get_by_role("button", name="Đăng xuất")
    assert not leave.is_visible()
    phone_page.locator(".menu-button").click()
    assert phone_page.get_by_text("Xã Bản Bo", exact=False).first.is_visible()
    assert leave.bounding_box()["height"] >= 44
    leave.click()
    phone_page.wait_for_url("**/accounts/login/**")


def test_a_desktop_shows_unit_and_way_out_at_once(browser_page, live, officer) -> None:
    enter(browser_page, live, officer)
    browser_page.goto("/style/")
    assert "Xã Bản Bo" in browser_page.locator(".who-scope").inner_text()
    assert browser_page.get_by_role("button", name="Đăng xuất").is_visible()


def test_targets_on_a_phone_are_large_enough(phone_page) -> None:
    phone_page.goto("/style/")
    boxes = phone_page.evaluate(
        """() => [...document.querySelectorAll(
            "main .btn, .chip, .form-control, .form-select, .head-button, .language button")]
            .filter(e => e.checkVisibility()).map(e => [e.textContent, e.getBoundingClientRect().height])"""
    )
    assert boxes
    assert [name for name, height in boxes if height < 44] == []


def test_nothing_moves_for_who_asked_for_stillness(new_page) -> None:
    page = new_page(reduced_motion="reduce")
    page.goto("/style/")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter(
            e => parseFloat(getComputedStyle(e).transitionDuration) > 0).length"""
    )
    assert moving == 0


def test_paper_is_black_on_white_without_navigation(new_page) -> None:
    page = new_page(color_scheme="dark")
    page.goto("/style/")
    page.emulate_media(media="print")
    body = "getComputedStyle(document.body)"
    assert page.evaluate(f"{body}.color") == "rgb(0, 0, 0)"
    assert page.evaluate(f"{body}.backgroundColor") == "rgb(255, 255, 255)"
    for hidden in (".account-menu", ".page-actions", ".pager"):
        assert not page.locator(hidden).is_visible()


def test_stacked_diacritics_have_room(browser_page) -> None:
    browser_page.goto("/style/")
    ratios = browser_page.evaluate(
        """() => [...document.querySelectorAll("h1, h2, .figure, .pill, .btn, p, td, th")].map(e => {
            const s = getComputedStyle(e);
            return parseFloat(s.lineHeight) / parseFloat(s.fontSize);
        })"""
    )
    assert min(ratios) >= 1.3


def test_the_frame_weighs_little_the_first_time(new_page) -> None:
    page = new_page()
    sizes: list[tuple[str, int]] = []
    page.on("requestfinished", lambda r: sizes.append((r.url, r.sizes()["responseBodySize"])))
    page.goto("/style/", wait_until="networkidle")
    fonts = sum(size for url, size in sizes if url.endswith(".woff2"))
    assert 0 < fonts < 70_000
    assert len([url for url, _size in sizes if url.endswith(".woff2")]) <= 4
