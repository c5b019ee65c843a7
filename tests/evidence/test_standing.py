"""What stands behind a row: its own files, those carried along, and what they are worth."""

import datetime as dt
from decimal import Decimal

import pytest

from assessments import actions
from assessments.checks import missing_for_submission, worth_knowing
from assessments.errors import Refused
from assessments.evidence import Validity, evidence_by_result, next_cut_off, validity_of
from assessments.models import AssessmentState, Channel, IndicatorResult, Review
from assessments.sheet import load_sheet
from criteria.models import Indicator
from periods.clock import now
from periods.models import PeriodState, ReportingPeriod
from tests import factories
from tests.evidence import builders as make
from tests.evidence.test_attaching import attach, describe, remove

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
CUT_OFF = dt.date(2023, 9, 14)  # of Quarter III


@pytest.mark.parametrize(
    ("until", "worth"),
    [
        (None, Validity.VALID),
        (dt.date(2023, 9, 13), Validity.EXPIRED),
        (dt.date(2023, 9, 14), Validity.ENDING),
        (dt.date(2023, 12, 13), Validity.ENDING),
        (dt.date(2023, 12, 14), Validity.VALID),
    ],
)
def test_a_document_is_worth_what_its_last_day_says(until, worth):
    assert validity_of(until, CUT_OFF) is worth


def test_the_next_cut_off_is_three_months_later_over_the_years_end_too():
    assert next_cut_off(dt.date(2023, 9, 14)) == dt.date(2023, 12, 14)
    assert next_cut_off(dt.date(2023, 12, 14)) == dt.date(2024, 3, 14)


def reopened(slug="2023-q2"):
    """The closed quarter as it was before: what stands there was added then."""
    period = ReportingPeriod.objects.get(slug=slug)
    period.state, period.closed_at = PeriodState.OPEN, None
    period.save()
    return period


def closed(period):
    period.state, period.closed_at = PeriodState.CLOSED, now()
    period.save()


def attach_last_quarter(code="11", **details):
    period = reopened()
    evidence = attach(code, period="2023-q2").evidence
    if details:
        describe(evidence, **details)
    closed(period)
    return evidence


def keep(code="11"):
    row = factories.row_of(code)
    actions.keep_unchanged(
        by=factories.officer(),
        rows=IndicatorResult.objects.all(),
        result_id=row.pk,
        version=row.version,
        channel=Channel.FORM,
    )
    return row.pk


def test_behind_a_row_kept_unchanged_stands_what_was_added_when_it_was_entered():
    evidence = attach_last_quarter()
    pk = factories.row_of("11").pk
    assert evidence_by_result([pk]) == {}
    keep()
    (item,) = evidence_by_result([pk])[pk]
    assert (item.id, item.carried_from.slug) == (evidence.pk, "2023-q2")
    own = attach(data=make.pdf(2)).evidence
    assert [i.id for i in evidence_by_result([pk])[pk]] == [own.pk, evidence.pk]


def test_a_row_entered_anew_carries_nothing():
    attach_last_quarter()
    pk = keep()
    factories.save("11", {"value": Decimal(12)})
    assert evidence_by_result([pk]) == {}


def test_nothing_is_carried_between_communes_or_indicators_or_when_removed():
    evidence = attach_last_quarter("10")
    assert evidence_by_result([keep("11")]) == {}
    pk = keep("10")
    assert pk in evidence_by_result([pk])
    period = reopened()
    remove(evidence)
    closed(period)
    assert evidence_by_result([pk]) == {}


def test_what_a_person_may_not_see_stands_behind_nothing():
    attach()
    pk = factories.row_of("11").pk
    assert pk in evidence_by_result([pk], factories.officer())
    assert pk in evidence_by_result([pk], factories.department("lao-dong"))
    assert evidence_by_result([pk], factories.department("cong-an")) == {}
    assert evidence_by_result([pk], factories.officer("giang-ma")) == {}


def test_one_query_whatever_the_number_of_rows(django_assert_num_queries):
    attach()
    ids = list(IndicatorResult.objects.values_list("pk", flat=True))
    with django_assert_num_queries(1):
        evidence_by_result(ids[:1])
    with django_assert_num_queries(1):
        found = evidence_by_result(ids)
    assert list(found) == [factories.row_of("11").pk]
    with django_assert_num_queries(0):
        assert evidence_by_result([]) == {}


@pytest.fixture
def asked():
    """Indicator 11 may be declared met only with evidence."""
    from criteria.actions import bump_revision

    indicator = Indicator.objects.select_related("criterion__criteria_set").get(
        code="11", criterion__criteria_set__slug="ntm"
    )
    indicator.requires_evidence = True
    indicator.save()
    bump_revision(indicator.criterion.criteria_set)


