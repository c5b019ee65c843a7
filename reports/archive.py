"""The archive's rows: every issue without its snapshot, newest first; what is under way."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from periods.models import ReportingPeriod
from reports import naming, titles
from reports.discarding import traces
from reports.models import (
    DiscardedSummary,
    RenderedFile,
    SummaryIssue,
    SummaryKind,
    SummaryReport,
    SummaryState,
)
from reports.paper_files import FileLine, file_lines
from reports.wording import STATE_KINDS, state_text
from reports.written.terms import terms_of


@dataclass(frozen=True, slots=True)
class IssueLine:
    issue: SummaryIssue
    title: str
    url: str
    is_latest: bool
    files: list[FileLine]


@dataclass(frozen=True, slots=True)
class DraftLine:
    summary: SummaryReport
    title: str
    kind: str
    state: str

    @property
    def waits(self) -> bool:
        return self.summary.state == SummaryState.WAITING


@dataclass(frozen=True, slots=True)
class DiscardLine:
    trace: DiscardedSummary
    title: str


#: Discarded drafts that the archive lists; all of them stay stored.
LAST_DISCARDS = 10


def issues(year: int | None = None, kind: str = "", words: str = "") -> QuerySet[SummaryIssue]:
    """Newest first; ``words`` in any order, with or without their accents."""
    found = (
        SummaryIssue.objects.defer("snapshot", "differences")
        .select_related("summary__period", "published_by")
        .order_by("-published_at", "-pk")
    )
    if year:
        found = found.filter(summary__period__year=year)
    if kind:
        found = found.filter(summary__kind=kind)
    return found.filter(pk__in=_said_by(found, words)) if words.strip() else found


def _said_by(found: QuerySet[SummaryIssue], words: str) -> list[int]:
    """Titles are made, not stored, and a district publishes some six papers a year: they are
    looked through here, in one question."""
    wanted = folded(words).split()
    return [one.pk for one in found if all(word in _searched(one) for word in wanted)]


def _searched(issue: SummaryIssue) -> str:
    number = f"số {issue.serial:02d}/BC-UBND lần {issue.edition}"
    title = naming.title(issue.summary.kind, issue.summary.period, issue.summary.on)
    who = f"{issue.published_by.display_name} {localtime(issue.published_at):%d/%m/%Y}"
    said = titles.title(issue.summary.kind, issue.summary.period, issue.summary.on)
    return folded(f"{title} {said} {number} {issue.code} {who} {issue.reason} {issue.summary.slug}")


def folded(text: str) -> str:
    """Small letters without accents: "Đến hết quý" is found as "den het quy"."""
    parts = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(one for one in parts if not unicodedata.combining(one))


def issue_lines(found: list[SummaryIssue]) -> list[IssueLine]:
    """Two queries: the files of all of them, and which editions are the last ones."""
    files: dict[int, list[RenderedFile]] = {}
    for one in RenderedFile.objects.filter(issue__in=[issue.pk for issue in found]):
        files.setdefault(one.issue_id, []).append(one)
    latest = dict(
        SummaryReport.objects.filter(pk__in={one.summary_id for one in found})
        .annotate(editions=Count("issues"))
        .values_list("pk", "editions")
    )
    return [_line(one, files.get(one.pk, []), latest[one.summary_id]) for one in found]


def _line(issue: SummaryIssue, files: list[RenderedFile], editions: int) -> IssueLine:
    summary, is_latest = issue.summary, issue.edition == editions
    url = summary.get_absolute_url()
    return IssueLine(
        issue=issue,
        title=titles.title(summary.kind, summary.period, summary.on),
        url=url if is_latest else f"{url}issues/{issue.edition}/",
        is_latest=is_latest,
        files=file_lines(summary.slug, files, None if is_latest else issue.edition),
    )


def drafts() -> list[DraftLine]:
    """What is composed, waits or is corrected; what waits first."""
    found = (
        SummaryReport.objects.exclude(state=SummaryState.PUBLISHED)
        .select_related("period", "handed_over_by", "created_by")
        .annotate(editions=Count("issues"))
    )
    lines = [
        DraftLine(
            summary=one,
            title=titles.title(one.kind, one.period, one.on),
            kind=STATE_KINDS[SummaryState(one.state)],
            state=state_text(one, one.editions),
        )
        for one in found
    ]
    return sorted(lines, key=lambda line: not line.waits)


def discards() -> list[DiscardLine]:
    """The last drafts that were thrown away: who may read drafts is told where one went."""
    return [
        DiscardLine(trace=one, title=titles.title(one.kind, one.period, one.on))
        for one in traces()[:LAST_DISCARDS]
    ]


def years() -> list[int]:
    return list(
        SummaryReport.objects.filter(issues__isnull=False)
        .values_list("period__year", flat=True)
        .distinct()
        .order_by("-period__year")
    )


def kinds() -> list[tuple[str, str]]:
    return [(kind.value, str(kind.label)) for kind in SummaryKind]


def startable() -> list[tuple[str, str]]:
    """Terms that a summary can be started for and that have none yet: value and title."""
    have = set(SummaryReport.objects.values_list("slug", flat=True))
    found = []
    for period in ReportingPeriod.objects.begun():
        for term in terms_of(period):
            if term.slug not in have:
                provisional = _(" (quarter still open)") if period.is_open else ""
                found.append((term.slug, f"{titles.title(term.kind, period)}{provisional}"))
    return found
