import pytest
from django.core.management import call_command
from django.db import transaction
from rest_framework.test import APIClient

from criteria import definitions
from tests import factories


@pytest.fixture(autouse=True)
def fresh_definitions():
    definitions.clear()
    yield
    definitions.clear()


@pytest.fixture(scope="module")
def two_quarters(django_db_setup, django_db_blocker):
    """Filled once a module, in a transaction in which each test is a savepoint."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", verbosity=0)
        yield factories.two_quarters()
        transaction.set_rollback(True)


@pytest.fixture
def quarters(two_quarters, db):
    """Quarter II closed with one commune filled, quarter III open and blank."""
    return two_quarters


@pytest.fixture
def client_of():
    """``client_of(user)``: signed in through the session, CSRF checked as in a browser."""

    def make(user, **options) -> APIClient:
        client = APIClient(**options)
        client.force_login(user)
        return client

    return make
