"""The verification queue as its page draws it: ready texts only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localtime

from assessments.queue import (
    KINDS,
    NAMED,
    NAMED_WHEN_FILTERED,
    SHOW,
    Absent,
    Queue,
    QueueCriterion,
    QueueRow,
)
from assessments.statistics import DEFAULT_SET
from criteria.models import CriteriaSet
from periods.calendar import working_days_between
from periods.clock import today
from periods.models import ReportingPeriod


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row that is looked at first."""

    url: str
    code: str
    commune: str
    declared: str
    late: bool


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """The rows of one kind, and how many more there are."""

    kind: str
    rows: list[NamedRow]
    more: int


@dataclass(frozen=True, slots=True)
class CriterionCard:
    """One criterion of the queue."""

    number: int
    title: str
    leads: str
    url: str
    todo_url: str
    waiting: int
    corrected: int
    changed: int
    new: int
    returned: int
    verified: int
    sent: int
    blank: int
    oldest: dt.datetime | None
    oldest_days: int
    groups: list[NamedGroup]


@dataclass(frozen=True, slots=True)
class AbsentLine:
    commune: str
    url: str
    due_on: dt.date
    late: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    waiting: int
    corrected: int
    verified: int
    returned: int
    sent: int
    counts: list[tuple[str, int]]
    cards: list[CriterionCard]
    done: list[CriterionCard]
    supported: list[tuple[int, str, str]]
    absent: list[AbsentLine]


def present_queue(
    queue: Queue, period: ReportingPeriod, criteria_set: CriteriaSet, show: str
) -> QueuePage:
    suffix = "" if criteria_set.slug == DEFAULT_SET else f"set={criteria_set.slug}"
    cards = [_card(one, period, suffix, show) for one in queue.criteria]
    if show != "all":
        cards = [card for card in cards if card.groups]
    return QueuePage(
        waiting=queue.waiting,
        corrected=queue.count("corrected"),
        verified=queue.count("verified"),
        returned=queue.count("returned"),
        sent=queue.sent,
        counts=[(name, _count(queue, name)) for name in SHOW],
        cards=[card for card in cards if card.waiting or show != "all"],
        done=[card for card in cards if not card.waiting and show == "all"],
        supported=[
            (one.number, one.title, _address(period, one.number, suffix)) for one in queue.supported
        ],
        absent=[_absent(one, period, criteria_set) for one in queue.absent],
    )


def _count(queue: Queue, name: str) -> int:
    if name == "all":
        return queue.waiting
    return queue.late if name == "late" else queue.count(name)


def _card(
    criterion: QueueCriterion, period: ReportingPeriod, suffix: str, show: str
) -> CriterionCard:
    number = criterion.definition.number
    url = _address(period, number, suffix)
    oldest = criterion.oldest
    return CriterionCard(
        number=number,
        title=criterion.definition.title,
        leads=", ".join(criterion.leads),
        url=url,
        todo_url=_address(period, number, suffix, "show=todo"),
        waiting=criterion.waiting,
        corrected=criterion.count("corrected"),
        changed=criterion.count("changed"),
        new=criterion.count("new"),
        returned=criterion.count("returned"),
        verified=criterion.count("verified"),
        sent=criterion.sent,
        blank=criterion.count("blank"),
        oldest=oldest,
        oldest_days=working_days_between(localtime(oldest).date(), today()) if oldest else 0,
        groups=_groups(criterion, show, url),
    )


def _groups(criterion: QueueCriterion, show: str, url: str) -> list[NamedGroup]:
    """All that waits, what is looked at first before the rest; or what the filter asks for."""
    found = []
    limit = NAMED if show == "all" else NAMED_WHEN_FILTERED
    for kind in KINDS if show == "all" else (show,):
        rows = [row for row in criterion.rows if (row.late if kind == "late" else row.kind == kind)]
        if rows:
            named = [_row(row, url) for row in rows[:limit]]
            found.append(NamedGroup(kind, named, max(0, len(rows) - limit)))
    return found


def _row(row: QueueRow, url: str) -> NamedRow:
    return NamedRow(
        url=f"{url}#row-{row.id}",
        code=row.indicator.code,
        commune=row.commune,
        declared=row.declared,
        late=row.late,
    )


def _absent(one: Absent, period: ReportingPeriod, criteria_set: CriteriaSet) -> AbsentLine:
    url = reverse("assessments:entry", args=[period.slug, one.slug, criteria_set.slug])
    return AbsentLine(one.commune, url, one.due_on, one.late)


def _address(period: ReportingPeriod, number: int, *query: str) -> str:
    url = reverse("verification:criterion", args=[period.slug, number])
    given = "&".join(part for part in query if part)
    return f"{url}?{given}" if given else url
