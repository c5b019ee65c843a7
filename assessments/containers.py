"""DOCX and XLSX: zip files whose bounds are known before anything in them is unpacked."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from typing import BinaryIO

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from assessments.errors import NotAccepted
from assessments.locked_files import has_password

#: What a document of 20 MB may unpack to, and by how much one large part may be packed.
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO, LARGE_PART = 100, 10 * 1024 * 1024
MAX_PARTS = 3000
#: The directory at the end of the file, which ``zipfile`` reads whole.
MAX_DIRECTORY = 1024 * 1024
MAX_CONTENT_TYPES = 1024 * 1024
#: Of a part's flags: packed with a password, as by an archiver.
PASSWORD = 0x1

_OFFICE = "application/vnd.openxmlformats-officedocument."
MAIN_PARTS = {
    f"{_OFFICE}wordprocessingml.document.main+xml": "docx",
    f"{_OFFICE}spreadsheetml.sheet.main+xml": "xlsx",
}
#: In the type of a part, whatever the part is called: a document, its project, old macro sheets.
MACROS = ("macroenabled", "vbaproject", "macrosheet")
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
        # Also parts that are packed in a way of their own, which ``zipfile`` cannot undo.
        raise NotAccepted(_damaged()) from odd


def _damaged() -> str:
    return _("The file is damaged or incomplete. Open it to check, save it and send it again.")


def too_much_unpacked() -> str:
    return _("The file unpacks to far more than it may. Save it anew, or send it as a PDF.")


def _check_directory(file: BinaryIO) -> None:
    """Found as ``zipfile`` finds it, so that nothing large is read before it is allowed."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 65557 - 20))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22:
        raise NotAccepted(_damaged())
    # The form for files beyond 4 GB: no document needs it.
    if b"PK\x06\x07" in tail[max(0, at - 20) : at]:
        raise NotAccepted(too_much_unpacked())
    parts, directory = struct.unpack_from("<HL", tail, at + 10)
    if parts > MAX_PARTS or directory > MAX_DIRECTORY:
        raise NotAccepted(too_much_unpacked())


def _type_of(container: zipfile.ZipFile) -> str:
    parts = container.infolist()
    _check_unpacking(parts)
    if any(part.flag_bits & PASSWORD for part in parts):
        raise NotAccepted(has_password())
    if any(_leads_out(part) for part in parts):
        raise NotAccepted(
            _(
                "Inside the file stands a path that leads out of the document, such as ../. Save it anew in Word or Excel, or send it as a PDF."
            )
        )
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


def _leads_out(part: zipfile.ZipInfo) -> bool:
    """``../``, an absolute path, a drive or a link: no office program writes these, and whoever
    unpacks the document would write elsewhere. Asked of the name as it is stored."""
    name = part.orig_filename.replace("\\", "/")
    is_link = stat.S_ISLNK(part.external_attr >> 16)
    is_absolute = name.startswith("/") or name[1:2] == ":"
    return is_link or is_absolute or ".." in name.split("/")


def _check_unpacking(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise NotAccepted(too_much_unpacked())
    for part in parts:
        if part.file_size > LARGE_PART and part.file_size > MAX_RATIO * part.compress_size:
            raise NotAccepted(too_much_unpacked())


def _macros() -> str:
    return _("Documents with macros are not accepted. Save it without macros, or as a PDF.")


def _main_part(container: zipfile.ZipFile, names: set[str]) -> str:
    if container.getinfo("[Content_Types].xml").file_size > MAX_CONTENT_TYPES:
        raise NotAccepted(too_much_unpacked())
    try:
        types = ElementTree.fromstring(container.read("[Content_Types].xml"))
    except (ElementTree.ParseError, DefusedXmlException) as broken:
        raise NotAccepted(_damaged()) from broken
    found = {o.get("ContentType", ""): o.get("PartName", "") for o in types.iter(_TYPES)}
    kinds = {kind.get("ContentType", "").lower() for kind in types.iter()}
    if any(mark in kind for kind in kinds for mark in MACROS):
        raise NotAccepted(_macros())
    for kind, name in MAIN_PARTS.items():
        if kind in found and found[kind].lstrip("/") in names:
            return name
    raise NotAccepted(
        _("This is neither a Word (.docx) nor an Excel (.xlsx) document, whatever its name says.")
    )
