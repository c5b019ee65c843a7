"""The figures by hand on tiny quarters, and the laws that hold for every quarter."""

import dataclasses
import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.counting import (
    CountedAssessment,
    CountedCriterion,
    CountedUnit,
    HouseholdCount,
    QuarterCounts,
    VerdictCount,
)
from assessments.statistics import (
    change_of,
    completeness_of,
    distribution,
    headline_of,
    matrix_of,
    rounded_share,
)
from criteria.evaluation import Verdict

DUE = dt.date(2023, 9, 25)
TODAY = dt.date(2023, 9, 20)


def an_assessment(verdicts=(), state="submitted", poverty=None, **more) -> CountedAssessment:
    """``verdicts``: (criterion, verdict, indicators, verified)."""
    counts = tuple(VerdictCount(*one) for one in verdicts)
    sent = dt.datetime(2023, 9, 18, 3, tzinfo=dt.UTC) if state != "draft" else None
    return CountedAssessment(
        state=state,
        handed_in=state != "draft",
        submitted_at=sent,
        due_on=more.pop("due_on", DUE),
        extended=False,
        verdicts=counts,
        poverty=poverty,
        **more,
    )


def a_unit(slug, assessment=None, recognised=False) -> CountedUnit:
    return CountedUnit(0, slug, f"Xã {slug}", slug, recognised, assessment)


def a_quarter(units, criteria=2, before=None, closed=True) -> QuarterCounts:
    names = tuple(CountedCriterion(n, f"Tiêu chí {n}") for n in range(1, criteria + 1))
    return QuarterCounts("2023-q2", closed, "ntm", names, tuple(units), before)


def test_two_communes_by_hand():
    first = an_assessment(
        [(1, "met", 2, 2), (2, "met", 1, 0), (2, "not_met", 1, 1)],
        poverty=HouseholdCount(Decimal(300), Decimal(60), Decimal(30)),
    )
    second = an_assessment(
        [(1, "met", 2, 0), (2, "met", 1, 0), (2, "not_applicable", 1, 0)],
        state="draft",
        poverty=HouseholdCount(Decimal(100), Decimal(40), Decimal(5)),
    )
    quarter = a_quarter([a_unit("a", first, recognised=True), a_unit("b", second)])
    found = headline_of(quarter)
    assert (found.communes, found.criteria, found.recognised) == (2, 2, 1)
    assert (found.criteria_met, found.average_criteria) == (3, Decimal("1.5"))
    assert found.meeting_all == 1  # b: criterion 2 is met by what applies
    assert found.by_criterion == {1: 2, 2: 1}
    assert found.poverty.poor_rate == Decimal("25.00")  # 100 of 400, not the mean of 20 and 40
    assert found.poverty.near_poor_rate == Decimal("8.75")
    assert found.poverty.poverty_rate == Decimal("33.75")
    assert found.poverty.communes == 2
    assert found.handed_in == 1
    assert (found.indicators, found.entered, found.verified) == (8, 8, 3)
    assert found.only_declared == 5
    assert found.verified_share == 38  # 37.5 rounded half up
    assert found.before is None


def test_recognised_is_not_meeting_all():
    failing = an_assessment([(1, "met", 1, 1), (2, "not_met", 1, 1)])
    found = headline_of(a_quarter([a_unit("a", failing, recognised=True)]))
    assert (found.recognised, found.meeting_all) == (1, 0)


def test_no_commune_at_all_divides_nothing_by_zero():
    quarter = a_quarter([])
    found = headline_of(quarter)
    assert found.communes == 0
    assert found.average_criteria is None
    assert found.poverty.poor_rate is None
    assert found.verified_share is None
    assert matrix_of(quarter).total == 0
    assert completeness_of(quarter, TODAY).units == ()


def test_a_set_without_criteria_is_met_by_nobody():
    assert headline_of(a_quarter([a_unit("a")], criteria=0)).meeting_all == 0


def test_a_commune_without_an_assessment_still_has_its_row():
    row = matrix_of(a_quarter([a_unit("a")])).rows[0]
    assert [cell.verdict for cell in row.cells] == [Verdict.MISSING, Verdict.MISSING]
    assert row.met == 0
    assert row.state == ""


def test_a_verified_blank_is_not_counted_as_verified_entry():
    found = headline_of(a_quarter([a_unit("a", an_assessment([(1, "missing", 1, 1)]))]))
    assert (found.entered, found.verified, found.only_declared) == (0, 0, 0)


