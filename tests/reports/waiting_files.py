"""A file that waits to be made, with an issue behind it, and ways to make it."""

from __future__ import annotations

import os
import time
from pathlib import Path

from django.utils import timezone

from periods.models import ReportingPeriod
from reports.models import PaperFormat, RenderedFile, SummaryIssue, SummaryReport
from reports.snapshot import to_json
from tests import factories
from tests.reports.snapshots import published

CONTENT = b"the whole paper"


def waiting_file(format: str = PaperFormat.PDF) -> RenderedFile:
    now, by = timezone.now(), factories.leader()
    summary = SummaryReport.objects.create(
        kind="quarter",
        period=ReportingPeriod.objects.get(slug="2023-q2"),
        created_at=now,
        created_by=by,
    )
    issue = SummaryIssue.objects.create(
        summary=summary,
        edition=1,
        year=2023,
        serial=1,
        code="TEST-1",
        snapshot=to_json(published()),
        snapshot_sha256="0" * 64,
        published_at=now,
        published_by=by,
    )
    return RenderedFile.objects.create(issue=issue, format=format, requested_at=now)


def drawn_in_the_test(monkeypatch, draw) -> None:
    """``draw`` stands for the drawing of every format."""
    monkeypatch.setattr("reports.making.render", lambda _format, snapshot: draw(snapshot))


def slow_at_first(_format, _snapshot) -> bytes:
    """For a worker in a process of its own: the first time it begins and does not end."""
    begun = Path(os.environ["TEST_BEGUN"])
    if not begun.exists():
        begun.touch()
        time.sleep(60)
    return CONTENT
