"""The accounts of DESIGN §5: who they are, what they act for, and that the password works."""

import pytest
from django.contrib.auth import authenticate

from accounts.demonstration import DISTRICT_USERNAMES, PASSWORD, demonstration_accounts
from accounts.models import Role, User
from communes.models import AdministrativeUnit

pytestmark = pytest.mark.usefixtures("demo")

OFFICERS = {
    "phong.kinh-te-ha-tang": "kinh-te-ha-tang",
    "phong.tai-chinh": "tai-chinh",
    "phong.lao-dong": "lao-dong",
    "phong.tai-nguyen": "tai-nguyen",
    "phong.giao-duc": "giao-duc",
    "phong.van-hoa": "van-hoa",
    "phong.noi-vu": "noi-vu",
    "phong.tu-phap": "tu-phap",
    "trung-tam-y-te": "trung-tam-y-te",
    "cong-an": "cong-an",
    "quan-su": "quan-su",
    "mttq": "mttq",
    "hoi-nong-dan": "hoi-nong-dan",
    "hoi-phu-nu": "hoi-phu-nu",
    "doan-thanh-nien": "doan-thanh-nien",
}


def test_every_commune_of_the_programme_has_its_officer():
    communes = AdministrativeUnit.objects.in_programme()
    officers = User.objects.filter(role=Role.COMMUNE_OFFICER)
    assert {(o.username, o.unit.pk) for o in officers} == {
        (f"xa.{commune.slug}", commune.pk) for commune in communes
    }
    assert officers.count() == 12


def test_every_department_has_its_officer():
    officers = User.objects.filter(role=Role.DEPARTMENT_OFFICER)
    assert {o.username: o.agency.slug for o in officers} == OFFICERS


def test_the_standing_office_leads_and_the_district_reads():
    coordinator = User.objects.get(role=Role.COORDINATOR)
    assert coordinator.username == "phong.nong-nghiep"
    assert coordinator.agency.slug == "nong-nghiep"
    assert User.objects.get(role=Role.LEADER).username == "lanhdao"


def test_only_the_administrator_enters_the_administration():
    staff = User.objects.filter(is_staff=True)
    assert [(u.username, u.is_superuser, u.role) for u in staff] == [
        ("quantri", True, Role.ADMINISTRATOR)
    ]


@pytest.mark.parametrize("username", ["xa.ban-bo", "phong.nong-nghiep", "cong-an", "lanhdao"])
def test_the_password_signs_in(username, rf):
    assert authenticate(rf.get("/"), username=username, password=PASSWORD) is not None


def test_all_of_them_share_the_hash_of_one_password():
    assert PASSWORD == "nongthonmoi"
    assert len(set(User.objects.values_list("password", flat=True))) == 1


def test_no_person_is_invented_and_no_address_reaches_anybody():
    for user in User.objects.all():
        assert user.email == f"{user.username}@example.com"
        assert user.full_name.startswith(("Cán bộ ", "Lãnh đạo ", "Quản trị "))
    assert User.objects.get(username="xa.ban-bo").full_name == "Cán bộ xã Bản Bo"


def test_the_sign_in_page_names_all_thirty():
    named = {name for group in demonstration_accounts() for name, _scope in group.accounts}
    assert len(named) == 30
    assert named >= set(DISTRICT_USERNAMES)
