"""The parts of a snapshot that are figures: dataclasses of ``statistics`` into those of the paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assessments.figures import Headline, MatrixRow, UnitProgress
from assessments.frozen import Programme, TargetedUnit, definition_in
from assessments.indicator_rows import IndicatorRow, indicator_rows
from assessments.models import AssessmentState
from assessments.recognised import programme_in
from assessments.statistics import NO_DATA, headline_of
from periods.models import ROMAN, ReportingPeriod
from reports import naming
from reports.counted import Base, Counted
from reports.snapshot import (
    Bucket,
    CellFigures,
    CommuneChange,
    CommuneFigures,
    CommuneReporting,
    ComparisonFigures,
    CriterionFigures,
    HeadlineFigures,
    IndicatorFigures,
    PovertyFigures,
    RecognisedCommune,
    TargetFigures,
    TierFigures,
    TrendPoint,
    ValueFigure,
)
from reports.statutory import statutory_rows


def figures_parts(counted: Counted) -> dict[str, Any]:
    programme = programme_in(counted.period, counted.criteria_set)
    targets = programme.targets
    tiers = _tiers(counted, programme)
    poverty = _poverty(counted.headline)
    rows = indicator_rows(counted.period, counted.criteria_set)
    return {
        "headline": _headline(counted.headline),
        "tiers": tiers,
        "comparisons": tuple(_comparison(base, counted) for base in counted.bases),
        "distribution": tuple(_buckets(counted)),
        "criteria": tuple(_criteria(counted)),
        "communes": tuple(_commune(row, counted) for row in counted.matrix.rows),
        "trend": tuple(_trend_point(period, counted) for period in counted.trend),
        "poverty": poverty,
        "reporting": tuple(_reporting(one) for one in counted.completeness.units),
        "indicators": tuple(_indicator(row) for row in rows),
        "recognised": tuple(
            RecognisedCommune(
                commune=one.short_name,
                tier=one.tier,
                tier_name=naming.TIERS[one.tier],
                decision_number=one.decision_number,
                decided_on=one.decided_on,
                confirmed=one.confirmed,
            )
            for one in programme.recognitions
        ),
        "targets": tuple(_target(one, counted) for one in targets),
        "statutory": statutory_rows(counted, tiers, targets),
    }


def _headline(found: Headline) -> HeadlineFigures:
    return HeadlineFigures(
        communes=found.communes,
        criteria=found.criteria,
        recognised=found.recognised,
        meeting_all=found.meeting_all,
        criteria_met=found.criteria_met,
        average=found.average_criteria,
        indicators=found.indicators,
        entered=found.entered,
        verified=found.verified,
        only_declared=found.only_declared,
        verified_share=found.verified_share,
        handed_in=found.handed_in,
    )


def _poverty(found: Headline) -> PovertyFigures:
    poverty = found.poverty
    return PovertyFigures(
        communes=poverty.communes,
        households=poverty.households,
        poor=poverty.poor,
        near_poor=poverty.near_poor,
        poor_rate=poverty.poor_rate,
        near_poor_rate=poverty.near_poor_rate,
        poverty_rate=poverty.poverty_rate,
    )


def _tiers(counted: Counted, programme: Programme) -> tuple[TierFigures, ...]:
    """The set's own tier as the headline counts it; the others by the decisions in force."""
    end = counted.counts.get(f"{counted.period.year - 1}-q4")
    found = []
    for tier, name in naming.TIERS.items():
        now = sum(one.tier == tier for one in programme.recognitions)
        before = sum(one.tier == tier for one in programme.at_year_end)
        if tier == counted.criteria_set.tier:
            now = counted.headline.recognised
            before = headline_of(end).recognised if end else before
        found.append(TierFigures(tier, name, now, before))
    return tuple(found)


def _comparison(base: Base, counted: Counted) -> ComparisonFigures:
    change = counted.changes.get(base.key)
    if change is None:
        return ComparisonFigures(base.key, base.label, base.slug, available=False)
    found = change.headline
    return ComparisonFigures(
        key=base.key,
        label=base.label,
        base=base.slug,
        available=True,
        recognised=found.recognised,
        meeting_all=found.meeting_all,
        criteria_met=found.criteria_met,
        average=found.average_criteria,
        poor_rate=found.poor_rate,
        near_poor_rate=change.near_poor_rate,
        poverty_rate=found.poverty_rate,
        by_criterion={str(number): more for number, more in change.by_criterion.items()},
        communes=tuple(
            CommuneChange(one.slug, counted.names[one.slug], one.met, one.won, one.lost)
            for one in change.units
            if one.met is not None
        ),
    )


