"""Copy the third-party files that pages use from node_modules to static/vendor.

The icons become one sprite: static/icons.txt names them, one to a line, and
``<use href="…/icons.svg#name">`` draws one. Files keep their licence comments; references to
source maps go, because the maps stay behind and the manifest of static files would miss them.
Bootstrap's sheet is compiled from its own sources with the parts that ``bin/bootstrap.scss`` names.
Fonts keep the letters of Vietnamese and English text and lose their hints: half the weight.
Runs in the virtual environment, whose fontTools cuts the fonts.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"

TEXTS = {"htmx.org/dist/htmx.min.js": "htmx.min.js"}
FONTS = [
    f"be-vietnam-pro-{subset}-{weight}-normal.woff2"
    for subset in ("latin", "vietnamese")
    for weight in (400, 600)
]
# Latin with every Vietnamese letter, marks that are typed apart, punctuation, arrows, ≠ ≤ ≥ − ₫.
LETTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x250),
    *range(0x300, 0x324),
    *range(0x1EA0, 0x1EFA),
    *range(0x2010, 0x2028),
    *(0x202F, 0x2039, 0x203A, 0x20AB, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193),
    *(0x2212, 0x2260, 0x2264, 0x2265),
)
# Kerning, marks in their place, digits of one width.
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum"]
SOURCE_MAP = re.compile(r"\n?(/\*# sourceMappingURL=\S+ \*/|//# sourceMappingURL=\S+)")
SVG = re.compile(r'<svg[^>]*viewBox="(?P<box>[^"]+)"[^>]*>(?P<shapes>.*)</svg>', re.DOTALL)


def main() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    (VENDOR / "fonts").mkdir(parents=True)
    for source, target in TEXTS.items():
        text = (PACKAGES / source).read_text(encoding="utf-8")
        (VENDOR / target).write_text(SOURCE_MAP.sub("", text), encoding="utf-8")
    (VENDOR / "bootstrap.min.css").write_text(bootstrap(), encoding="utf-8")
    for name in FONTS:
        files = PACKAGES / "@fontsource" / "be-vietnam-pro" / "files"
        cut_font(files / name, VENDOR / "fonts" / name)
    sprite = build_sprite(icon_names((ROOT / "static" / "icons.txt").read_text(encoding="utf-8")))
    (VENDOR / "icons.svg").write_text(sprite, encoding="utf-8")


def cut_font(source: Path, target: Path) -> None:
    options = subset.Options(flavor="woff2", hinting=False, layout_features=FEATURES)
    font = subset.load_font(source, options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=LETTERS)
    cutter.subset(font)
    subset.save_font(font, target, options)


def bootstrap() -> str:
    node = shutil.which("node") or str(ROOT / ".venv" / "bin" / "node")
    options = ["--style=compressed", "--no-source-map", "-I", PACKAGES / "bootstrap" / "scss"]
    sheet = ROOT / "bin" / "bootstrap.scss"
    done = subprocess.run(
        [node, PACKAGES / "sass" / "sass.js", *options, sheet],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode or done.stderr:
        sys.exit(f"Bootstrap's sheet could not be compiled.\n{done.stderr}")
    return done.stdout


def icon_names(listing: str) -> list[str]:
    lines = (line.split("#")[0].strip() for line in listing.splitlines())
    return sorted({line for line in lines if line})


def build_sprite(names: list[str]) -> str:
    symbols = "".join(symbol(name) for name in names)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>\n'


def symbol(name: str) -> str:
    file = PACKAGES / "bootstrap-icons" / "icons" / f"{name}.svg"
    if not file.is_file():
        sys.exit(f"static/icons.txt names {name!r}, which bootstrap-icons does not have.")
    drawing = SVG.search(file.read_text(encoding="utf-8"))
    shapes = re.sub(r"\s*\n\s*", " ", drawing["shapes"]).strip()
    return f'<symbol id="{name}" viewBox="{drawing["box"]}">{shapes}</symbol>'


if __name__ == "__main__":
    main()
