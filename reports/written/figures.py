"""The figures that stand beside the editor: a body's own scope, read from ``statistics`` only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.figures import Matrix, MatrixRow
from assessments.spans import against, count_quarters
from assessments.statistics import DEFAULT_SET, commune_indicators, led_indicators, matrix_of
from assessments.statistics import IndicatorStanding as Standing
from criteria.evaluation import Verdict
from criteria.models import CriteriaSet
from periods.models import ReportingPeriod
from reports.counted import Base, bases_of
from reports.written.bodies import Body
from reports.written.terms import Term


@dataclass(frozen=True, slots=True)
class Against:
    """A base that belongs to the kind of report (DESIGN §2). ``met`` is what was met then, None
    where that quarter has no figures of this body; ``won`` and ``lost`` name what has changed:
    criteria of a commune, indicators of an agency with their communes."""

    label: str
    met: int | None
    won: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommuneFigures:
    """One commune at the end of the term; ``unmet`` against the first base."""

    criteria: int
    row: MatrixRow
    against: tuple[Against, ...]
    unmet: list[Standing] = field(default_factory=list)
    missing: int = 0
    unverified: int = 0


@dataclass(frozen=True, slots=True)
class AgencyFigures:
    """The indicators that an agency leads, over all communes."""

    lines: list[Standing]
    against: tuple[Against, ...] = ()

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


def figures_of(body: Body, term: Term) -> CommuneFigures | AgencyFigures | None:
    """None where the quarter has no figures of this body. The queries are the same number
    whatever the number of communes and quarters."""
    criteria_set = CriteriaSet.objects.filter(slug=DEFAULT_SET).first()
    if criteria_set is None:
        return None
    begun = list(ReportingPeriod.objects.begun().filter(data_to__lt=term.period.data_to))
    bases = bases_of(term.kind, term.period, begun)
    figures = _agency if body.is_agency else _commune
    return figures(body, term, criteria_set, bases)


def label_of(base: Base) -> str:
    """In the reader's language; papers have their own (``naming``)."""
    year, quarter = (int(part) for part in base.slug.split("-q"))
    if base.key == "year-end":
        return _("the end of %(year)s") % {"year": year}
    if base.key == "same-quarter-last-year":
        return _("the same time in %(year)s") % {"year": year}
    return ReportingPeriod(year=year, quarter=quarter).label


def _agency(
    body: Body, term: Term, criteria_set: CriteriaSet, bases: Sequence[Base]
) -> AgencyFigures | None:
    compared = [
        led_indicators(term.period, criteria_set, body.id, base.period) if base.period else []
        for base in bases
    ]
    lines = next(filter(None, compared), None)
    if lines is None:
        lines = led_indicators(term.period, criteria_set, body.id)
    if not any(line.communes for line in lines):
        return None
    return AgencyFigures(lines, tuple(map(_agency_against, bases, compared)))


def _agency_against(base: Base, lines: list[Standing]) -> Against:
    known = [line.met_before for line in lines if line.met_before is not None]
    return Against(
        label=label_of(base),
        met=sum(known) if known else None,
        won=tuple(f"{one.code} ({', '.join(one.won)})" for one in lines if one.won),
        lost=tuple(f"{one.code} ({', '.join(one.lost)})" for one in lines if one.lost),
    )


def _commune(
    body: Body, term: Term, criteria_set: CriteriaSet, bases: Sequence[Base]
) -> CommuneFigures | None:
    wanted = [term.period, *(base.period for base in bases if base.period)]
    counts = count_quarters(wanted, criteria_set)
    now = counts.get(term.period.slug)
    row = _row(matrix_of(now), body) if now else None
    if now is None or row is None:
        return None
    found = [
        _commune_against(
            base,
            _row(matrix_of(counts[base.slug]), body),
            _row(matrix_of(against(now, counts[base.slug])), body),
        )
        if base.period
        else Against(label_of(base), None)
        for base in bases
    ]
    first = next((base.period for base in bases if base.period), None)
    lines = commune_indicators(term.period, criteria_set, body.id, first)
    return CommuneFigures(
        criteria=len(row.cells),
        row=row,
        against=tuple(found),
        unmet=[line for line in lines if line.not_met],
        missing=sum(line.missing for line in lines),
        unverified=sum(line.unverified for line in lines),
    )


def _row(found: Matrix, body: Body) -> MatrixRow | None:
    return next((one for one in found.rows if one.slug == body.slug and one.state), None)


def _commune_against(base: Base, then: MatrixRow | None, now: MatrixRow | None) -> Against:
    if then is None or now is None or all(one.verdict == Verdict.MISSING for one in then.cells):
        return Against(label_of(base), None)
    return Against(
        label=label_of(base),
        met=then.met,
        won=tuple(str(cell.number) for cell in now.cells if cell.change == "won"),
        lost=tuple(str(cell.number) for cell in now.cells if cell.change == "lost"),
    )
