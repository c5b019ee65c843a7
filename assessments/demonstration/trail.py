"""The events behind the demonstration's assessments: who did what when, as the actions record it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from accounts.models import User
from assessments.demonstration.people import People
from assessments.demonstration.sheets import FilledRow, FilledSheet
from assessments.demonstration.story import moment
from assessments.models import (
    AssessmentState,
    Basis,
    Channel,
    Event,
    EventKind,
    Review,
    Verdict,
)
from assessments.rows import RowChange, snapshot
from criteria.evaluation import evaluate_criterion

BLANK = snapshot(RowChange(), Verdict.MISSING)


@dataclass(frozen=True)
class Trail:
    """The events of one assessment; its rows must be stored already."""

    sheet: FilledSheet
    people: People

    def events(self) -> list[Event]:
        """All of them, in the order in which they happened."""
        found = [
            self._event(EventKind.OPENED, self._at("opened"), self.people.coordinator),
            *self._extensions(),
            *self._entries(),
            *self._sendings(),
            *self._reviews(),
            *self._decisions(),
        ]
        return sorted(found, key=lambda event: event.at)

    @property
    def _officer(self) -> User:
        return self.people.by_unit[self.sheet.unit.slug]

    def _at(self, name: str) -> dt.datetime:
        return moment(self.sheet.story.data[name])

    def _event(self, kind: EventKind, at: dt.datetime, by: User, **more) -> Event:
        row: FilledRow | None = more.pop("row", None)
        return Event(
            assessment=self.sheet.assessment,
            result=row.result if row else None,
            kind=kind,
            at=at,
            by=by,
            channel=Channel.FORM,
            **more,
        )

    def _extensions(self) -> Iterator[Event]:
        unit, story = self.sheet.unit.slug, self.sheet.story
        asked = story.data.get("asked_earlier")
        told = [asked] if asked and unit in asked["units"] else story.about("late", unit)
        for one in told:
            yield self._event(
                EventKind.EXTENDED,
                moment(one["at"]),
                self.people.coordinator,
                reason=one["reason"],
                before={"due_on": self.sheet.assessment.period.due_on.isoformat()},
                after={"due_on": one["until"]},
            )

    def _entries(self) -> Iterator[Event]:
        for row in self.sheet.rows:
            if row.written_at is None:
                continue
            kept = row.planned.basis == Basis.UNCHANGED
            kind = EventKind.UNCHANGED if kept else EventKind.ENTERED
            yield self._event(
                kind, row.written_at, self._officer, row=row, before=BLANK, after=row.at_first
            )

    def _sendings(self) -> Iterator[Event]:
        """The sending; where rows were returned and corrected, that and the second sending."""
        sent = self.sheet.story.sent(self.sheet.unit.slug)
        if sent is None:
            return
        yield self._sending(sent[1], AssessmentState.DRAFT, first=True)
        for told in self.sheet.story.about("corrected", self.sheet.unit.slug):
            row = self.sheet.row(told["indicator"])
            by = row.result.reviewed_by or self.people.coordinator
            yield self._returning(row, moment(told["returned"]), by, told["reason"])
            yield self._event(
                EventKind.CORRECTED,
                moment(told["corrected"]),
                self._officer,
                row=row,
                before=row.at_first,
                after=row.after,
            )
            yield self._sending(moment(told["sent"]), AssessmentState.RETURNED, first=False)

    def _sending(self, at: dt.datetime, state: str, *, first: bool) -> Event:
        verdicts: dict[int, list[str]] = {}
        for row in self.sheet.rows:
            verdict = row.at_first["verdict"] if first else row.after["verdict"]
            verdicts.setdefault(row.definition.criterion_number, []).append(verdict)
        entered = sum(v != Verdict.MISSING for found in verdicts.values() for v in found)
        met = Counter(evaluate_criterion(found).value for found in verdicts.values())[Verdict.MET]
        return self._event(
            EventKind.SUBMITTED,
            at,
            self._officer,
            before={"state": state},
            after={"state": AssessmentState.SUBMITTED, "entered": entered, "met": met},
        )

    def _returning(self, row: FilledRow, at: dt.datetime, by: User, reason: str) -> Event:
        return self._event(
            EventKind.RETURNED,
            at,
            by,
            row=row,
            reason=reason,
            before={"review": Review.PENDING},
            after={"review": Review.RETURNED},
        )

    def _reviews(self) -> Iterator[Event]:
        for row in self.sheet.rows:
            result = row.result
            if result.review == Review.RETURNED:
                yield self._returning(
                    row, result.reviewed_at, result.reviewed_by, result.review_reason
                )
            elif result.review == Review.VERIFIED:
                yield self._event(
                    EventKind.VERIFIED,
                    result.reviewed_at,
                    result.reviewed_by,
                    row=row,
                    reason=result.review_reason,
                    before={"review": Review.PENDING, "verdict": result.declared_verdict},
                    after={"review": Review.VERIFIED, "verdict": result.verified_verdict},
                )

    def _decisions(self) -> Iterator[Event]:
        """Verified as a whole, and accepted."""
        assessment, story = self.sheet.assessment, self.sheet.story
        finished, because = None, ""
        if assessment.state == AssessmentState.ACCEPTED:
            finished = assessment.accepted_at - dt.timedelta(days=1)
            because = story.data["ended_because"]
        elif assessment.state == AssessmentState.VERIFIED:
            (told,) = story.about("reviews", self.sheet.unit.slug)
            finished, because = moment(told["finished"]), told["ended_because"]
        if finished is not None:
            yield self._verified_as_a_whole(finished, because)
        if assessment.state == AssessmentState.ACCEPTED:
            yield self._step(
                EventKind.ACCEPTED,
                assessment.accepted_at,
                AssessmentState.VERIFIED,
                AssessmentState.ACCEPTED,
            )

    def _verified_as_a_whole(self, at: dt.datetime, because: str) -> Event:
        """With rows left, as ``deciding.complete`` writes it: by decision, with why and how many."""
        step = self._step(
            EventKind.VERIFIED, at, AssessmentState.SUBMITTED, AssessmentState.VERIFIED
        )
        left = sum(
            row.result.review == Review.PENDING and not row.is_missing for row in self.sheet.rows
        )
        if left:
            step.reason = because
            step.after["declared_only"] = left
        return step

    def _step(self, kind: EventKind, at: dt.datetime, before: str, after: str) -> Event:
        return self._event(
            kind, at, self.people.coordinator, before={"state": before}, after={"state": after}
        )
