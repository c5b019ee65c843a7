"""The demonstration accounts of DESIGN §5: one for each commune and agency, a leader, an administrator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from accounts.demonstration import COMMUNE_PREFIX, DISTRICT_USERNAMES, PASSWORD
from accounts.models import Role, User
from communes.models import AdministrativeUnit, Agency

LEADER, ADMINISTRATOR = "lanhdao", "quantri"


@dataclass(frozen=True)
class People:
    """Who acts for whom in the demonstration."""

    by_unit: dict[str, User]
    by_agency: dict[int, User]
    coordinator: User


def add_people(
    units: Iterable[AdministrativeUnit], agencies: Iterable[Agency]
) -> tuple[People, int]:
    """Create the accounts that are missing; an account that exists stays as it is."""
    password = make_password(PASSWORD)  # slow on purpose, so once for all
    known = {user.username: user for user in User.objects.all()}
    added = 0
    for user in _wanted(units, agencies):
        if user.username not in known:
            user.password = password
            user.email = f"{user.username}@example.com"
            user.save()
            known[user.username] = user
            added += 1
    ours = [known[name] for name in known if name in _usernames(units)]
    coordinator = next(user for user in ours if user.role == Role.COORDINATOR)
    slugs = {unit.pk: unit.slug for unit in units}
    people = People(
        by_unit={slugs[u.unit_id]: u for u in ours if u.role == Role.COMMUNE_OFFICER},
        by_agency={u.agency_id: u for u in ours if u.agency_id is not None},
        coordinator=coordinator,
    )
    return people, added


def _usernames(units: Iterable[AdministrativeUnit]) -> set[str]:
    return {*DISTRICT_USERNAMES, *(f"{COMMUNE_PREFIX}{unit.slug}" for unit in units)}


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
            yield User(username=LEADER, full_name="Lãnh đạo UBND huyện", role=Role.LEADER)
        elif username == ADMINISTRATOR:
            yield User(
                username=ADMINISTRATOR, full_name="Quản trị hệ thống", role=Role.ADMINISTRATOR
            )
        else:
            yield _officer_of(by_slug[username.removeprefix("phong.")], username)


def _officer_of(agency: Agency, username: str) -> User:
    role = Role.COORDINATOR if agency.is_standing_office else Role.DEPARTMENT_OFFICER
    return User(username=username, full_name=f"Cán bộ {agency.name}", role=role, agency=agency)
