"""The reference and demonstration data in a test database, loaded by the commands themselves."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import transaction

from criteria import definitions


def load_demo_database() -> None:
    """Both loads, some four seconds; needs access to the database."""
    definitions.clear()  # another test's rows may have borne the same keys
    for command in ("load_reference", "load_demo"):
        call_command(command, stdout=io.StringIO())


def load_into(django_db_blocker) -> None:
    """The same from a fixture of the session's scope; what it loads stays in the database."""
    with django_db_blocker.unblock():
        load_demo_database()


@contextmanager
def demonstration_held(django_db_blocker) -> Iterator[None]:
    """The loaded database for as long as a fixture of a wide scope lives, and nothing left of it.

    For tests with ``db``: each runs in a savepoint of this one transaction. Not for those with
    ``transactional_db`` or a live server, which call ``load_demo_database`` themselves.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo_database()
        yield
        transaction.set_rollback(True)
    definitions.clear()