def _buckets(counted: Counted) -> Iterator[Bucket]:
    """The groups of ``statistics.distribution`` with the names of their communes."""
    for name, found in counted.headline.distribution.items():
        if name == NO_DATA:
            names = tuple(row.short_name for row in counted.matrix.rows if not row.has_data)
            yield Bucket("chưa có số liệu", -1, -1, found, names)
            continue
        if name == "under 5":
            label, lower, upper = "dưới 5", 0, 4
        else:
            first, _, last = name.partition("-")
            label, lower, upper = name, int(first), int(last or first)
        communes = tuple(
            row.short_name
            for row in counted.matrix.rows
            if row.has_data and lower <= row.met <= upper
        )
        yield Bucket(label, lower, upper, found, communes)


def _criteria(counted: Counted) -> Iterator[CriterionFigures]:
    change = counted.change
    leads = _leads(counted)
    for n, column in enumerate(counted.matrix.columns):
        cells = [(row.short_name, row.cells[n]) for row in counted.matrix.rows]

        def named(test, cells=cells) -> tuple[str, ...]:
            return tuple(name for name, cell in cells if test(cell))

        yield CriterionFigures(
            number=column.number,
            name=column.name,
            met=column.met,
            not_met=sum(cell.verdict == "not_met" for _name, cell in cells),
            not_met_communes=named(lambda cell: cell.verdict == "not_met"),
            missing_communes=named(lambda cell: cell.verdict == "missing"),
            change=change.by_criterion.get(column.number) if change else None,
            won=named(lambda cell: cell.change == "won"),
            lost=named(lambda cell: cell.change == "lost"),
            leads=leads.get(column.number, ()),
        )


def _leads(counted: Counted) -> dict[int, tuple[str, ...]]:
    """Criterion -> the agencies that lead its indicators, in the order of those."""
    found: dict[int, dict[str, None]] = {}
    for one in definition_in(counted.period, counted.criteria_set).indicators:
        if one.id in counted.leads:
            found.setdefault(one.criterion_number, {})[counted.leads[one.id].short_name] = None
    return {number: tuple(names) for number, names in found.items()}


def _commune(row: MatrixRow, counted: Counted) -> CommuneFigures:
    change = counted.change
    own = next((one for one in change.units if one.slug == row.slug), None) if change else None
    return CommuneFigures(
        slug=row.slug,
        name=row.name,
        short_name=row.short_name,
        recognised=row.recognised,
        target=naming.TIERS.get(row.target_tier, ""),
        target_year=row.target_year,
        met=row.met,
        change=own.met if own else None,
        won=own.won if own else (),
        lost=own.lost if own else (),
        handed_in=row.handed_in,
        cells=tuple(
            CellFigures(
                number=cell.number,
                verdict=cell.verdict.value,
                change=cell.change,
                indicators=cell.indicators,
                met=cell.met,
                only_declared=cell.only_declared,
            )
            for cell in row.cells
        ),
    )


def _trend_point(period: ReportingPeriod, counted: Counted) -> TrendPoint:
    found = headline_of(counted.counts[period.slug])
    return TrendPoint(
        period=period.slug,
        label=f"Quý {ROMAN[period.quarter]}/{period.year}",
        provisional=period.is_open,
        communes=found.communes,
        recognised=found.recognised,
        meeting_all=found.meeting_all,
        criteria_met=found.criteria_met,
        average=found.average_criteria,
        poor_rate=found.poverty.poor_rate,
        near_poor_rate=found.poverty.near_poor_rate,
    )


def _reporting(one: UnitProgress) -> CommuneReporting:
    return CommuneReporting(
        name=one.name,
        short_name=one.short_name,
        state=str(one.state),
        state_text=str(AssessmentState(one.state).label) if one.state else "chưa có phiếu",
        handed_in=one.handed_in,
        submitted_at=one.submitted_at,
        due_on=one.due_on,
        days_late=one.days_late,
        indicators=one.indicators,
        entered=one.entered,
        verified=one.verified,
        returned=one.returned,
    )


def _indicator(row: IndicatorRow) -> IndicatorFigures:
    return IndicatorFigures(
        commune=row.unit,
        criterion=row.criterion,
        code=row.code,
        values=tuple(
            ValueFigure(one.key, one.label, one.unit, one.number, one.text, one.level)
            for one in row.values
        ),
        value=row.value,
        level=row.level,
        level_unconfirmed=row.unconfirmed,
        declared=row.declared,
        verified=row.verified,
        counted=row.counted,
        reason=row.reason,
        gap=row.gap,
    )


def _target(target: TargetedUnit, counted: Counted) -> TargetFigures:
    row = next((one for one in counted.matrix.rows if one.slug == target.slug), None)
    cells = row.cells if row else ()
    return TargetFigures(
        unit=target.name,
        tier=target.tier,
        tier_name=naming.TIERS[target.tier],
        year=target.year,
        met=row.met if row else None,
        unmet=tuple(cell.number for cell in cells if cell.verdict == "not_met"),
        missing=tuple(cell.number for cell in cells if cell.verdict == "missing"),
    )
