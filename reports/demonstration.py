"""Invented written reports for demonstration mode, from ``fixtures/demo/written.json``.

Written once: where any report exists already, everything stays as it is. Times are the story's own,
so the rows are stored directly; the database's constraints and the tests see that they are whole.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Role, User
from assessments.models import Channel
from communes.fixtures import read_fixture
from reports.cleaning import clean
from reports.models import Part, PeriodicReport, ReportPart, WrittenEvent, WrittenEventKind
from reports.written.terms import find_term

#: How long a body writes before it sends, and a draft is what it was begun with.
WRITING = dt.timedelta(days=1, hours=2)


@transaction.atomic
def load_written_reports(*, folder: Path) -> int:
    """How many reports were added; 0 when there were some already."""
    if PeriodicReport.objects.exists():
        return 0
    told = read_fixture(folder / "written.json").data["reports"]
    people = _people()
    standing_office = User.objects.filter(role=Role.COORDINATOR).order_by("username").first()
    return sum(
        _store(entry, slug, people, standing_office) for entry in told for slug in entry["terms"]
    )


def _people() -> dict[str, User]:
    """Who writes for each body, by ``communes/ban-bo`` and ``agencies/noi-vu``."""
    found = {}
    officers = User.objects.filter(role__in=[Role.COMMUNE_OFFICER, Role.DEPARTMENT_OFFICER])
    for user in officers.select_related("unit", "agency").order_by("-username"):
        body = f"communes/{user.unit.slug}" if user.unit_id else f"agencies/{user.agency.slug}"
        found[body] = user
    return found


def _store(entry: dict[str, Any], slug: str, people: dict[str, User], office: User | None) -> bool:
    """One report with its parts and events; False where a body, quarter or person is not there."""
    writer, term = people.get(entry["body"]), find_term(slug)
    if writer is None or office is None or term is None:
        return False
    state = entry["state"]
    sent = _moment(entry["sent"]) if entry["sent"] else None
    decided = _moment(entry["decided"]) if state in ("accepted", "returned") else None
    begun = sent - WRITING if sent else _moment(entry["written"])
    reason = entry.get("reason", "")
    report = PeriodicReport.objects.create(
        period=term.period,
        kind=term.kind,
        unit=writer.unit,
        agency=writer.agency,
        state=state,
        sendings=1 if sent else 0,
        submitted_at=sent,
        submitted_by=writer if sent else None,
        decided_at=decided,
        decided_by=office if decided else None,
        return_reason=reason,
    )
    parts = [_part(report, part, entry["parts"], begun, writer) for part in Part.values]
    ReportPart.objects.bulk_create(parts)
    texts = {part.part: {"text": part.text, "nothing": part.nothing} for part in parts}
    events = [(WrittenEventKind.BEGUN, begun, writer, {})]
    if sent:
        events.append((WrittenEventKind.SUBMITTED, sent, writer, {"texts": texts}))
    if decided:
        events.append((WrittenEventKind(state), decided, office, {"reason": reason}))
    WrittenEvent.objects.bulk_create(
        WrittenEvent(report=report, kind=kind, at=at, by=by, channel=Channel.FORM, **more)
        for kind, at, by, more in events
    )
    return True


def _part(
    report: PeriodicReport, part: str, told: dict[str, Any], at: dt.datetime, by: User
) -> ReportPart:
    if part not in told:
        return ReportPart(report=report, part=part)
    lines = told[part]
    return ReportPart(
        report=report,
        part=part,
        text=clean("\n".join(lines or [])),
        nothing=lines is None,
        version=1,
        changed_at=at,
        changed_by=by,
    )


def _moment(text: str) -> dt.datetime:
    """``2023-06-16T10:10`` in Việt Nam."""
    return timezone.make_aware(dt.datetime.fromisoformat(text))
