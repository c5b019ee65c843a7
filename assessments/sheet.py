"""One assessment as its page shows it: every row with its definition, values, last quarter, warnings.

A read model: loaded in a fixed number of queries whatever the number of rows, then plain Python.
The page, the checks before sending and the actions all read this one.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from accounts.models import User
from assessments.evidence import (
    EvidenceItem,
    evidence_by_result,
    fingerprint_of,
)
from assessments.frozen import definition_in, frozen_unit
from assessments.models import Assessment, Basis, IndicatorResult, Review
from assessments.returns import answers
from assessments.two_quarters import (
    Values,
    both_quarters,
    quarter_before,
    results_of,
    sheet_values,
)
from assessments.warnings import RowWarning, WarningKind, is_criterion_lost, row_warnings
from assignments.queries import AgencyLabel, leads_by_indicator
from communes.models import Recognition
from criteria.definitions import (
    CriterionDefinition,
    IndicatorDefinition,
    SetDefinition,
    place_of,
)
from criteria.evaluation import (
    Place,
    Reason,
    Verdict,
    evaluate_criterion,
)
from criteria.reasons import reasons_from_json
from periods.models import ReportingPeriod


@dataclass(slots=True)
class PreviousRow:
    """The same indicator one quarter before."""

    verdict: Verdict
    values: Values
    basis: str
    stated: bool | None
    not_applicable: bool
    absence_reason: str
    entered_in: ReportingPeriod | None
    verified_verdict: str = ""
    note: str = ""

    @property
    def can_be_kept(self) -> bool:
        return self.basis != Basis.BLANK


@dataclass(slots=True)
class Row:
    """One indicator of the assessment."""

    result: IndicatorResult
    definition: IndicatorDefinition
    values: Values
    previous: PreviousRow | None
    lead: str = ""
    #: Nobody has confirmed that this agency leads it.
    lead_proposed: bool = False
    #: The files behind the row; None where they were not asked for (``build_sheet``).
    evidence: list[EvidenceItem] | None = None
    #: When the commune last changed a figure, a note or a file; known of returned rows only.
    answered_at: dt.datetime | None = None
    warnings: list[RowWarning] = field(default_factory=list)

    @property
    def verdict(self) -> Verdict:
        """As the commune declared it."""
        return Verdict(self.result.declared_verdict)

    @property
    def counted(self) -> Verdict:
        """The verified verdict where there is one, as statistics count it."""
        return Verdict(self.result.verified_verdict or self.result.declared_verdict)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return reasons_from_json(self.result.reasons)

    @property
    def is_blank(self) -> bool:
        """Nothing stands here yet, not even a reason."""
        return self.result.basis == Basis.BLANK and not self.result.absence_reason

    @property
    def is_missing(self) -> bool:
        return self.verdict == Verdict.MISSING

    @property
    def is_returned(self) -> bool:
        return self.result.review == Review.RETURNED

    @property
    def is_changed(self) -> bool:
        """Whether a value or the verdict differs from last quarter's. Of a row that is not
        judged yet only what is typed counts: what is still blank is no change."""
        if self.previous is None:
            return False
        if self.is_missing:
            before = self.previous.values
            return any(before.get(key) != value for key, value in self.values.items())
        return self.values != self.previous.values or self.verdict != self.previous.verdict

    @property
    def can_be_kept(self) -> bool:
        return self.previous is not None and self.previous.can_be_kept

    @property
    def has_evidence(self) -> bool:
        """Whether a file that is valid for this quarter's figures stands behind it."""
        return any(item.counts for item in self.evidence or [])

    @property
    def lacks_evidence(self) -> bool:
        """Declared met without the file that the indicator asks for."""
        asked = self.definition.requires_evidence and self.verdict == Verdict.MET
        return asked and self.evidence is not None and not self.has_evidence

    @property
    def needs_note(self) -> bool:
        return bool(self.warnings) and not self.result.note.strip()


