"""The demonstration accounts of DESIGN §5: one for each commune and agency, a leader, an administrator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from accounts.demonstration import COMMUNE_PREFIX, DISTRICT_USERNAMES, PASSWORD
from accounts.models import Position, Role, User
from assessments.demonstration.errors import NotPossible
from communes.models import AdministrativeUnit, Agency

LEADER, ADMINISTRATOR = "lanhdao", "quantri"


@dataclass
class People:
    """Who acts for whom in the demonstration."""

    by_unit: dict[str, User]
    by_agency: dict[int, User]
    coordinator: User | None = None


def usernames(units: Iterable[AdministrativeUnit]) -> set[str]:
    return {*DISTRICT_USERNAMES, *(f"{COMMUNE_PREFIX}{unit.slug}" for unit in units)}


def add_accounts(units: Iterable[AdministrativeUnit], agencies: Iterable[Agency]) -> int:
    """Create the accounts that are missing and say how many; one that exists stays as it is."""
    known = set(
        User.objects.filter(username__in=usernames(units)).values_list("username", flat=True)
    )
    missing = [user for user in _wanted(units, agencies) if user.username not in known]
    password = make_password(PASSWORD) if missing else ""  # slow on purpose: once for all
    for user in missing:
        user.password = password
        user.email = f"{user.username}@example.com"
        user.save()
    return len(missing)


def people_of(units: Iterable[AdministrativeUnit], agencies: Iterable[Agency]) -> People:
    """Who acts in the figures; NotPossible when an account of ours acts for somebody else."""
    stored = {user.username: user for user in User.objects.filter(username__in=usernames(units))}
    people = People({}, {})
    for wanted in _wanted(units, agencies):
        user = stored[wanted.username]
        if _scope(user) != _scope(wanted):
            raise NotPossible(
                f"The account {user.username} exists already and acts for somebody else. Rename "
                "it, then run `manage.py load_demo` again."
            )
        if wanted.unit is not None:
            people.by_unit[wanted.unit.slug] = user
        elif wanted.agency is not None:
            people.by_agency[wanted.agency_id] = user
        if user.is_coordinator:
            people.coordinator = user
    return people


def _scope(user: User) -> tuple:
    return user.role, user.unit_id, user.agency_id


def _wanted(units: Iterable[AdministrativeUnit], agencies: Iterable[Agency]) -> Iterator[User]:
    for unit in units:
        yield User(
            username=f"{COMMUNE_PREFIX}{unit.slug}",
            full_name=f"Cán bộ xã {unit.short_name}",
            role=Role.COMMUNE_OFFICER,
            unit=unit,
        )
    by_slug = {agency.slug: agency for agency in agencies}
    for username in DISTRICT_USERNAMES:
        if username == LEADER:
            yield User(
                username=LEADER,
                full_name="Lãnh đạo UBND huyện",
                role=Role.LEADER,
                position=Position.VICE_CHAIRMAN,
            )
        elif username == ADMINISTRATOR:
            yield User(
                username=ADMINISTRATOR, full_name="Quản trị hệ thống", role=Role.ADMINISTRATOR
            )
        else:
            yield _officer_of(by_slug[username.removeprefix("phong.")], username)


def _officer_of(agency: Agency, username: str) -> User:
    role = Role.COORDINATOR if agency.is_standing_office else Role.DEPARTMENT_OFFICER
    return User(username=username, full_name=f"Cán bộ {agency.name}", role=role, agency=agency)
