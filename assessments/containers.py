"""DOCX and XLSX: zip files whose bounds are known before anything in them is unpacked."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import BinaryIO

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from assessments.errors import NotAccepted

#: What a document of 20 MB may unpack to, and by how much one large part may be packed.
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO, LARGE_PART = 100, 10 * 1024 * 1024
MAX_PARTS = 3000
#: The directory at the end of the file, which ``zipfile`` reads whole.
MAX_DIRECTORY = 1024 * 1024
MAX_CONTENT_TYPES = 1024 * 1024

_OFFICE = "application/vnd.openxmlformats-officedocument."
MAIN_PARTS = {
    f"{_OFFICE}wordprocessingml.document.main+xml": "docx",
    f"{_OFFICE}spreadsheetml.sheet.main+xml": "xlsx",
}
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"


def office_type(file: BinaryIO) -> str:
    """``docx`` or ``xlsx``; raises ``NotAccepted`` for every other zip file."""
    _check_directory(file)
    try:
        with zipfile.ZipFile(file) as container:
            return _type_of(container)
    except NotAccepted:
        raise
    except (zipfile.BadZipFile, zlib.error, struct.error) as broken:
        raise NotAccepted(_damaged()) from broken
    except (ValueError, KeyError, EOFError, OSError, RuntimeError, NotImplementedError) as odd:
        # RuntimeError: a part with a password. NotImplementedError: a packing nobody uses.
        raise NotAccepted(_damaged()) from odd


def _damaged() -> str:
    return _("The file is damaged or incomplete. Open it to check, save it and send it again.")


def _bomb() -> str:
    return _("The file unpacks to far more than it may. Save it anew, or send it as a PDF.")


def _check_directory(file: BinaryIO) -> None:
    """Found as ``zipfile`` finds it, so that nothing large is read before it is allowed."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 65557 - 20))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22:
        raise NotAccepted(_damaged())
    if b"PK\x06\x07" in tail[max(0, at - 20) : at]:
        raise NotAccepted(_bomb())  # the form for files beyond 4 GB: no document needs it
    parts, directory = struct.unpack_from("<HL", tail, at + 10)
    if parts > MAX_PARTS or directory > MAX_DIRECTORY:
        raise NotAccepted(_bomb())


def _type_of(container: zipfile.ZipFile) -> str:
    parts = container.infolist()
    _check_unpacking(parts)
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names:
        raise NotAccepted(
            _("This is a zip file, not a Word or Excel document. Send the documents one by one.")
        )
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise NotAccepted(_macros())
    kind = _main_part(container, names)
    if container.testzip() is not None:  # in pieces; more than a part declares is never unpacked
        raise NotAccepted(_damaged())
    return kind


def _check_unpacking(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise NotAccepted(_bomb())
    for part in parts:
        if part.file_size > LARGE_PART and part.file_size > MAX_RATIO * part.compress_size:
            raise NotAccepted(_bomb())


def _macros() -> str:
    return _("Documents with macros are not accepted. Save it without macros, or as a PDF.")


def _main_part(container: zipfile.ZipFile, names: set[str]) -> str:
    if container.getinfo("[Content_Types].xml").file_size > MAX_CONTENT_TYPES:
        raise NotAccepted(_bomb())
    try:
        types = ElementTree.fromstring(container.read("[Content_Types].xml"))
    except (ElementTree.ParseError, DefusedXmlException) as broken:
        raise NotAccepted(_damaged()) from broken
    found = {o.get("ContentType", ""): o.get("PartName", "") for o in types.iter(_TYPES)}
    if any("macroenabled" in kind.lower() for kind in found):
        raise NotAccepted(_macros())
    for kind, name in MAIN_PARTS.items():
        if kind in found and found[kind].lstrip("/") in names:
            return name
    raise NotAccepted(
        _("This is neither a Word (.docx) nor an Excel (.xlsx) document, whatever its name says.")
    )
