"""2023 Q3 is open: part entered, some verified, some returned, some late; a newcomer can go on."""

import datetime as dt
from collections import Counter

import pytest

from accounts.models import User
from assessments import actions
from assessments.checks import missing_for_submission
from assessments.models import Assessment, AssessmentState, Basis, Channel, Review
from assessments.rows import RowChange
from assessments.sheet import load_sheet
from criteria.evaluation import Verdict
from periods.clock import today
from periods.models import ReportingPeriod

pytestmark = pytest.mark.usefixtures("demo")


def assessment(unit: str) -> Assessment:
    return Assessment.objects.select_related(
        "unit__parent__parent", "period", "criteria_set", "submitted_by"
    ).get(period__slug="2023-q3", unit__slug=unit)


def test_the_quarters_stand_as_they_would_on_20_september():
    quarters = ReportingPeriod.objects.order_by("data_to")
    assert {q.slug: q.state for q in quarters} == {
        "2022-q4": "closed",
        "2023-q1": "closed",
        "2023-q2": "closed",
        "2023-q3": "open",
        "2023-q4": "planned",
    }
    third = ReportingPeriod.objects.get(slug="2023-q3")
    assert (third.data_from, third.data_to) == (dt.date(2023, 6, 15), dt.date(2023, 9, 14))
    assert third.due_on == dt.date(2023, 9, 25)
    assert today() == dt.date(2023, 9, 20)


def test_every_state_that_the_open_quarter_can_have_is_there():
    states = Counter(
        Assessment.objects.filter(period__slug="2023-q3").values_list("state", flat=True)
    )
    assert states == {"draft": 7, "submitted": 3, "returned": 1, "verified": 1}


def test_how_far_each_draft_has_come():
    drafts = ("ban-bo", "ban-hon", "khun-ha", "na-tam", "nung-nang", "ta-leng", "then-sin")
    assert {slug: load_sheet(assessment(slug)).entered for slug in drafts} == {
        "ban-bo": 41,
        "ban-hon": 57,
        "khun-ha": 6,
        "na-tam": 52,
        "nung-nang": 19,
        "ta-leng": 22,
        "then-sin": 0,
    }


def test_two_of_the_four_communes_asked_to_send_earlier_are_late():
    asked = Assessment.objects.filter(period__slug="2023-q3", extended_to=dt.date(2023, 9, 18))
    assert {a.unit.slug for a in asked} == {"son-binh", "giang-ma", "na-tam", "ta-leng"}
    late = {a.unit.slug for a in asked if not a.is_handed_in and a.due_on < today()}
    assert late == {"na-tam", "ta-leng"}


def test_ban_giang_has_two_rows_returned_with_their_reasons():
    returned = assessment("ban-giang").results.filter(review=Review.RETURNED)
    by_code = {r.indicator.code: r for r in returned.select_related("indicator")}
    assert set(by_code) == {"17.1", "12.2"}
    assert by_code["17.1"].reviewed_by.username == "phong.nong-nghiep"
    assert by_code["12.2"].reviewed_by.username == "phong.lao-dong"
    assert all(len(row.review_reason) > 40 for row in by_code.values())
    assert {f.code for f in missing_for_submission(load_sheet(assessment("ban-giang")))} == {
        "17.1",
        "12.2",
    }


def test_binh_lu_is_verified_but_for_the_row_whose_agency_has_no_account():
    pending = assessment("binh-lu").results.exclude(review=Review.VERIFIED)
    assert [row.indicator.code for row in pending] == ["15.1"]


def test_some_rows_of_what_was_sent_are_verified_already():
    for slug, count in {"son-binh": 19, "giang-ma": 3, "ho-thau": 0}.items():
        rows = assessment(slug).results.filter(review=Review.VERIFIED)
        assert (slug, rows.count()) == (slug, count)


def test_ban_bo_is_at_41_of_57_with_16_criteria_met():
    sheet = load_sheet(assessment("ban-bo"))
    assert (sheet.entered, sheet.criteria_met) == (41, 16)
    bases = Counter(row.result.basis for row in sheet.rows)
    assert bases == {Basis.ENTERED: 33, Basis.UNCHANGED: 8, Basis.BLANK: 16}
    assert {c.definition.number for c in sheet.criteria if c.verdict != Verdict.MET} == {11, 17, 18}


def test_ban_bo_has_one_jump_that_still_needs_a_note():
    sheet = load_sheet(assessment("ban-bo"))
    assert [row.definition.code for row in sheet.rows if row.warnings] == ["15.4"]
    assert sheet.count("missing") == 16
    assert len(missing_for_submission(sheet)) == 17


def test_a_newcomer_can_fill_the_rest_of_ban_bo_and_send_it():
    officer = User.objects.get(username="xa.ban-bo")
    mine = assessment("ban-bo")
    shown = actions.fingerprint_of_kept(actions.rows_to_keep(load_sheet(mine), officer))
    kept = actions.keep_all_unchanged(
        by=officer, assessment=mine, fingerprint=shown, channel=Channel.FORM
    )
    assert kept == 16
    row = next(r for r in load_sheet(mine).rows if r.definition.code == "15.4")
    explained = RowChange(dict(row.values), note="Trạm Y tế nhập xong sổ của ba bản.")
    actions.save_row(
        by=officer,
        rows=mine.results.all(),
        result_id=row.result.pk,
        version=row.result.version,
        read=lambda definition: explained,
        channel=Channel.FORM,
    )
    sheet = load_sheet(assessment("ban-bo"))
    assert missing_for_submission(sheet) == []
    assert actions.submit(
        by=officer, assessment=mine, fingerprint=sheet.fingerprint, channel=Channel.FORM
    )
    assert assessment("ban-bo").state == AssessmentState.SUBMITTED
    assert load_sheet(assessment("ban-bo")).criteria_met == 18


def test_ban_hon_has_everything_and_only_needs_to_send():
    assert missing_for_submission(load_sheet(assessment("ban-hon"))) == []
