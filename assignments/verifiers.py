"""Whose officers verify which indicator.

The agency that leads an indicator verifies it. Where none is named, or where nobody of it has an
active account, the standing office stands in, or the row would wait for ever.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Role, User
from accounts.permissions import may_verify_for
from assignments.models import Duty, IndicatorAssignment
from assignments.queries import AgencyLabel, indicators_of, is_proposed
from criteria.definitions import SetDefinition
from criteria.models import CriteriaSet, Indicator


@dataclass(frozen=True, slots=True)
class Verifier:
    """``lead`` is the agency that leads, if any; ``stands_in``: the standing office in its place."""

    lead: AgencyLabel | None
    stands_in: bool

    def includes(self, user: User) -> bool:
        """Whether this person is one of those who verify."""
        return may_verify_for(user, self.lead.id if self.lead else None, stands_in=self.stands_in)


Verifiers = dict[int, Verifier]


def verifiers_of(definition: SetDefinition) -> Verifiers:
    """For every indicator of a set, by its id. One query."""
    by_indicator, by_criterion = _given([definition.id])
    return {
        indicator.id: by_indicator.get(indicator.id) or by_criterion.get(criterion.id) or NOBODY
        for criterion in definition.criteria
        for indicator in criterion.indicators
    }


def indicators_to_verify(user: User) -> QuerySet | list[int]:
    """Ids of the indicators of the sets in force that this person verifies."""
    if not user.is_coordinator:
        return indicators_of(user.agency_id, Duty.LEAD)
    in_force = CriteriaSet.objects.in_force().values("pk")
    by_indicator, by_criterion = _given(in_force)
    indicators = Indicator.objects.filter(criterion__criteria_set__in=in_force).order_by()
    found = {
        pk: by_indicator.get(pk) or by_criterion.get(criterion_id) or NOBODY
        for pk, criterion_id in indicators.values_list("pk", "criterion_id")
    }
    return [pk for pk, verifier in found.items() if verifier.includes(user)]


def _given(sets: Iterable[int] | QuerySet) -> tuple[Verifiers, Verifiers]:
    """Who leads, by indicator and by criterion, and whether somebody of it can sign in."""
    officers = User.objects.filter(
        agency=OuterRef("agency"),
        is_active=True,
        role__in=[Role.DEPARTMENT_OFFICER, Role.COORDINATOR],
    )
    given = IndicatorAssignment.objects.filter(
        Q(criterion__criteria_set__in=sets) | Q(indicator__criterion__criteria_set__in=sets),
        duty=Duty.LEAD,
    ).annotate(staffed=Exists(officers))
    by_indicator, by_criterion = {}, {}
    for indicator_id, criterion_id, staffed, certainty, *label in given.values_list(
        "indicator_id",
        "criterion_id",
        "staffed",
        "certainty",
        "agency_id",
        "agency__name",
        "agency__short_name",
    ):
        found = by_indicator if indicator_id else by_criterion
        label = AgencyLabel(*label, proposed=is_proposed(certainty))
        found[indicator_id or criterion_id] = Verifier(label, stands_in=not staffed)
    return by_indicator, by_criterion


NOBODY = Verifier(None, stands_in=True)
