"""The life of a row, and of a whole assessment, as lines of time.

A read model: loaded in a fixed number of queries, then plain Python. Newest first: whoever opens
a history asks "what happened last?", and a line of time that is read on a phone should not begin
with the day on which the quarter was opened. What other people wrote (``Comment``) stands on the
same line of time; the thread itself reads oldest first, as talk does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q, QuerySet

from assessments.changes import WRITES
from assessments.differences import Difference, What, differences, snapshot_from_json
from assessments.history_words import (
    COMMENTED,
    body_of,
    channel_words,
    declared_at,
    details_of,
    facts_of,
    is_other_verdict,
    mark_of,
    quarter_title,
    title_of,
    verdict_taken_back,
)
from assessments.models import (
    Assessment,
    Comment,
    Event,
    EventKind,
    IndicatorResult,
    MeasureValue,
    QuarterEvent,
    QuarterEventKind,
    Verdict,
)
from assessments.presenting import values_words
from assessments.sheet import PreviousRow, Row, add_evidence, definition_of, previous_row
from assessments.two_quarters import Values, values_of
from assessments.whole_titles import whole_quarter_title, whole_title
from criteria.definitions import IndicatorDefinition
from periods.models import ReportingPeriod

#: How many earlier quarters are folded beneath a row's history.
EARLIER_QUARTERS = 8
#: Decisions about the whole quarter that a commune feels. (Its opening is the assessment's own.)
OF_THE_QUARTER = (QuarterEventKind.EXTENDED, QuarterEventKind.CLOSED, QuarterEventKind.REOPENED)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened, ready to be drawn."""

    at: dt.datetime
    kind: str
    title: str
    who: str
    body: str
    channel: str
    differences: tuple[Difference, ...] = ()
    facts: tuple[str, ...] = ()
    reason: str = ""
    verdict: str = ""
    verdict_before: str = ""
    #: Of the whole assessment or quarter: its title among the lines of a row; else empty.
    whole_title: str = ""
    comment: int = 0
    row_id: int = 0
    code: str = ""

    @property
    def is_whole(self) -> bool:
        return bool(self.whole_title)

    @property
    def icon(self) -> str:
        return mark_of(self.kind)[0]

    @property
    def tone(self) -> str:
        return mark_of(self.kind)[1]


@dataclass(frozen=True, slots=True)
class Said:
    """One contribution to the talk about a row."""

    pk: int
    at: dt.datetime
    by_id: int
    who: str
    body: str
    text: str


Acted = TypeVar("Acted", Event, Comment)


@dataclass(frozen=True, slots=True)
class QuarterLife:
    """One indicator of one commune in one quarter: how it stands, and how it came there."""

    result: IndicatorResult
    values: str
    lines: tuple[Line, ...]

    @property
    def period(self) -> ReportingPeriod:
        return self.result.assessment.period


@dataclass(frozen=True, slots=True)
class RowHistory:
    row: Row
    now: QuarterLife
    earlier: tuple[QuarterLife, ...]
    thread: tuple[Said, ...]


def with_people(query: QuerySet) -> QuerySet:
    """Who acted, with the body they act for."""
    return query.select_related("by__unit", "by__agency")


def of_that_time(acted: Acted, assessment: Assessment) -> Acted:
    """The commune's own people bear its name as the quarter does, whatever it is called today."""
    if acted.by.unit_id == assessment.unit_id:
        acted.by.unit = assessment.unit
    return acted


def load_row_history(result: IndicatorResult) -> RowHistory:
    """A row with its line of time, and the same indicator's in the quarters before.

    Seven queries however long the history; ``result`` comes with its assessment's unit (and the
    unit's parents), period and set. Who may see a row may see its earlier quarters: same commune,
    same indicator.
    """
    results = [result, *_earlier(result)]
    values = values_of(MeasureValue.objects.filter(result__in=[one.pk for one in results]))
    lines: dict[int, list[Line]] = {one.pk: [] for one in results}
    by_assessment = {one.assessment_id: one for one in results}
    by_period = {one.assessment.period_id: one for one in results}
    definitions = {one.pk: _definition(one) for one in results}
    for event in with_people(_events(results)):
        one = by_assessment[event.assessment_id]
        event = of_that_time(event, result.assessment)
        lines[one.pk].append(line_of(event, definitions[one.pk]))
    for event in with_people(
        QuarterEvent.objects.filter(period__in=by_period, kind__in=OF_THE_QUARTER)
    ):
        lines[by_period[event.period_id].pk].append(quarter_line(event))
    thread = []
    for comment in with_people(Comment.objects.filter(result__in=lines)):
        comment = of_that_time(comment, result.assessment)
        lines[comment.result_id].append(comment_line(comment))
        if comment.result_id == result.pk:
            thread.append(said(comment))
    lives = [
        QuarterLife(
            one,
            values_words(definitions[one.pk], values.get(one.pk, {}), one),
            newest_first(lines[one.pk]),
        )
        for one in results
    ]
    row = Row(
        result=result,
        definition=definitions[result.pk],
        values=values.get(result.pk, {}),
        previous=_quarter_before(results, values),
    )
    add_evidence([row])
    return RowHistory(row, lives[0], tuple(lives[1:]), tuple(thread))


