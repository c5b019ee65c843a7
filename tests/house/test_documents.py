"""What is written down agrees with what is there."""

import json
import re

import pytest

from tests.house.source import ROOT, python_files

READS = re.compile(r"""(?:env\.\w+|required)\(\s*"([A-Z][A-Z_]+)\"""")
LINK = re.compile(r"\]\((?!https?:|#)([^)\s]+)\)")
REGISTRY = re.compile(r"registry\.npmjs|pypi\.org|pythonhosted|deb\.debian|npm\.pkg|--index-url")


def test_every_variable_of_the_settings_is_documented():
    read = set(READS.findall((ROOT / "ntm_portal/settings.py").read_text(encoding="utf-8")))
    assert "SECRET_KEY" in read
    page = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    assert [name for name in sorted(read) if f"`{name}`" not in page] == []


def test_the_example_environment_names_only_documented_variables():
    page = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    names = re.findall(r"^#? ?([A-Z][A-Z_]+)=", example, re.MULTILINE)
    assert "SECRET_KEY" in names
    assert [name for name in names if f"`{name}`" not in page] == []


@pytest.mark.parametrize("document", ["README.md", "docs"])
def test_links_lead_somewhere(document):
    place = ROOT / document
    pages = [place] if place.is_file() else sorted(place.rglob("*.md"))
    dead = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target.split("#")[0]).exists()
    ]
    assert dead == []


def test_the_lock_file_names_no_registry():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []


def test_no_file_names_a_registry():
    names = ["Dockerfile", "compose.yaml", "Makefile", ".npmrc", "package.json", "README.md"]
    names += ["bin/system-packages", "bin/serve", ".ci/run"]
    files = [ROOT / name for name in names] + python_files("bin", "bench")
    files += sorted(ROOT.glob("requirements*.txt"))
    assert [path for path in files if REGISTRY.search(path.read_text(encoding="utf-8"))] == []


def test_every_python_package_is_pinned():
    lines = [
        line.split("#")[0].strip()
        for path in ROOT.glob("requirements*.txt")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    needed = [line for line in lines if line and not line.startswith("-r ")]
    assert needed
    assert [line for line in needed if "==" not in line] == []