@pytest.mark.parametrize(
    ("met", "communes", "shown"),
    [(196, 12, "16.3"), (65, 4, "16.3"), (49, 3, "16.3"), (163, 10, "16.3"), (1, 3, "0.3")],
)
def test_an_average_is_rounded_half_up(met, communes, shown):
    """196/12 = 16.333…, 65/4 = 16.25 exactly."""
    assert str(rounded_share(met, communes, 1)) == shown


def test_a_half_far_behind_the_point_is_still_rounded_up():
    third = 10**30
    assert rounded_share(third * 2 + 1, third * 40, 1) == Decimal("0.1")
    assert rounded_share(third * 2 - 1, third * 40, 1) == Decimal("0.0")


def test_the_comparison_is_this_quarter_minus_the_one_before():
    before = a_quarter([a_unit("a", an_assessment([(1, "not_met", 1, 0), (2, "met", 1, 0)]))])
    now = a_quarter(
        [a_unit("a", an_assessment([(1, "met", 1, 0), (2, "met", 1, 0)]), recognised=True)],
        before=dataclasses.replace(before, period="2023-q1"),
    )
    change = headline_of(now).before
    assert change.period == "2023-q1"
    assert (change.criteria_met, change.recognised, change.meeting_all) == (1, 1, 1)
    assert change.average_criteria == Decimal("1.0")
    assert change.poor_rate is None
    assert [cell.change for cell in matrix_of(now).rows[0].cells] == ["won", ""]


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (Verdict.MET, Verdict.NOT_MET, "lost"),
        (Verdict.NOT_MET, Verdict.MET, "won"),
        (Verdict.MET, Verdict.MISSING, ""),
        (Verdict.MISSING, Verdict.MET, ""),
        (None, Verdict.MET, ""),
        (Verdict.MET, Verdict.MET, ""),
    ],
)
def test_only_two_known_verdicts_make_a_change(before, now, change):
    assert change_of(before, now) == change


def test_the_groups_of_the_distribution_are_those_of_the_papers():
    assert distribution([19, 18, 15, 14, 10, 9, 5, 4, 0], 19) == {
        "19": 1,
        "15-18": 2,
        "10-14": 2,
        "5-9": 2,
        "under 5": 2,
        "no data": 0,
    }


def test_who_is_late_is_counted_from_its_own_due_date():
    late = an_assessment(state="draft", due_on=dt.date(2023, 9, 17))
    lifted = an_assessment(state="draft")
    sent_late = an_assessment(due_on=dt.date(2023, 9, 15))
    quarter = a_quarter([a_unit("a", late), a_unit("b", lifted), a_unit("c", sent_late)])
    found = completeness_of(quarter, TODAY)
    assert [line.days_late for line in found.units] == [3, 0, 3]
    assert (found.handed_in, found.late) == (1, 1)


def test_of_those_who_sent_the_ones_being_corrected_are_told_while_they_can_be():
    units = [
        a_unit(state, an_assessment(state=state)) for state in ("draft", "returned", "verified")
    ]
    still = completeness_of(a_quarter(units, closed=False), TODAY)
    assert (still.handed_in, still.correcting) == (2, 1)
    assert completeness_of(a_quarter(units), TODAY).correcting == 0


def test_recognised_communes_stand_first_then_those_that_meet_more():
    one, two = (
        an_assessment([(1, "met", 1, 0)]),
        an_assessment([(1, "met", 1, 0), (2, "met", 1, 0)]),
    )
    units = [a_unit("d", one), a_unit("c", two), a_unit("b", one), a_unit("a", None, True)]
    assert [row.slug for row in matrix_of(a_quarter(units)).rows] == ["a", "c", "b", "d"]


def counts(*rows) -> QuarterCounts:
    """A quarter of communes with these households, poor and near-poor ones."""
    return a_quarter(
        a_unit(f"u{n}", an_assessment(poverty=HouseholdCount(*map(Decimal, row))))
        for n, row in enumerate(rows)
    )


@pytest.mark.parametrize("impossible", [(0, 255, 135), (1000, 2000, 0), (0, 0, 0), (10, 6, 5)])
def test_households_that_cannot_be_stay_out_of_the_rates(impossible):
    with_it = headline_of(counts((400, 100, 35), impossible)).poverty
    without = headline_of(counts((400, 100, 35))).poverty
    assert dataclasses.replace(with_it, impossible=0) == without
    assert (with_it.communes, with_it.impossible) == (1, 1)
    assert with_it.poverty_rate == Decimal("33.75")


def test_a_commune_whose_households_are_all_poor_counts():
    found = headline_of(counts((10, 6, 4))).poverty
    assert (found.communes, found.impossible, found.poverty_rate) == (1, 0, Decimal(100))


