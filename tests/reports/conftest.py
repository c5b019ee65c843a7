import pytest

from criteria import definitions
from tests.demonstrated import demonstrated, demonstration
from tests.demonstration import load_demo_database

__all__ = ["demonstrated", "demonstration"]


@pytest.fixture
def portal(live, transactional_db):
    load_demo_database()
    yield live
    definitions.clear()
