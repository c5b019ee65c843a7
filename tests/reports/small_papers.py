"""Small snapshots to vary: the stored one with some of its figures replaced."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from reports.paper_figures import ComparisonFigures
from reports.quotable import Quotes, quotable
from reports.snapshot import Snapshot
from tests.reports.snapshots import six_months


def paper(kind="quarter", term="quý III năm 2023", provisional=False, comparisons=(), **headline):
    """The demonstration's, as another term with other figures of the headline."""
    base = six_months()
    return replace(
        base,
        paper=replace(base.paper, kind=kind, term=term, provisional=provisional),
        headline=replace(base.headline, **headline),
        comparisons=tuple(comparisons),
    )


def against(label="quý II", key="quarter-before", **changes) -> ComparisonFigures:
    given = {"recognised": 0, "meeting_all": 0, "criteria_met": 0, "average": Decimal("0.0")}
    given |= {"by_criterion": {}, "poor_rate": Decimal("0.00")} | changes
    return ComparisonFigures(key=key, label=label, base="2023-q2", available=True, **given)


def missing(label="quý II", key="quarter-before") -> ComparisonFigures:
    return ComparisonFigures(key=key, label=label, base="2023-q2", available=False)


def said(write, snapshot: Snapshot):
    """The sentences, and the figures that they took."""
    quote = Quotes(quotable(snapshot))
    return write(snapshot, quote), quote.taken
