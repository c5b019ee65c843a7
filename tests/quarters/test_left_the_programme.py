"""A commune leaves the programme while a quarter is open: every count speaks of the same communes."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import Role
from assessments.closing import closing_report, counted_by_indicator
from assessments.errors import Changed
from assessments.models import FrozenQuarter, Notice, QuarterEvent
from assessments.statistics import headline
from communes.models import AdministrativeUnit
from criteria.models import CriteriaSet
from tests import factories
from tests.quarters.test_decisions import close, period
from tests.quarters.test_pages import client_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


def leave(slug="na-tam") -> None:
    """Past every check, as a database from before them may have it."""
    AdministrativeUnit.objects.filter(slug=slug).update(in_programme=False)


def counted_rows() -> int:
    return headline(period(), CriteriaSet.objects.get(slug="ntm")).indicators


def test_closing_counts_the_rows_that_the_statistics_count():
    leave()
    report = closing_report(period())
    rows = report.verified + report.only_declared + report.missing
    assert rows == counted_rows() == 11 * 57
    by_indicator = counted_by_indicator(period()).values()
    assert sum(one.verified + one.only_declared + one.missing for one in by_indicator) == rows
    assert [one.unit.slug for one in report.not_counted] == ["na-tam"]


def test_the_page_the_event_the_notices_and_what_is_kept_speak_of_the_same_communes():
    factories.officer("na-tam")
    leader = factories.leader()
    leave()
    page = words(client_of(factories.coordinator()).get("/periods/2023-q3/close/"))
    assert "627 rows without figures" in page
    assert "Not counted: Xã Nà Tăm, which the programme no longer assesses." in page
    close()
    event = QuarterEvent.objects.get(kind="closed", period=period())
    assert (event.after["assessments"], event.after["missing"]) == (11, 627)
    assert event.after["not_counted"] == 1
    told = Notice.objects.get(kind="closed", recipient=leader).facts
    assert (told["assessments"], told["missing"]) == (11, 627)
    assert not Notice.objects.filter(kind="closed", recipient=factories.officer("na-tam")).exists()
    assert len(FrozenQuarter.objects.get(period=period()).units) == 11
    assert counted_rows() == 627
    page = words(client_of(factories.coordinator()).get("/periods/2023-q3/"))
    assert "1 assessment not counted: its commune is no longer assessed." in page


def test_a_commune_that_leaves_after_the_page_was_read_changes_what_is_closed():
    fingerprint = closing_report(period()).fingerprint
    leave()
    with pytest.raises(Changed):
        close(fingerprint=fingerprint)


def test_nothing_is_said_of_communes_left_out_where_there_is_none():
    page = words(client_of(factories.coordinator()).get("/periods/2023-q3/close/"))
    assert "Not counted" not in page
    assert "not_counted" not in closing_report(period()).facts


def admin_form(client: Client, unit: AdministrativeUnit) -> dict:
    address = f"/admin/communes/administrativeunit/{unit.pk}/change/"
    given = client.get(address).context["adminform"].form.initial
    data = {name: value for name, value in given.items() if value not in (None, False)}
    inline = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 0}
    return data | {f"succeeded_by-{name}": n for name, n in inline.items()}


def test_the_administration_refuses_while_a_quarter_is_open_and_says_so_beside_the_field():
    unit = factories.unit("na-tam")
    client = client_of(factories.person(Role.ADMINISTRATOR), "vi")
    address = f"/admin/communes/administrativeunit/{unit.pk}/change/"
    data = admin_form(client, unit)
    data.pop("in_programme")
    answer = client.post(address, data)
    (sentence,) = answer.context["adminform"].form.errors["in_programme"]
    assert "Xã này có phiếu đánh giá trong quý đang mở (Quý III năm 2023)" in sentence
    unit.refresh_from_db()
    assert unit.in_programme
    assert client.post(address, data | {"in_programme": "on"}).status_code == 302


def test_once_the_quarters_are_closed_a_commune_may_leave_and_be_edited_afterwards():
    for slug in ("2023-q2", "2023-q3"):
        if period(slug).is_open:
            close(slug)
    unit = factories.unit("na-tam")
    unit.in_programme = False
    unit.full_clean()
    unit.save()
    unit.full_clean()


def test_one_that_left_before_the_check_was_there_can_still_be_edited():
    leave()
    AdministrativeUnit.objects.get(slug="na-tam", in_programme=False).full_clean()


def test_the_same_is_refused_where_units_are_imported():
    unit = factories.unit("na-tam")
    unit.in_programme = False
    with pytest.raises(ValidationError) as refused:
        unit.full_clean()
    assert set(refused.value.message_dict) == {"in_programme"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("valid_to", dt.date(2023, 9, 13)),
        ("valid_from", dt.date(2023, 9, 15)),
        ("level", "village"),
        ("parent", None),
        ("parent", "lai-chau"),
    ],
)
def test_nor_does_it_leave_by_its_days_its_level_or_its_district(field, value):
    unit = factories.unit("na-tam")
    unit.full_clean()
    stored = AdministrativeUnit.objects.get(slug=value) if value == "lai-chau" else value
    setattr(unit, field, stored)
    with pytest.raises(ValidationError) as refused:
        unit.full_clean()
    assert set(refused.value.message_dict) == {field}
    assert "2023" in refused.value.message_dict[field][0]


@pytest.mark.parametrize("day", [dt.date(2023, 9, 14), dt.date(2025, 6, 30)])
def test_it_may_end_on_the_last_day_of_the_figures_or_later(day):
    unit = factories.unit("na-tam")
    unit.valid_to = day
    unit.full_clean()


def test_the_administration_says_so_beside_the_last_day():
    unit = factories.unit("na-tam")
    client = client_of(factories.person(Role.ADMINISTRATOR), "vi")
    data = admin_form(client, unit) | {"in_programme": "on", "valid_to": "01/09/2023"}
    answer = client.post(f"/admin/communes/administrativeunit/{unit.pk}/change/", data)
    (sentence,) = answer.context["adminform"].form.errors["valid_to"]
    assert "quý đang mở (Quý III năm 2023)" in sentence
    unit.refresh_from_db()
    assert unit.valid_to is None or unit.valid_to > dt.date(2023, 9, 14)
