"""What a second run does: to nothing at all, to what changed, to what is used or confirmed."""

import datetime as dt
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role, User
from assessments.models import Assessment, IndicatorResult
from assignments.models import Duty, IndicatorAssignment
from communes.models import AdministrativeUnit, Agency, Recognition
from communes.provenance import Certainty
from criteria.models import CriteriaSet, Indicator, Measure, Threshold
from periods.models import ReportingPeriod

pytestmark = pytest.mark.usefixtures("reference")
TODAY = dt.date(2023, 9, 20)  # where the tests' clock stands


def indicator(code, slug="ntm"):
    return Indicator.objects.get(criterion__criteria_set__slug=slug, code=code)


def poverty_level():
    return Threshold.objects.get(
        measure__indicator=indicator("11"), region="TDMNPB", valid_to__isnull=True
    )


def revision(slug="ntm"):
    return CriteriaSet.objects.get(slug=slug).revision


def rows():
    """Every row of every table of ours, histories included."""
    ours = {"communes", "criteria", "assignments"}
    models = [m for m in apps.get_models() if m._meta.app_label in ours]
    return {m._meta.label: list(m.objects.order_by("pk").values()) for m in models}


def in_set(data, code):
    return next(i for c in data["criteria"] for i in c["indicators"] if i["code"] == code)


def set_poverty(number):
    def change(data):
        in_set(data, "11")["measures"][0]["levels"][0]["values"]["TDMNPB"] = number

    return change


@pytest.fixture
def used():
    """Use an indicator: one commune has a result for it."""
    officer = User.objects.create(
        username="xa", role=Role.COMMUNE_OFFICER, unit=AdministrativeUnit.objects.get(slug="na-tam")
    )
    period = ReportingPeriod.plan(2023, 2)
    period.state, period.opened_at = "open", timezone.now()
    period.save()
    assessment = Assessment.objects.create(
        unit=officer.unit, period=period, criteria_set=CriteriaSet.objects.get(slug="ntm")
    )
    return lambda code: IndicatorResult.objects.create(
        assessment=assessment, indicator=indicator(code)
    )


def test_a_second_run_writes_nothing():
    before = rows()
    with CaptureQueriesContext(connection) as queries:
        call_command("load_reference", verbosity=0)
    verbs = {query["sql"].split()[0] for query in queries}
    assert verbs.isdisjoint({"INSERT", "UPDATE", "DELETE", "REPLACE"})
    assert rows() == before


def test_the_summary_says_what_was_done(capsys, load, edit):
    edit("ntm.json", set_poverty(12))
    load()
    out = capsys.readouterr().out
    assert "0 added, 1 changed, 0 removed" in out


def test_a_changed_level_nobody_used_is_changed_in_place_and_raises_the_revision(load, edit):
    before = poverty_level()
    edit("ntm.json", set_poverty(12.5))
    load()
    after = poverty_level()
    assert (after.pk, after.value) == (before.pk, Decimal("12.5"))
    assert (revision("ntm"), revision("ntm-nang-cao")) == (2, 1)
    load()
    assert revision("ntm") == 2


def test_a_changed_level_in_use_is_closed_and_replaced(load, edit, used):
    used("11")
    before = poverty_level()
    edit("ntm.json", set_poverty(12))
    load()
    before.refresh_from_db()
    after = poverty_level()
    assert (before.value, before.valid_to) == (13, TODAY - dt.timedelta(days=1))
    assert (after.value, after.valid_from) == (12, TODAY)


def test_a_level_that_changes_twice_in_a_day_is_never_valid_twice(load, edit, used):
    used("11")
    for number in (12, 11):
        edit("ntm.json", set_poverty(number))
        load()
    levels = Threshold.objects.filter(measure__indicator=indicator("11"))
    for day in (TODAY - dt.timedelta(days=1), TODAY, TODAY + dt.timedelta(days=1)):
        assert levels.valid_on(day).count() == 1
    assert poverty_level().value == 11


def test_a_level_that_the_district_confirmed_is_never_overwritten(load, edit):
    level = poverty_level()
    level.value, level.certainty = Decimal("14"), Certainty.CONFIRMED
    level.save()
    edit("ntm.json", set_poverty(12))
    load()
    assert poverty_level().value == 14
    assert revision() == 1


