import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

FIXTURES = Path(settings.BASE_DIR) / "fixtures"


def read(name: str) -> dict:
    """A fixture as plain JSON, read without the loader's own reader."""
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))


@pytest.fixture
def reference(db):
    """The reference data, loaded by the command itself."""
    call_command("load_reference", verbosity=0)


@pytest.fixture
def folder(tmp_path):
    """A copy of the fixtures that a test may spoil."""
    for path in FIXTURES.glob("*.json"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


@pytest.fixture
def edit(folder):
    """Change one fixture of the copy: ``edit("ntm.json", lambda data: …)``."""

    def change(name, how):
        data = json.loads((folder / name).read_text(encoding="utf-8"))
        how(data)
        (folder / name).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")

    return change


@pytest.fixture
def load(folder):
    """Load the copy."""
    return lambda: call_command("load_reference", "--from", str(folder), verbosity=0)
