"""What arrived in the written reports, for the composition of a summary."""

from __future__ import annotations

from typing import NamedTuple

from periods.models import ReportingPeriod
from reports.models import ARRIVED, Part, PeriodicReport, ReportPart, SummaryKind
from reports.written.terms import kinds_of


class Passage(NamedTuple):
    """One part of one report: the body's name, the part, its text (lines are paragraphs,
    ``- `` begins an item of a list; ``reports.cleaning.blocks`` takes it apart)."""

    body: str
    part: str
    text: str


def passages(period: ReportingPeriod, kind: str = SummaryKind.QUARTER) -> list[Passage]:
    """The texts sent or accepted for a term, agencies first, by body and part; two queries.

    For a longer term a body that sent no report of that term speaks through its report of the
    last quarter. A summary of a day (ad hoc) takes the quarter's. "Nothing to report" is no text.
    """
    longer = kind if kind in kinds_of(period.quarter) else SummaryKind.QUARTER
    reports = PeriodicReport.objects.filter(
        period=period, kind__in={longer, SummaryKind.QUARTER}, state__in=ARRIVED
    ).select_related("unit", "agency")
    chosen: dict[tuple[int | None, int | None], PeriodicReport] = {}
    for report in reports:
        body = report.unit_id, report.agency_id
        if body not in chosen or report.kind == longer:
            chosen[body] = report
    texts: dict[int, list[ReportPart]] = {}
    for part in ReportPart.objects.filter(report__in=chosen.values()).exclude(text=""):
        texts.setdefault(part.report_id, []).append(part)
    order = {part: place for place, part in enumerate(Part.values)}
    found = []
    for report in sorted(chosen.values(), key=_place):
        name = (report.agency or report.unit).name
        for part in sorted(texts.get(report.pk, []), key=lambda one: order[one.part]):
            found.append(Passage(name, part.part, part.text))
    return found


def _place(report: PeriodicReport) -> tuple[bool, str]:
    return report.agency_id is None, (report.agency or report.unit).slug
