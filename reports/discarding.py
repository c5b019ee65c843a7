"""Throwing a draft away that was begun by mistake: what is lost, and the act with its trace."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from periods.clock import now
from reports.composing import held, refusal
from reports.errors import DraftMoved, SummaryRefused
from reports.models import DiscardedSummary, SummaryReport
from reports.paper_files import forget_drafts
from reports.sections import BY_KEY, attributed
from reports.workflow import Act, Lock
from reports.written.passages import Passage


@dataclass(frozen=True, slots=True)
class LostText:
    """A text that somebody typed or put together, and how many passages it has taken in."""

    heading: str
    text: str
    passages: int
    edited_by: str
    edited_at: object


def why_not(summary: SummaryReport, by: User) -> Lock | None:
    """Why ``by`` may not discard it now, or None. A draft of a correction was published before."""
    refused = refusal(Act.DISCARD, summary, by)
    if refused is Lock.NOT_YOURS:
        return refused
    if not summary.issues.exists():
        return refused
    return Lock.EVER_PUBLISHED if summary.state == "published" else Lock.BEING_CORRECTED


def lost(summary: SummaryReport, told: Iterable[Passage]) -> list[LostText]:
    """What nobody can write again from the figures, in the order of the paper."""
    taken = ["\n".join(attributed(one)) for one in told]
    order = {key: place for place, key in enumerate(BY_KEY)}
    stored = summary.sections.select_related("edited_by")
    return [
        LostText(
            heading=f"{BY_KEY[one.key].number}. {BY_KEY[one.key].heading}",
            text=one.text,
            passages=sum(passage in one.text for passage in taken),
            edited_by=one.edited_by.display_name,
            edited_at=one.edited_at,
        )
        for one in sorted(stored, key=lambda one: order.get(one.key, len(order)))
        if one.key in BY_KEY
    ]


def discarded(draft: int) -> DiscardedSummary | None:
    """The trace of the draft that had this number."""
    return DiscardedSummary.objects.select_related("discarded_by").filter(draft=draft).first()


def traces() -> QuerySet[DiscardedSummary]:
    return DiscardedSummary.objects.select_related("period", "discarded_by")


@transaction.atomic
def discard(
    *, by: User, summary: SummaryReport, version: int, told: Iterable[Passage]
) -> DiscardedSummary:
    """Delete the draft with its texts and files, and append who did it.

    ``version`` is the one whose loss ``by`` was shown: ``DraftMoved`` when more would be lost now.
    A file that is being made meanwhile is thrown away by the worker that makes it.
    """
    found = held(summary, Act.DISCARD, by)
    refused = why_not(found, by)
    if refused is not None:
        raise SummaryRefused(refused)
    if found.version != version:
        raise DraftMoved
    gone = lost(found, told)
    trace = DiscardedSummary(
        draft=found.pk,
        kind=found.kind,
        period=found.period,
        on=found.on,
        slug=found.slug,
        started_at=found.created_at,
        started_by_id=found.created_by_id,
        discarded_at=now(),
        discarded_by=by,
        texts=[one.heading for one in gone],
        passages=sum(one.passages for one in gone),
    )
    trace.save()
    forget_drafts(found)
    found.delete()
    return trace
