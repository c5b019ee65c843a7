import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from criteria import definitions
from tests import factories


@pytest.fixture(autouse=True)
def fresh_definitions():
    definitions.clear()
    yield
    definitions.clear()


@pytest.fixture
def quarters(db):
    """Quarter II closed with one commune filled, quarter III open and blank."""
    call_command("load_reference", verbosity=0)
    return factories.two_quarters()


@pytest.fixture
def client_of():
    """``client_of(user)``: signed in through the session, CSRF checked as in a browser."""

    def make(user, **options) -> APIClient:
        client = APIClient(**options)
        client.force_login(user)
        return client

    return make
