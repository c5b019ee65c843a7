"""One person of every role, with a commune and an agency to act for."""

import pytest
from django.utils import translation

from accounts.models import Role, User
from communes.models import AdministrativeUnit, Agency, AgencyKind, Level, UnitKind

PASSWORD = "lúa-nương-mùa-gặt"


@pytest.fixture(autouse=True)
def in_english(settings):
    """These tests name sentences by their msgid; tests/house/test_catalogue.py sees to the rest."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def district(db):
    return AdministrativeUnit.objects.create(
        code="107",
        name="Huyện Tam Đường",
        short_name="Tam Đường",
        slug="tam-duong",
        level=Level.DISTRICT,
        kind=UnitKind.DISTRICT,
    )


@pytest.fixture
def commune(district):
    return AdministrativeUnit.objects.create(
        code="03400",
        name="Xã Bản Bo",
        short_name="Bản Bo",
        slug="ban-bo",
        level=Level.COMMUNE,
        kind=UnitKind.COMMUNE,
        parent=district,
        in_programme=True,
    )


@pytest.fixture
def agency(district):
    return Agency.objects.create(
        slug="nong-nghiep",
        name="Phòng Nông nghiệp và Phát triển nông thôn",
        short_name="Phòng NN&PTNT",
        kind=AgencyKind.DEPARTMENT,
        unit=district,
        is_standing_office=True,
    )


@pytest.fixture
def people(commune, agency) -> dict[str, User]:
    """One person of each role."""
    scopes = {
        Role.COMMUNE_OFFICER: {"username": "xa.ban-bo", "unit": commune},
        Role.DEPARTMENT_OFFICER: {"username": "phong.noi-vu", "agency": agency},
        Role.COORDINATOR: {"username": "phong.nong-nghiep", "agency": agency},
        Role.LEADER: {"username": "lanhdao"},
        Role.ADMINISTRATOR: {"username": "quantri"},
    }
    return {
        role: User.objects.create_user(
            password=PASSWORD,
            role=role,
            email=f"{scope['username']}@tamduong.example",
            **scope,
        )
        for role, scope in scopes.items()
    }


@pytest.fixture
def officer(people) -> User:
    return people[Role.COMMUNE_OFFICER]


@pytest.fixture
def administrator(people) -> User:
    return people[Role.ADMINISTRATOR]
