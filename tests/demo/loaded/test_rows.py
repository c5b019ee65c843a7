"""Every stored row is what the portal itself would have stored."""

import datetime as dt
from collections import Counter

import pytest

from assessments.checks import missing_for_submission
from assessments.models import Assessment, Basis, IndicatorResult, Review
from assessments.sheet import place
from criteria.evaluation import Kind, evaluate_indicator
from criteria.reasons import reasons_to_json

pytestmark = pytest.mark.usefixtures("demo")

CLOSED = ("2022-q4", "2023-q1", "2023-q2")


def rows_of(sheets):
    return [(sheet, row) for sheet in sheets for row in sheet.rows]


def where(sheet, row) -> str:
    return f"{sheet.assessment.period.slug} {sheet.assessment.unit.slug} {row.definition.code}"


def test_every_verdict_is_what_evaluation_gives_again(sheets):
    for sheet, row in rows_of(sheets):
        result = row.result
        outcome = evaluate_indicator(
            row.definition.specs,
            row.values,
            place(sheet.assessment),
            stated=result.stated,
            not_applicable=result.not_applicable,
        )
        assert result.declared_verdict == outcome.verdict, where(sheet, row)
        assert result.unconfirmed == outcome.unconfirmed, where(sheet, row)
        untouched = result.version == 1
        assert result.reasons == ([] if untouched else reasons_to_json(outcome.reasons))


def test_what_counts_is_the_verified_verdict_where_there_is_one(sheets):
    for _sheet, row in rows_of(sheets):
        result = row.result
        assert result.counted_verdict == (result.verified_verdict or result.declared_verdict)


def test_every_row_satisfies_its_fields(demo):
    for result in IndicatorResult.objects.all():
        result.clean_fields(
            exclude=["assessment", "indicator", "entered_in", "reviewed_by", "changed_by"]
        )


def test_every_value_is_one_that_the_form_accepts(sheets):
    for sheet, row in rows_of(sheets):
        for measure in row.definition.measures:
            value = row.values.get(measure.key)
            if value is None:
                continue
            if measure.kind == Kind.BOOLEAN:
                assert isinstance(value, bool)
            elif measure.kind == Kind.CHOICE:
                assert value in measure.choices
            else:
                assert value >= 0, where(sheet, row)
                assert measure.maximum is None or value <= measure.maximum, where(sheet, row)
                assert value == round(value, measure.decimals), where(sheet, row)


def test_nothing_is_missing_in_what_was_sent_and_not_returned(sheets):
    for sheet in sheets:
        if sheet.assessment.is_handed_in and sheet.assessment.state != "returned":
            assert missing_for_submission(sheet) == [], sheet.assessment


def test_every_warning_in_what_was_sent_has_its_note(sheets):
    warned = [
        row for sheet, row in rows_of(sheets) if sheet.assessment.is_handed_in and row.warnings
    ]
    assert len(warned) >= 8
    assert all(row.result.note for row in warned)


def test_what_was_kept_is_what_the_quarter_before_held(sheets):
    kept = [(s, row) for s, row in rows_of(sheets) if row.result.basis == Basis.UNCHANGED]
    assert len(kept) > 900
    for sheet, row in kept:
        assert row.values == row.previous.values, where(sheet, row)
        assert row.result.stated == row.previous.stated
        assert row.result.not_applicable == row.previous.not_applicable
        assert row.result.entered_in_id == row.previous.entered_in.pk


def test_some_figures_were_not_entered_anew_for_three_quarters(sheets):
    ages = Counter(
        row.result.quarters_unchanged(sheet.assessment.period)
        for sheet, row in rows_of(sheets)
        if row.result.basis != Basis.BLANK
    )
    assert set(ages) == {0, 1, 2, 3}


def test_not_applicable_stands_only_where_the_law_says_if_any(sheets):
    excused = [row for _sheet, row in rows_of(sheets) if row.result.not_applicable]
    assert {row.definition.code for row in excused} == {"13.4"}
    assert all(row.result.absence_reason for row in excused)


def test_where_no_level_is_known_the_officer_stated_the_verdict(sheets):
    stated = {row.definition.code for _s, row in rows_of(sheets) if row.result.stated is not None}
    assert stated == {"2.1", "2.2", "2.3", "2.4", "16"}


def test_a_blank_that_was_sent_has_its_reason(sheets):
    blank = [r for s, r in rows_of(sheets) if s.assessment.is_handed_in and r.is_missing]
    assert [row.definition.code for row in blank] == ["17.9"]
    assert "thú y" in blank[0].result.absence_reason


def test_closed_quarters_are_accepted_and_mostly_verified(sheets):
    for slug in CLOSED:
        of_quarter = [s for s in sheets if s.assessment.period.slug == slug]
        assert {s.assessment.state for s in of_quarter} == {"accepted"}
        rows = [row for sheet in of_quarter for row in sheet.rows]
        verified = sum(row.result.review == Review.VERIFIED for row in rows)
        assert 0.9 <= verified / len(rows) < 0.96, slug


def test_624_of_684_rows_of_the_second_quarter_are_verified(sheets):
    rows = IndicatorResult.objects.filter(assessment__period__slug="2023-q2")
    assert (rows.filter(review=Review.VERIFIED).count(), rows.count()) == (624, 684)


def test_a_different_verdict_always_has_its_reason(demo):
    different = [
        (r.assessment.period.slug, r.assessment.unit.slug, r.indicator.code)
        for r in IndicatorResult.objects.select_related(
            "assessment__period", "assessment__unit", "indicator"
        ).exclude(verified_verdict="")
        if r.verified_verdict != r.declared_verdict
    ]
    assert sorted(different) == [
        ("2022-q4", "na-tam", "2.4"),
        ("2023-q1", "giang-ma", "2.1"),
        ("2023-q2", "son-binh", "16"),
        ("2023-q2", "ta-leng", "13.5"),
    ]


def test_the_rows_are_reviewed_by_the_agency_that_leads_them(sheets):
    for sheet, row in rows_of(sheets):
        if row.result.review != Review.PENDING:
            assert row.result.reviewed_by.agency.short_name == row.lead, where(sheet, row)


def test_two_assessments_were_late_with_leave(demo):
    late = [
        (a.period.slug, a.unit.slug)
        for a in Assessment.objects.filter(submitted_at__isnull=False).select_related(
            "period", "unit"
        )
        if day_in_viet_nam(a.submitted_at) > a.period.due_on
    ]
    assert sorted(late) == [("2023-q1", "ta-leng"), ("2023-q2", "na-tam")]


def test_nobody_sent_after_the_due_date_that_held_for_it(demo):
    for assessment in Assessment.objects.filter(submitted_at__isnull=False).select_related(
        "period"
    ):
        assert day_in_viet_nam(assessment.submitted_at) <= assessment.due_on


def day_in_viet_nam(moment: dt.datetime) -> dt.date:
    return moment.astimezone(dt.timezone(dt.timedelta(hours=7))).date()


def test_the_same_figures_come_out_on_every_installation():
    row = IndicatorResult.objects.get(
        assessment__period__slug="2023-q2", assessment__unit__slug="binh-lu", indicator__code="9.2"
    )
    assert [str(v.number) for v in row.values.all()] == ["85.62"]