def test_of_impossible_households_alone_there_is_no_rate():
    found = headline_of(counts((0, 255, 135))).poverty
    assert (found.communes, found.impossible, found.poverty_rate) == (0, 1, None)


CRITERIA = 19
verdict_rows = st.lists(
    st.tuples(
        st.integers(1, CRITERIA), st.sampled_from([v.value for v in Verdict]), st.integers(1, 12)
    ).map(lambda row: (*row, row[2] // 2)),
    max_size=40,
)
households = st.none() | st.tuples(*[st.integers(0, 5000).map(Decimal)] * 3).map(
    lambda row: HouseholdCount(*row)
)
states = st.sampled_from(["draft", "submitted", "returned", "verified", "accepted"])
assessments = st.none() | st.builds(an_assessment, verdict_rows, states, households)
units = st.lists(st.tuples(assessments, st.booleans()), max_size=8).map(
    lambda rows: [a_unit(f"u{n}", *row) for n, row in enumerate(rows)]
)


@given(units)
def test_columns_and_rows_add_up_to_the_criteria_met(units):
    quarter = a_quarter(units, CRITERIA)
    found, table = headline_of(quarter), matrix_of(quarter)
    assert sum(column.met for column in table.columns) == found.criteria_met
    assert sum(row.met for row in table.rows) == found.criteria_met == table.total
    assert {c.number: c.met for c in table.columns} == found.by_criterion
    assert sum(found.distribution.values()) == found.communes == len(table.rows)
    assert found.distribution["19"] == found.meeting_all
    assert found.only_declared + found.verified == found.entered <= found.indicators


@given(units, st.randoms())
def test_the_order_in_which_the_communes_come_changes_nothing(units, random):
    shuffled = units[:]
    random.shuffle(shuffled)
    assert headline_of(a_quarter(units, CRITERIA)) == headline_of(a_quarter(shuffled, CRITERIA))
    assert matrix_of(a_quarter(units, CRITERIA)) == matrix_of(a_quarter(shuffled, CRITERIA))


@given(units)
def test_no_rate_of_poverty_exceeds_the_whole(units):
    found = headline_of(a_quarter(units, CRITERIA)).poverty
    assert found.poverty_rate is None or 0 <= found.poverty_rate <= 100
    assert found.communes + found.impossible == sum(
        bool(one.assessment and one.assessment.poverty) for one in units
    )


@given(units)
def test_a_quarter_compared_with_itself_changed_nothing(units):
    quarter = a_quarter(units, CRITERIA)
    same = dataclasses.replace(quarter, before=quarter)
    change = headline_of(same).before
    assert (change.criteria_met, change.recognised, change.meeting_all) == (0, 0, 0)
    assert not any(cell.change for row in matrix_of(same).rows for cell in row.cells)


@given(st.integers(0, 10**6), st.integers(1, 10**4), st.integers(0, 3))
def test_a_rounded_share_is_off_by_at_most_half_a_step(part, whole, places):
    shown = rounded_share(part, whole, places)
    error = shown * whole * 10**places - Decimal(part) * 10**places
    assert -whole < 2 * error <= whole


def test_where_nobody_has_data_there_is_no_average_and_no_change():
    blank = an_assessment([(1, "missing", 1, 0), (2, "missing", 1, 0)])
    full = an_assessment([(1, "met", 1, 1), (2, "met", 1, 1)])
    before = a_quarter([a_unit("a", full), a_unit("b", full)])
    now = replace(a_quarter([a_unit("a", blank), a_unit("b")]), before=before)
    found = headline_of(now)
    assert (found.average_criteria, found.criteria_met, found.change) == (None, 0, None)
    assert found.distribution["no data"] == 2
    matrix = matrix_of(now)
    assert not matrix.has_data
    assert not any(column.has_data for column in matrix.columns)
    later = headline_of(replace(before, before=now))
    assert (later.average_criteria, later.change) == (Decimal("2.0"), None)


def test_a_criterion_without_any_data_is_known_apart_from_one_that_nobody_meets():
    half = an_assessment([(1, "missing", 1, 0), (2, "not_met", 1, 0)])
    one, two = matrix_of(a_quarter([a_unit("a", half), a_unit("b")])).columns
    assert (one.met, one.has_data) == (0, False)
    assert (two.met, two.has_data) == (0, True)
    exempt = an_assessment([(1, "not_applicable", 1, 0), (2, "met", 1, 0)])
    assert all(c.has_data for c in matrix_of(a_quarter([a_unit("a", exempt)])).columns)
