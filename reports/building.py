"""A summary's snapshot from the figures and definitions of this moment.

Reads ``assessments.statistics`` and its siblings, counts nothing itself. Some twenty queries
whatever the number of communes. Call it inside ``publishing``'s transaction for figures that
belong together.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.conf import settings
from django.utils import translation

from accounts.models import Position, Role, User
from assessments.frozen import definition_in
from assessments.spans import against, count_quarters
from assessments.statistics import DEFAULT_SET, completeness_of, headline_of, matrix_of
from assignments.queries import leads_by_indicator
from communes.models import AdministrativeUnit
from criteria.models import CriteriaSet
from periods.clock import today
from periods.models import ReportingPeriod
from reports import naming
from reports.building_parts import figures_parts
from reports.counted import Base, Counted, bases_of
from reports.models import SummaryKind, SummaryReport
from reports.sections import compose
from reports.snapshot import (
    SCHEMA,
    Definitions,
    Masthead,
    Paper,
    Publication,
    Snapshot,
    WrittenReportLine,
)
from reports.snapshot import CriterionName as Name
from reports.snapshot import IndicatorName as Indicator
from reports.written.board import Line, boards
from reports.written.passages import passages
from reports.written.terms import asked_periods

#: How many quarters the trend goes back at most.
TREND = 8
DRAFT = Publication()


def build_snapshot(
    summary: SummaryReport, publication: Publication = DRAFT, on: dt.date | None = None
) -> Snapshot:
    """Everything that the paper would show now; ``summary`` comes with its period.

    ``on`` is the day that the paper stands at: today unless it was settled before.
    """
    with translation.override("vi"):
        figures = _figures(summary, publication, on or today())
        edited = {section.key: section for section in summary.sections.all()}
        told = passages(summary.period, summary.kind)
        return replace(figures, sections=compose(figures, edited, told))


def _figures(summary: SummaryReport, publication: Publication, on: dt.date) -> Snapshot:
    period = summary.period
    criteria_set = CriteriaSet.objects.get(slug=DEFAULT_SET)
    begun = ReportingPeriod.objects.begun().filter(data_to__lte=period.data_to)
    periods = list(begun.order_by("-data_to"))
    bases = bases_of(summary.kind, period, periods)
    wanted = _wanted(period, periods, bases)
    counts = count_quarters(wanted, criteria_set)
    base = next((counts[one.period.slug] for one in bases if one.period), None)
    now = against(counts[period.slug], base)
    as_of = summary.on or on
    counted = Counted(
        period=period,
        criteria_set=criteria_set,
        headline=headline_of(now),
        matrix=matrix_of(now),
        completeness=completeness_of(now, as_of),
        leads=leads_by_indicator(criteria_set.pk),
        counts=counts,
        bases=bases,
        trend=sorted(wanted, key=lambda one: one.data_to)[-TREND:],
    )
    return Snapshot(
        schema=SCHEMA,
        paper=_paper(summary, as_of),
        masthead=_masthead(),
        publication=publication,
        written=_written(summary, as_of, counted),
        sections=(),
        definitions=_definitions(period, criteria_set, counted),
        **figures_parts(counted),
    )


def _wanted(
    period: ReportingPeriod, periods: list[ReportingPeriod], bases: list[Base]
) -> list[ReportingPeriod]:
    """The quarter first, then those of the trend and every base."""
    chosen = {one.pk: one for one in [period, *periods[:TREND]]}
    chosen |= {one.period.pk: one.period for one in bases if one.period}
    return list(chosen.values())


def _paper(summary: SummaryReport, as_of: dt.date) -> Paper:
    kind, period = summary.kind, summary.period
    named = naming.term(kind, period, summary.on)
    return Paper(
        slug=summary.slug,
        kind=str(kind),
        subject=naming.subject(kind, named),
        term=named,
        next_term=naming.next_term(kind, period),
        year=period.year,
        quarter=period.quarter,
        period=period.slug,
        data_from=_data_from(summary),
        data_to=period.data_to,
        as_of=as_of,
        provisional=period.is_open,
        demo=settings.DEMO,
    )


def _data_from(summary: SummaryReport) -> dt.date:
    """A longer term's data begin with the year's first quarter (Decree 09/2019/NĐ-CP)."""
    if summary.kind.endswith("-months"):
        return dt.date(summary.period.year - 1, 12, 15)
    return summary.period.data_from


def _masthead() -> Masthead:
    district = AdministrativeUnit.objects.select_related("parent").get(
        slug=settings.PORTAL_DISTRICT
    )
    province = district.parent.name if district.parent else ""
    return Masthead(
        superior="",  # a People's Committee bears no name above its own
        issuer=("ỦY BAN NHÂN DÂN", district.name.upper()),
        symbol="BC-UBND",
        place=district.short_name,
        province=province,
        district=district.name,
        authority=("TM. ỦY BAN NHÂN DÂN",),
        position=naming.signature_lines(_position()),
        recipients=(
            f"UBND {province[:1].lower()}{province[1:]} (b/c)",
            "Thường trực Huyện ủy, HĐND huyện (b/c)",
            "Chủ tịch, các Phó Chủ tịch UBND huyện",
            "Các cơ quan, ban, ngành, đoàn thể huyện",
            "UBND các xã trên địa bàn huyện",
            "Lưu: VT, NN&PTNT",
        ),
    )


def _position() -> str:
    """Whose block a draft shows: the chairman's where nobody else can sign. Publishing settles it."""
    leaders = User.objects.filter(role=Role.LEADER, is_active=True)
    positions = set(leaders.values_list("position", flat=True))
    return positions.pop() if len(positions) == 1 else Position.VICE_CHAIRMAN


