"""Files with a password: whoever verifies could not open them, and nobody can look into them.

A PDF says so in its trailer, even when an empty password opens it and only printing or copying
is forbidden: what is packed in it cannot be looked through for scripts, so it is not kept either.
Word and Excel put the whole document as a stream ``EncryptedPackage`` into a container of the old
kind (OLE), whatever the ending of its name says.
"""

from __future__ import annotations

import re
import struct
from typing import BinaryIO

from django.utils.translation import gettext as _

from assessments.pdf_actions import spelled

CHUNK = 256 * 1024
#: Longest dictionary of a trailer that is read; and of a table's end, where a word may be cut.
DICTIONARY = 16 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_ENCRYPTED = re.compile(spelled("Encrypt") + rb"\s*(?:\d+\s+\d+\s+R\b|<<)")
_OBJECT = re.compile(rb"\s*\d+\s+\d+\s+obj\b")
_NAME = "EncryptedPackage".encode("utf-16-le")
#: In an entry of the container's directory: the name, 64 bytes, then its length and what it is.
_ENTRY, _STREAM = 128, 2


def has_password() -> str:
    return _(
        "The file has a password or is encrypted (if only against printing or copying), so it cannot be checked. Take the protection off, or print it to a new PDF, and send that."
    )


def is_locked_pdf(file: BinaryIO, start: int) -> bool:
    """``start``: where the file says that its last table of contents stands (``startxref``)."""
    file.seek(start)
    head = file.read(DICTIONARY)
    if _OBJECT.match(head):  # a stream: its dictionary stands before it, never packed
        return bool(_ENCRYPTED.search(head.split(b"stream", 1)[0]))
    if head.lstrip().startswith(b"xref"):
        return bool(_ENCRYPTED.search(_trailer_after(file, start)))
    return bool(_ENCRYPTED.search(_last_trailer(file)))


def _trailer_after(file: BinaryIO, start: int) -> bytes:
    """The dictionary behind a table, however many lines that has."""
    file.seek(start)
    before = b""
    while chunk := file.read(CHUNK):
        before += chunk
        _, found, rest = before.partition(b"trailer")
        if found:
            rest += file.read(DICTIONARY)
            return rest.split(b"startxref", 1)[0][:DICTIONARY]
        before = before[-len(b"trailer") :]
    return b""


def _last_trailer(file: BinaryIO) -> bytes:
    """Where the place is wrong, programs look for the trailer from the end, as here."""
    size = file.seek(0, 2)
    file.seek(max(0, size - DICTIONARY))
    tail = file.read()
    return tail[tail.rfind(b"trailer") :] if b"trailer" in tail else b""


def is_locked_office(file: BinaryIO) -> bool:
    """An entry of that very name in the directory of an OLE container."""
    file.seek(0)
    if file.read(len(OLE)) != OLE:
        return False
    file.seek(0)
    while chunk := file.read(CHUNK):  # entries stand at multiples of their length
        at = chunk.find(_NAME)
        while at >= 0:
            if at % _ENTRY == 0 and _is_entry(chunk[at : at + _ENTRY]):
                return True
            at = chunk.find(_NAME, at + 1)
    return False


def _is_entry(entry: bytes) -> bool:
    if len(entry) < _ENTRY:
        return False
    length, kind = struct.unpack_from("<HB", entry, 64)
    return length == len(_NAME) + 2 and kind == _STREAM