@dataclass(slots=True)
class CriterionSheet:
    """A criterion with its rows, its verdict now and last quarter, as both are counted."""

    definition: CriterionDefinition
    rows: list[Row]
    previous_verdict: Verdict | None
    #: Where the reader sees only some of the rows: what all of them together say.
    whole_verdict: Verdict | None = None

    @property
    def verdict(self) -> Verdict:
        return self.whole_verdict or evaluate_criterion(row.counted for row in self.rows)

    @property
    def is_partial(self) -> bool:
        return self.whole_verdict is not None

    @property
    def met_rows(self) -> int:
        return sum(row.counted == Verdict.MET for row in self.rows)

    @property
    def applicable_rows(self) -> int:
        return sum(row.counted != Verdict.NOT_APPLICABLE for row in self.rows)

    @property
    def missing_rows(self) -> int:
        return sum(row.counted == Verdict.MISSING for row in self.rows)

    @property
    def is_lost(self) -> bool:
        return is_criterion_lost(self.previous_verdict, self.verdict)


@dataclass
class Sheet:
    """The whole assessment."""

    assessment: Assessment
    definition: SetDefinition
    criteria: list[CriterionSheet]
    recognised: bool
    quarter_before: tuple[int, int]

    @cached_property
    def rows(self) -> list[Row]:
        return [row for criterion in self.criteria for row in criterion.rows]

    def row(self, result_id: int) -> Row | None:
        return next((row for row in self.rows if row.result.pk == result_id), None)

    @property
    def entered(self) -> int:
        return sum(not row.is_missing for row in self.rows)

    @property
    def criteria_met(self) -> int:
        return sum(criterion.verdict == Verdict.MET for criterion in self.criteria)

    @property
    def fingerprint(self) -> str:
        """Changes with every write to any row and every file: what was confirmed is sent."""
        files = fingerprint_of(item for row in self.rows for item in row.evidence or [])
        return f"{len(self.rows)}-{sum(row.result.version for row in self.rows)}-{files}"

    def count(self, which: str) -> int:
        return sum(which in flags(row) for row in self.rows)


def flags(row: Row) -> set[str]:
    """Under which filters of the page a row stands."""
    found = {"all"}
    if row.is_missing:
        found.add("missing")
    if row.counted == Verdict.NOT_MET:
        found.add("failed")
    if row.is_changed:
        found.add("changed")
    if row.is_returned:
        found.add("returned")
    return found


def place(assessment: Assessment) -> Place:
    """Where and when the assessment's levels are asked; needs ``unit__parent__parent`` selected."""
    kept = frozen_unit(assessment)
    if kept is not None:
        return kept.place(assessment.period.year)
    return place_of(assessment.unit, assessment.period.year)


def definition_of(assessment: Assessment) -> SetDefinition:
    """The set as it stood in the assessment's quarter; once that is closed, as it was then."""
    return definition_in(assessment.period, assessment.criteria_set)


def load_sheet(assessment: Assessment, reader: User | None = None) -> Sheet:
    """The assessment's rows that ``reader`` may see (all of them without a reader).

    Costs six queries: rows and values of both quarters, files, the recognition, and who leads; a
    seventh with a reader, for the criteria of which only a part is shown;
    ``assessment`` must come with its unit, the unit's parents, its period and its set.
    """
    leads = leads_by_indicator(assessment.criteria_set_id)
    sheet = build_sheet(
        assessment, recognised=_is_recognised(assessment), leads=leads, reader=reader
    )
    if reader is not None:
        _judge_by_all_rows(sheet)
    add_evidence(sheet.rows)
    return sheet


def add_evidence(rows: list[Row]) -> None:
    """The files behind these rows, in one query; one more where rows were returned."""
    found = evidence_by_result(row.result.pk for row in rows)
    answered = answers(row.result.pk for row in rows if row.is_returned)
    for row in rows:
        row.evidence = found.get(row.result.pk, [])
        row.answered_at = answered.get(row.result.pk)


def _judge_by_all_rows(sheet: Sheet) -> None:
    """A criterion's verdict is that of all its indicators, whichever of them the reader sees.
    Everybody reads it in the matrix anyway; the rows behind it stay where they are."""
    now, before = defaultdict(list), defaultdict(list)
    for pk, number, counted in IndicatorResult.objects.filter(
        both_quarters(sheet.assessment, "assessment")
    ).values_list("assessment_id", "indicator__criterion__number", "counted_verdict"):
        (now if pk == sheet.assessment.pk else before)[number].append(counted)
    for criterion in sheet.criteria:
        number = criterion.definition.number
        criterion.whole_verdict = evaluate_criterion(now[number])
        criterion.previous_verdict = evaluate_criterion(before[number]) if before[number] else None


