"""May this person? Predicates, permissions that are named, and the table of pages.

Only *who* is asked here. Whether the state of a row allows an act is ``assessments.workflow``'s
question, and which rows exist for a person is answered by ``visible_to`` on the querysets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import rules

from accounts.models import DISTRICT_ROLES, Role, User


def _has_role(name: str, *roles: Role) -> rules.Predicate:
    return rules.Predicate(lambda user: user.is_active and user.role in roles, name=name)


is_commune_officer = _has_role("is_commune_officer", Role.COMMUNE_OFFICER)
is_department_officer = _has_role("is_department_officer", Role.DEPARTMENT_OFFICER)
is_coordinator = _has_role("is_coordinator", Role.COORDINATOR)
is_leader = _has_role("is_leader", Role.LEADER)
is_administrator = _has_role("is_administrator", Role.ADMINISTRATOR)
sees_district = _has_role("sees_district", *DISTRICT_ROLES)


@rules.predicate
def acts_for_unit(user: User, unit_id: int | None) -> bool:
    """The person's own commune."""
    return unit_id is not None and user.unit_id == unit_id


@rules.predicate
def acts_for_agency(user: User, agency_id: int | None) -> bool:
    """The person's own agency."""
    return agency_id is not None and user.agency_id == agency_id


#: The third argument of ``may`` is the id of the unit or agency that the act is for.
PERMISSIONS: Mapping[str, rules.Predicate] = MappingProxyType(
    {
        "assessments.enter": is_commune_officer & acts_for_unit,
        "assessments.submit": is_commune_officer & acts_for_unit,
        "assessments.verify": (is_department_officer | is_coordinator) & acts_for_agency,
        "assessments.stand_in": is_coordinator,
        "assessments.accept": is_coordinator,
        "assessments.reopen": is_coordinator | is_administrator,
        "assessments.comment": (is_commune_officer & acts_for_unit)
        | is_department_officer
        | is_coordinator
        | is_administrator,
        "evidence.see_removed": is_coordinator | is_administrator,
        "assessments.extend": is_coordinator | is_administrator,
        "periods.steer": is_coordinator | is_administrator,
        "criteria.confirm": is_coordinator | is_administrator,
        "criteria.ask_evidence": is_coordinator | is_administrator,
        "reports.compose": is_coordinator | is_administrator,
        "reports.publish": is_leader,
        "reports.read_drafts": is_coordinator | is_leader | is_administrator,
        "reports.write_for_unit": is_commune_officer & acts_for_unit,
        "reports.write_for_agency": is_department_officer & acts_for_agency,
        "reports.decide": is_coordinator | is_administrator,
        "accounts.administer": is_administrator,
    }
)
for _name, _predicate in PERMISSIONS.items():
    rules.set_perm(_name, _predicate)


def may(user: User, permission: str, scope_id: int | None = None) -> bool:
    """Whether a person may do something named in ``PERMISSIONS``.

    Asked here and not through ``user.has_perm``: Django answers that one with yes for every
    superuser, but not even the administrator enters figures for a commune. A permission that is
    not in the table is a mistake in the code (``KeyError``), never a silent no.
    """
    return user.is_authenticated and PERMISSIONS[permission].test(user, scope_id)


def may_enter_for(user: User, unit_id: int) -> bool:
    """Enter, keep unchanged and submit: only an officer of that very commune."""
    return may(user, "assessments.enter", unit_id)


def may_verify_for(user: User, agency_id: int | None, *, stands_in: bool) -> bool:
    """Verify and return: officers of the leading agency; else the standing office in its place."""
    if stands_in:
        return may(user, "assessments.stand_in")
    return may(user, "assessments.verify", agency_id)


def may_accept(user: User) -> bool:
    """Complete and accept what a commune sent: the standing office."""
    return may(user, "assessments.accept")


def may_reopen(user: User) -> bool:
    return may(user, "assessments.reopen")


def may_comment_on(user: User, unit_id: int) -> bool:
    """Write into the thread of a row that the person may see; a leader only reads."""
    return may(user, "assessments.comment", unit_id)


def may_steer(user: User) -> bool:
    """Open and close quarters and lift due dates."""
    return may(user, "periods.steer")


@dataclass(frozen=True, slots=True)
class Access:
    """Who may open a page at all: the first of three locks, before permission and scope."""

    public: bool = False
    roles: frozenset[Role] = frozenset(Role)
    only_in_demo: bool = False
    #: The view answers by itself, with 401 or 403 as JSON (Django REST framework).
    answers_itself: bool = False

    def allows(self, user: User) -> bool:
        return self.public or (user.is_authenticated and user.role in self.roles)


