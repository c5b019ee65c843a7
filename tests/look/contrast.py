"""Relative luminance and contrast of two colours (WCAG 2.2), exact enough to compare with 4.5."""

import re
from pathlib import Path

from django.conf import settings

THEME = Path(settings.BASE_DIR) / "static" / "css" / "theme.css"
TOKEN = re.compile(r"--([a-z-]+):\s*(#[0-9A-Fa-f]{6})\s*;")


def block(selector: str) -> dict[str, str]:
    """The colours that the first rule with exactly this selector sets."""
    text = re.sub(r"/\*.*?\*/", "", THEME.read_text(encoding="utf-8"), flags=re.DOTALL)
    start = text.index(f"{selector} {{")
    return dict(TOKEN.findall(text[start : text.index("}", start)]))


def themes() -> dict[str, dict[str, str]]:
    """The tokens of each theme; the dark one replaces some of the light ones."""
    light = block(":root")
    return {"light": light, "dark": light | block('[data-bs-theme="dark"]')}


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
