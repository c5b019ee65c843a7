"""Every pair of colours that a reader must tell apart, computed from the sheet itself."""

import pytest

from tests.look.contrast import block, contrast, themes

TEXT_PAIRS = [
    *[(text, ground) for text in ("ink", "muted") for ground in ("paper", "card", "grey-soft")],
    *[("ink", f"{colour}-soft") for colour in ("green", "red", "amber", "gold")],
    *[(text, ground) for text in ("green", "green-strong") for ground in ("paper", "card")],
    ("green-strong", "green-soft"),
    ("green-strong", "grey-soft"),
    ("red", "card"),
    ("red", "paper"),
    ("red", "red-soft"),
    ("amber", "amber-soft"),
    ("gold-ink", "gold-soft"),
    ("gold-ink", "card"),
    ("on-green", "green"),
    ("on-green", "green-strong"),
    ("on-red", "red"),
    ("card", "ink"),
    ("on-head", "head"),
    ("on-head-muted", "head"),
]
#: Edges of fields, the ring of focus and the filled part of a bar.
SHAPE_PAIRS = [
    ("edge", "card"),
    ("edge", "paper"),
    ("focus", "paper"),
    ("focus", "card"),
    ("green", "grey-soft"),
]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground(theme: str, text: str, ground: str) -> None:
    colours = themes()[theme]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_edges_and_focus_stand_out(theme: str, shape: str, ground: str) -> None:
    colours = themes()[theme]
    assert contrast(colours[shape], colours[ground]) >= 3


def test_the_dark_twin_is_the_same_with_and_without_javascript() -> None:
    assert block('[data-bs-theme="dark"]') == block(":root:not([data-bs-theme])")


def test_every_colour_has_its_dark_twin() -> None:
    assert set(block(":root")) == set(block('[data-bs-theme="dark"]'))


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
