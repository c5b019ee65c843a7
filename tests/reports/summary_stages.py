"""Summaries at each stage, reached through the real actions; need the demonstration loaded."""

from __future__ import annotations

from accounts.models import User
from periods.models import ReportingPeriod
from reports import composing
from reports.building import build_snapshot
from reports.models import SummaryIssue, SummaryReport
from reports.publishing import fingerprint, publish
from reports.quotable import quotable
from reports.starting import start_term


def coordinator() -> User:
    return User.objects.get(username="phong.nong-nghiep")


def leader() -> User:
    return User.objects.get(username="lanhdao")


def started(kind: str = "quarter", period: str = "2022-q4") -> SummaryReport:
    """The demonstration has no summary of that quarter."""
    return start_term(by=coordinator(), kind=kind, period=ReportingPeriod.objects.get(slug=period))


def section_of(summary: SummaryReport, key: str = "limits"):
    return next(one for one in build_snapshot(summary).sections if one.key == key)


def edit(summary: SummaryReport, text: str, key: str = "limits", version: int | None = None):
    stored = summary.sections.filter(key=key).first()
    if version is None:
        version = stored.version if stored else 0
    return composing.save_section(
        by=coordinator(),
        summary=summary,
        generated=section_of(summary, key),
        figures=quotable(build_snapshot(summary)),
        version=version,
        text=text,
    )


def waiting(kind: str = "quarter", period: str = "2022-q4") -> SummaryReport:
    summary = started(kind, period)
    composing.hand_over(by=coordinator(), summary=summary)
    return reread(summary)


def issued(kind: str = "quarter", period: str = "2022-q4") -> SummaryIssue:
    return issue(waiting(kind, period))


def issue(summary: SummaryReport) -> SummaryIssue:
    seen = fingerprint(build_snapshot(summary))
    found, _new = publish(by=leader(), summary=summary, seen=seen, knowing=True)
    return found


def reread(summary: SummaryReport) -> SummaryReport:
    return SummaryReport.objects.select_related("period").get(pk=summary.pk)
