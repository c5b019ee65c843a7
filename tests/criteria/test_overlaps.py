"""Two levels for the same place and time never hold on the same day."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Role
from criteria.models import Threshold
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
DAY = dt.date(2023, 7, 1)


def poverty() -> Threshold:
    return Threshold.objects.get(
        measure__indicator__code="11", measure__indicator__criterion__criteria_set__slug="ntm",
        region="TDMNPB", valid_to=None,
    )  # fmt: skip


def closed(until=DAY) -> Threshold:
    level = poverty()
    level.valid_to = until
    level.save()
    return level


def successor(old: Threshold, begins, ends=None, **other) -> Threshold:
    same = {name: getattr(old, name) for name in Threshold.WHERE} | other
    return Threshold(**same, operator=old.operator, value=15, valid_from=begins, valid_to=ends)


def test_the_last_day_of_one_cannot_be_the_first_of_the_next():
    with pytest.raises(ValidationError, match="ngày sau khi mức cũ hết hiệu lực"):
        successor(closed(), DAY).full_clean()


@pytest.mark.parametrize(
    ("begins", "ends"),
    [(None, None), (None, DAY), (DAY - dt.timedelta(days=30), DAY), (dt.date(2020, 1, 1), None)],
)
def test_any_common_day_is_refused(begins, ends):
    with pytest.raises(ValidationError):
        successor(closed(), begins, ends).full_clean()


def test_the_day_after_is_the_successors():
    successor(closed(), DAY + dt.timedelta(days=1)).full_clean()


@pytest.mark.parametrize("other", [{"region": "DBSH"}, {"group": "kv3"}, {"year": 2024}])
def test_another_place_group_or_year_is_another_matter(other):
    old = closed()
    Threshold.objects.filter(measure=old.measure).exclude(pk=old.pk).delete()
    successor(old, DAY, **other).full_clean()


def test_a_level_does_not_overlap_with_itself():
    level = closed()
    level.valid_to = DAY + dt.timedelta(days=5)
    level.full_clean()


def test_the_administration_refuses_it_with_a_sentence(client):
    old = closed()
    client.force_login(factories.person(Role.ADMINISTRATOR))
    typed = {
        "measure": old.measure_id,
        "operator": old.operator,
        "value": "15",
        "options": "[]",
        "region": old.region,
        "certainty": "verified",
        "valid_from": f"{DAY:%d/%m/%Y}",
    }
    answer = client.post("/admin/criteria/threshold/add/", typed)
    assert answer.status_code == 200
    assert "ngày sau khi mức cũ hết hiệu lực" in answer.content.decode()
    typed["valid_from"] = f"{DAY + dt.timedelta(days=1):%d/%m/%Y}"
    assert client.post("/admin/criteria/threshold/add/", typed).status_code == 302


def test_the_administration_refuses_to_lengthen_one_into_its_successor(client):
    old = closed()
    successor(old, DAY + dt.timedelta(days=1)).save()
    client.force_login(factories.person(Role.ADMINISTRATOR))
    late = {"valid_to": f"{DAY + dt.timedelta(days=9):%d/%m/%Y}", "source_note": ""}
    answer = client.post(f"/admin/criteria/threshold/{old.pk}/change/", late)
    assert answer.status_code == 200
    assert "ngày sau khi mức cũ hết hiệu lực" in answer.content.decode()
    old.refresh_from_db()
    assert old.valid_to == DAY