def sentences(code="11"):
    sheet = load_sheet(factories.assessment("ban-bo"))
    return [f.sentence for f in missing_for_submission(sheet) if f.code == code]


@pytest.mark.usefixtures("asked")
def test_declared_met_without_evidence_cannot_be_sent():
    factories.save("11", {"value": Decimal(12)})
    (sentence,) = sentences()
    assert "minh chứng còn hiệu lực" in sentence
    evidence = attach().evidence
    assert sentences() == []
    describe(evidence, valid_until=dt.date(2023, 9, 13))
    assert sentences() == [sentence]
    describe(evidence, valid_until=dt.date(2023, 9, 14))
    assert sentences() == []
    remove(evidence)
    assert sentences() == [sentence]


@pytest.mark.usefixtures("asked")
def test_not_met_needs_no_evidence():
    factories.save("11", {"value": Decimal(40)}, note="Tăng do rà soát lại")
    assert sentences() == []


@pytest.mark.usefixtures("asked")
def test_evidence_carried_along_counts_while_it_is_valid():
    attach_last_quarter()
    keep()
    assert sentences() == []


@pytest.mark.usefixtures("asked")
def test_evidence_carried_along_no_longer_counts_once_it_has_expired():
    attach_last_quarter(valid_until=dt.date(2023, 9, 1))
    keep()
    assert len(sentences()) == 1


@pytest.mark.usefixtures("asked")
def test_the_action_refuses_by_the_same_list_and_the_page_shows_it(officer):
    sheet = factories.fill(factories.assessment("ban-bo"))
    page = officer.get("/assessments/2023-q3/ban-bo/ntm/submit/").content.decode()
    assert "11 chỉ được tự đánh giá Đạt khi có minh chứng" in page
    with pytest.raises(actions.Incomplete):
        actions.submit(
            by=factories.officer(),
            assessment=sheet.assessment,
            fingerprint=sheet.fingerprint,
            channel=Channel.FORM,
        )
    row = officer.get("/assessments/2023-q3/ban-bo/ntm/").content.decode()
    assert "Cần minh chứng để tự đánh giá Đạt" in row


def test_what_expires_before_next_quarter_is_told_and_does_not_stop_the_sending(officer):
    factories.fill(factories.assessment("ban-bo"))
    describe(attach().evidence, valid_until=dt.date(2023, 11, 1))
    sheet = load_sheet(factories.assessment("ban-bo"))
    assert missing_for_submission(sheet) == []
    (finding,) = worth_knowing(sheet)
    assert "01/11/2023" in finding.sentence
    page = officer.get("/assessments/2023-q3/ban-bo/ntm/submit/").content.decode()
    assert finding.sentence in page
    assert 'name="fingerprint"' in page
    row = officer.get("/assessments/2023-q3/ban-bo/ntm/").content.decode()
    assert "hết hiệu lực ngày 01/11/2023, trước quý sau" in row


def test_a_file_added_after_the_confirmation_stops_the_sending():
    sheet = factories.fill(factories.assessment("ban-bo"))
    attach()
    with pytest.raises(actions.Changed):
        actions.submit(
            by=factories.officer(),
            assessment=sheet.assessment,
            fingerprint=sheet.fingerprint,
            channel=Channel.FORM,
        )


@pytest.mark.parametrize("act", ["add", "remove", "describe"])
def test_a_returned_row_is_corrected_by_its_files_too(act):
    factories.fill(factories.assessment("ban-bo"))
    evidence = attach(data=make.pdf(3)).evidence
    IndicatorResult.objects.filter(pk=factories.row_of("11").pk).update(
        review=Review.RETURNED,
        reviewed_by=factories.department(),
        reviewed_at=now(),
        review_reason="Thiếu biên bản",
    )
    assessment = factories.assessment("ban-bo")
    assessment.state = AssessmentState.RETURNED
    assessment.submitted_at, assessment.submitted_by = now(), factories.officer()
    assessment.save()
    assert len(sentences()) == 1
    {
        "add": lambda: attach(),
        "remove": lambda: remove(evidence),
        "describe": lambda: describe(evidence, document_number="1"),
    }[act]()
    assert sentences() == []


def test_in_a_returned_assessment_only_returned_rows_take_files():
    factories.fill(factories.assessment("ban-bo"))
    assessment = factories.assessment("ban-bo")
    assessment.state = AssessmentState.RETURNED
    assessment.submitted_at, assessment.submitted_by = now(), factories.officer()
    assessment.save()
    with pytest.raises(Refused):
        attach("10")