def _definitions(
    period: ReportingPeriod, criteria_set: CriteriaSet, counted: Counted
) -> Definitions:
    found = definition_in(period, criteria_set)
    leads = counted.leads
    return Definitions(
        slug=found.slug,
        name=found.name,
        decision=(
            f"Quyết định số {criteria_set.decision_number} "
            f"ngày {naming.day(criteria_set.decision_date)}"
        ),
        criteria=tuple(Name(c.number, c.name, c.group_name) for c in found.criteria),
        indicators=tuple(
            Indicator(
                code=one.code,
                criterion=one.criterion_number,
                text=one.text,
                unconfirmed=any(not lv.confirmed for m in one.measures for lv in m.levels),
                lead=leads[one.id].name if one.id in leads else "",
            )
            for one in found.indicators
        ),
    )


def _written(
    summary: SummaryReport, as_of: dt.date, counted: Counted
) -> tuple[WrittenReportLine, ...]:
    """Who sent a written report for this term; an ad hoc summary looks at the quarter's.

    Communes bear the names that a closed quarter keeps, as in the matrix; it keeps none of agencies.

    Nothing of a quarter for which none was asked through the portal.
    """
    if not asked_periods().filter(pk=summary.period_id).exists():
        return ()
    names = {one.slug: one.name for one in counted.completeness.units}
    quarter, *longer = boards(summary.period, as_of)
    wanted = next((one for one in longer if one.term.kind == summary.kind), quarter)
    arrived = {one.body for one in quarter.lines if one.has_arrived}
    return tuple(
        WrittenReportLine(
            sender=_sender(line, names),
            is_agency=line.body.is_agency,
            state=str(line.state),
            state_text=_written_state(line, summary.period, arrived),
            submitted_at=line.sent_at,
            due_on=line.due_on,
            days_late=line.days_late,
        )
        for line in wanted.lines
    )


def _sender(line: Line, names: dict[str, str]) -> str:
    body = line.body
    return body.name if body.is_agency else names.get(body.slug, body.name)


def _written_state(line: Line, period: ReportingPeriod, arrived: set) -> str:
    """Whose report of the longer term is not there speaks through the one of its last quarter
    (``passages``): the annex says so."""
    if line.has_arrived or line.term.kind == SummaryKind.QUARTER or line.body not in arrived:
        return str(line.state_text)
    return f"{line.state_text}; dùng báo cáo {naming.quarter(period)}"
