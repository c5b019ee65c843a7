"""The administration: who enters, what may be changed there, and what may only be looked at."""

import datetime as dt

import pytest
from django.contrib import admin
from django.utils import timezone

from accounts.models import Role, User
from assessments.models import (
    Assessment,
    Channel,
    Event,
    EventKind,
    IndicatorResult,
    MeasureValue,
)
from criteria.models import CriteriaSet, Criterion, Indicator, Measure, SetState, Threshold
from periods.models import PeriodState, ReportingPeriod
from tests.accounts.conftest import PASSWORD

pytestmark = [pytest.mark.urls("tests.accounts.pages_urlconf"), pytest.mark.django_db]
ENGLISH = {"accept-language": "en"}
USERS = "/admin/accounts/user/"


@pytest.fixture
def desk(client, administrator):
    """The administrator's browser."""
    client.force_login(administrator)
    return client


@pytest.fixture
def criteria_set():
    return CriteriaSet.objects.create(
        slug="ntm",
        code="318",
        name="Bộ tiêu chí",
        level="commune",
        tier="ntm",
        state=SetState.IN_FORCE,
        decision_number="318/QĐ-TTg",
        decision_date=dt.date(2022, 3, 8),
        valid_from=dt.date(2022, 3, 8),
        official_criteria=19,
        official_indicators=57,
    )


@pytest.fixture
def indicator(criteria_set):
    criterion = Criterion.objects.create(criteria_set=criteria_set, number=11, name="Nghèo")
    return Indicator.objects.create(criterion=criterion, code="11", position=1, text="Nghèo")


@pytest.fixture
def measure(indicator):
    return Measure.objects.create(indicator=indicator, key="value", kind="percentage")


@pytest.fixture
def threshold(measure):
    return Threshold.objects.create(measure=measure, operator="lte", value="13")


@pytest.fixture
def period():
    period = ReportingPeriod.plan(2023, 3)
    period.state, period.opened_at = PeriodState.OPEN, timezone.now()
    period.save()
    return period


@pytest.fixture
def facts(criteria_set, indicator, measure, period, commune, officer):
    """An assessment with one row, its value and what happened to it."""
    assessment = Assessment.objects.create(unit=commune, criteria_set=criteria_set, period=period)
    result = IndicatorResult.objects.create(assessment=assessment, indicator=indicator)
    value = MeasureValue.objects.create(result=result, measure=measure, number="39.05")
    event = Event.objects.create(
        assessment=assessment,
        result=result,
        kind=EventKind.ENTERED,
        at=timezone.now(),
        by=officer,
        channel=Channel.FORM,
    )
    return assessment, result, value, event


@pytest.mark.parametrize(
    "role", [Role.COMMUNE_OFFICER, Role.DEPARTMENT_OFFICER, Role.COORDINATOR, Role.LEADER]
)
@pytest.mark.parametrize("path", ["/admin/", USERS, "/admin/login/", "/admin/jsi18n/"])
def test_nobody_but_the_administrator_enters(client, people, role, path):
    client.force_login(people[role])
    assert client.get(path).status_code == 403


def test_not_even_with_the_flags_that_django_knows(client, people):
    leader = people[Role.LEADER]
    User.objects.filter(pk=leader.pk).update(is_staff=True, is_superuser=True)
    client.force_login(leader)
    assert client.get("/admin/").status_code == 403


def test_signed_out_one_is_asked_by_the_portals_own_page(client):
    assert client.get("/admin/")["Location"] == "/accounts/login/?next=/admin/"


def test_every_list_and_every_form_opens(desk, facts, threshold, agency):
    """Each model's list, with a search, and one change page."""
    for model, model_admin in admin.site._registry.items():
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert desk.get(base).status_code == 200, base
        if model_admin.search_fields:
            assert desk.get(base, {"q": "ban"}).status_code == 200, base
        row = model._default_manager.first()
        if row is not None:
            assert desk.get(f"{base}{row.pk}/change/").status_code == 200, base


@pytest.mark.parametrize("position", range(4))
def test_facts_are_only_looked_at(desk, facts, position):
    fact = facts[position]
    base = f"/admin/assessments/{fact._meta.model_name}/"
    assert desk.get(f"{base}add/").status_code == 403
    assert desk.get(f"{base}{fact.pk}/change/").status_code == 200
    assert desk.post(f"{base}{fact.pk}/change/", {"reason": "x"}).status_code == 403
    assert desk.post(f"{base}{fact.pk}/delete/", {"post": "yes"}).status_code == 403
    answer = desk.post(base, {"action": "delete_selected", "_selected_action": [fact.pk]})
    assert type(fact).objects.filter(pk=fact.pk).exists(), answer


def test_the_lists_of_facts_ask_as_often_for_many_rows_as_for_one(
    desk, facts, indicator, measure, django_assert_max_num_queries
):
    assessment = facts[0]
    for number in range(2, 12):
        other = Indicator.objects.create(
            criterion=indicator.criterion, code=f"11.{number}", position=number, text="x"
        )
        IndicatorResult.objects.create(assessment=assessment, indicator=other)
    with django_assert_max_num_queries(12):
        desk.get("/admin/assessments/indicatorresult/")


