"""Whose officers verify which indicator.

The agency that leads an indicator verifies it. Where none is named, or where nobody of it has an
active account, the standing office stands in, or the row would wait for ever.
"""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Role, User
from accounts.permissions import may_verify_for
from assignments.queries import AgencyLabel, leads_by_indicator


@dataclass(frozen=True, slots=True)
class Verifier:
    """``lead`` is the agency that leads, if any; ``stands_in``: the standing office in its place."""

    lead: AgencyLabel | None
    stands_in: bool

    def includes(self, user: User) -> bool:
        """Whether this person is one of those who verify."""
        return may_verify_for(user, self.lead.id if self.lead else None, stands_in=self.stands_in)


@dataclass(frozen=True, slots=True)
class Verifiers:
    """The verifier of every indicator of a set, by the indicator's id."""

    leads: dict[int, AgencyLabel]
    staffed: frozenset[int]

    def of(self, indicator_id: int) -> Verifier:
        lead = self.leads.get(indicator_id)
        return Verifier(lead, stands_in=lead is None or lead.id not in self.staffed)


def verifiers_of_set(criteria_set_id: int) -> Verifiers:
    """Three queries, whatever the number of indicators and agencies."""
    return Verifiers(leads_by_indicator(criteria_set_id), agencies_with_officers())


def agencies_with_officers() -> frozenset[int]:
    """Agencies of which somebody can sign in and verify."""
    people = User.objects.filter(
        is_active=True,
        agency__isnull=False,
        role__in=[Role.DEPARTMENT_OFFICER, Role.COORDINATOR],
    )
    return frozenset(people.order_by().values_list("agency_id", flat=True).distinct())
