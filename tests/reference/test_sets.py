from decimal import Decimal

import pytest

from criteria.models import CriteriaSet, Indicator, Kind, Measure, Threshold
from tests.reference.conftest import read

pytestmark = pytest.mark.usefixtures("reference")
SETS = ("ntm", "ntm-nang-cao", "huyen-ntm")
REGIONS = ("TDMNPB", "DBSH", "BTB", "DHNTB", "TN", "DNB", "DBSCL")


def indicators(slug="ntm"):
    return Indicator.objects.filter(criterion__criteria_set__slug=slug)


def measure(code, key="value", slug="ntm"):
    return Measure.objects.get(
        indicator__criterion__criteria_set__slug=slug, indicator__code=code, key=key
    )


def levels(code, key="value", slug="ntm", **where):
    """The numbers of a measure by region; national under an empty name."""
    rows = measure(code, key, slug).thresholds.filter(**where)
    return {row.region: row.value for row in rows}


@pytest.mark.parametrize(
    ("slug", "criteria", "count", "state", "decision"),
    [
        ("ntm", 19, 57, "in_force", "318/QĐ-TTg"),
        ("ntm-nang-cao", 19, 75, "draft", "318/QĐ-TTg"),
        ("huyen-ntm", 9, 34, "draft", "320/QĐ-TTg"),
    ],
)
def test_each_set_has_its_criteria_and_indicators(slug, criteria, count, state, decision):
    one = CriteriaSet.objects.get(slug=slug)
    assert (one.criteria.count(), indicators(slug).count()) == (criteria, count)
    assert (one.state, one.decision_number, one.revision) == (state, decision, 1)


def test_the_district_set_says_that_two_of_its_indicators_are_not_loaded():
    assert CriteriaSet.objects.get(slug="huyen-ntm").official_indicators == 36
    codes = set(indicators("huyen-ntm").values_list("code", flat=True))
    assert codes.isdisjoint({"7.8", "8.3", "9.5", "9.6"})


def test_the_set_warns_that_the_province_has_its_own():
    assert "1285/QĐ-UBND" in CriteriaSet.objects.get(slug="ntm").source_note


@pytest.mark.parametrize("slug", SETS)
def test_every_level_of_the_fixture_is_loaded_with_its_number_source_and_certainty(slug):
    expected = set()
    for criterion in read(f"{slug}.json")["criteria"]:
        for indicator in criterion["indicators"]:
            for one in indicator["measures"]:
                for block in one.get("levels", []):
                    paper = (block["source"], block["certainty"], block.get("source_note", ""))
                    by_year = block.get("years", {None: block.get("values", {})})
                    where = indicator["code"], one["key"], block["operator"]
                    condition = block.get("when", {}).get("operator", "")
                    for year, numbers in by_year.items():
                        for region, number in numbers.items():
                            place = "" if region == "national" else region
                            year = year and int(year)
                            number = Decimal(str(number)).quantize(Decimal("0.01"))
                            expected.add((*where, place, year, condition, number, *paper))
                    if block["operator"] == "yes":
                        expected.add((*where, "", None, condition, None, *paper))
                    if "options" in block:
                        region = block.get("region", "")
                        expected.add((*where, region, None, condition, None, *paper))
    rows = Threshold.objects.filter(measure__indicator__criterion__criteria_set__slug=slug)
    loaded = {
        (
            row.measure.indicator.code, row.measure.key, row.operator, row.region, row.year,
            row.condition_operator, row.value, row.source, row.certainty, row.source_note,
        )
        for row in rows.select_related("measure__indicator")
    }  # fmt: skip
    assert loaded == expected
    assert rows.count() == len(expected)
    assert all(
        row.source and row.set_by and row.certainty in ("verified", "memory") for row in rows
    )


def test_stunting_has_the_numbers_of_all_seven_regions_and_lower_is_better():
    assert levels("15.3") == {
        "TDMNPB": Decimal("24"), "DBSH": Decimal("16.5"), "BTB": Decimal("25"),
        "DHNTB": Decimal("22"), "TN": Decimal("26.5"), "DNB": Decimal("14.5"),
        "DBSCL": Decimal("19"),
    }  # fmt: skip
    assert {t.operator for t in measure("15.3").thresholds.all()} == {"lte"}


def test_lower_is_better_where_the_law_says_so():
    for code in ("9.1", "11", "15.3"):
        assert measure(code).direction == "lower"
        assert {t.operator for t in measure(code).thresholds.all()} == {"lte"}


def test_no_other_number_of_the_commune_set_is_lower_is_better():
    codes = Measure.objects.filter(
        indicator__criterion__criteria_set__slug="ntm", direction="lower"
    ).values_list("indicator__code", flat=True)
    assert set(codes) == {"9.1", "11", "15.3"}


