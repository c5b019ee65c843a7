"""What a correction is compared with: the issue in force, and whether it would say anything else."""

from __future__ import annotations

from reports.building import build_snapshot
from reports.differences import differs
from reports.models import SummaryIssue, SummaryReport
from reports.snapshot import Snapshot, from_json


def published(summary: SummaryReport) -> SummaryIssue | None:
    """The issue in force."""
    return summary.issues.order_by("-edition").first()


def corrects_nothing(summary: SummaryReport, snapshot: Snapshot | None = None) -> bool:
    """Whether it is a correction whose paper (``snapshot``, or as it stands now) would say what
    the issue in force says."""
    last = published(summary)
    if last is None:
        return False
    return not differs(from_json(last.snapshot), snapshot or build_snapshot(summary))
