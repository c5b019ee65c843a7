"""Walks the portal as a person would, from link to link: one page of every kind and quarter."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urldefrag, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from accounts.models import User

#: Both quarters of the demonstration: the one that is closed, and the one that is open.
QUARTERS = ("2023-q2", "2023-q3")
STARTS = ("/", *(f"/dashboard/?period={slug}" for slug in QUARTERS))
#: Answers that are no page of ours: files, pictures, data, and Django's own administration.
NO_PAGES = ("api", "admin", "evidence", "set_language", "account_logout")
NO_VIEWS = ("dashboard:chart", "reports:chart", "reports:preview", "reports:download")
LINKS = "() => [...document.querySelectorAll('a[href]:not([download])')].map(a => a.href)"


def enter_as(page: Page, live: str, username: str) -> User:
    """Signed in without the sign-in page: the pages behind it are under test."""
    user = User.objects.get(username=username)
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live}])
    return user


def kind_of(address: str, origin: str) -> tuple[str, str] | None:
    """The page's name and the demonstration's quarter that it is about, or None."""
    if not address.startswith(origin):
        return None
    parts = urlsplit(address)
    try:
        found = resolve(parts.path)
    except Resolver404:
        return None
    if found.view_name.partition(":")[0] in NO_PAGES or found.view_name in NO_VIEWS:
        return None
    said = f"{parts.path} {parse_qs(parts.query)}"
    return found.view_name, next((slug for slug in QUARTERS if slug in said), "")


def pages_of(page: Page, live: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """The page goes there before each is handed out; its own links are read after."""
    waiting = [live + path for path in STARTS]
    seen = set()
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address, live)
        if kind is None or kind in seen:
            continue
        seen.add(kind)
        page.goto(address)
        yield address, kind
        waiting += [urldefrag(link).url for link in page.evaluate(LINKS)]
