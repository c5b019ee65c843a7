import pytest

from criteria import definitions
from tests.demonstrated import demonstrated, demonstration

__all__ = ["demonstrated", "demonstration"]


@pytest.fixture(autouse=True)
def fresh_definitions():
    definitions.clear()
    yield
    definitions.clear()