def _quarter_before(
    results: list[IndicatorResult], values: dict[int, Values]
) -> PreviousRow | None:
    """The row of the quarter directly before; a gap in the line of time is not bridged."""
    if len(results) < 2:
        return None
    now, earlier = results[0], results[1]
    if now.assessment.period.index - earlier.assessment.period.index != 1:
        return None
    return previous_row(earlier, values)


def _definition(result: IndicatorResult) -> IndicatorDefinition:
    return definition_of(result.assessment).indicator(result.indicator_id)


def _earlier(result: IndicatorResult) -> list[IndicatorResult]:
    assessment = result.assessment
    found = (
        IndicatorResult.objects.filter(
            indicator=result.indicator_id,
            assessment__unit=assessment.unit_id,
            assessment__criteria_set=assessment.criteria_set_id,
            assessment__period__data_to__lt=assessment.period.data_from,
        )
        .select_related("assessment__period", "entered_in")
        .order_by("-assessment__period__data_to")[:EARLIER_QUARTERS]
    )
    for one in found:
        one.assessment.unit, one.assessment.criteria_set = assessment.unit, assessment.criteria_set
    return list(found)


def _events(results: Iterable[IndicatorResult]) -> QuerySet[Event]:
    return Event.objects.filter(
        Q(result__in=[one.pk for one in results])
        | Q(result__isnull=True, assessment__in=[one.assessment_id for one in results])
    )


def newest_first(lines: Iterable[Line]) -> tuple[Line, ...]:
    """By time; what the database gave in order stays so where the moment is the same."""
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True))


def line_of(event: Event, definition: IndicatorDefinition | None) -> Line:
    """An event; ``definition`` words its figures and is None for one of a whole assessment."""
    found: list[Difference] = []
    if event.kind in WRITES and definition is not None:
        states = [snapshot_from_json(s, definition) for s in (event.before, event.after)]
        found = differences(*states, definition)
    verdicts = [d for d in found if d.what is What.VERDICT]
    verdict = _text(event.after, "verdict") if event.kind in {*WRITES, EventKind.VERIFIED} else ""
    # What was entered first says "blank → …" already; "not entered → met" would say it twice.
    before = verdicts[0].before if verdicts and verdicts[0].before != Verdict.MISSING else ""
    if event.kind == EventKind.VERIFIED and event.result_id is not None:
        before = declared_at(event) if is_other_verdict(event) else verdict_taken_back(event)
    return Line(
        at=event.at,
        kind=event.kind,
        title=title_of(event),
        who=event.by.display_name,
        body=body_of(event.by),
        channel=channel_words(event.channel),
        differences=(
            *(d for d in found if d.what is not What.VERDICT),
            *details_of(event.before, event.after),
        ),
        facts=facts_of(event.before, event.after),
        reason=event.reason,
        verdict=verdict,
        verdict_before=before,
        whole_title=whole_title(event),
    )


def _text(stored, key: str) -> str:
    value = stored.get(key) if isinstance(stored, dict) else None
    return value if isinstance(value, str) else ""


def quarter_line(event: QuarterEvent) -> Line:
    return Line(
        at=event.at,
        kind=event.kind,
        title=quarter_title(event),
        who=event.by.display_name,
        body=body_of(event.by),
        channel=channel_words(event.channel),
        differences=details_of(event.before, event.after),
        reason=event.reason,
        whole_title=whole_quarter_title(event),
    )


def said(comment: Comment) -> Said:
    by = comment.by
    return Said(comment.pk, comment.at, by.pk, by.display_name, body_of(by), comment.text)


def comment_line(comment: Comment) -> Line:
    return Line(
        at=comment.at,
        kind=COMMENTED,
        title="",
        who=comment.by.display_name,
        body=body_of(comment.by),
        channel="",
        comment=comment.pk,
    )
