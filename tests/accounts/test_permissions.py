"""What each role may do, read like a policy paper."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Role
from accounts.permissions import (
    PERMISSIONS,
    acts_for_agency,
    acts_for_unit,
    may,
    may_enter_for,
    may_steer,
)

pytestmark = pytest.mark.django_db

#: permission -> the roles that have it, for their own unit or agency.
POLICY = {
    "assessments.enter": {Role.COMMUNE_OFFICER},
    "assessments.submit": {Role.COMMUNE_OFFICER},
    "assessments.verify": {Role.DEPARTMENT_OFFICER, Role.COORDINATOR},
    "assessments.stand_in": {Role.COORDINATOR},
    "assessments.accept": {Role.COORDINATOR},
    "assessments.reopen": {Role.COORDINATOR, Role.ADMINISTRATOR},
    "assessments.comment": set(Role) - {Role.LEADER},
    "assessments.extend": {Role.COORDINATOR, Role.ADMINISTRATOR},
    "periods.steer": {Role.COORDINATOR, Role.ADMINISTRATOR},
    "criteria.confirm": {Role.COORDINATOR, Role.ADMINISTRATOR},
    "criteria.ask_evidence": {Role.COORDINATOR, Role.ADMINISTRATOR},
    "evidence.see_removed": {Role.COORDINATOR, Role.ADMINISTRATOR},
    "reports.write_for_unit": {Role.COMMUNE_OFFICER},
    "reports.write_for_agency": {Role.DEPARTMENT_OFFICER},
    "reports.decide": {Role.COORDINATOR, Role.ADMINISTRATOR},
    "reports.compose": {Role.COORDINATOR, Role.ADMINISTRATOR},
    "reports.publish": {Role.LEADER},
    "reports.read_drafts": {Role.COORDINATOR, Role.LEADER, Role.ADMINISTRATOR},
    "accounts.administer": {Role.ADMINISTRATOR},
}


def test_the_policy_names_every_permission():
    assert set(POLICY) == set(PERMISSIONS)


@pytest.mark.parametrize("permission", sorted(POLICY))
def test_a_permission_is_had_by_the_roles_of_the_policy_and_no_other(people, permission):
    had = {
        role
        for role, user in people.items()
        if may(user, permission, user.unit_id or user.agency_id)
    }
    assert had == POLICY[permission]


@pytest.mark.parametrize("permission", sorted(POLICY))
def test_nobody_has_a_permission_without_signing_in(permission):
    assert not may(AnonymousUser(), permission, 1)


@pytest.mark.parametrize("permission", sorted(POLICY))
def test_an_account_that_is_switched_off_has_none(people, permission):
    for user in people.values():
        user.is_active = False
        assert not may(user, permission, user.unit_id or user.agency_id)


def test_a_permission_that_does_not_exist_is_a_mistake_and_not_a_no(officer):
    with pytest.raises(KeyError):
        may(officer, "assessments.entre", officer.unit_id)


def test_an_officer_enters_for_the_own_commune_only(officer):
    assert may_enter_for(officer, officer.unit_id)
    assert not may_enter_for(officer, officer.unit_id + 1)


def test_not_even_the_administrator_enters_for_a_commune(administrator, commune):
    assert not may_enter_for(administrator, commune.pk)


def test_an_agency_verifies_for_itself_only(people, agency):
    assert may(people[Role.DEPARTMENT_OFFICER], "assessments.verify", agency.pk)
    assert not may(people[Role.DEPARTMENT_OFFICER], "assessments.verify", agency.pk + 1)


def test_no_scope_is_nobodys_scope(people):
    """A person without a commune does not act for a row without one."""
    leader = people[Role.LEADER]
    assert not acts_for_unit(leader, None)
    assert not acts_for_agency(leader, None)


def test_the_standing_office_steers(people):
    assert {role for role, user in people.items() if may_steer(user)} == {
        Role.COORDINATOR,
        Role.ADMINISTRATOR,
    }