def new_person(**more) -> dict:
    return {
        "username": "xa.na-tam",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "full_name": "Lò Văn Nam",
        "email": "na-tam@tamduong.example",
        "role": Role.LEADER,
        "unit": "",
        "agency": "",
    } | more


def add(desk, **more):
    return desk.post(f"{USERS}add/", new_person(**more), headers=ENGLISH)


def errors_of(response) -> dict:
    return response.context["adminform"].form.errors


def test_an_officer_is_added_with_a_commune(desk, commune):
    assert add(desk, role=Role.COMMUNE_OFFICER, unit=commune.pk).status_code == 302
    officer = User.objects.get(username="xa.na-tam")
    assert officer.unit == commune
    assert officer.check_password(PASSWORD)
    assert not officer.is_staff


@pytest.mark.parametrize(
    ("role", "give", "field", "message"),
    [
        (Role.COMMUNE_OFFICER, [], "unit", "A commune officer needs a commune."),
        (Role.COMMUNE_OFFICER, ["district"], "unit", "Select a valid choice."),
        (Role.COMMUNE_OFFICER, ["commune", "agency"], "agency", "acts for no agency"),
        (Role.DEPARTMENT_OFFICER, [], "agency", "A department officer needs an agency."),
        (Role.LEADER, ["commune"], "unit", "Only a commune officer acts for a commune."),
        (Role.ADMINISTRATOR, ["agency"], "agency", "acts for no agency"),
        (Role.COORDINATOR, ["commune"], "unit", "Only a commune officer"),
    ],
)
def test_a_role_without_its_scope_is_refused_beside_the_field(
    desk, request, role, give, field, message
):
    scope = {name: request.getfixturevalue(name).pk for name in give}
    if "district" in scope:
        scope["unit"] = scope.pop("district")
    if "commune" in scope:
        scope["unit"] = scope.pop("commune")
    errors = errors_of(add(desk, role=role, **scope))
    assert message in " ".join(errors[field])
    assert not User.objects.filter(username="xa.na-tam").exists()


def test_a_commune_that_is_no_more_is_offered_only_to_whom_it_has(desk, commune, officer):
    commune.valid_to = dt.date(2020, 12, 31)
    commune.save()
    assert "unit" in errors_of(add(desk, role=Role.COMMUNE_OFFICER, unit=commune.pk))
    data = {"username": officer.username, "full_name": "Mới", "email": "", "is_active": "on"}
    data |= {"role": officer.role, "unit": commune.pk, "agency": ""}
    assert desk.post(f"{USERS}{officer.pk}/change/", data).status_code == 302


def test_a_username_is_kept_in_small_letters_and_never_twice(desk, officer):
    assert add(desk, username="Lanhdao.Moi").status_code == 302
    assert User.objects.filter(username="lanhdao.moi").exists()
    assert "username" in errors_of(add(desk, username="XA.Ban-Bo"))


def test_the_password_rules_hold_for_the_administrator_too(desk):
    assert errors_of(add(desk, password1="ngắn", password2="ngắn"))["password2"]


def test_an_account_without_a_password_waits_for_its_owner(desk):
    assert add(desk, usable_password="false", password1="", password2="").status_code == 302
    assert not User.objects.get(username="xa.na-tam").has_usable_password()


def test_nobody_takes_the_own_role_away(desk, administrator):
    data = {"username": "quantri", "full_name": "Q", "email": "", "role": Role.LEADER}
    assert desk.post(f"{USERS}{administrator.pk}/change/", data).status_code == 302
    administrator.refresh_from_db()
    assert administrator.role == Role.ADMINISTRATOR
    assert administrator.is_active


def test_an_account_is_switched_off_and_never_deleted(desk, officer):
    assert desk.post(f"{USERS}{officer.pk}/delete/", {"post": "yes"}).status_code == 403
    data = {"username": officer.username, "full_name": "", "email": "", "role": officer.role}
    desk.post(f"{USERS}{officer.pk}/change/", data | {"unit": officer.unit_id})
    officer.refresh_from_db()
    assert not officer.is_active
    assert officer.check_password(PASSWORD)


def test_a_changed_definition_raises_the_revision_of_its_set(desk, indicator, criteria_set):
    data = {
        "criterion": indicator.criterion_id,
        "code": "11",
        "position": 1,
        "text": "Tỷ lệ nghèo đa chiều",
        "certainty": "verified",
        "measures-TOTAL_FORMS": 0,
        "measures-INITIAL_FORMS": 0,
    }
    path = f"/admin/criteria/indicator/{indicator.pk}/change/"
    assert desk.post(path, data).status_code == 302
    criteria_set.refresh_from_db()
    assert criteria_set.revision == 2