def sheet_around(assessment: Assessment) -> Sheet:
    """What a single row is judged beside: neither files nor who leads. Three queries."""
    return build_sheet(assessment, recognised=_is_recognised(assessment))


def _is_recognised(assessment: Assessment) -> bool:
    kept = frozen_unit(assessment)
    if kept is not None:
        return kept.recognised
    recognitions = Recognition.objects.filter(
        unit_id=assessment.unit_id, tier=assessment.criteria_set.tier
    )
    return recognitions.in_force_on(assessment.period.data_to).exists()


def build_sheet(
    assessment: Assessment,
    *,
    recognised: bool,
    leads: dict[int, AgencyLabel] | None = None,
    reader: User | None = None,
) -> Sheet:
    """The same in two queries, for whoever knows the rest already."""
    results = results_of(assessment, reader)
    values = sheet_values(assessment)
    current = {r.indicator_id: r for r in results if r.assessment_id == assessment.pk}
    earlier = {r.indicator_id: r for r in results if r.assessment_id != assessment.pk}
    for result in current.values():  # whoever waited for a lock joined the set as it was before
        assessment.criteria_set.revision = result.set_revision
    definition = definition_of(assessment)
    sheet = Sheet(assessment, definition, [], recognised, quarter_before(assessment.period))
    for criterion in definition.criteria:
        rows = [
            _row(current[i.id], i, earlier.get(i.id), values, (leads or {}).get(i.id))
            for i in criterion.indicators
            if i.id in current
        ]
        if rows:
            sheet.criteria.append(
                CriterionSheet(criterion, rows, _verdict_before(criterion, earlier))
            )
    for result in current.values():
        assessment.period.state = result.period_state
        assessment.criteria_set.state = result.set_state
        result.assessment = assessment
    for criterion_sheet in sheet.criteria:
        add_warnings(criterion_sheet, recognised=recognised)
    return sheet


def _row(
    result: IndicatorResult,
    definition: IndicatorDefinition,
    earlier: IndicatorResult | None,
    values: dict[int, Values],
    lead: AgencyLabel | None,
) -> Row:
    previous = previous_row(earlier, values) if earlier else None
    row = Row(result, definition, values.get(result.pk, {}), previous)
    if lead is not None:
        row.lead, row.lead_proposed = lead.short_name, lead.proposed
    return row


def previous_row(earlier: IndicatorResult, values: dict[int, Values]) -> PreviousRow:
    return PreviousRow(
        verdict=Verdict(earlier.counted_verdict),
        values=values.get(earlier.pk, {}),
        basis=earlier.basis,
        stated=earlier.stated,
        not_applicable=earlier.not_applicable,
        absence_reason=earlier.absence_reason,
        entered_in=earlier.entered_in,
        verified_verdict=earlier.verified_verdict,
        note=earlier.note,
    )


def _verdict_before(
    criterion: CriterionDefinition, earlier: dict[int, IndicatorResult]
) -> Verdict | None:
    before = [earlier[i.id].counted_verdict for i in criterion.indicators if i.id in earlier]
    return evaluate_criterion(before) if before else None


def add_warnings(criterion: CriterionSheet, *, recognised: bool) -> None:
    """What looks wrong in each row; a lost criterion is asked about on the rows that lost it."""
    for row in criterion.rows:
        row.warnings = []
        if row.previous is not None and row.result.basis == Basis.ENTERED:
            row.warnings = row_warnings(row.definition.measures, row.values, row.previous.values)
        elif row.result.basis == Basis.ENTERED:
            row.warnings = row_warnings(row.definition.measures, row.values, {})
        lost_here = (
            row.verdict == Verdict.NOT_MET
            and row.previous is not None
            and row.previous.verdict != Verdict.NOT_MET
        )
        if recognised and criterion.is_lost and lost_here:
            row.warnings.append(RowWarning(WarningKind.CRITERION_LOST))
