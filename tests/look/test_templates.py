"""What holds for every template and for the page that they make."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from ntm_portal.context import ENTRIES
from ntm_portal.templatetags.portal_ui import NOTICE_ICONS

TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))
NAMED_ICONS = re.compile(
    r"""\{%\s*icon\s+["']([\w-]+)["']|icon_name=["']([\w-]+)["']|state_pill\s+\S+\s+\S+\s+["']([\w-]+)["']"""
)
#: icon="clock", "icon": "clock"
PYTHON_ICONS = re.compile(r"""\bicon(?:_name)?["']?\s*[:=]\s*["']([\w-]+)["']""")


def listed_icons() -> set[str]:
    text = (Path(settings.BASE_DIR) / "static" / "icons.txt").read_text(encoding="utf-8")
    return {line.split("#")[0].strip() for line in text.splitlines()} - {""}


def used_icons() -> dict[str, str]:
    """Icon to a template that draws it; with the ones that Python names in our own table."""
    used = {icon: "context.py" for _, icon in ENTRIES.values()}
    used |= dict.fromkeys(NOTICE_ICONS.values(), "portal_ui.py")
    for path in Path(settings.BASE_DIR).glob("[a-z]*/**/*.py"):
        if path.relative_to(settings.BASE_DIR).parts[0] in {"tests", "node_modules", "var"}:
            continue
        used |= dict.fromkeys(PYTHON_ICONS.findall(path.read_text(encoding="utf-8")), path.name)
    for path in TEMPLATES:
        for groups in NAMED_ICONS.findall(path.read_text(encoding="utf-8")):
            used |= {name: path.name for name in groups if name}
    return used


def test_every_icon_that_is_drawn_is_in_the_sprite() -> None:
    missing = {name: where for name, where in used_icons().items() if name not in listed_icons()}
    assert missing == {}, "add these to static/icons.txt"


def test_the_list_of_icons_is_sorted_and_says_each_once() -> None:
    text = (Path(settings.BASE_DIR) / "static" / "icons.txt").read_text(encoding="utf-8")
    assert text.splitlines() == sorted(set(text.splitlines()))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(settings.BASE_DIR)))
def test_no_template_holds_inline_style_script_or_handler(path: Path) -> None:
    if "email" in path.parts or "pdf" in path.parts:
        pytest.skip("not a page of the browser")
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<style[\s>]", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"(?:src|href)=[\"']https?://", text)


@pytest.mark.django_db
def test_the_rendered_frame_keeps_the_security_policy(client: Client) -> None:
    response = client.get("/style/")
    html = response.content.decode()
    assert response.status_code == 200
    assert "style-src 'self'" in response.headers["Content-Security-Policy"]
    assert not re.search(r"\sstyle=", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", html)


@pytest.mark.django_db
def test_the_page_says_that_its_figures_are_invented(client: Client) -> None:
    client.cookies["django_language"] = "en"
    html = client.get("/style/").content.decode()
    assert "Demonstration figures (except those in the directive)" in html
    assert "20/09/2023" in html


@pytest.mark.django_db
def test_the_style_page_is_for_demonstration_only(client: Client, settings) -> None:
    settings.DEMO = False
    assert client.get("/style/").status_code == 404


def test_the_sheet_stays_light() -> None:
    sheet = (Path(settings.BASE_DIR) / "static" / "css" / "theme.css").read_bytes()
    assert len(gzip.compress(sheet, 9)) < 8 * 1024
