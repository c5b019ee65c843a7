"""What the overview points at: criteria lost, communes that are late, figures nobody verified."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.figures import Figures, Headline, Matrix
from assessments.models import AssessmentState
from criteria.numbers import format_number
from dashboard.overview import late_text


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that needs attention; ``kind`` is that of the component ``state_pill``."""

    kind: str
    label: str
    title: str
    text: str


def points(figures: Figures, tier: str) -> list[Point]:
    """Most urgent first."""
    return [
        *_lost(figures.matrix),
        *_late(figures),
        *_met_by_nobody(figures.matrix, figures.headline),
        *_unverified(figures.headline),
        *_targets(figures.matrix, tier),
    ]


def _lost(matrix: Matrix) -> Iterator[Point]:
    """Recognised communes come first, as in the matrix. What a commune is still typing announces
    nothing: nobody shall be telephoned because of a half-filled form."""
    for row in matrix.rows:
        if matrix.provisional and not row.handed_in:
            continue
        lost = [str(cell.number) for cell in row.cells if cell.change == "lost"]
        if not lost:
            continue
        title = ngettext(
            "%(commune)s lost criterion %(numbers)s",
            "%(commune)s lost criteria %(numbers)s",
            len(lost),
        ) % {"commune": row.name, "numbers": ", ".join(lost)}
        text = (
            _("Recognised as new rural, and met last quarter.")
            if row.recognised
            else _("Met last quarter.")
        )
        yield Point("red", _("Newly lost"), title, text)


def _late(figures: Figures) -> Iterator[Point]:
    missing = [
        unit
        for unit in figures.completeness.units
        if unit.days_late and unit.state == AssessmentState.DRAFT
    ]
    if not missing:
        return
    title = ngettext(
        "%(n)s commune has not sent its figures", "%(n)s communes have not sent their figures",
        len(missing),
    ) % {"n": len(missing)}  # fmt: skip
    names = ", ".join(unit.short_name for unit in missing)
    if figures.headline.provisional:
        label = capfirst(late_text(max(unit.days_late for unit in missing)))
    else:
        label = _("Never sent")
    yield Point("amber", label, title, names)


def _met_by_nobody(matrix: Matrix, headline: Headline) -> Iterator[Point]:
    if headline.provisional or not headline.communes:
        return
    for column in matrix.columns:
        if not column.met and column.has_data:
            title = _("No commune meets criterion %(number)s %(name)s") % {
                "number": column.number,
                "name": column.name,
            }
            text = _("So no commune stands at all %(criteria)s criteria.") % {
                "criteria": headline.criteria
            }
            yield Point("red", f"0/{headline.communes}", title, text)


def _unverified(headline: Headline) -> Iterator[Point]:
    if not headline.only_declared:
        return
    share = format_number(100 - headline.verified_share)
    title = _("%(share)s %% of the figures are only declared") % {"share": share}
    text = _("%(declared)s of %(entered)s indicator results are not verified yet.") % {
        "declared": headline.only_declared,
        "entered": headline.entered,
    }
    yield Point("grey", _("Not verified"), title, text)


def _targets(matrix: Matrix, tier: str) -> Iterator[Point]:
    """Communes that are to reach this set's tier and do not yet, one point a year."""
    by_year = defaultdict(list)
    for row in matrix.rows:
        if row.target_tier == tier and not row.recognised and not matrix.provisional:
            by_year[row.target_year].append(row)
    for year, rows in sorted(by_year.items()):
        title = ngettext(
            "%(n)s commune is to be recognised by %(year)s",
            "%(n)s communes are to be recognised by %(year)s",
            len(rows),
        ) % {"n": len(rows), "year": year}
        left = ", ".join(f"{row.short_name} {len(matrix.columns) - row.met}" for row in rows)
        text = _("Criteria still missing: %(communes)s.") % {"communes": left}
        yield Point("gold", _("Target"), title, text)
