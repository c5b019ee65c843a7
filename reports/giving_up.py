"""A correction begun by mistake is given up: the published issue stays in force, as if untouched.

The texts that the correction changed go back to those of the issue, so that the next correction
begins from what was published.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from accounts.permissions import may
from periods.clock import now
from reports.composing import held
from reports.correcting import published
from reports.errors import DraftMoved, SummaryRefused
from reports.models import GivenUpCorrection, SummaryReport, SummarySection
from reports.paper_files import forget_drafts
from reports.sections import BY_KEY
from reports.snapshot import Section, Snapshot, from_json
from reports.workflow import PERMISSION, TRANSITIONS, Act, Lock


def texts_lost(summary: SummaryReport, issued: Snapshot) -> list[str]:
    """Headings of the texts that differ from those ``issued``, in the order of the paper."""
    stored = {one.key: one for one in summary.sections.all()}
    return [
        f"{BY_KEY[one.key].number}. {BY_KEY[one.key].heading}"
        for one in _sections(issued)
        if _is_changed(one, stored.get(one.key))
    ]


def _sections(issued: Snapshot) -> list[Section]:
    return [one for one in issued.sections if one.key in BY_KEY and not BY_KEY[one.key].is_heading]


def _is_changed(was: Section, stored: SummarySection | None) -> bool:
    if stored is None:
        return was.edited
    return not was.edited or stored.text != was.text


def given_up(summary: SummaryReport) -> QuerySet[GivenUpCorrection]:
    return GivenUpCorrection.objects.filter(issue__summary=summary).select_related("given_up_by")


@transaction.atomic
def give_up(*, by: User, summary: SummaryReport, version: int | None) -> bool:
    """Back to the published state; False when it had been given up already (a second press).

    ``version`` is the one whose loss ``by`` was shown: ``DraftMoved`` when more would be lost now.
    """
    if may(by, PERMISSION[Act.GIVE_UP]) and _given_up(summary):
        return False
    found = held(summary, Act.GIVE_UP, by)
    issue = published(found)
    if issue is None:
        raise SummaryRefused(Lock.NEVER_PUBLISHED)
    if found.version != version:
        raise DraftMoved
    issued = from_json(issue.snapshot)
    GivenUpCorrection(
        issue=issue,
        reason=found.correction_reason,
        given_up_at=now(),
        given_up_by=by,
        texts=texts_lost(found, issued),
    ).save()
    found.version += 1
    _restore(found, issued, by)
    forget_drafts(found)
    found.state = TRANSITIONS[found.state, Act.GIVE_UP]
    found.returned_reason = found.correction_reason = ""
    found.save(update_fields=["state", "version", "returned_reason", "correction_reason"])
    return True


def _given_up(summary: SummaryReport) -> bool:
    """The issue in force is the one whose correction was given up, and nothing is corrected."""
    issue = published(summary)
    standing = SummaryReport.objects.filter(pk=summary.pk, state="published").exists()
    return bool(issue and standing and issue.given_up.exists())


def _restore(summary: SummaryReport, issued: Snapshot, by: User) -> None:
    """``summary.version`` is raised already: what is written here bears it (``save_section``)."""
    stored = {one.key: one for one in summary.sections.all()}
    kept = set()
    for one in _sections(issued):
        row = stored.get(one.key)
        if not one.edited:
            continue
        kept.add(one.key)
        if not _is_changed(one, row):
            continue
        row = row or SummarySection(summary=summary, key=one.key)
        row.text, row.quoted = one.text, dict(one.quoted)
        row.version, row.edited_at, row.edited_by = summary.version, now(), by
        row.save()
    summary.sections.exclude(key__in=kept).delete()
