"""What every test stands on: a database in a file, an empty cache, plain static files."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import storages

pytest_plugins = ["tests.chromium", "tests.databases"]


def pytest_configure() -> None:
    # A page under test names its static files without a manifest, so that no test has to wait
    # for collectstatic; tests/house/test_served.py looks at the collected ones.
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    # Models have asked for theirs already; whoever asks from now on gets these.
    storages._backends = None
    storages.__dict__.pop("backends", None)
    storages._storages.clear()
    # WhiteNoise answers from the same sources, not from a directory that is not there.
    settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_AUTOREFRESH = True
    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        # A file, not memory: only there WAL, IMMEDIATE and a connection a thread are real.
        default.setdefault("TEST", {})["NAME"] = str(Path(settings.VAR_DIR) / "test.sqlite3")
    # Tests sign in hundreds of times; the real hash is slow on purpose.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    skip = pytest.mark.skip(reason="needs PostgreSQL: `make test` runs it there")
    for item in items:
        if "postgres" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(autouse=True)
def clear_caches() -> None:
    """What one test left in a cache (rate limits, definitions) must not reach the next."""
    from criteria import definitions  # not before Django is set up

    cache.clear()
    definitions.clear()
