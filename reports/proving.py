"""Whether a paper in hand is one that was published: by its code, the address in its QR code, a
checksum of a file or of the data, or by the file itself."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import unquote

from django.core.files.uploadhandler import FileUploadHandler
from django.db.models import Q

from reports import titles
from reports.models import FileState, RenderedFile, SummaryIssue
from reports.publishing import ALPHABET

#: What a code has no room for; longer input is nobody's code.
LONGEST = 60
#: What a person pastes: an address or a checksum, broken over lines; more is read no further.
LONGEST_PASTE = 500
#: A verification address of ours under any host: the portal may have moved since it was printed.
_ADDRESS = re.compile(r"reports/verify/([^/?#]{1,60})")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SPLIT = re.compile(r"[\s\-‐-―−_.·/]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was pasted, as what it is: a checksum, an address of ours, or else a code."""

    kind: str
    text: str


def read(pasted: str) -> Asked:
    """Forgives spaces, capitals, line breaks, the colons some programs print into a checksum, and
    the name of the file or "SHA-256" beside it."""
    text = unquote(pasted[:LONGEST_PASTE])
    joined = "".join(text.split()).lower()
    address = _ADDRESS.search(joined)
    if address:
        return Asked("address", address[1])
    bare = re.sub(r"^sha-?256(sum)?[:=(]*", "", joined.replace(":", ""))
    if _SHA256.fullmatch(bare):
        return Asked("sha256", bare)
    alone = re.search(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", text.lower())
    if alone:
        return Asked("sha256", alone[0])
    if "://" in joined or joined.startswith("www."):
        return Asked("foreign", "")
    return Asked("code", " ".join(text.split()))


def looks_like_checksum(text: str) -> bool:
    """Letters and digits of a checksum, too many or too few: cut off, or two of them."""
    return re.fullmatch(r"[0-9a-f]{33,130}", "".join(text.split()).lower()) is not None


def issue_of_data(sha256: str) -> SummaryIssue | None:
    """The issue whose frozen data have this checksum."""
    return (
        SummaryIssue.objects.select_related("summary__period", "published_by")
        .filter(snapshot_sha256=sha256)
        .order_by("pk")
        .first()
    )


def codes_of(typed: str) -> list[str]:
    """The codes that ``typed`` can mean: as it stands, and in groups of four after NTM."""
    if len(typed) > LONGEST or "\0" in typed:
        return []
    parts = [one for one in _SPLIT.split(typed.upper()) if one]
    letters = "".join(parts).removeprefix("NTM")
    found = ["-".join(parts)]
    if len(letters) == 12 and set(letters) <= set(ALPHABET):
        found.append(f"NTM-{letters[:4]}-{letters[4:8]}-{letters[8:]}")
    return [one for one in found if one]


def issue_of(typed: str) -> SummaryIssue | None:
    """One question, whether there is such a code or not."""
    return (
        SummaryIssue.objects.select_related("summary__period", "published_by")
        .filter(code__in=codes_of(typed))
        .first()
    )


def published_file(sha256: str) -> RenderedFile | None:
    """The published file of this checksum; drafts prove nothing and are not looked at."""
    return (
        RenderedFile.objects.filter(
            Q(sha256=sha256) & Q(issue__isnull=False) & Q(state=FileState.DONE)
        )
        .select_related("issue__summary__period", "issue__published_by")
        .defer("draft", "issue__snapshot", "issue__differences")
        .first()
    )


def title_of(issue: SummaryIssue) -> str:
    return titles.title(issue.summary.kind, issue.summary.period, issue.summary.on)


class HashingUploadHandler(FileUploadHandler):
    """Sums a file up as it comes in; no byte of it is kept, in memory or on a disk."""

    def new_file(self, *args, **kwargs) -> None:
        super().new_file(*args, **kwargs)
        self.sum = hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.sum.update(raw_data)

    def file_complete(self, file_size: int) -> Summed:
        return Summed(self.file_name, file_size, self.sum.hexdigest())


class Summed:
    """What is left of an uploaded file: its name, its size, its checksum."""

    def __init__(self, name: str, size: int, sha256: str) -> None:
        self.name, self.size, self.sha256 = name, size, sha256

    def close(self) -> None:
        """Nothing is open."""
