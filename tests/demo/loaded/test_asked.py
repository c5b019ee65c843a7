"""Some indicators ask for evidence, and the checklist of a commune that has none says so."""

import pytest

from assessments.checks import missing_for_submission
from assessments.models import Assessment
from assessments.sheet import load_sheet
from criteria.models import EvidenceDecision

pytestmark = pytest.mark.usefixtures("demo")


def sheet_of(unit: str, period: str = "2023-q3"):
    return load_sheet(
        Assessment.objects.select_related(
            "unit__parent__parent", "period", "criteria_set", "submitted_by"
        ).get(period__slug=period, unit__slug=unit)
    )


def test_the_standing_office_asked_for_evidence_of_two_indicators():
    decisions = EvidenceDecision.objects.select_related("indicator", "by")
    assert {one.indicator.code for one in decisions} == {"2.1", "11"}
    assert {one.by.username for one in decisions} == {"phong.nong-nghiep"}


@pytest.mark.parametrize("unit", ["na-tam", "ta-leng", "nung-nang", "khun-ha"])
def test_a_commune_without_the_file_is_told_so(unit):
    (sentence,) = [f.sentence for f in missing_for_submission(sheet_of(unit)) if f.code == "2.1"]
    assert "chỉ được tự đánh giá Đạt khi có minh chứng" in sentence


@pytest.mark.parametrize("unit", ["ban-bo", "ban-hon", "ban-giang"])
def test_a_commune_with_the_file_is_not(unit):
    assert not [f for f in missing_for_submission(sheet_of(unit)) if f.code == "2.1"]


def test_the_closed_quarters_do_not_ask():
    definition = sheet_of("na-tam", "2023-q2").definition
    assert not any(one.requires_evidence for one in definition.indicators)
