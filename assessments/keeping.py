"""Asking the storage of evidence, which may be full, not writable, or not answer at all.

Every fault of it becomes ``StorageUnreachable``: a sentence for who waits, a line in the log for
who keeps the portal. Nothing here knows which storage it is.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.base import File
from django.db.models.fields.files import FieldFile

from assessments.errors import StorageUnreachable

log = logging.getLogger(__name__)
#: The libraries of S3-compatible storage: named, not imported, for most portals have none.
_REMOTE = {"boto3", "botocore", "s3transfer", "urllib3"}


def is_fault(error: BaseException) -> bool:
    """Whether the storage failed, and not the portal."""
    return isinstance(error, OSError) or type(error).__module__.partition(".")[0] in _REMOTE


@contextmanager
def storage_asked() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if not is_fault(error):
            raise
        log.exception("the storage of evidence cannot be used")
        raise StorageUnreachable from error


def write(held: FieldFile, name: str, content: File) -> None:
    """Keep ``content`` as ``name``, which is known before it is written: what a full disk leaves
    of it can be taken away again."""
    setattr(held.instance, held.field.attname, name)
    with storage_asked():
        kept = held.storage.save(name, content, max_length=held.field.max_length)
    setattr(held.instance, held.field.attname, kept)


def take_away(held: FieldFile) -> None:
    """As far as the storage lets it; what stays has no row, and ``sweep_evidence`` finds it."""
    try:
        with storage_asked():
            held.storage.delete(held.name)
    except StorageUnreachable:
        log.warning("left to be swept: %s", held.name)


def opened(held: FieldFile) -> File:
    """Ready to be read, its first byte fetched: what fails, fails before an answer has begun.

    Raises ``FileNotFoundError`` where the storage answers that there is no such file.
    """
    try:
        with storage_asked():
            file = held.open("rb")
            file.read(1)
            file.seek(0)
    except StorageUnreachable as fault:
        if isinstance(fault.__cause__, FileNotFoundError):
            raise fault.__cause__ from None
        raise
    return file
