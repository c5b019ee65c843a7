"""The headline in sentences: what changed since last quarter, and why two figures differ."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.figures import Headline, Matrix
from criteria.numbers import format_number
from periods.models import ReportingPeriod


@dataclass(frozen=True, slots=True)
class Change:
    """A difference in words; ``tone`` is good, bad or same."""

    tone: str
    direction: str
    text: str


@dataclass(frozen=True, slots=True)
class HeadlinePage:
    """The figures with the sentences beneath them."""

    figures: Headline
    recognised: Change | None
    meeting_all: Change | None
    average: Change | None
    poverty: Change | None
    why_not_all: str


def headline_page(
    figures: Headline, matrix: Matrix, before: ReportingPeriod | None
) -> HeadlinePage:
    """``before`` is the quarter that ``figures.before`` compares with.

    While communes still enter, a comparison would only show what is not entered yet.
    """
    change = figures.change if before is not None else None

    def said(value: int | Decimal | None, **how: bool) -> Change | None:
        return None if value is None else _change(value, before, **how)

    return HeadlinePage(
        figures=figures,
        recognised=change and said(change.recognised),
        meeting_all=change and said(change.meeting_all),
        average=change and said(change.average_criteria),
        poverty=change and said(change.poverty_rate, more_is_good=False, in_points=True),
        why_not_all=why_not_all(figures, matrix),
    )


def _change(
    value: int | Decimal,
    before: ReportingPeriod,
    *,
    more_is_good: bool = True,
    in_points: bool = False,
) -> Change:
    """A difference of two rates is in points of a percentage, never in per cent."""
    name = str(before.short_label)
    quarter = {"quarter": name[:1].lower() + name[1:]}  # in the middle of a sentence
    if not value:
        return Change("same", "", _("as in %(quarter)s") % quarter)
    amount = format_number(Decimal(abs(value)))
    if in_points:
        amount = _("%(points)s points") % {"points": amount}
    words = {"amount": amount} | quarter
    if value > 0:
        text, direction = _("up %(amount)s on %(quarter)s") % words, "up"
    else:
        text, direction = _("down %(amount)s on %(quarter)s") % words, "down"
    return Change("good" if (value > 0) == more_is_good else "bad", direction, text)


def why_not_all(figures: Headline, matrix: Matrix) -> str:
    """Why the communes that are recognised do not all stand at every criterion."""
    if not figures.communes or figures.provisional or not matrix.has_data:
        return ""
    if figures.meeting_all == figures.communes:
        return _("Every commune meets all criteria.")
    nobody = [f"{c.number} {c.name}" for c in matrix.columns if not c.met and c.has_data]
    if nobody:
        return _("No commune meets criterion %(criteria)s.") % {"criteria": ", ".join(nobody)}
    known = (c for c in matrix.columns if c.has_data)
    weakest = min(known, key=lambda column: column.met, default=None)
    if weakest is None:  # all that is known is that the criteria do not apply
        return ""
    return _("Weakest: criterion %(number)s %(name)s, met by %(met)s of %(communes)s.") % {
        "number": weakest.number,
        "name": weakest.name,
        "met": weakest.met,
        "communes": figures.communes,
    }
