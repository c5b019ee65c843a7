"""Shape of the house: small files, telling names, everything at its place."""

import statistics

from tests.house.source import ORDER, ROOT, python_files

DRAWERS = {"utils", "util", "helpers", "helper", "services", "service", "common", "misc", "tools"}
TOP_LEVEL = [
    *ORDER,
    *("manage.py", "templates", "static", "fixtures", "locale", "tests", "docs"),
    *("requirements.txt", "pytest.ini", "Dockerfile", "compose.yaml", "Makefile"),
    *("README.md", "CHANGELOG.md", "LICENSE", ".ci/run"),
]


def lines_of(path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_every_entry_of_the_design_is_there():
    assert [entry for entry in TOP_LEVEL if not (ROOT / entry).exists()] == []


def test_no_module_is_a_drawer():
    folders = [*ORDER, "bin", "bench", "tests"]
    drawers = [path for path in python_files(*folders) if DRAWERS & {path.stem, path.parent.name}]
    assert drawers == []


def test_files_can_be_held_in_the_head():
    lengths = {path: lines_of(path) for path in python_files(*ORDER, "bin", "bench")}
    assert {path: length for path, length in lengths.items() if length > 400} == {}
    long = [path for path, length in lengths.items() if length > 300]
    assert len(long) <= len(lengths) // 20, long
    assert statistics.median(length for length in lengths.values() if length) < 100


def test_templates_can_be_held_in_the_head():
    lengths = {path: lines_of(path) for path in (ROOT / "templates").rglob("*.html")}
    assert {path: length for path, length in lengths.items() if length > 200} == {}


def test_every_app_has_its_migrations_package():
    """``makemigrations --check`` says nothing about an app without one."""
    with_models = [
        app
        for app in ORDER
        if (ROOT / app / "models.py").exists() or (ROOT / app / "models").is_dir()
    ]
    assert [
        app for app in with_models if not (ROOT / app / "migrations/__init__.py").exists()
    ] == []
