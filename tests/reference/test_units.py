import datetime as dt

import pytest

from communes.models import (
    AdministrativeUnit,
    Agency,
    Level,
    Recognition,
    Target,
    Tier,
    UnitKind,
    UnitSuccession,
)

pytestmark = pytest.mark.usefixtures("reference")
IN_2023 = dt.date(2023, 9, 20)
IN_2026 = dt.date(2026, 1, 1)


def test_the_district_has_twelve_communes_and_a_town_outside_the_programme():
    units = AdministrativeUnit.objects.valid_on(IN_2023)
    district = units.get(slug="tam-duong")
    assert district.parent.slug == "lai-chau"
    assert (district.code, district.parent.code) == ("106", "12")
    assert units.below(district).in_programme().count() == 12
    (town,) = units.below(district).filter(in_programme=False)
    assert (town.slug, town.kind) == ("thi-tran-tam-duong", UnitKind.TOWN)
    assert units.count() == 15


def test_six_units_follow_in_july_2025_and_none_of_the_old_ones_remains():
    units = AdministrativeUnit.objects.valid_on(IN_2026).exclude(level=Level.PROVINCE)
    assert units.count() == 6
    assert set(units.values_list("slug", flat=True)) == {
        "binh-lu", "ta-leng", "khun-ha", "ban-bo", "sin-suoi-ho", "tan-phong",
    }  # fmt: skip
    assert {unit.parent.slug for unit in units} == {"lai-chau"}
    assert not units.in_programme().exists()


def test_a_code_used_again_in_2025_names_another_unit():
    before, after = AdministrativeUnit.objects.filter(code="03390").order_by("valid_from")
    assert (before.slug, after.slug) == ("thi-tran-tam-duong", "binh-lu")
    assert before.valid_to == dt.date(2025, 6, 30)
    assert after.valid_from == dt.date(2025, 7, 1)


def test_every_code_has_five_characters_and_every_address_its_first_day():
    communes = AdministrativeUnit.objects.filter(level=Level.COMMUNE)
    assert communes.count() == 19
    assert all(len(unit.code) == 5 and unit.valid_from for unit in communes)


def test_every_unit_of_the_district_goes_into_exactly_one_new_unit():
    old = AdministrativeUnit.objects.filter(parent__slug="tam-duong")
    assert [unit.successors.count() for unit in old] == [1] * 13
    merged = UnitSuccession.objects.filter(successor__slug="binh-lu")
    assert set(merged.values_list("predecessor__slug", flat=True)) == {
        "thi-tran-tam-duong", "son-binh", "binh-lu",
    }  # fmt: skip
    assert {row.on for row in UnitSuccession.objects.all()} == {dt.date(2025, 7, 1)}


def test_the_group_of_a_commune_is_not_guessed():
    assert set(AdministrativeUnit.objects.values_list("group", flat=True)) == {""}


def test_eight_communes_are_recognised_by_elimination_without_a_made_up_decision():
    rows = Recognition.objects.in_force_on(IN_2023).filter(tier=Tier.NTM)
    assert {row.unit.slug for row in rows} == {
        "then-sin", "ho-thau", "binh-lu", "nung-nang", "ban-giang", "ban-hon", "ban-bo", "khun-ha",
    }  # fmt: skip
    assert {(row.certainty, row.decided_on, row.decision_number) for row in rows} == {
        ("derived", None, "")
    }
    assert all(row.unit.valid_to for row in rows)  # the old units, not those of 2025


def test_the_targets_are_those_of_the_directive():
    rows = {(row.unit.slug, row.tier, row.year) for row in Target.objects.all()}
    four = {(slug, "ntm", 2025) for slug in ("son-binh", "giang-ma", "ta-leng", "na-tam")}
    assert rows == four | {("ban-bo", "ntm-nang-cao", 2025), ("tam-duong", "ntm", 2025)}


def test_the_agencies_of_the_demonstration_accounts_exist_and_one_is_the_standing_office():
    slugs = set(Agency.objects.values_list("slug", flat=True))
    assert slugs >= {
        "nong-nghiep", "kinh-te-ha-tang", "tai-chinh", "lao-dong", "tai-nguyen", "giao-duc",
        "van-hoa", "noi-vu", "tu-phap", "trung-tam-y-te", "cong-an", "quan-su", "mttq",
        "hoi-nong-dan", "hoi-phu-nu", "doan-thanh-nien",
    }  # fmt: skip
    assert Agency.objects.get(is_standing_office=True).slug == "nong-nghiep"


def test_every_row_names_its_source_and_how_sure_it_is():
    for model in (AdministrativeUnit, Agency, Recognition, Target, UnitSuccession):
        assert not model.objects.filter(source="").exists()
        assert not model.objects.filter(certainty="unknown").exists()
