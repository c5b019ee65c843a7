"""``manage.py sweep_evidence``: files that no row knows, left by a process that was killed.

Run as often as one likes, by several at once and beside uploads: what is younger than a day is
left alone, what another run was faster with is no error, and whose rows there are is asked after
the files were listed, so that a row stored meanwhile keeps its file.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from itertools import chain

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone

from assessments.errors import StorageUnreachable
from assessments.keeping import storage_asked
from assessments.models import Evidence

#: Younger files may belong to an upload that is under way.
AGE = dt.timedelta(hours=24)


class Command(BaseCommand):
    help = "Deletes files of evidence, older than a day, that stand behind no row."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say what would go.")
        parser.add_argument(
            "--every",
            type=int,
            default=0,
            metavar="SECONDS",
            help="Run again and again, with a pause of so many seconds (for a container).",
        )

    def handle(self, *, dry_run: bool, every: int, **options) -> None:
        while True:
            try:
                self._once(dry_run)
            except StorageUnreachable as fault:
                if not every:
                    raise CommandError("The storage of evidence cannot be used.") from fault
                self.stderr.write("The storage of evidence cannot be used; tried again later.")
            if not every:
                return
            close_old_connections()
            time.sleep(every)

    def _once(self, dry_run: bool) -> None:
        storage = Evidence._meta.get_field("file").storage
        incoming = FileSystemStorage(settings.INCOMING_DIR)
        with storage_asked():
            halves = [name for name in walk(incoming) if _is_old(incoming, name)]
            old = [name for name in walk(storage) if _is_old(storage, name)]
            known = set(chain.from_iterable(Evidence.objects.values_list("file", "preview")))
            orphans = [name for name in old if name not in known]
            if not dry_run:
                for name in orphans:
                    storage.delete(name)
                for name in halves:
                    incoming.delete(name)
        done = "would be deleted" if dry_run else "deleted"
        self.stdout.write(f"{len(orphans) + len(halves)} files {done}.")


def walk(storage: Storage, folder: str = "") -> Iterator[str]:
    """Every file's name; nothing where the folder is not there (any more)."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in files)
    for name in folders:
        yield from walk(storage, f"{prefix}{name}")


def _is_old(storage: Storage, name: str) -> bool:
    """What went since it was listed (an upload that ended, another run) is nobody's to delete."""
    try:
        return storage.get_modified_time(name) < timezone.now() - AGE
    except FileNotFoundError:
        return False
    except Exception as error:  # S3 says it in a class of its own
        if getattr(error, "response", {}).get("Error", {}).get("Code") in {"404", "NoSuchKey"}:
            return False
        raise
