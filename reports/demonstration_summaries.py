"""Invented summaries for demonstration mode, from ``fixtures/demo/summaries.json``.

Composed, handed over and published by the real actions, each on the day of its story. Their files
are made afterwards, by the worker. Where a summary exists already, everything stays as it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import Role, User
from communes.fixtures import read_fixture
from periods.clock import at_hour
from reports.building import build_snapshot
from reports.composing import hand_over, save_section
from reports.models import SummaryReport
from reports.publishing import fingerprint, publish
from reports.quotable import quotable
from reports.starting import start_term, term_at

COMPOSING, PUBLISHING = dt.time(9, 20), dt.time(15, 10)


@transaction.atomic
def load_summaries(*, folder: Path) -> int:
    """How many summaries were added; 0 when there were some already."""
    office = User.objects.filter(role=Role.COORDINATOR).order_by("username").first()
    leader = User.objects.filter(role=Role.LEADER).order_by("username").first()
    if SummaryReport.objects.exists() or office is None or leader is None:
        return 0
    told = read_fixture(folder / "summaries.json").data["summaries"]
    return sum(_tell(entry, office, leader) for entry in told)


def _tell(entry: dict[str, Any], office: User, leader: User) -> bool:
    term = term_at(entry["slug"])
    if term is None or not term[1].opened_at:
        return False
    kind, period = term
    with _on(entry["composed"], COMPOSING):
        summary = start_term(by=office, kind=kind, period=period)
        snapshot = build_snapshot(summary)
        sections = {one.key: one for one in snapshot.sections}
        for key, text in entry["sections"].items():
            save_section(
                by=office,
                summary=summary,
                generated=sections[key],
                figures=quotable(snapshot),
                version=0,
                text=text,
            )
        if "published" in entry:
            hand_over(by=office, summary=summary)
    if "published" in entry:
        with _on(entry["published"], PUBLISHING):
            seen = fingerprint(build_snapshot(summary))
            publish(by=leader, summary=summary, seen=seen, knowing=True)
    return True


@contextmanager
def _on(day: str, hour: dt.time) -> Iterator[None]:
    """The portal's clock stands at ``day``, as ``PORTAL_TODAY`` would let it, in office hours."""
    before, settings.PORTAL_TODAY = settings.PORTAL_TODAY, day
    try:
        with at_hour(hour):
            yield
    finally:
        settings.PORTAL_TODAY = before
