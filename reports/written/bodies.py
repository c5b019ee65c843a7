"""Who must report: every commune of the programme, and every agency with a duty in it.

Agencies are those that lead an indicator (directive, 1.6) and the Fatherland Front with the mass
organisations (directive, 2). The standing office receives the reports and writes none to itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Role, User
from assignments.models import Duty, IndicatorAssignment
from communes.models import AdministrativeUnit, Agency, AgencyKind
from periods.models import ReportingPeriod

Level = Literal["communes", "agencies"]


@dataclass(frozen=True, slots=True)
class Body:
    """A commune or an agency that reports."""

    level: Level
    id: int
    slug: str
    name: str
    short_name: str

    @property
    def is_agency(self) -> bool:
        return self.level == "agencies"

    @property
    def key(self) -> dict[str, int]:
        """How a report points to it."""
        return {"agency_id": self.id} if self.is_agency else {"unit_id": self.id}


def body_of_unit(unit: AdministrativeUnit) -> Body:
    return Body("communes", unit.pk, unit.slug, unit.name, unit.short_name)


def body_of_agency(agency: Agency) -> Body:
    return Body("agencies", agency.pk, agency.slug, agency.name, agency.short_name)


def reporting_units(period: ReportingPeriod) -> QuerySet:
    return (
        AdministrativeUnit.objects.in_programme()
        .filter(parent__slug=settings.PORTAL_DISTRICT)
        .valid_on(period.data_to)
        .order_by("sort_key", "pk")
    )


def reporting_agencies() -> QuerySet:
    leads = IndicatorAssignment.objects.filter(agency=OuterRef("pk"), duty=Duty.LEAD)
    return (
        Agency.objects.filter(
            Q(Exists(leads)) | Q(kind=AgencyKind.FRONT),
            unit__slug=settings.PORTAL_DISTRICT,
            is_standing_office=False,
        )
        .distinct()
        .order_by("kind", "sort_key")
    )


def bodies(period: ReportingPeriod) -> list[Body]:
    """Everybody of whom a report is asked for a quarter; two queries."""
    return [
        *(body_of_agency(agency) for agency in reporting_agencies()),
        *(body_of_unit(unit) for unit in reporting_units(period)),
    ]


def find_body(period: ReportingPeriod, level: str, slug: str, user: User) -> Body | None:
    """The body at an address, when it must report and the person may see its reports."""
    if level == "agencies":
        agency = reporting_agencies().filter(slug=slug).first()
        body = body_of_agency(agency) if agency else None
    else:
        unit = reporting_units(period).filter(slug=slug).first()
        body = body_of_unit(unit) if unit else None
    return body if body and sees(user, body) else None


def sees(user: User, body: Body) -> bool:
    if user.sees_district:
        return True
    if user.role == Role.COMMUNE_OFFICER:
        return not body.is_agency and body.id == user.unit_id
    return body.is_agency and body.id == user.agency_id


def own_body(user: User, period: ReportingPeriod) -> Body | None:
    """The body that a person writes for; None for whoever writes for none. One query."""
    if user.role == Role.COMMUNE_OFFICER:
        unit = reporting_units(period).filter(pk=user.unit_id).first()
        return body_of_unit(unit) if unit else None
    if user.role == Role.DEPARTMENT_OFFICER:
        agency = reporting_agencies().filter(pk=user.agency_id).first()
        return body_of_agency(agency) if agency else None
    return None