@pytest.mark.parametrize("in_use", [False, True])
def test_another_level_begins_after_the_one_that_the_district_closed(load, edit, used, in_use):
    if in_use:
        used("11")
    level = poverty_level()
    level.valid_to = TODAY + dt.timedelta(days=3)
    level.save()
    edit("ntm.json", set_poverty(12))
    load()
    assert poverty_level().valid_from == TODAY + dt.timedelta(days=4)
    assert not Threshold.objects.overlapping(poverty_level()).exists()


def test_a_level_that_the_district_closed_is_not_brought_back(load):
    level = poverty_level()
    level.valid_to = TODAY
    level.save()
    load()
    assert not Threshold.objects.filter(
        measure__indicator=indicator("11"), valid_to__isnull=True
    ).exists()


def test_a_level_that_the_district_added_where_none_was_known_stays(load):
    measure = Measure.objects.get(indicator=indicator("2.1"))
    Threshold.objects.create(
        measure=measure, operator="gte", value=80, region="TDMNPB", certainty=Certainty.CONFIRMED
    )
    load()
    assert measure.thresholds.get().value == 80


def test_a_level_that_left_the_fixture_is_closed_where_used_and_gone_where_not(load, edit, used):
    used("11")

    def withdraw(data):
        del in_set(data, "11")["measures"][0]["levels"]
        del in_set(data, "4.2")["measures"][0]["levels"]

    edit("ntm.json", withdraw)
    load()
    (closed,) = Threshold.objects.filter(measure__indicator=indicator("11"))
    assert closed.valid_to == TODAY - dt.timedelta(days=1)
    assert not Threshold.objects.filter(measure__indicator=indicator("4.2")).exists()


def test_an_indicator_with_results_is_never_deleted(load, edit, used):
    used("5")

    def drop(data):
        for criterion in data["criteria"]:
            kept = [i for i in criterion["indicators"] if i["code"] not in ("5", "8.4")]
            criterion["indicators"] = kept

    edit("ntm.json", drop)
    load()
    assert indicator("5").measures.count() == 3
    assert not Indicator.objects.filter(criterion__criteria_set__slug="ntm", code="8.4").exists()


def test_an_unused_indicator_with_a_condition_can_be_taken_away(load, edit):
    def drop(data):
        data["criteria"] = [c for c in data["criteria"] if c["number"] != 5]

    edit("ntm.json", drop)
    edit(
        "assignments.json",
        lambda data: data.update(
            assignments=[a for a in data["assignments"] if a.get("criterion") != 5]
        ),
    )
    load()
    assert CriteriaSet.objects.get(slug="ntm").criteria.count() == 18
    assert revision() == 2


def test_the_kind_of_a_value_that_was_entered_cannot_change(load, edit, used):
    used("1.1")
    edit("ntm.json", lambda data: in_set(data, "1.1")["measures"][0].update(kind="percentage"))
    with pytest.raises(CommandError, match=r"criteria\[0\]\.indicators\[0\]\.measures\[0\]\.kind"):
        load()


def test_indicators_can_change_places(load, edit):
    edit("ntm.json", lambda data: data["criteria"][7]["indicators"].reverse())
    load()
    codes = Indicator.objects.filter(criterion__criteria_set__slug="ntm", criterion__number=8)
    assert list(codes.order_by("position").values_list("code", flat=True)) == [
        "8.4", "8.3", "8.2", "8.1",
    ]  # fmt: skip
    load()
    assert revision() == 2


def test_a_corrected_wording_reaches_the_indicator_even_in_use(load, edit, used):
    used("1.1")
    edit("ntm.json", lambda data: in_set(data, "1.1").update(text="Lời văn đã sửa"))
    load()
    assert indicator("1.1").text == "Lời văn đã sửa"
    assert revision() == 2


def test_what_the_fixture_leaves_open_stays_as_the_district_has_it(load):
    AdministrativeUnit.objects.filter(slug="na-tam").update(group="kv3")
    Recognition.objects.filter(unit__slug="ban-bo").update(
        decision_number="1/QĐ-UBND", decided_on=dt.date(2019, 1, 1)
    )
    load()
    assert AdministrativeUnit.objects.get(slug="na-tam").group == "kv3"
    assert Recognition.objects.get(unit__slug="ban-bo").decision_number == "1/QĐ-UBND"


