"""Invented evidence for demonstration mode: ``fixtures/demo/evidence.json`` and its folder.

Times are the story's own, so the rows are stored directly; each file is looked at as an upload is.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from assessments.demonstration.photos import landscape
from assessments.demonstration.sheets import FilledRow, FilledSheet
from assessments.files import inspect
from assessments.models import Channel, Event, EventKind, Evidence
from communes.fixtures import read_fixture

LIMIT = 20 * 1024 * 1024
#: How long after its figures an officer adds the first file of a row.
LATER = dt.timedelta(minutes=7)


def add_evidence(folder: Path, sheets: Iterable[FilledSheet]) -> list[Evidence]:
    """Stored behind the rows of ``sheets``, which must be stored already.

    A file that cannot be kept takes those before it away again; a load that fails later leaves
    files without rows, which ``sweep_evidence`` removes.
    """
    told = read_fixture(folder / "evidence.json").data["evidence"]
    by_place = {(sheet.story.slug, sheet.unit.slug): sheet for sheet in sheets}
    made: list[Evidence] = []
    try:
        for entry in told:
            row = by_place[entry["quarter"], entry["unit"]].row(entry["indicator"])
            made.append(_store(entry, row, folder / "evidence", len(made)))
        return Evidence.objects.bulk_create(made)
    except BaseException:
        for evidence in made:
            for file in filter(None, (evidence.file, evidence.preview)):
                file.storage.delete(file.name)
        raise


def _store(entry: dict[str, Any], row: FilledRow, files: Path, place: int) -> Evidence:
    photo = entry.get("photo")
    data = landscape(photo) if photo else (files / entry["file"]).read_bytes()
    found = inspect(io.BytesIO(data), max_bytes=LIMIT)
    evidence = Evidence(
        result=row.result,
        name=entry["name"],
        media_type=found.media_type,
        size=found.size,
        sha256=found.sha256,
        document_number=entry.get("number", ""),
        document_date=entry.get("date"),
        valid_until=entry.get("until"),
        uploaded_at=row.written_at + LATER + dt.timedelta(seconds=40 * (place % 5)),
        uploaded_by=row.result.changed_by,
        channel=Channel.FORM,
    )
    evidence.file.save(evidence.name, ContentFile(data), save=False)
    if found.preview is not None:
        evidence.preview.save(evidence.name, ContentFile(found.preview), save=False)
    return evidence


def adding(evidence: Evidence) -> Event:
    """The trace of a file, as ``attaching`` leaves it."""
    return Event(
        assessment_id=evidence.result.assessment_id,
        result=evidence.result,
        kind=EventKind.ATTACHED,
        at=evidence.uploaded_at,
        by=evidence.uploaded_by,
        channel=evidence.channel,
        after={"evidence": evidence.pk, "name": evidence.name, "sha256": evidence.sha256},
    )
