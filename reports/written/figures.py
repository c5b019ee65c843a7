"""The figures that stand beside the editor: a body's own scope, read from ``statistics`` only."""

from __future__ import annotations

from dataclasses import dataclass, field

from assessments.figures import MatrixRow
from assessments.statistics import DEFAULT_SET, commune_indicators, led_indicators, matrix
from assessments.statistics import IndicatorStanding as Standing
from criteria.models import CriteriaSet
from reports.written.bodies import Body
from reports.written.terms import Term


@dataclass(frozen=True, slots=True)
class CommuneFigures:
    """One commune at the end of the term, against the quarter before."""

    criteria: int
    row: MatrixRow
    won: list[int]
    lost: list[int]
    unmet: list[Standing] = field(default_factory=list)
    missing: int = 0
    unverified: int = 0


@dataclass(frozen=True, slots=True)
class AgencyFigures:
    """The indicators that an agency leads, over all communes."""

    lines: list[Standing]

    @property
    def communes(self) -> int:
        return max((line.communes for line in self.lines), default=0)

    def _sum(self, name: str) -> int:
        return sum(getattr(line, name) for line in self.lines)

    @property
    def met(self) -> int:
        return self._sum("met")

    @property
    def not_met(self) -> int:
        return self._sum("not_met")

    @property
    def unverified(self) -> int:
        return self._sum("unverified")

    @property
    def missing(self) -> int:
        return self._sum("missing")

    @property
    def changed(self) -> list[Standing]:
        return [line for line in self.lines if line.won or line.lost]


def figures_of(body: Body, term: Term) -> CommuneFigures | AgencyFigures | None:
    """None where the quarter has no figures of this body."""
    criteria_set = CriteriaSet.objects.filter(slug=DEFAULT_SET).first()
    if criteria_set is None:
        return None
    if body.is_agency:
        lines = led_indicators(term.period, criteria_set, body.id)
        return AgencyFigures(lines) if any(line.communes for line in lines) else None
    return _commune(body, term, criteria_set)


def _commune(body: Body, term: Term, criteria_set: CriteriaSet) -> CommuneFigures | None:
    found = matrix(term.period, criteria_set)
    row = next((one for one in found.rows if one.slug == body.slug and one.state), None)
    if row is None:
        return None
    lines = commune_indicators(term.period, criteria_set, body.id)
    return CommuneFigures(
        criteria=len(found.columns),
        row=row,
        won=[cell.number for cell in row.cells if cell.change == "won"],
        lost=[cell.number for cell in row.cells if cell.change == "lost"],
        unmet=[line for line in lines if line.not_met],
        missing=sum(line.missing for line in lines),
        unverified=sum(line.unverified for line in lines),
    )