def test_a_recognition_that_was_withdrawn_is_not_brought_back(load):
    row = Recognition.objects.get(unit__slug="khun-ha")
    row.withdrawn_on, row.withdrawal_reason = TODAY, "Không duy trì được tiêu chí."
    row.save()
    load()
    assert Recognition.objects.filter(unit__slug="khun-ha").count() == 1


def test_a_duty_that_the_district_confirmed_is_not_given_away_again(load):
    lead = IndicatorAssignment.objects.get(indicator=indicator("17.8"), duty=Duty.LEAD)
    lead.agency = Agency.objects.get(slug="doan-thanh-nien")
    lead.certainty = Certainty.CONFIRMED
    lead.save()
    load()
    lead = IndicatorAssignment.objects.get(indicator=indicator("17.8"), duty=Duty.LEAD)
    assert lead.agency.slug == "doan-thanh-nien"


def test_a_changed_lead_takes_the_place_of_the_old_one(load, edit):
    def change(data):
        next(a for a in data["assignments"] if a.get("indicator") == "17.8")["lead"] = "tai-nguyen"

    edit("assignments.json", change)
    load()
    lead = IndicatorAssignment.objects.get(indicator=indicator("17.8"), duty=Duty.LEAD)
    assert lead.agency.slug == "tai-nguyen"


def test_two_agencies_can_change_duties(load, edit):
    def swap(data):
        row = next(a for a in data["assignments"] if a.get("criterion") == 9)
        row["lead"], row["support"] = row["support"][0], [row["lead"]]

    edit("assignments.json", swap)
    load()
    rows = IndicatorAssignment.objects.filter(
        criterion__criteria_set__slug="ntm", criterion__number=9
    )
    assert {(row.agency.slug, row.duty) for row in rows} == {
        ("mttq", Duty.LEAD),
        ("kinh-te-ha-tang", Duty.SUPPORT),
    }


@pytest.mark.parametrize(
    ("name", "spoil", "message"),
    [
        (
            "ntm.json",
            lambda d: in_set(d, "11")["measures"][0].update(kind="percent"),
            r"ntm\.json: criteria\[10\]\.indicators\[0\]\.measures\[0\]\.kind: 'percent' is not",
        ),
        (
            "ntm.json",
            set_poverty("13"),
            r"measures\[0\]\.levels\[0\]\.values\.TDMNPB: '13' is not a number",
        ),
        ("ntm.json", lambda d: d.update(valid_from="8/3/2022"), r"valid_from: '8/3/2022' is not"),
        ("units.json", lambda d: d["units"][2].update(kode="1"), r"units\[2\]\.kode: '1' stands"),
        ("units.json", lambda d: d["units"][2].update(kind="phố"), r"units\[2\]\.kind: 'phố'"),
        ("units.json", lambda d: d["units"][2].update(parent="x"), r"parent: 'x' names 0 units"),
        (
            "agencies.json",
            lambda d: d["agencies"][0].pop("name"),
            r"agencies\[0\]: has no 'name'",
        ),
        (
            "assignments.json",
            lambda d: d["assignments"][0].update(lead="nobody"),
            r"assignments\[0\]\.lead: 'nobody' names no agency",
        ),
        (
            "ntm.json",
            lambda d: in_set(d, "3.1")["measures"][0]["levels"][0].update(operator="in"),
            r"indicators\[0\]\.measures\[0\]\.levels\[0\].*: contradicts another row",
        ),
        (
            "ntm.json",
            lambda d: in_set(d, "18.2")["measures"][0]["levels"][0].update(options=["Giỏi"]),
            r"levels\[0\]\.options: \['Giỏi'\] holds 'Giỏi'",
        ),
    ],
)
def test_a_mistake_names_file_path_and_value_and_nothing_is_loaded(
    load, edit, name, spoil, message
):
    before = rows()
    edit("units.json", lambda data: data["units"][5].update(short_name="Khác"))
    edit(name, spoil)
    with pytest.raises(CommandError, match=message):
        load()
    assert rows() == before


def test_a_file_that_is_missing_or_broken_is_named(load, folder):
    (folder / "targets.json").write_text("{,}")
    with pytest.raises(CommandError, match=r"targets\.json: line 1"):
        load()
    (folder / "targets.json").unlink()
    with pytest.raises(CommandError, match=r"targets\.json: the file is missing"):
        load()