PUBLIC = Access(public=True)
SIGNED_IN = Access()
COMMUNE = Access(roles=frozenset({Role.COMMUNE_OFFICER}))
VERIFYING = Access(roles=frozenset({Role.DEPARTMENT_OFFICER, Role.COORDINATOR}))
#: Everybody of the district reads what is verified; a commune sees its own on its form.
DISTRICT = Access(roles=frozenset(Role) - {Role.COMMUNE_OFFICER})
COORDINATOR = Access(roles=frozenset({Role.COORDINATOR}))
WRITERS = Access(roles=frozenset(Role) - {Role.LEADER})
DRAFT_READERS = Access(roles=DISTRICT_ROLES)
STANDING_OFFICE = Access(roles=frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}))
ADMINISTRATION = Access(roles=frozenset({Role.ADMINISTRATOR}))
API = Access(answers_itself=True)
DEMONSTRATION = Access(public=True, only_in_demo=True)

#: URL name, or a namespace as ``name:*``, to who may open it. The namespace's own lines go first.
PAGES: Mapping[str, Access] = MappingProxyType(
    {
        "healthz": PUBLIC,
        "favicon": PUBLIC,
        "set_language": PUBLIC,
        "style": DEMONSTRATION,
        "account_login": PUBLIC,
        "account_logout": PUBLIC,
        "account_inactive": PUBLIC,
        "account_signup": PUBLIC,
        "account_reset_password": PUBLIC,
        "account_reset_password_done": PUBLIC,
        "account_reset_password_from_key": PUBLIC,
        "account_reset_password_from_key_done": PUBLIC,
        "account_home": SIGNED_IN,
        "account_change_password": SIGNED_IN,
        "account_set_password": SIGNED_IN,
        "account_reauthenticate": SIGNED_IN,
        "my_work": SIGNED_IN,
        "assessments:list": SIGNED_IN,
        "assessments:entry": SIGNED_IN,
        "assessments:row": COMMUNE,
        "assessments:row_history": SIGNED_IN,
        "assessments:comment": WRITERS,
        "assessments:history": SIGNED_IN,
        "assessments:evidence": SIGNED_IN,
        "evidence:download": SIGNED_IN,
        "evidence:preview": SIGNED_IN,
        "evidence:view": SIGNED_IN,
        "evidence:describe": COMMUNE,
        "evidence:remove": COMMUNE,
        "assessments:unchanged": COMMUNE,
        "assessments:rechecked": COMMUNE,
        "assessments:unchanged_all": COMMUNE,
        "assessments:submit": COMMUNE,
        "assessments:extend": STANDING_OFFICE,
        "notices:list": SIGNED_IN,
        "notices:read": SIGNED_IN,
        "notices:read_all": SIGNED_IN,
        "notices:settings": SIGNED_IN,
        "periods:list": SIGNED_IN,
        "periods:detail": SIGNED_IN,
        "periods:plan": STANDING_OFFICE,
        "periods:open": STANDING_OFFICE,
        "periods:extend": STANDING_OFFICE,
        "periods:close": STANDING_OFFICE,
        "periods:reopen": STANDING_OFFICE,
        "assessments:complete": COORDINATOR,
        "assessments:accept": COORDINATOR,
        "assessments:reopen": STANDING_OFFICE,
        "verification:queue": DISTRICT,
        "verification:quarter": DISTRICT,
        "verification:criterion": DISTRICT,
        "verification:row": VERIFYING,
        "verification:confirm": VERIFYING,
        "dashboard:overview": SIGNED_IN,
        "dashboard:chart": SIGNED_IN,
        "criteria:sets": SIGNED_IN,
        "reports:archive": SIGNED_IN,
        "reports:start": STANDING_OFFICE,
        "reports:compare": SIGNED_IN,
        "reports:verify": SIGNED_IN,
        "reports:verify_form": SIGNED_IN,
        "reports:verify_file": SIGNED_IN,
        "reports:download": SIGNED_IN,
        "reports:summary": SIGNED_IN,
        "reports:issue": SIGNED_IN,
        "reports:chart": SIGNED_IN,
        "reports:preview": DRAFT_READERS,
        "reports:act": DRAFT_READERS,
        "reports:ask": SIGNED_IN,
        "reports:progress": SIGNED_IN,
        "reports:texts": STANDING_OFFICE,
        "reports:discard": STANDING_OFFICE,
        "reports:written": SIGNED_IN,
        "reports:written_report": SIGNED_IN,
        "reports:written_decide": STANDING_OFFICE,
        "criteria:set_detail": SIGNED_IN,
        "criteria:unconfirmed": STANDING_OFFICE,
        "criteria:confirm": STANDING_OFFICE,
        "criteria:evidence": STANDING_OFFICE,
        "criteria:ask_evidence": STANDING_OFFICE,
        "api:docs": SIGNED_IN,
        "api:*": API,
        "admin:*": ADMINISTRATION,
    }
)


def access_to(view_name: str) -> Access | None:
    """The line of a page in ``PAGES``, or None when somebody forgot to write it."""
    namespace = view_name.partition(":")[0] if ":" in view_name else None
    return PAGES.get(view_name) or PAGES.get(f"{namespace}:*")
