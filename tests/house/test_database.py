"""The embedded database bears a dozen officers who write at once."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

pytestmark = pytest.mark.django_db(transaction=True)
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="about SQLite")
WRITERS, WRITES = 12, 5


def pragma(name: str) -> object:
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


@on_sqlite
def test_readers_do_not_wait_for_writers():
    assert pragma("journal_mode") == "wal"


@on_sqlite
def test_a_writer_waits_twenty_seconds_for_its_turn():
    assert pragma("busy_timeout") == 20_000


@on_sqlite
def test_a_transaction_takes_its_turn_before_it_reads():
    """IMMEDIATE: no other connection can begin to write, though ours has only begun."""
    other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0, isolation_level=None)
    try:
        with transaction.atomic(), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    finally:
        other.close()


@on_sqlite
def test_foreign_keys_are_kept():
    assert pragma("foreign_keys") == 1


def test_a_dozen_people_write_at_once_and_nobody_is_refused():
    def write(writer: int) -> None:
        try:
            for number in range(WRITES):
                with transaction.atomic():
                    before = Session.objects.count()
                    Session.objects.create(
                        session_key=f"{writer}-{number}",
                        session_data=str(before),
                        expire_date=timezone.now(),
                    )
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as people:
        list(people.map(write, range(WRITERS)))
    assert Session.objects.count() == WRITERS * WRITES
