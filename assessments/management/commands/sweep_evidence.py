"""``manage.py sweep_evidence``: files that no row knows, left by a process that was killed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import chain

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.models import Evidence

#: Younger files may belong to an upload that is under way.
AGE = dt.timedelta(hours=24)


class Command(BaseCommand):
    help = "Deletes files of evidence, older than a day, that stand behind no row."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say what would go.")

    def handle(self, *, dry_run: bool, **options) -> None:
        storage = Evidence._meta.get_field("file").storage
        known = set(chain.from_iterable(Evidence.objects.values_list("file", "preview")))
        orphans = [name for name in walk(storage) if name not in known and _is_old(storage, name)]
        incoming = FileSystemStorage(settings.INCOMING_DIR)
        halves = [name for name in walk(incoming) if _is_old(incoming, name)]
        if not dry_run:
            for name in orphans:
                storage.delete(name)
            for name in halves:
                incoming.delete(name)
        done = "would be deleted" if dry_run else "deleted"
        self.stdout.write(f"{len(orphans) + len(halves)} files {done}.")


def walk(storage: Storage, folder: str = "") -> Iterator[str]:
    """Every file's name; nothing where the folder is not there yet."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in files)
    for name in folders:
        yield from walk(storage, f"{prefix}{name}")


def _is_old(storage: Storage, name: str) -> bool:
    return storage.get_modified_time(name) < timezone.now() - AGE
