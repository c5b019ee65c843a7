"""Evidence of these tests goes into a folder of each test."""

import pytest

from assessments.models import Evidence
from tests import factories


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch, settings):
    """Where the files land; ``files_in`` lists them."""
    place = tmp_path / "evidence"
    settings.INCOMING_DIR = tmp_path / "incoming"
    storage = Evidence._meta.get_field("file").storage
    assert storage is Evidence._meta.get_field("preview").storage
    for name in ("base_location", "location"):
        storage.__dict__.pop(name, None)
    monkeypatch.setattr(storage, "_location", place)
    yield place
    for name in ("base_location", "location"):
        storage.__dict__.pop(name, None)


@pytest.fixture
def stored(folder, tmp_path):
    """Every file that is kept or under way."""
    return lambda: sorted(
        path
        for place in (folder, tmp_path / "incoming")
        for path in place.rglob("*")
        if path.is_file()
    )


@pytest.fixture
def officer(client):
    client.force_login(factories.officer())
    return client
