"""Data that a whole module of tests stands on, loaded once and rolled back at its end.

A test's own changes are rolled back after each test, inside the module's transaction. Tests that
need real commits (a live server, concurrency) load what they need by themselves.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import transaction


@contextmanager
def rolled_back(blocker) -> Iterator[None]:
    """Unblocks the database within one transaction that never happened."""
    with blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
    try:
        yield
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


@pytest.fixture(scope="module")
def reference(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Units, agencies, sets, thresholds and duties as ``load_reference`` leaves them."""
    with rolled_back(django_db_blocker):
        with django_db_blocker.unblock():
            call_command("load_reference", verbosity=0)
        yield


@pytest.fixture(scope="module")
def quarters(reference, django_db_blocker):
    """Quarter II closed and Quarter III of 2023 open, with blank assessments for 12 communes."""
    from tests import factories

    with django_db_blocker.unblock():
        return factories.two_quarters()
