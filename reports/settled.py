"""An Office file with the same bytes for the same content, on any day and in any process."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable

#: The first moment that a ZIP archive can name.
_THEN = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def settled(
    content: bytes,
    at: dt.datetime,
    change: Callable[[str, bytes], bytes] = lambda name, data: data,
) -> bytes:
    """Both libraries write the hour of writing into the archive and into the properties.

    ``change`` may finish a part of the archive, by its name.
    """
    moment = at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in given.namelist():
            data = given.read(name)
            if name == "docProps/core.xml":
                data = _STAMP.sub(lambda found: found[1] + moment + found[3], data)
            data = change(name, data)
            entry = zipfile.ZipInfo(name, _THEN)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            made.writestr(entry, data)
    return out.getvalue()
