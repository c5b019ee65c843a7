"""What the database refuses about a person, and what follows from the role."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from accounts.models import Role, User

pytestmark = pytest.mark.django_db
MESSAGE = "A commune officer needs a commune, a department officer an agency; others neither."


@pytest.mark.parametrize(
    ("role", "with_unit", "with_agency"),
    [
        (Role.COMMUNE_OFFICER, False, False),
        (Role.COMMUNE_OFFICER, True, True),
        (Role.COMMUNE_OFFICER, False, True),
        (Role.DEPARTMENT_OFFICER, False, False),
        (Role.DEPARTMENT_OFFICER, True, True),
        (Role.COORDINATOR, True, False),
        (Role.COORDINATOR, True, True),
        (Role.LEADER, True, False),
        (Role.LEADER, False, True),
        (Role.ADMINISTRATOR, True, False),
        (Role.ADMINISTRATOR, False, True),
        ("somebody", False, False),
    ],
)
def test_a_role_without_its_scope_is_refused_in_words_and_by_the_database(
    role, with_unit, with_agency, request
):
    user = User(username="x", role=role, password="!")
    user.unit = request.getfixturevalue("commune") if with_unit else None
    user.agency = request.getfixturevalue("agency") if with_agency else None
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        user.validate_constraints()
    assert refusal.value.messages == [MESSAGE]
    with pytest.raises(IntegrityError), transaction.atomic():
        user.save()


@pytest.mark.parametrize("role", list(Role))
def test_a_role_with_its_scope_is_taken(people, role):
    people[role].full_clean()


def test_a_coordinator_may_stand_beside_the_agencies():
    User.objects.create_user("co", role=Role.COORDINATOR)


def test_two_people_never_share_a_username(officer):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(officer.username, role=Role.LEADER)


@pytest.mark.parametrize("name", ["xa.ban-bo-2", "trung-tam-y-te", "phong.tai-chinh", "mttq"])
def test_usernames_may_have_dots_and_hyphens(name):
    User(username=name, role=Role.LEADER, password="!").full_clean()


def test_only_the_role_opens_the_administration(people):
    staff = {role for role, user in people.items() if user.is_staff or user.is_superuser}
    assert staff == {Role.ADMINISTRATOR}


def test_losing_the_role_closes_the_administration(administrator):
    administrator.role = Role.LEADER
    administrator.save(update_fields=["role"])
    administrator.refresh_from_db()
    assert not administrator.is_staff
    assert not administrator.is_superuser


def test_a_superuser_made_by_hand_is_an_administrator():
    user = User.objects.create_superuser("root-of-all", password="x")
    assert user.role == Role.ADMINISTRATOR
    assert user.is_staff
    assert user.is_superuser


def test_the_history_of_a_person_holds_no_password(officer):
    assert not hasattr(officer.history.first(), "password")


def test_a_leader_signs_in_the_chairmans_place_unless_told_otherwise(people):
    assert people[Role.LEADER].position == "vice_chairman"
    chairman = User.objects.create_user("ct", role=Role.LEADER, position="chairman")
    with translation.override("vi"):
        assert chairman.duty == "Chủ tịch"
    chairman.role = Role.ADMINISTRATOR
    chairman.save(update_fields=["role"])
    chairman.refresh_from_db()
    assert chairman.position == ""


def test_only_a_leader_has_a_position(people):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(role=Role.COORDINATOR).update(position="chairman")
    coordinator = people[Role.COORDINATOR]
    coordinator.position = "chairman"
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        coordinator.validate_constraints()
    assert refusal.value.messages == ["Only a leader has a position. Leave this empty."]
