"""The charts of a paper from its snapshot: for its files, and for its page in the portal."""

from __future__ import annotations

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import override

from dashboard import charts
from dashboard.district_charts import MOST_BARS
from reports.snapshot import Snapshot, TrendPoint
from reports.xml_text import readable

#: The chart that stands with a section's table.
CHARTS = {"statutory": "trend", "criteria": "criteria", "communes": "communes"}


def paper_charts(snapshot: Snapshot) -> list[charts.Chart]:
    """In the order in which the paper numbers them."""
    line = snapshot.headline
    return [
        charts.trend(
            [
                (one.label, None if is_blank(one) else one.average, one.recognised, one.meeting_all)
                for one in snapshot.trend
            ],
            line.communes,
            line.criteria,
            {one.label for one in snapshot.trend if one.provisional},
        ),
        charts.communes_by_criterion(
            [
                (one.number, one.name, one.met if one.met or one.failing else None)
                for one in snapshot.criteria
            ],
            line.communes,
            {one.number for one in snapshot.criteria if not one.without_data},
        ),
        charts.met_by_commune(
            [
                (readable(one.short_name), one.met if one.has_data else None)
                for one in snapshot.communes
            ],
            None if line.average is None else Decimal(line.average),
            line.criteria,
        ),
    ]


def is_blank(one: TrendPoint) -> bool:
    """A quarter just opened, for which nothing is met yet: no point at nought."""
    return one.provisional and not one.criteria_met


def page_charts(snapshot: Snapshot) -> dict[str, charts.Chart]:
    """By kind, in Vietnamese as the paper. One quarter is no line, too many bars are no picture."""
    with override("vi"):
        drawn = {one.kind: one for one in paper_charts(snapshot)}
    shown = {
        "trend": len(snapshot.trend) > 1,
        "criteria": bool(snapshot.communes),
        "communes": 0 < len(snapshot.communes) <= MOST_BARS,
    }
    return {kind: one for kind, one in drawn.items() if shown[kind]}


def section_chart(
    drawn: dict[str, charts.Chart], table: str, snapshot: Snapshot
) -> tuple[charts.Chart, str] | None:
    """The chart of a section with the address of its picture, which names the content."""
    chart = drawn.get(CHARTS.get(table, ""))
    if chart is None:
        return None
    address = reverse("reports:chart", args=[snapshot.paper.slug, chart.kind])
    edition = "" if snapshot.is_draft else f"issue={snapshot.publication.edition}&"
    return chart, f"{address}?{edition}v={chart.fingerprint(charts.SCREEN)[:12]}"
