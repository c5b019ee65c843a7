"""Does a PDF run something by itself? Read in pieces, with bounds, and nothing of it is executed.

A script or a program to start is named by ``/JavaScript`` and ``/Launch``, plainly or within a
packed object stream. A name may be written with ``#61`` for ``a``; one that is encrypted cannot be
looked into.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

CHUNK = 256 * 1024
#: Longest name that is looked for, every letter of it escaped, and what may end it.
OVERLAP = 64
#: Object streams hold descriptions, no pictures: more than this is no document of ours.
MAX_UNPACKED = 64 * 1024 * 1024
#: And of packed bytes read for it, all streams together: one that never ends is read to the end of
#: the file, and empty blocks give nothing out, so thousands of beginnings would cost their square.
MAX_READ = 4 * MAX_UNPACKED


class UnpacksTooMuch(Exception):
    """Its object streams hold more than is looked through."""


@dataclass(slots=True)
class Budget:
    """Bytes that may still be read."""

    left: int

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise UnpacksTooMuch


def spelled(name: str) -> bytes:
    """A name as a PDF may write it, each letter plainly or by its number."""
    letters = (f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in name)
    return f"/{''.join(letters)}(?![A-Za-z0-9#])".encode()


_RUNS = re.compile(spelled("JavaScript") + b"|" + spelled("Launch"))
_OBJECTS = re.compile(spelled("ObjStm"))
_STREAM = re.compile(rb">>\s*stream\r?\n")


def runs_something(file: BinaryIO) -> bool:
    """Raises ``UnpacksTooMuch``."""
    packed = []
    for at, piece in _pieces(file):
        if _RUNS.search(piece):
            return True
        packed += [at + found.end() for found in _OBJECTS.finditer(piece)]
    left, budget = MAX_UNPACKED, Budget(MAX_READ)
    for place in sorted(set(packed)):
        before = b""
        for piece in _unpacked(file, place, budget):
            left -= len(piece)
            if left < 0:
                raise UnpacksTooMuch
            if _RUNS.search(before + piece):
                return True
            before = piece[-OVERLAP:]
    return False


def _pieces(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The whole file, each piece beginning with the end of the one before, and where it begins."""
    file.seek(0)
    at, before = 0, b""
    while chunk := file.read(CHUNK):
        yield at - len(before), before + chunk
        at += len(chunk)
        before = chunk[-OVERLAP:]


def _unpacked(file: BinaryIO, place: int, budget: Budget) -> Iterator[bytes]:
    """What the stream after ``place`` holds; nothing where it is not packed as usual."""
    file.seek(place)
    head = file.read(1024)
    budget.spend(len(head))
    begins = _STREAM.search(head)
    if begins is None:
        return
    file.seek(place + begins.end())
    unpack = zlib.decompressobj()
    try:
        while not unpack.eof and (chunk := file.read(CHUNK)):
            budget.spend(len(chunk))
            while chunk and not unpack.eof:
                yield unpack.decompress(chunk, CHUNK)
                chunk = unpack.unconsumed_tail
    except zlib.error:
        return