def test_in_a_set_in_force_numbers_stay_and_nothing_is_deleted(desk, measure, criteria_set):
    """Rows of closed quarters, the API and papers are found by them."""
    indicator = measure.indicator
    data = {
        "criterion": indicator.criterion_id,
        "code": "11.9",
        "position": 1,
        "text": "Tỷ lệ nghèo đa chiều",
        "certainty": "verified",
        "measures-TOTAL_FORMS": 1,
        "measures-INITIAL_FORMS": 1,
        "measures-0-id": measure.pk,
        "measures-0-indicator": indicator.pk,
        "measures-0-key": "other",
        "measures-0-kind": "percentage",
        "measures-0-direction": measure.direction,
        "measures-0-position": measure.position,
        "measures-0-decimals": measure.decimals,
        "measures-0-choices": "[]",
        "measures-0-DELETE": "on",
    }
    answer = desk.post(f"/admin/criteria/indicator/{indicator.pk}/change/", data)
    assert answer.status_code == 302, answer.context["errors"]
    indicator.refresh_from_db()
    measure.refresh_from_db()
    assert (indicator.code, measure.key) == ("11", "value")
    assert indicator.text == "Tỷ lệ nghèo đa chiều"
    for name, pk in (
        ("criterion", indicator.criterion_id),
        ("indicator", indicator.pk),
        ("measure", measure.pk),
    ):
        address = f"/admin/criteria/{name}/{pk}/delete/"
        assert desk.post(address, {"post": "yes"}).status_code == 403
        ticked = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
        desk.post(f"/admin/criteria/{name}/", ticked)
    assert Measure.objects.filter(pk=measure.pk).exists()


def test_a_draft_can_still_be_numbered_anew(desk, indicator, criteria_set):
    CriteriaSet.objects.update(state=SetState.DRAFT)
    page = desk.get(f"/admin/criteria/indicator/{indicator.pk}/change/").content.decode()
    assert 'name="code"' in page
    CriteriaSet.objects.update(state=SetState.IN_FORCE)
    page = desk.get(f"/admin/criteria/indicator/{indicator.pk}/change/").content.decode()
    assert 'name="code"' not in page
    assert 'name="text"' in page


def test_a_deleted_measure_raises_it_too(desk, measure, criteria_set):
    CriteriaSet.objects.update(state=SetState.DRAFT)
    assert desk.post(f"/admin/criteria/measure/{measure.pk}/delete/", {"post": "yes"})
    criteria_set.refresh_from_db()
    assert criteria_set.revision == 2
    assert not Measure.objects.exists()


def test_a_change_that_is_refused_raises_nothing(desk, indicator, criteria_set):
    desk.post(f"/admin/criteria/indicator/{indicator.pk}/change/", {"code": ""})
    criteria_set.refresh_from_db()
    assert criteria_set.revision == 1


def test_a_level_is_closed_and_never_edited(desk, threshold, criteria_set):
    path = f"/admin/criteria/threshold/{threshold.pk}/change/"
    desk.post(path, {"value": "99", "operator": "gte", "valid_to": "2023-12-31"}, headers=ENGLISH)
    threshold.refresh_from_db()
    assert (threshold.operator, threshold.value) == ("lte", 13)
    assert threshold.valid_to == dt.date(2023, 12, 31)
    criteria_set.refresh_from_db()
    assert criteria_set.revision == 2


def test_what_was_changed_is_shown_and_not_turned_back(desk, threshold, commune):
    """A revert would edit a level that was used, past the revision of its set."""
    commune.short_name = "Bản Bo mới"
    commune.save()
    base = f"/admin/communes/administrativeunit/{commune.pk}/history/"
    listed = desk.get(base, headers=ENGLISH).content.decode()
    assert "Bản Bo → Bản Bo mới" in listed
    assert "style=" not in listed.split('id="change-history"')[1]
    first = commune.history.last()
    assert desk.get(f"{base}{first.pk}/").status_code == 200
    assert desk.post(f"{base}{first.pk}/", {"name": "x"}).status_code == 403
    commune.refresh_from_db()
    assert commune.short_name == "Bản Bo mới"
    record = threshold.history.first()
    threshold.valid_to = dt.date(2023, 12, 31)
    threshold.save()
    desk.post(f"/admin/criteria/threshold/{threshold.pk}/history/{record.pk}/", {"valid_to": ""})
    threshold.refresh_from_db()
    assert threshold.valid_to == dt.date(2023, 12, 31)


def test_a_quarter_is_not_opened_around_the_action(desk, period):
    path = f"/admin/periods/reportingperiod/{period.pk}/change/"
    due = period.due_on
    desk.post(path, {"due_on": "2023-09-29", "state": "closed"}, headers=ENGLISH)
    period.refresh_from_db()
    assert period.state == PeriodState.OPEN
    assert period.due_on == due


def test_quarters_are_neither_added_nor_deleted_here(desk, period):
    data = {"year": 2024, "quarter": 1}
    assert desk.post("/admin/periods/reportingperiod/add/", data).status_code == 403
    path = f"/admin/periods/reportingperiod/{period.pk}/delete/"
    assert desk.post(path, {"post": "yes"}).status_code == 403
    assert ReportingPeriod.objects.count() == 1
