"""The figures of the directive, from the database: DESIGN §5."""

import datetime as dt
from decimal import Decimal

import pytest

from assessments.freezing import freeze
from assessments.models import Assessment, IndicatorResult
from assessments.sheet import load_sheet
from assessments.statistics import (
    completeness,
    criteria_met_by_assessment,
    figures,
    headline,
    matrix,
)
from communes.models import AdministrativeUnit, Recognition
from criteria.evaluation import evaluate_criterion
from criteria.models import CriteriaSet, Indicator
from periods.clock import now
from periods.models import ReportingPeriod
from tests import factories

pytestmark = pytest.mark.usefixtures("demonstration")
TODAY = dt.date(2023, 9, 20)


def quarter(slug="2023-q2"):
    return ReportingPeriod.objects.get(slug=slug), CriteriaSet.objects.get(slug="ntm")


def test_quarter_two_says_what_the_directive_says():
    found = headline(*quarter())
    assert (found.communes, found.recognised, found.meeting_all) == (12, 8, 0)
    assert (found.criteria_met, str(found.average_criteria)) == (196, "16.3")
    assert found.by_criterion[11] == 0
    assert found.poverty.poor_rate == Decimal("25.52")
    assert found.poverty.near_poor_rate == Decimal("13.53")
    assert found.poverty.communes == 12
    assert found.handed_in == 12
    assert not found.provisional


def test_the_open_quarter_is_provisional_and_says_who_has_sent():
    period, criteria_set = quarter("2023-q3")
    found = figures(period, criteria_set, TODAY)
    assert found.headline.provisional
    assert 0 < found.headline.handed_in < found.headline.communes
    entering = {row.slug for row in found.matrix.rows if not row.handed_in}
    assert len(entering) == found.headline.communes - found.headline.handed_in
    assert found.completeness.late > 0


def test_the_first_quarter_has_nothing_to_compare_with():
    assert headline(*quarter("2022-q4")).before is None
    assert headline(*quarter("2023-q1")).before.period == "2022-q4"


def test_a_gap_in_the_quarters_is_not_bridged():
    period, criteria_set = quarter("2023-q2")
    ReportingPeriod.objects.filter(slug="2023-q1").update(
        state="planned", opened_at=None, closed_at=None
    )
    assert headline(period, criteria_set).before is None


def test_the_matrix_agrees_with_every_sheet():
    """The same rule by another way: each assessment's page evaluates its rows one by one."""
    period, criteria_set = quarter()
    rows = {row.slug: row for row in matrix(period, criteria_set).rows}
    for slug in ("ban-bo", "giang-ma", "ta-leng"):
        sheet = load_sheet(factories.assessment(slug, period))
        counted = [
            evaluate_criterion(row.result.counted_verdict for row in criterion.rows)
            for criterion in sheet.criteria
        ]
        assert [cell.verdict for cell in rows[slug].cells] == counted


def test_the_verified_verdict_counts_before_the_declared_one():
    period, criteria_set = quarter()
    before = headline(period, criteria_set)
    reviewer = factories.coordinator()
    row = IndicatorResult.objects.filter(
        assessment__unit__slug="ban-bo", assessment__period=period, indicator__code="10",
        declared_verdict="met",
    )  # fmt: skip
    assert row.update(
        review="verified", verified_verdict="not_met", reviewed_by=reviewer, reviewed_at=now(),
        review_reason="Số liệu chưa khớp.",
    )  # fmt: skip
    after = headline(period, criteria_set)
    assert after.criteria_met == before.criteria_met - 1
    assert after.by_criterion[10] == before.by_criterion[10] - 1


def test_a_withdrawn_recognition_no_longer_counts_in_the_open_quarter():
    Recognition.objects.filter(unit__slug="ho-thau", tier="ntm").update(
        withdrawn_on=dt.date(2023, 5, 1), withdrawal_reason="Không giữ được các tiêu chí."
    )
    found = headline(*quarter("2023-q3"))
    assert found.recognised == 7
    assert found.before.recognised == -1
    assert headline(*quarter("2023-q2")).recognised == 8


def test_a_commune_that_no_longer_exists_is_not_counted():
    AdministrativeUnit.objects.filter(slug="then-sin").update(valid_to=dt.date(2023, 4, 30))
    assert headline(*quarter("2023-q3")).communes == 11
    assert headline(*quarter("2023-q2")).communes == 12


def test_criteria_met_of_single_assessments_are_those_of_the_matrix():
    period, criteria_set = quarter()
    met = criteria_met_by_assessment(Assessment.objects.filter(period=period))
    by_unit = {a.unit.slug: met[a.pk] for a in Assessment.objects.filter(period=period)}
    assert by_unit == {row.slug: row.met for row in matrix(period, criteria_set).rows}


@pytest.mark.parametrize("slug", ["2023-q2", "2023-q3"])
@pytest.mark.parametrize("more", [0, 288])
def test_no_query_grows_with_the_communes(more, slug, django_assert_max_num_queries):
    period, criteria_set = quarter(slug)
    add_communes(more, period, criteria_set)
    with django_assert_max_num_queries(6):
        found = figures(period, criteria_set, TODAY)
    assert found.headline.communes == 12 + more
    with django_assert_max_num_queries(6):
        completeness(period, criteria_set, TODAY)


def add_communes(count, period, criteria_set) -> None:
    """Communes with a whole assessment each, all indicators met."""
    pattern = AdministrativeUnit.objects.get(slug="ban-bo", valid_to__isnull=False)
    units = AdministrativeUnit.objects.bulk_create(
        AdministrativeUnit(
            code=f"9{n:04}", slug=f"xa-{n}", name=f"Xã {n}", short_name=f"{n}",
            level=pattern.level, kind=pattern.kind, parent=pattern.parent, in_programme=True,
        )
        for n in range(count)
    )  # fmt: skip
    made = Assessment.objects.bulk_create(
        Assessment(unit=unit, period=period, criteria_set=criteria_set) for unit in units
    )
    indicators = Indicator.objects.filter(criterion__criteria_set=criteria_set)
    IndicatorResult.objects.bulk_create(
        IndicatorResult(
            assessment=one, indicator=indicator, declared_verdict="met", basis="entered",
            entered_in=period,
        )
        for one in made
        for indicator in indicators
    )  # fmt: skip
    if not period.is_open:
        freeze(period)  # as if they had been there when it closed
