"""Making the files of papers in the background: asked for once, made whole, tried again.

The queue row is written in the transaction of its reason (publishing, a click), so neither is
there without the other. A worker takes a file (``running``), draws it outside any transaction and
finishes it (``done``); whoever was overtaken in the meantime throws its own away. What fails is
tried ``ATTEMPTS`` times; what a killed worker left behind is found by ``recover``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import time
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from reports.models import FileState, RenderedFile
from reports.rendering import RENDERERS, CannotRender, render
from reports.snapshot import Snapshot, from_json

logger = logging.getLogger(__name__)

ATTEMPTS = 3
#: Longer than anything takes: a file that is "running" for so long has lost its worker.
LIMIT = dt.timedelta(minutes=2)
#: Waited before another attempt, times the number of those that failed.
PAUSE = dt.timedelta(seconds=5)
LONGEST_ERROR = 500


def ask_for(rendered: RenderedFile) -> None:
    """Queue a file that waits to be made. In the caller's transaction."""
    from reports.tasks import make_file  # the queue's models need a finished registry

    make_file.enqueue(rendered.pk)


@transaction.atomic
def ask_again(rendered: RenderedFile) -> bool:
    """A file that could not be made, from the beginning; False where it is not a failed one."""
    again = RenderedFile.objects.filter(pk=rendered.pk, state=FileState.FAILED).update(
        state=FileState.PENDING, attempts=0, error="", requested_at=timezone.now()
    )
    if again:
        ask_for(rendered)
    return bool(again)


def make(pk: int) -> None:
    """Make one file, if it still waits. Never raises for what the drawing of it does wrong."""
    taken = take(pk)
    if taken is None:
        return
    try:
        with override("vi"):
            content = render(taken.format, snapshot_of(taken))
    except Exception as error:
        logger.exception("File %s could not be made (attempt %s)", pk, taken.attempts)
        give_back(taken, error)
    else:
        finish(taken, content)


def snapshot_of(rendered: RenderedFile) -> Snapshot:
    """As it was frozen: with its issue, or with the draft when the file was asked for."""
    return from_json(rendered.stored_snapshot)


def take(pk: int) -> RenderedFile | None:
    """The file as mine, marked as running; None where it is done, gone, or somebody else's."""
    taken = RenderedFile.objects.filter(pk=pk, state=FileState.PENDING).update(
        state=FileState.RUNNING, attempts=F("attempts") + 1, started_at=timezone.now()
    )
    if not taken:
        return None
    related = RenderedFile.objects.select_related("issue__summary", "summary__period")
    return related.filter(pk=pk).first()  # None: its draft was discarded between the two


def mine(taken: RenderedFile):
    """The row as long as nobody has taken it over: attempts tell one try from the next."""
    return RenderedFile.objects.filter(
        pk=taken.pk, state=FileState.RUNNING, attempts=taken.attempts
    )


def finish(taken: RenderedFile, content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    name = f"{digest[:16]}{RENDERERS[taken.format].suffix}"
    field = RenderedFile._meta.get_field("file")
    stored = field.storage.save(field.generate_filename(taken, name), ContentFile(content))
    done = mine(taken).update(
        state=FileState.DONE,
        file=stored,
        sha256=digest,
        size=len(content),
        done_at=timezone.now(),
    )
    if not done:
        field.storage.delete(stored)


@transaction.atomic
def give_back(taken: RenderedFile, error: Exception) -> None:
    """After a failure: wait for another attempt, or say for good why there is no file."""
    known = isinstance(error, CannotRender)
    said = str(error) if known else f"{type(error).__name__}: {error}"
    said = said.replace("\0", "")[:LONGEST_ERROR]
    if known or taken.attempts >= ATTEMPTS:
        mine(taken).update(state=FileState.FAILED, error=said)
    elif mine(taken).update(state=FileState.PENDING):
        enqueue_later(taken)


def enqueue_later(taken: RenderedFile) -> None:
    from reports.tasks import make_file

    make_file.using(run_after=timezone.now() + PAUSE * taken.attempts).enqueue(taken.pk)


def recover(orphans: Iterable[int] = ()) -> int:
    """Start again what nobody works on any more; gives how many files that were.

    ``orphans`` are files whose worker is known to be dead. Others are those that run longer than
    anything takes, and those that wait although nothing in the queue will make them.
    """
    from reports.tasks import queued_files

    now, orphans = timezone.now(), set(orphans)
    running = RenderedFile.objects.filter(state=FileState.RUNNING)
    left = [one for one in running if one.pk in orphans or one.started_at < now - LIMIT]
    for one in left:
        restart(one)
    waiting = RenderedFile.objects.filter(state=FileState.PENDING, requested_at__lt=now - LIMIT)
    queued = queued_files()
    lost = [one for one in waiting if one.pk not in queued]
    for one in lost:
        ask_for(one)
    remove_unfinished()
    return len(left) + len(lost)


@transaction.atomic
def restart(left: RenderedFile) -> None:
    if left.attempts >= ATTEMPTS:
        said = _("The work on it stopped %(n)s times before it was finished.")
        mine(left).update(state=FileState.FAILED, error=said % {"n": left.attempts})
    elif mine(left).update(state=FileState.PENDING):
        ask_for(left)


def remove_unfinished() -> None:
    storage = RenderedFile._meta.get_field("file").storage
    if hasattr(storage, "remove_unfinished"):
        storage.remove_unfinished(time.time() - LIMIT.total_seconds())
