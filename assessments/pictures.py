"""Pictures: bounded before they are decoded, decoded once to the end, shown small and upright.

They are decoded in a process of their own (``picture_child``) with bounds for memory and time, so
that neither a crash of a decoder nor 65 million pixels reach the server's own process; and only
``AT_ONCE`` of them on the whole machine, so that a morning of many photos does not fill its memory.
"""

from __future__ import annotations

import contextlib
import fcntl
import io
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from assessments.errors import NotAccepted
from assessments.picture_child import TOO_LARGE

log = logging.getLogger(__name__)

#: A phone's 64-megapixel camera fits; decoded, this is at most 260 MB for a moment.
MAX_PIXELS = 65_000_000
#: Longest side of a preview in pixels, for the screen of a phone and of a desk.
PREVIEW_SIDE = 960
PREVIEW_TYPE = "image/webp"
#: Decoders copy what they decoded: the largest WebP or HEIC takes several times its pixels.
MAX_MEMORY = 1536 * 1024 * 1024
MAX_SECONDS = 30
AT_ONCE, PATIENCE = 2, 120
CHILD = Path(__file__).with_name("picture_child.py")


def preview_of(file: BinaryIO, format_name: str) -> bytes:
    """A small WebP of a JPEG, PNG, WebP or HEIF picture; raises ``NotAccepted``.

    The whole picture is decoded, so a broken one is noticed. Its orientation is applied and what
    else the camera wrote into it (place, device) is left out.
    """
    with _on_disk(file) as picture, _a_turn():
        code, data, said = _decode(picture, format_name)
    if code == 0 and data:
        return data
    if code == TOO_LARGE:
        raise NotAccepted(_too_large())
    log.info("a picture could not be read (%s): %s", code, said)
    raise NotAccepted(
        _("The picture is damaged or incomplete. Open it to check, and send it again.")
    )


def _decode(picture: BinaryIO, format_name: str) -> tuple[int, bytes, str]:
    """Exit code (a signal's below zero), the preview, and what the child complained about."""
    bounds = (MAX_PIXELS, PREVIEW_SIDE, MAX_MEMORY, MAX_SECONDS)
    # -I: nothing of the portal's folder or environment, where its keys stand, reaches a decoder.
    command = [sys.executable, "-I", str(CHILD), format_name, *map(str, bounds)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and a format from our own table
            command, stdin=picture, capture_output=True, timeout=MAX_SECONDS, env={}, check=False
        )
    except subprocess.TimeoutExpired:
        return -1, b"", f"longer than {MAX_SECONDS} s"
    return done.returncode, done.stdout, done.stderr[-300:].decode(errors="replace")


@contextlib.contextmanager
def _on_disk(file: BinaryIO) -> Iterator[BinaryIO]:
    """The file as a process can read it: an upload is on disk already, other files are laid there."""
    file.seek(0)
    try:
        os.lseek(file.fileno(), 0, os.SEEK_SET)
    except (AttributeError, io.UnsupportedOperation):
        with tempfile.TemporaryFile(dir=_folder()) as copy:
            while chunk := file.read(64 * 1024):
                copy.write(chunk)
            copy.flush()
            os.lseek(copy.fileno(), 0, os.SEEK_SET)
            yield copy
    else:
        yield file


@contextlib.contextmanager
def _a_turn() -> Iterator[None]:
    """One of ``AT_ONCE`` places, over all processes of the server; a dead one gives its own back."""
    with contextlib.ExitStack() as held:
        places = [held.enter_context(open(f"{_folder()}-turn-{n}", "wb")) for n in range(AT_ONCE)]
        deadline = time.monotonic() + PATIENCE
        while not any(_take(place) for place in places):
            if time.monotonic() > deadline:
                raise NotAccepted(
                    _("Many pictures are being received just now. Send this one again in a minute.")
                )
            time.sleep(0.05)
        yield


def _take(place: BinaryIO) -> bool:
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _folder() -> Path:
    settings.INCOMING_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    return settings.INCOMING_DIR


def _too_large() -> str:
    return _(
        "The picture has more than %(limit)s million pixels. Make it smaller and send it again."
    ) % {"limit": MAX_PIXELS // 1_000_000}
