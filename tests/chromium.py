"""Real pages in Debian's Chromium: ``browser_page`` (1280 px), ``phone_page`` (390 px), ``live``.

Every page is watched. A test fails at its end when the console said something, when the
content-security policy was broken, when a script threw or when a page asked another host. A test
that provokes an error names it first: ``browser_page.expected.append("status of 409")``.
"""

import os
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

# Seconds that each POST, and each page that is opened, waits before it is answered. A test which
# reads before the server has saved, or the old page instead of the next, passes on a fast machine:
# TESTS_SLOW_POST=1 and TESTS_SLOW_PAGE=1 show it.
SLOW_POST = float(os.environ.get("TESTS_SLOW_POST", "0"))
SLOW_PAGE = float(os.environ.get("TESTS_SLOW_PAGE", "0"))
PATIENCE = 10  # seconds for the server to finish what a closed page asked
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=20_000)  # milliseconds: two cores that run two tests at once are slow
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DEMONSTRATION_PASSWORD = "nongthonmoi"


class Watch:
    """What went wrong on the pages of one context, without what the test expects."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.origin = origin
        self.expected: list[str] = []
        self.heard: list[str] = []
        context.on("console", self._hear_console)
        context.on("weberror", lambda error: self.heard.append(f"script: {error.error}"))
        context.on("request", self._hear_request)

    def _hear_console(self, message) -> None:
        if message.type in ("error", "warning"):
            self.heard.append(f"console {message.type}: {message.text}")

    def _hear_request(self, request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and not request.url.startswith(self.origin):
            self.heard.append(f"another host: {request.url}")

    @property
    def problems(self) -> list[str]:
        return [line for line in self.heard if not any(part in line for part in self.expected)]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def live(live_server) -> Iterator[str]:
    """The address of the portal under test, without a slash at its end.

    A page that closes leaves requests behind. They are waited for, or they would meet a database
    that is being emptied for the next test.
    """
    asked, answered = [], []

    def began(**sent) -> None:
        asked.append(sent)
        environ = sent.get("environ", {})
        if environ.get("REQUEST_METHOD") == "POST":
            time.sleep(SLOW_POST)
        elif environ.get("HTTP_SEC_FETCH_DEST") == "document":
            time.sleep(SLOW_PAGE)

    def ended(**sent) -> None:
        answered.append(sent)

    request_started.connect(began)
    request_finished.connect(ended)
    yield live_server.url
    deadline = time.monotonic() + PATIENCE
    while len(answered) < len(asked) and time.monotonic() < deadline:
        time.sleep(0.01)
    request_started.disconnect(began)
    request_finished.disconnect(ended)


@pytest.fixture
def new_page(chromium: Browser, live: str) -> Iterator[Callable[..., Page]]:
    """``new_page(viewport, **context options)``: a page of a fresh browser, watched.

    Addresses may be relative (``page.goto("/dashboard/")``); ``page.expected`` takes the parts of
    console lines that the test provokes.
    """
    watched: list[tuple[BrowserContext, Watch]] = []

    def make(viewport: dict[str, int] = DESKTOP, **options) -> Page:
        options = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"} | options
        context = chromium.new_context(base_url=live, viewport=viewport, **options)
        context.set_default_timeout(20_000)
        watch = Watch(context, live)
        watched.append((context, watch))
        page = context.new_page()
        page.expected = watch.expected
        return page

    yield make
    for context, _watch in watched:
        context.close()
    problems = [problem for _context, watch in watched for problem in watch.problems]
    assert not problems, "\n".join(problems)


@pytest.fixture
def browser_page(new_page: Callable[..., Page]) -> Page:
    return new_page(DESKTOP)


@pytest.fixture
def phone_page(new_page: Callable[..., Page]) -> Page:
    return new_page(PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def sign_in() -> Callable[..., None]:
    """``sign_in(page, "xa.ban-bo")``: through the real form, as a person does."""

    def through_the_form(page: Page, username: str, password: str = DEMONSTRATION_PASSWORD) -> None:
        page.goto("/accounts/login/")
        page.locator("input[name=login]").fill(username)
        page.locator("input[name=password]").fill(password)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/accounts/login" not in url)

    return through_the_form


def assert_fits(page: Page) -> None:
    """Nothing on the page is wider than its window. Waits for a page that is just being opened."""
    page.wait_for_load_state()
    # Not innerWidth: a phone's browser makes that as wide as what runs out.
    page.wait_for_function(
        "wide => document.documentElement && document.documentElement.scrollWidth <= wide",
        arg=page.viewport_size["width"],
    )


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """``assert_accessible(page)``: axe finds nothing against WCAG 2.2 AA."""

    def check(page: Page) -> None:
        page.wait_for_load_state()
        options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
        results = Axe().run(page, options=options)
        assert not results.response["violations"], results.generate_report()

    return check
