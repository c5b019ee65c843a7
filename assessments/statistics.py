"""The one source of every number: screens, API, PDF, Word and Excel all read these dataclasses.

What is counted: the ``counted_verdict`` of each indicator, which is the verified one where there
is one and else what the commune declared. In an open quarter drafts count as they stand, so its
figures are provisional (``Headline.provisional``) and say how many communes have handed in.
A criterion that does not apply is not counted as met.

Plain arithmetic over ``counting.count_quarter``: no query here grows with the communes, and the
laws (columns and rows add up alike) are tested without a database.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from assessments.counting import (
    CountedCriterion,
    CountedUnit,
    HouseholdCount,
    QuarterCounts,
    VerdictCount,
    count_quarter,
    verdict_counts,
)
from assessments.figures import (
    Cell,
    Comparison,
    Completeness,
    Figures,
    Headline,
    Matrix,
    MatrixColumn,
    MatrixRow,
    Poverty,
    UnitProgress,
    rounded_share,
)
from assessments.indicator_figures import (
    IndicatorStanding as IndicatorStanding,
)
from assessments.indicator_figures import (
    commune_indicators as commune_indicators,
)
from assessments.indicator_figures import (
    led_indicators as led_indicators,
)
from assessments.models import AssessmentState
from assessments.warnings import is_criterion_lost
from communes.alphabet import sort_key
from criteria.evaluation import Verdict, evaluate_criterion_counts
from criteria.models import CriteriaSet
from periods.models import ReportingPeriod

#: The set that every figure is asked for unless another is named.
DEFAULT_SET = "ntm"
#: The group of the distribution whose communes have entered nothing.
NO_DATA = "no data"


def figures(period: ReportingPeriod, criteria_set: CriteriaSet, today: dt.date) -> Figures:
    counts = count_quarter(period, criteria_set)
    return Figures(headline_of(counts), matrix_of(counts), completeness_of(counts, today))


def headline(period: ReportingPeriod, criteria_set: CriteriaSet) -> Headline:
    return headline_of(count_quarter(period, criteria_set))


def matrix(period: ReportingPeriod, criteria_set: CriteriaSet) -> Matrix:
    return matrix_of(count_quarter(period, criteria_set))


def completeness(
    period: ReportingPeriod, criteria_set: CriteriaSet, today: dt.date
) -> Completeness:
    return completeness_of(count_quarter(period, criteria_set), today)


def criteria_met_by_assessment(assessments: QuerySet) -> dict[int, int]:
    """How many criteria each assessment meets, by its id. One query."""
    return {
        pk: sum(verdict == Verdict.MET for verdict in _verdicts(counts).values())
        for pk, counts in verdict_counts(assessments).items()
    }


def headline_of(counts: QuarterCounts) -> Headline:
    """The headline with its comparison."""
    now = _headline(counts)
    if counts.before is None:
        return now
    before = _headline(counts.before)
    return replace(now, before=_comparison(now, before))


def _headline(counts: QuarterCounts) -> Headline:
    met = [_met(unit) for unit in counts.units]
    total = len(counts.criteria)
    by_criterion = Counter(number for numbers in met for number in numbers)
    assessments = [unit.assessment for unit in counts.units if unit.assessment]
    entered = sum(a.entered for a in assessments)
    verified = sum(a.verified for a in assessments)
    criteria_met = sum(len(numbers) for numbers in met)
    known = list(_met_where_known(counts))
    has_data = any(number is not None for number in known)
    return Headline(
        period=counts.period,
        criteria_set=counts.criteria_set,
        provisional=not counts.closed,
        communes=len(counts.units),
        criteria=total,
        recognised=sum(unit.recognised for unit in counts.units),
        meeting_all=sum(total > 0 and len(numbers) == total for numbers in met),
        criteria_met=criteria_met,
        average_criteria=rounded_share(criteria_met, len(counts.units), 1) if has_data else None,
        by_criterion={c.number: by_criterion[c.number] for c in counts.criteria},
        distribution=distribution(known, total),
        poverty=_poverty(a.poverty for a in assessments if a.poverty),
        handed_in=sum(a.handed_in for a in assessments),
        indicators=sum(a.indicators for a in assessments),
        entered=entered,
        verified=verified,
        only_declared=entered - verified,
    )


def _verdicts(counts: Iterable[VerdictCount]) -> dict[int, Verdict]:
    """The verdict of each criterion by its number, by the one rule of ``criteria.evaluation``."""
    by_number: dict[int, Counter] = defaultdict(Counter)
    for count in counts:
        by_number[count.number][count.verdict] += count.indicators
    return {number: evaluate_criterion_counts(found) for number, found in by_number.items()}


def _verdicts_of(unit: CountedUnit | None) -> dict[int, Verdict]:
    return _verdicts(unit.assessment.verdicts) if unit and unit.assessment else {}


def _met(unit: CountedUnit) -> set[int]:
    return {number for number, verdict in _verdicts_of(unit).items() if verdict == Verdict.MET}


def _met_where_known(counts: QuarterCounts) -> Iterator[int | None]:
    for unit in counts.units:
        verdicts = _verdicts_of(unit).values()
        known = any(verdict != Verdict.MISSING for verdict in verdicts)
        yield sum(verdict == Verdict.MET for verdict in verdicts) if known else None


def distribution(met: Iterable[int | None], criteria: int) -> dict[str, int]:
    """Communes by how many criteria they meet, as the papers group them: 19, 15-18, 10-14, …

    None is a commune that has entered nothing: in a group of its own, not among the weakest.
    """
    found = {str(criteria): (criteria, criteria)}
    for lower, highest in ((15, criteria), (10, 14), (5, 9)):
        if lower < criteria:
            upper = min(highest, criteria - 1)
            found[f"{lower}-{upper}" if upper > lower else str(lower)] = (lower, upper)
    found["under 5"] = (0, min(4, criteria - 1))
    met = list(met)
    known = [number for number in met if number is not None]
    groups = {
        name: sum(lower <= number <= upper for number in known)
        for name, (lower, upper) in found.items()
    }
    return groups | {NO_DATA: len(met) - len(known)}


def _poverty(counted: Iterable[HouseholdCount]) -> Poverty:
    """What cannot be stays out of the rates: the entry form warns of it, but does not refuse it."""
    given = list(counted)
    rows = [row for row in given if row.is_possible]
    return Poverty(
        communes=len(rows),
        households=sum((row.households for row in rows), Decimal(0)),
        poor=sum((row.poor for row in rows), Decimal(0)),
        near_poor=sum((row.near_poor for row in rows), Decimal(0)),
        impossible=len(given) - len(rows),
    )


def _comparison(now: Headline, before: Headline) -> Comparison:
    return Comparison(
        period=before.period,
        recognised=now.recognised - before.recognised,
        meeting_all=now.meeting_all - before.meeting_all,
        criteria_met=now.criteria_met - before.criteria_met,
        average_criteria=_difference(now.average_criteria, before.average_criteria),
        poor_rate=_difference(now.poverty.poor_rate, before.poverty.poor_rate),
        poverty_rate=_difference(now.poverty.poverty_rate, before.poverty.poverty_rate),
    )


def _difference(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    """Of the figures as they are shown, so that a reader who subtracts finds the same."""
    return None if now is None or before is None else now - before


def matrix_of(counts: QuarterCounts) -> Matrix:
    before = {unit.slug: unit for unit in counts.before.units} if counts.before else {}
    rows = [_matrix_row(unit, before.get(unit.slug), counts) for unit in counts.units]
    rows.sort(key=lambda row: (not row.recognised, -row.met, *_by_name(row)))
    verdicts = Counter((cell.number, cell.verdict) for row in rows for cell in row.cells)
    return Matrix(
        period=counts.period,
        criteria_set=counts.criteria_set,
        provisional=not counts.closed,
        columns=tuple(_matrix_column(c, verdicts) for c in counts.criteria),
        rows=tuple(rows),
        total=sum(row.met for row in rows),
    )


def _matrix_column(criterion: CountedCriterion, verdicts: Counter) -> MatrixColumn:
    number, name = criterion.number, criterion.name
    met, not_met, missing = (
        verdicts[number, one] for one in (Verdict.MET, Verdict.NOT_MET, Verdict.MISSING)
    )
    return MatrixColumn(number, name, met, has_data=bool(met or not_met or not missing))


def _matrix_row(unit: CountedUnit, before: CountedUnit | None, counts: QuarterCounts) -> MatrixRow:
    now, earlier = _verdicts_of(unit), _verdicts_of(before)
    by_number: dict[int, list[VerdictCount]] = defaultdict(list)
    for count in unit.assessment.verdicts if unit.assessment else ():
        by_number[count.number].append(count)
    cells = tuple(
        _cell(
            c.number, now.get(c.number, Verdict.MISSING), earlier.get(c.number), by_number[c.number]
        )
        for c in counts.criteria
    )
    return MatrixRow(
        slug=unit.slug,
        name=unit.name,
        short_name=unit.short_name,
        recognised=unit.recognised,
        target_tier=unit.target_tier,
        target_year=unit.target_year,
        state=unit.assessment.state if unit.assessment else "",
        handed_in=bool(unit.assessment and unit.assessment.handed_in),
        met=sum(cell.verdict == Verdict.MET for cell in cells),
        cells=cells,
        tile_row=unit.tile_row,
        tile_column=unit.tile_column,
    )


def _cell(
    number: int, verdict: Verdict, before: Verdict | None, counts: list[VerdictCount]
) -> Cell:
    entered = [count for count in counts if count.verdict != Verdict.MISSING]
    verified = sum(count.verified for count in entered)
    return Cell(
        number=number,
        verdict=verdict,
        change=change_of(before, verdict),
        indicators=sum(count.indicators for count in counts),
        met=sum(count.indicators for count in counts if count.verdict == Verdict.MET),
        verified=verified,
        only_declared=sum(count.indicators for count in entered) - verified,
    )


def change_of(before: Verdict | None, now: Verdict) -> str:
    """Won or lost against last quarter. A blank proves neither, nor does a quarter without it."""
    if is_criterion_lost(before, now):
        return "lost"
    return "won" if before == Verdict.NOT_MET and now == Verdict.MET else ""


def completeness_of(counts: QuarterCounts, today: dt.date) -> Completeness:
    units = tuple(sorted((_progress(unit, today) for unit in counts.units), key=_by_name))
    return Completeness(
        period=counts.period,
        communes=len(units),
        handed_in=sum(line.handed_in for line in units),
        correcting=0
        if counts.closed
        else sum(line.state == AssessmentState.RETURNED for line in units),
        late=sum(line.days_late > 0 and not line.handed_in for line in units),
        units=units,
    )


def _by_name(line: MatrixRow | UnitProgress) -> tuple[str, str]:
    return sort_key(line.short_name), line.slug


def _progress(unit: CountedUnit, today: dt.date) -> UnitProgress:
    a = unit.assessment
    until = timezone.localdate(a.submitted_at) if a and a.submitted_at else today
    return UnitProgress(
        unit_id=unit.id,
        slug=unit.slug,
        name=unit.name,
        short_name=unit.short_name,
        state=a.state if a else "",
        handed_in=bool(a and a.handed_in),
        submitted_at=a.submitted_at if a else None,
        due_on=a.due_on if a else None,
        extended=bool(a and a.extended),
        days_late=max(0, (until - a.due_on).days) if a else 0,
        indicators=a.indicators if a else 0,
        entered=a.entered if a else 0,
        verified=a.verified if a else 0,
        returned=a.returned if a else 0,
    )
