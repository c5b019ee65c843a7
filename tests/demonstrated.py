"""The demonstration data once a module: loading it takes seconds, taking back a test nothing."""

import pytest
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(scope="module")
def demonstrated(django_db_setup, django_db_blocker):
    """Loaded in a transaction around the module's tests; each of them is a savepoint within."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", verbosity=0)
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demonstration(demonstrated, db):
    """The demonstration figures, as a visitor finds them."""
