"""Is this file what it may be? Told by its content, never by its name or the browser's word.

Plain Python without the database. A file is read from disk in pieces; what is refused raises
``NotAccepted`` with a sentence for the person who sent it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from assessments.containers import office_type, too_much_unpacked
from assessments.errors import NotAccepted
from assessments.locked_files import OLE, has_password, is_locked_office, is_locked_pdf
from assessments.pdf_actions import UnpacksTooMuch, runs_something
from assessments.pictures import preview_of

CHUNK = 64 * 1024
PDF = "application/pdf"
JPEG, PNG, WEBP, HEIC = "image/jpeg", "image/png", "image/webp", "image/heic"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"

#: Type -> the endings under which it is known; the first is given to a name that has none of them.
SUFFIXES: dict[str, tuple[str, ...]] = {
    PDF: (".pdf",),
    JPEG: (".jpg", ".jpeg", ".jfif"),
    PNG: (".png",),
    WEBP: (".webp",),
    HEIC: (".heic", ".heif"),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
}
PICTURES = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP", HEIC: "HEIF"}
#: What a field for files offers to choose; phones then offer their camera too.
ACCEPT = ",".join([*(s for suffixes in SUFFIXES.values() for s in suffixes), "image/*"])

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_NAME_LIMIT = 200
#: Before the name of a file that came with a path: no person's file begins with it.
PATH_MARK = "\x1f"
_ALL_SUFFIXES = {suffix for suffixes in SUFFIXES.values() for suffix in suffixes}


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that may be kept. ``preview`` is a small picture (WebP), only of pictures."""

    media_type: str
    size: int
    sha256: str
    preview: bytes | None = None


def inspect(file: BinaryIO, *, max_bytes: int) -> Inspected:
    """Look at a file from its beginning to its end; raises ``NotAccepted``."""
    size, sha256, head = _measure(file, max_bytes)
    kind = _type_of(head)
    if kind is None:
        if is_locked_office(file):
            raise NotAccepted(has_password())
        raise NotAccepted(_why_not(head))
    preview = None
    file.seek(0)
    if kind == PDF:
        _check_pdf(file, size, head)
    elif kind == ZIP:
        kind = {"docx": DOCX, "xlsx": XLSX}[office_type(file)]
    else:
        preview = preview_of(file, PICTURES[kind])
    file.seek(0)
    return Inspected(kind, size, sha256, preview)


def _measure(file: BinaryIO, max_bytes: int) -> tuple[int, str, bytes]:
    """Size, SHA-256 and the first bytes, in pieces; stops at the first byte too many."""
    digest, size, head = hashlib.sha256(), 0, b""
    file.seek(0)
    while chunk := file.read(CHUNK):
        head = head or chunk[:4096]
        size += len(chunk)
        if size > max_bytes:
            raise NotAccepted(
                _("The file is larger than %(limit)s MB. Make it smaller and send it again.")
                % {"limit": max_bytes // (1024 * 1024)}
            )
        digest.update(chunk)
    if not size:
        raise NotAccepted(_("The file is empty (0 bytes). Choose the right file."))
    return size, digest.hexdigest(), head


def _type_of(head: bytes) -> str | None:
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return HEIC
    if head.startswith(b"PK\x03\x04"):
        return ZIP
    return None


def _why_not(head: bytes) -> str:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head[:2] == b"MZ" or head[:4] in (b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe"):
        return _("This is a program, whatever its name says. Programs are not accepted.")
    if head.startswith(OLE):
        return _("This is an old Word or Excel file. Save it as .docx, .xlsx or PDF and send that.")
    if (
        text.startswith((b"<!doctype", b"<html", b"<head", b"<script", b"<body"))
        or b"<html" in text
    ):
        return _("This is a web page, whatever its name says. Print it to a PDF and send that.")
    if b"<svg" in text:
        return _("SVG drawings are not accepted. Send a PDF, JPEG or PNG instead.")
    return _("Only PDF, JPEG, PNG, WebP, HEIC, DOCX and XLSX are accepted; this is something else.")


def _check_pdf(file: BinaryIO, size: int, head: bytes) -> None:
    """Has its end and a table of contents within itself: a broken upload has neither."""
    file.seek(max(0, size - 2048))
    tail = file.read(2048)
    found = re.findall(rb"startxref\s+(\d{1,12})\s+%%EOF", tail)
    linearized = re.search(rb"/Linearized\b[^>]{0,200}/L\s+(\d{1,12})", head[:1024])
    short = linearized is not None and int(linearized[1]) > size
    if not found or int(found[-1]) >= size or short:
        raise NotAccepted(
            _("The PDF is incomplete: its end is missing. Send the whole file again.")
        )
    if is_locked_pdf(file, int(found[-1])):
        raise NotAccepted(has_password())
    try:
        if runs_something(file):
            raise NotAccepted(
                _(
                    "This PDF runs a script or starts a program when it is opened. Print it to a new PDF and send that."
                )
            )
    except UnpacksTooMuch as bomb:
        raise NotAccepted(too_much_unpacked()) from bomb


def check_name(name: str) -> None:
    """A name is no path; raises ``NotAccepted``. Parsers cut a path off before anybody sees it, so
    the portal's own marks such a name with ``PATH_MARK``."""
    if name.startswith(PATH_MARK) or "/" in name or "\\" in name:
        raise NotAccepted(
            _(
                "The name of the file contains a path such as ../. Rename the file and send it again."
            )
        )


def clean_name(name: str, media_type: str) -> str:
    """The person's own name for a file, as a label only: no path, nothing invisible, NFC.

    It ends as its content says, so that it opens with the right program wherever it is saved.
    """
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in name)
    name = " ".join(name.split()).strip(". ")
    suffixes = SUFFIXES[media_type]
    stem, dot, ending = name.rpartition(".")
    if dot and stem and f".{ending.lower()}" in suffixes:
        suffix = f".{ending}"
    else:
        misnamed = bool(stem) and f".{ending.lower()}" in _ALL_SUFFIXES
        stem, suffix = stem if misnamed else name, suffixes[0]
    stem = stem or _("file")
    return stem[: _NAME_LIMIT - len(suffix)].rstrip(". ") + suffix
