from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assignments.models import Duty, IndicatorAssignment
from assignments.queries import indicators_of, leads_by_indicator, supports_by_indicator
from communes.models import Agency
from criteria.models import CriteriaSet, Criterion, Indicator

pytestmark = pytest.mark.usefixtures("reference")


@pytest.fixture
def ntm():
    return CriteriaSet.objects.get(slug="ntm")


def agency(slug):
    return Agency.objects.get(slug=slug)


def codes(slug, duty=None):
    found = Indicator.objects.filter(pk__in=indicators_of(agency(slug).pk, duty))
    return set(found.values_list("code", flat=True))


def by_code(ntm, labels):
    names = dict(Indicator.objects.filter(criterion__criteria_set=ntm).values_list("pk", "code"))
    return {names[pk]: label for pk, label in labels.items()}


def test_every_indicator_of_the_commune_set_has_one_leading_agency(ntm):
    leads = leads_by_indicator(ntm.pk)
    assert len(leads) == 57
    # The same counted the other way round: through what each agency leads.
    every = Counter(
        pk
        for one in Agency.objects.all()
        for pk in indicators_of(one.pk, Duty.LEAD).values_list("pk", flat=True)
    )
    assert every == Counter(leads.keys())


def test_who_leads_criterion_17_does_not_lead_what_was_given_to_others():
    assert codes("tai-nguyen", Duty.LEAD) == {
        "17.2", "17.3", "17.6", "17.7", "17.11", "17.12",
    }  # fmt: skip
    assert codes("hoi-phu-nu", Duty.LEAD) == {"17.8"}
    assert {"17.1", "17.9", "17.10"} <= codes("nong-nghiep", Duty.LEAD)
    assert {"17.4", "17.5"} <= codes("kinh-te-ha-tang", Duty.LEAD)


def test_the_label_names_the_agency_of_the_indicator_before_that_of_its_criterion(ntm):
    leads = by_code(ntm, leads_by_indicator(ntm.pk))
    assert leads["13.2"].short_name == "Phòng NN&PTNT"
    assert leads["13.1"].name == "Phòng Tài chính - Kế hoạch"
    assert leads["15.1"].short_name == "BHXH huyện"
    assert leads["15.2"].id == agency("trung-tam-y-te").pk


def test_support_of_a_criterion_holds_for_its_indicators(ntm):
    supports = by_code(ntm, supports_by_indicator(ntm.pk))
    assert [label.short_name for label in supports["13.1"]] == ["Hội Nông dân"]
    assert [label.short_name for label in supports["18.3"]] == ["Ban Dân vận"]
    assert "2.1" not in supports
    assert codes("hoi-phu-nu", Duty.SUPPORT) == {"18.5"}
    assert codes("hoi-phu-nu") == {"17.8", "18.5"}


def test_own_support_of_an_indicator_takes_the_place_of_its_criterions(ntm):
    youth, farmers = agency("doan-thanh-nien"), agency("hoi-nong-dan")
    indicator = Indicator.objects.get(code="13.5", criterion__criteria_set=ntm)
    IndicatorAssignment.objects.create(agency=youth, duty=Duty.SUPPORT, indicator=indicator)
    labels = supports_by_indicator(ntm.pk)[indicator.pk]
    assert [label.id for label in labels] == [youth.pk]
    assert "13.5" in codes("doan-thanh-nien")
    assert "13.5" not in codes("hoi-nong-dan")
    assert "13.4" in codes("hoi-nong-dan")
    assert farmers.pk not in {label.id for label in labels}


def test_a_support_of_its_own_does_not_take_the_lead_away_from_the_criterions_agency(ntm):
    indicator = Indicator.objects.get(code="17.2", criterion__criteria_set=ntm)
    IndicatorAssignment.objects.create(
        agency=agency("hoi-phu-nu"), duty=Duty.SUPPORT, indicator=indicator
    )
    assert "17.2" in codes("tai-nguyen", Duty.LEAD)
    assert "17.2" in codes("hoi-phu-nu")


def test_an_agency_without_duties_and_nobody_at_all_have_no_indicators():
    assert codes("doan-thanh-nien") == set()
    assert not indicators_of(None).exists()


def test_who_leads_what_costs_two_queries_whatever_the_size_of_the_set(ntm):
    def cost(criteria_set):
        with CaptureQueriesContext(connection) as queries:
            leads_by_indicator(criteria_set.pk)
        return len(queries)

    small = CriteriaSet.objects.get(slug="huyen-ntm")
    assert cost(ntm) == cost(small) == 2


def test_the_plan_that_was_not_found_makes_every_duty_a_proposal_or_derived(ntm):
    rows = IndicatorAssignment.objects.all()
    assert set(rows.values_list("certainty", flat=True)) == {"proposal", "derived"}
    derived = Criterion.objects.filter(criteria_set=ntm, assignments__certainty="derived")
    assert set(derived.values_list("number", flat=True)) == {1, 11, 12, 13, 17}
