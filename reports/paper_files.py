"""Which files a paper has: asked for once, kept, and found again; ``making`` makes them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from reports.making import ask_again, ask_for
from reports.models import (
    FileState,
    PaperFormat,
    RenderedFile,
    SummaryIssue,
    SummaryReport,
)
from reports.rendering import RENDERERS
from reports.snapshot import Snapshot, to_json


def ask_for_files(issue: SummaryIssue) -> list[RenderedFile]:
    """All four files of an issue, in the transaction that published it."""
    return [_asked(issue=issue, format=one) for one in PaperFormat.values]


def file_of_issue(issue: SummaryIssue, paper_format: str) -> RenderedFile:
    """The issue's file; asked for now where it never was (an issue loaded without its files)."""
    found = RenderedFile.objects.filter(issue=issue, format=paper_format).first()
    return found or _ask(issue=issue, format=paper_format)


@transaction.atomic
def file_of_draft(
    summary: SummaryReport, snapshot: Snapshot, fingerprint: str, paper_format: str
) -> RenderedFile:
    """The draft's file as it stands; files of earlier states of the draft are thrown away.

    Raises ``SummaryReport.DoesNotExist`` where the draft was discarded meanwhile."""
    SummaryReport.objects.select_for_update().values("pk").get(pk=summary.pk)
    here = {"summary": summary, "fingerprint": fingerprint, "format": paper_format}
    found = RenderedFile.objects.filter(**here).first()
    if found is not None:
        return found
    forget_drafts(summary, keep=fingerprint)
    return _asked(**here, draft=to_json(snapshot))


def forget_drafts(summary: SummaryReport, keep: str = "") -> None:
    """Earlier states of a draft; their files go once the rows are gone for good."""
    old = RenderedFile.objects.filter(summary=summary).exclude(fingerprint=keep)
    for one in old:
        name, storage = one.file.name, one.file.storage
        one.delete()
        if name:
            transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))


@transaction.atomic
def try_again(rendered: RenderedFile) -> bool:
    return ask_again(rendered)


@transaction.atomic
def _ask(**fields) -> RenderedFile:
    rendered, made = RenderedFile.objects.get_or_create(
        **fields, defaults={"requested_at": timezone.now()}
    )
    if made:
        ask_for(rendered)
    return rendered


def _asked(**fields) -> RenderedFile:
    rendered = RenderedFile.objects.create(**fields, requested_at=timezone.now())
    ask_for(rendered)
    return rendered


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of a paper as pages list it; ``state`` is "" where it was never asked for."""

    format: str
    label: str
    url: str
    state: str = ""
    state_text: str = ""
    sha256: str = ""
    size: int = 0

    @property
    def is_ready(self) -> bool:
        return self.state == FileState.DONE

    @property
    def is_under_way(self) -> bool:
        return self.state in (FileState.PENDING, FileState.RUNNING)


@dataclass(frozen=True, slots=True)
class Progress:
    """The files of one paper, and the address that says again how far they are."""

    slug: str
    files: list[FileLine]
    address: str
    draft: bool

    @property
    def under_way(self) -> bool:
        return any(one.is_under_way for one in self.files)


def progress_of_draft(summary: SummaryReport, fingerprint: str) -> Progress:
    """As the draft stood with this fingerprint; what has changed since has files of its own."""
    found = RenderedFile.objects.filter(summary=summary, fingerprint=fingerprint).defer("draft")
    address = f"{summary.get_absolute_url()}progress/?draft={fingerprint}"
    return Progress(summary.slug, file_lines(summary.slug, list(found)), address, draft=True)


def progress_of_issue(issue: SummaryIssue, *, is_latest: bool) -> Progress:
    """The newest issue's files are at the summary's own addresses."""
    slug, files = issue.summary.slug, list(issue.files.defer("draft"))
    address = f"{issue.summary.get_absolute_url()}progress/?issue={issue.edition}"
    lines = file_lines(slug, files, None if is_latest else issue.edition)
    return Progress(slug, lines, address, draft=False)


def file_url(slug: str, paper_format: str, edition: int | None = None) -> str:
    """/reports/2023-q2.pdf, the newest; with ``edition`` that issue's: /reports/2023-q2-lan-1.pdf."""
    issue = f"-lan-{edition}" if edition else ""
    return f"/reports/{slug}{issue}{RENDERERS[paper_format].suffix}"


def file_name(slug: str, paper_format: str, edition: int | None) -> str:
    """What the file is called once it is downloaded: two issues never bear one name."""
    issue = "-du-thao" if edition is None else f"-lan-{edition}" if edition > 1 else ""
    return f"bao-cao-{slug}{issue}{RENDERERS[paper_format].suffix}"


def file_lines(slug: str, files: list[RenderedFile], edition: int | None = None) -> list[FileLine]:
    by_format = {one.format: one for one in files}
    lines = []
    for paper_format in PaperFormat:
        one = by_format.get(paper_format)
        lines.append(
            FileLine(
                format=paper_format.value,
                label=str(paper_format.label),
                url=file_url(slug, paper_format, edition),
                state=one.state if one else "",
                state_text=str(FileState(one.state).label) if one else "",
                sha256=one.sha256 if one else "",
                size=one.size if one else 0,
            )
        )
    return lines
