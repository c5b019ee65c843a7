"""Photos for demonstration mode, drawn here: nobody's picture, and always the same."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1280, 960)
HILLS = [("#8fb7b0", 0.42, 90), ("#5f977c", 0.52, 110), ("#3c7550", 0.64, 90)]


def landscape(scene: str) -> bytes:
    """A valley with terraces; ``scene`` names what stands in it (road, hall, water) and its look."""
    chance = random.Random(scene)  # noqa: S311 - the same scene is always the same picture
    width, height = SIZE
    image = Image.new("RGB", SIZE, "#dfeaf2")
    draw = ImageDraw.Draw(image)
    for line in range(height // 2):
        share = line / (height // 2)
        draw.line((0, line, width, line), fill=(150 + int(80 * share), 190 + int(45 * share), 225))
    for colour, level, swing in HILLS:
        _hill(draw, chance, colour, level, swing)
    for step in range(14):
        y = int(height * 0.66) + step * 24
        draw.line((0, y + chance.randint(-6, 6), width, y), fill="#7fae4c", width=9)
        draw.line((0, y + 9, width, y + 9), fill="#5d8a39", width=4)
    {"road": _road, "hall": _hall, "water": _water}[scene.partition("-")[0]](draw, chance)
    out = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(0.8)).save(out, "JPEG", quality=82)
    return out.getvalue()


def _hill(draw, chance: random.Random, colour: str, level: float, swing: int) -> None:
    width, height = SIZE
    points = [(x, height * level + chance.randint(-swing, swing)) for x in range(0, width + 81, 80)]
    draw.polygon([*points, (width, height), (0, height)], fill=colour)


def _road(draw, chance: random.Random) -> None:
    bend = chance.randint(-120, 120)
    draw.polygon([(430, 960), (900, 960), (690 + bend, 600), (640 + bend, 600)], fill="#c9c5bb")
    draw.line([(665, 960), (665 + bend, 600)], fill="#efece4", width=6)
    for x, y in ((400, 900), (470, 790), (540, 690)):
        draw.rectangle((x, y, x + 12, y + 60), fill="#f4f4f4", outline="#a8281f")


def _hall(draw, chance: random.Random) -> None:
    x = chance.randint(330, 520)
    draw.rectangle((x, 560, x + 440, 800), fill="#f0e2b8", outline="#8a5a00", width=4)
    draw.polygon([(x - 40, 570), (x + 220, 430), (x + 480, 570)], fill="#a8281f")
    for place in range(4):
        left = x + 40 + place * 100
        draw.rectangle((left, 640, left + 58, 730), fill="#4f6f84", outline="#8a5a00")
    draw.rectangle((x + 190, 690, x + 250, 800), fill="#6b4a1f")
    draw.line((x - 60, 800, x - 60, 420), fill="#dddddd", width=8)
    draw.rectangle((x - 60, 420, x + 20, 472), fill="#c8102e")


def _water(draw, chance: random.Random) -> None:
    x = chance.randint(420, 640)
    draw.rectangle((x, 540, x + 260, 820), fill="#d6d9da", outline="#7f8b84", width=5)
    draw.ellipse((x, 500, x + 260, 580), fill="#e7eaea", outline="#7f8b84", width=5)
    draw.rectangle((x + 250, 740, x + 360, 762), fill="#7f8b84")
    draw.line((x + 355, 762, x + 355, 850), fill="#7cc2e8", width=14)
