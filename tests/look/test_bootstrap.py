"""Our cut of Bootstrap's sheet leaves out nothing that a page asks for."""

import re

from bin import vendor
from tests.house.source import ROOT, templates

CLASSES = re.compile(r"""class="([^"]*)""")
SELECTOR = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")
#: Words of ours that Bootstrap happens to know too.
OURS = frozenset()


def asked_for() -> dict[str, str]:
    """Class -> a file that names it."""
    found = {}
    for path in [*templates(), *(ROOT / "ntm_portal" / "templatetags").glob("*.py")]:
        for text in CLASSES.findall(path.read_text(encoding="utf-8")):
            for word in re.sub(r"\{[%{].*?[%}]\}", " ", text).split():
                found[word] = str(path.relative_to(ROOT))
    return found


def sheet(path) -> set[str]:
    text = path.read_text(encoding="utf-8")
    return set(SELECTOR.findall(re.sub(r"url\([^)]*\)|/\*.*?\*/", "", text, flags=re.DOTALL)))


def test_every_class_of_bootstrap_that_a_template_uses_is_in_our_cut():
    whole = sheet(vendor.PACKAGES / "bootstrap/dist/css/bootstrap.min.css")
    ours = sheet(vendor.VENDOR / "bootstrap.min.css")
    styled = set().union(*(sheet(path) for path in (ROOT / "static" / "css").glob("*.css")))
    missing = {
        word: where for word, where in asked_for().items() if word in whole - ours - styled - OURS
    }
    assert not missing


def test_the_cut_is_less_than_half_of_the_whole():
    whole = (vendor.PACKAGES / "bootstrap/dist/css/bootstrap.min.css").stat().st_size
    assert (vendor.VENDOR / "bootstrap.min.css").stat().st_size < whole / 2
