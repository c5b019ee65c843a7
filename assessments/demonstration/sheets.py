"""The demonstration's assessments with their rows and values, before anything is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from assessments.demonstration.figures import PlannedRow, judge, plan_row, share
from assessments.demonstration.people import People
from assessments.demonstration.story import QuarterStory, Script, clock, figure, moment
from assessments.models import Assessment, AssessmentState, Basis, IndicatorResult, MeasureValue
from assessments.rows import RowChange, snapshot, value_row
from communes.models import AdministrativeUnit
from criteria.definitions import IndicatorDefinition, SetDefinition, load_definition, place_of
from criteria.evaluation import Place, Verdict
from criteria.models import CriteriaSet
from criteria.reasons import reasons_to_json
from periods.models import ReportingPeriod

#: Minutes after midnight: an officer begins to type, and declares the rest unchanged at once.
TYPING_FROM, KEPT_AT, MINUTES_A_ROW = 8 * 60 + 5, 14 * 60 + 5, 3


@dataclass
class FilledRow:
    """One row: what is stored, what it was made from, and the figures sent first if corrected."""

    result: IndicatorResult
    definition: IndicatorDefinition
    planned: PlannedRow
    written_at: dt.datetime | None = None
    first: RowChange | None = None
    first_verdict: Verdict | None = None

    @property
    def is_missing(self) -> bool:
        return self.result.declared_verdict == Verdict.MISSING.value

    @property
    def after(self) -> dict:
        return snapshot(self.planned.change, self.result.declared_verdict)

    @property
    def at_first(self) -> dict:
        """The row as it was before a correction; the same as ``after`` where there was none."""
        if self.first is None:
            return self.after
        return snapshot(self.first, self.first_verdict.value)


@dataclass
class FilledSheet:
    """One assessment with its rows in the set's order."""

    story: QuarterStory
    unit: AdministrativeUnit
    rank: int
    assessment: Assessment
    rows: list[FilledRow]

    @property
    def is_sent(self) -> bool:
        return self.story.sent(self.unit.slug) is not None

    def row(self, code: str) -> FilledRow:
        return next(row for row in self.rows if row.definition.code == code)


class Filler:
    """Fills the quarters one after the other: each is kept, or changed, from the one before."""

    def __init__(self, script: Script, criteria_set: CriteriaSet, people: People) -> None:
        self.script = script
        self.criteria_set = criteria_set
        self.people = people
        self.periods: list[ReportingPeriod] = []
        self._before: dict[tuple[str, str], PlannedRow] = {}

    def fill(
        self, story: QuarterStory, period: ReportingPeriod, units: list[AdministrativeUnit]
    ) -> list[FilledSheet]:
        """Every commune's sheet of a quarter. ``period`` must be stored already."""
        self.periods.append(period)
        definition = load_definition(
            self.criteria_set.pk, self.criteria_set.revision, period.data_to
        )
        return [self._sheet(story, unit, rank, definition) for rank, unit in enumerate(units)]

    def _sheet(
        self, story: QuarterStory, unit: AdministrativeUnit, rank: int, definition: SetDefinition
    ) -> FilledSheet:
        period = self.periods[story.index]
        place = place_of(unit, period.year)
        assessment = Assessment(
            unit=unit,
            criteria_set=self.criteria_set,
            period=period,
            extended_to=due_date_of(story, unit.slug),
        )
        rows = [
            self._row(story, unit.slug, assessment, one, place) for one in definition.indicators
        ]
        sheet = FilledSheet(story, unit, rank, assessment, rows)
        _time(sheet)
        self._correct(sheet, place)
        self._send(sheet)
        return sheet

    def _row(
        self,
        story: QuarterStory,
        unit: str,
        assessment: Assessment,
        definition: IndicatorDefinition,
        place: Place,
    ) -> FilledRow:
        key = unit, definition.code
        before = self._before.get(key)
        planned = plan_row(self.script, story, unit, definition, place=place, before=before)
        self._before[key] = planned
        result = IndicatorResult(assessment=assessment, indicator_id=definition.id)
        if planned.is_written:
            self._write(result, planned, definition, place, self.people.by_unit[unit].pk)
        return FilledRow(result, definition, planned)

    def _write(
        self,
        result: IndicatorResult,
        planned: PlannedRow,
        definition: IndicatorDefinition,
        place: Place,
        by_id: int,
    ) -> None:
        outcome, change = judge(planned.change, definition, place), planned.change
        result.version = 2
        result.basis = planned.basis
        if planned.entered_in is not None:
            result.entered_in = self.periods[planned.entered_in]
        result.declared_verdict = outcome.verdict.value
        result.reasons = reasons_to_json(outcome.reasons)
        result.unconfirmed = outcome.unconfirmed
        result.stated = change.stated
        result.not_applicable = change.not_applicable
        result.absence_reason = change.absence_reason
        result.note = change.note
        result.changed_by_id = by_id

    def _correct(self, sheet: FilledSheet, place: Place) -> None:
        """Rows that were sent with other figures first, returned and corrected."""
        for told in sheet.story.about("corrected", sheet.unit.slug):
            row = sheet.row(told["indicator"])
            values = {key: figure(value) for key, value in told["first"].items()}
            row.first = RowChange(values, stated=row.planned.change.stated)
            row.first_verdict = judge(row.first, row.definition, place).verdict
            row.result.version += 1
            row.result.changed_at = moment(told["corrected"])

    def _send(self, sheet: FilledSheet) -> None:
        sent = sheet.story.sent(sheet.unit.slug)
        if sent is None:
            return
        assessment = sheet.assessment
        assessment.state = AssessmentState.SUBMITTED
        assessment.submitted_by = self.people.by_unit[sheet.unit.slug]
        corrected = sheet.story.about("corrected", sheet.unit.slug)
        assessment.submitted_at = moment(corrected[-1]["sent"]) if corrected else sent[1]


def due_date_of(story: QuarterStory, unit: str) -> dt.date | None:
    """The commune's own due date where it differs from the quarter's."""
    asked = story.data.get("asked_earlier")
    if asked and unit in asked["units"]:
        return dt.date.fromisoformat(asked["until"])
    late = story.about("late", unit)
    return dt.date.fromisoformat(late[0]["until"]) if late else None


def _time(sheet: FilledSheet) -> None:
    """One row after the other on the day of entry; in a sent sheet those kept, all at once later."""
    day, typed = sheet.story.entered_on(sheet.unit.slug), 0
    for row in sheet.rows:
        if not row.planned.is_written:
            continue
        if row.planned.basis == Basis.UNCHANGED and sheet.is_sent:
            minute, second = KEPT_AT, 0
        else:
            minute = TYPING_FROM + typed * MINUTES_A_ROW
            second = int(share(sheet.story.slug, sheet.unit.slug, row.definition.code) * 60)
            typed += 1
        row.written_at = row.result.changed_at = clock(day, minute, second)


def values_of(sheets: list[FilledSheet]) -> Iterator[MeasureValue]:
    """The values of rows that are stored already."""
    for sheet in sheets:
        for row in sheet.rows:
            measures = {measure.key: measure for measure in row.definition.measures}
            for key, value in row.planned.change.values.items():
                yield value_row(row.result.pk, measures[key], value)
