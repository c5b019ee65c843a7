import pytest

from criteria import definitions


@pytest.fixture(autouse=True)
def fresh_definitions():
    """Each test's database re-uses keys and revisions, so nothing may be remembered between."""
    definitions.clear()
    yield
    definitions.clear()