def test_a_level_that_the_sources_do_not_give_has_no_row():
    for code in ("2.1", "2.2", "2.3", "2.4", "16"):
        assert levels(code) == {}
        assert measure(code).kind == Kind.PERCENTAGE


def test_a_region_that_the_sources_leave_open_has_no_row():
    assert levels("11") == {"TDMNPB": Decimal("13")}
    assert levels("15.4") == {"TDMNPB": Decimal("50"), "DBSH": Decimal("70")}
    assert levels("4.2") == {"": Decimal("98"), "TDMNPB": Decimal("95")}


def test_income_has_its_level_for_each_year():
    for year, nation, mountains, southeast in (
        (2022, 48, 39, 62), (2023, 51, 42, 65), (2024, 54, 45, 68), (2025, 57, 48, 71),
    ):  # fmt: skip
        found = levels("10", year=year)
        assert (found[""], found["TDMNPB"], found["DNB"]) == (nation, mountains, southeast)
        assert len(found) == 8
    assert measure("10").unit == "triệu đồng/người/năm"


def test_men_and_women_are_entered_apart_and_both_decide():
    for code in ("12.1", "12.2", "14.2", "15.1"):
        pair = indicators().get(code=code).measures.all()
        assert [(m.key, m.deciding, m.required) for m in pair] == [
            ("men", True, True),
            ("women", True, True),
        ]
        assert levels(code, "men") == levels(code, "women") != {}


def test_clean_water_has_two_levels():
    assert levels("17.1", "clean") == {"TDMNPB": 30}
    assert levels("17.1", "central") == {"TDMNPB": 10}


def test_schools_have_a_condition_on_their_number():
    schools = measure("5", "schools")
    assert (schools.deciding, schools.required, schools.decimals) == (False, True, 0)
    assert levels("5", "minimum") == dict.fromkeys(REGIONS, Decimal(100))
    mountains = measure("5", "level_1").thresholds.filter(region="TDMNPB")
    assert {
        (t.condition_measure_id, t.condition_operator, t.condition_value, t.value)
        for t in mountains
    } == {(schools.pk, "gt", 3, 70), (schools.pk, "lte", 3, 50)}
    assert levels("5", "level_1", condition_operator="") == {"DBSH": 100, "DNB": 100}


def test_poverty_carries_the_households_behind_it_without_letting_them_decide():
    poverty = Indicator.objects.get(code="11", criterion__criteria_set__slug="ntm")
    assert [(m.key, m.deciding, m.required, m.decimals) for m in poverty.measures.all()] == [
        ("value", True, True, 2),
        ("households", False, False, 0),
        ("poor", False, False, 0),
        ("near_poor", False, False, 0),
    ]


def test_the_yearly_grade_accepts_the_two_best_of_four():
    grade = measure("18.2")
    assert (grade.kind, len(grade.choices)) == (Kind.CHOICE, 4)
    assert grade.thresholds.get().options == grade.choices[:2]


def test_a_grade_or_better_becomes_the_grades_from_there_upward():
    for slug, code, accepted in (
        ("ntm-nang-cao", "5.3", ["Mức độ 2", "Mức độ 3"]),
        ("ntm-nang-cao", "5.5", ["Khá", "Tốt"]),
        ("huyen-ntm", "5.6", ["Cấp độ 1", "Cấp độ 2", "Cấp độ 3"]),
    ):
        assert measure(code, slug=slug).thresholds.get().options == accepted


def test_the_green_land_and_the_makeshift_houses_are_numbers_with_a_unit():
    green, houses = measure("17.4"), measure("9.1")
    assert (green.kind, green.unit) == (Kind.NUMBER, "m²/người")
    assert (houses.kind, houses.unit, houses.decimals) == (Kind.NUMBER, "nhà", 0)
    assert levels("9.1") == {"": 0}


def test_every_percentage_ends_at_a_hundred():
    assert set(Measure.objects.filter(kind=Kind.PERCENTAGE).values_list("maximum", flat=True)) == {
        Decimal(100)
    }


def test_only_what_the_law_leaves_open_may_be_not_applicable():
    assert list(indicators().filter(conditional=True).values_list("code", flat=True)) == ["13.4"]
    advanced = indicators("ntm-nang-cao").filter(conditional=True)
    assert set(advanced.values_list("code", flat=True)) == {"17.9", "18.8"}


def test_indicators_come_in_the_order_of_the_law():
    codes = list(
        indicators()
        .filter(criterion__number=17)
        .order_by("position")
        .values_list("code", flat=True)
    )
    assert codes == [f"17.{number}" for number in range(1, 13)]


def test_every_indicator_and_criterion_names_its_source():
    for slug in SETS:
        one = CriteriaSet.objects.get(slug=slug)
        assert one.source
        assert not indicators(slug).filter(source="").exists()
        assert not one.criteria.filter(source="").exists()
        assert set(indicators(slug).values_list("certainty", flat=True)) <= {"verified", "memory"}
