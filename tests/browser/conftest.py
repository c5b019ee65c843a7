"""The demonstration's database behind a live server."""

import pytest

from tests.demonstration import load_demo_database


@pytest.fixture
def demo(transactional_db, live):
    """The demonstration data, committed, and the address that serves it."""
    load_demo_database()
    return live
