"""Who leads and who supports which indicator.

For each duty apart, what was given for an indicator goes before what was given for its criterion:
who leads criterion 17 does not lead 17.1 when another agency was given 17.1.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from assignments.models import Duty, IndicatorAssignment
from communes.provenance import CERTAIN
from criteria.models import Indicator


@dataclass(frozen=True, slots=True)
class AgencyLabel:
    id: int
    name: str
    short_name: str
    #: Nobody has confirmed that the agency has this duty.
    proposed: bool = False


def indicators_of(agency_id: int | None, duty: str | None = None) -> QuerySet:
    """Ids of the indicators that an agency leads or supports (or both, without a duty)."""
    wanted = Q(pk__in=[])
    for one in [duty] if duty else Duty.values:
        given = IndicatorAssignment.objects.filter(duty=one)
        mine = given.filter(agency_id=agency_id)
        own = given.filter(indicator__isnull=False).values("indicator")
        wanted |= Q(pk__in=mine.filter(indicator__isnull=False).values("indicator"))
        wanted |= Q(criterion__in=mine.filter(criterion__isnull=False).values("criterion")) & ~Q(
            pk__in=own
        )
    return Indicator.objects.filter(wanted).order_by().values("pk")


def leads_by_indicator(criteria_set_id: int) -> dict[int, AgencyLabel]:
    """The leading agency of each indicator of a set that has one. Two queries."""
    return {pk: labels[0] for pk, labels in _labels(criteria_set_id, Duty.LEAD).items()}


def lead_of(indicator: str, column: str = "agency__short_name") -> Coalesce:
    """The leading agency's short name (or another ``column`` of its assignment, a text) as a
    column; ``indicator`` is the path to the indicator."""
    given = IndicatorAssignment.objects.filter(duty=Duty.LEAD)
    own = given.filter(indicator=OuterRef(indicator))
    by_criterion = given.filter(criterion=OuterRef(f"{indicator}__criterion"))
    return Coalesce(
        Subquery(own.values(column)[:1]), Subquery(by_criterion.values(column)[:1]), Value("")
    )


def is_proposed(certainty: str) -> bool:
    """Whether an assignment of this certainty is to be read as a proposal."""
    return certainty not in CERTAIN


def supports_by_indicator(criteria_set_id: int) -> dict[int, list[AgencyLabel]]:
    """The supporting agencies of each indicator of a set that has some, by name. Two queries."""
    return _labels(criteria_set_id, Duty.SUPPORT)


def _labels(criteria_set_id: int, duty: str) -> dict[int, list[AgencyLabel]]:
    by_indicator: dict[int, list[AgencyLabel]] = {}
    by_criterion: dict[int, list[AgencyLabel]] = {}
    given = IndicatorAssignment.objects.filter(
        Q(criterion__criteria_set=criteria_set_id)
        | Q(indicator__criterion__criteria_set=criteria_set_id),
        duty=duty,
    ).order_by("agency__sort_key")
    for row in given.values_list(
        "indicator_id",
        "criterion_id",
        "certainty",
        "agency_id",
        "agency__name",
        "agency__short_name",
    ):
        indicator_id, criterion_id, certainty, *label = row
        found = by_indicator if indicator_id else by_criterion
        found.setdefault(indicator_id or criterion_id, []).append(
            AgencyLabel(*label, proposed=is_proposed(certainty))
        )
    indicators = Indicator.objects.filter(criterion__criteria_set=criteria_set_id)
    every = {
        pk: by_indicator.get(pk) or by_criterion.get(criterion_id)
        for pk, criterion_id in indicators.values_list("pk", "criterion_id")
    }
    return {pk: labels for pk, labels in every.items() if labels}
