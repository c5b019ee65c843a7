"""The level of a yes/no indicator is "Đạt": as certain as the data say, and marked where not."""

import pytest
from django.core.management import CommandError
from django.db import IntegrityError, transaction

from criteria.models import Threshold
from tests import factories

pytestmark = pytest.mark.django_db


def yes_levels(slug="ntm"):
    return Threshold.objects.filter(
        operator="yes", measure__indicator__criterion__criteria_set__slug=slug, valid_to=None
    )


def row_level(code: str) -> Threshold:
    return yes_levels().get(measure__indicator__code=code)


def test_each_carries_its_certainty(reference):
    assert yes_levels().count() == 26
    seen = yes_levels().exclude(pk__in=yes_levels().unconfirmed())
    assert sorted(seen.values_list("measure__indicator__code", flat=True)) == ["1.1", "14.1"]
    assert {row.value for row in yes_levels()} == {None}
    assert (yes_levels("ntm-nang-cao").count(), yes_levels("huyen-ntm").count()) == (26, 19)


def test_the_database_takes_no_number_for_it(reference):
    with pytest.raises(IntegrityError), transaction.atomic():
        Threshold.objects.filter(pk=row_level("1.2").pk).update(value=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Threshold.objects.filter(pk=row_level("1.2").pk).update(operator="gte")


def test_a_fixture_may_ask_it_of_yes_or_no_only(load, edit):
    def spoil(data):
        data["criteria"][0]["indicators"][0]["measures"][0]["levels"][0]["operator"] = "gte"

    edit("ntm.json", spoil)
    with pytest.raises(CommandError, match="yes/no"):
        load()


@pytest.fixture
def quarters(reference):
    return factories.two_quarters()


def test_the_form_the_api_and_the_row_are_marked_and_no_verdict_changes(quarters, client):
    for code, unconfirmed in (("1.1", False), ("1.2", True)):
        for answer, verdict in ((True, "met"), (False, "not_met")):
            row = factories.save(code, {"value": answer})[1].result
            assert (row.declared_verdict, row.unconfirmed) == (verdict, unconfirmed)
    client.force_login(factories.officer())
    page = client.get("/assessments/2023-q3/ban-bo/ntm/").content.decode()
    assert "Đạt (chưa xác nhận)" in page
    answer = client.get("/api/results/?period=2023-q3&indicator=1.2").json()["results"]
    assert [row["unconfirmed"] for row in answer] == [True]


def test_the_standing_office_confirms_it_with_its_paper_and_the_mark_goes(quarters, client):
    row = factories.save("1.2", {"value": True})[1].result
    client.force_login(factories.coordinator())
    level = row_level("1.2")
    page = "/criteria/ntm/unconfirmed/"
    assert f'id="level-{level.pk}"' in client.get(page).content.decode()
    form = client.get(f"{page}{level.pk}/").content.decode()
    assert 'name="value"' not in form
    assert 'name="options"' not in form
    paper = {"number": "318/QĐ-TTg", "dated": "08/03/2022", "author": "Thủ tướng Chính phủ"}
    paper |= {"begins": "15/06/2023"}
    assert client.post(f"{page}{level.pk}/", {"number": ""}).status_code == 422
    assert client.post(f"{page}{level.pk}/", paper).status_code == 200
    assert client.post(f"{page}{level.pk}/", paper | {"confirm": "1"}).status_code == 302
    row.refresh_from_db()
    assert (row.declared_verdict, row.unconfirmed) == ("met", False)
    assert row_level("1.2").is_confirmed
