"""The list of quarters counts the communes of the district then, as closing and the statistics."""

import datetime as dt

import pytest

from assessments.closing import closing_report
from assessments.models import Notice
from assessments.quarter_pages import quarter_lines
from assessments.reminding import remind
from assessments.statistics import completeness
from communes.models import AdministrativeUnit
from criteria.models import CriteriaSet
from dashboard.district_work import quarter_work
from tests import factories
from tests.quarters.test_decisions import close, period
from tests.quarters.test_pages import client_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
#: The quarter's data runs from 15 June to 14 September 2023; its last day decides.
BEFORE, DURING, DAY_BEFORE_LAST = dt.date(2023, 6, 14), dt.date(2023, 8, 1), dt.date(2023, 9, 13)
LAST, AFTER = dt.date(2023, 9, 14), dt.date(2023, 9, 15)


def change(**fields) -> None:
    """Past every check, as a law may change the units behind a quarter that is open."""
    AdministrativeUnit.objects.filter(pk=factories.unit("na-tam").pk).update(**fields)


def line(slug="2023-q3"):
    return next(one for one in quarter_lines() if one.period.slug == slug)


def assert_all_say(communes: int) -> None:
    found = period()
    stands = completeness(found, CriteriaSet.objects.get(slug="ntm"), dt.date(2023, 9, 20))
    assert line().assessments == stands.communes == communes
    assert line().handed_in == stands.handed_in
    if found.is_open:
        assert len(closing_report(found).lines) == communes


def test_all_twelve_are_counted():
    assert_all_say(12)


@pytest.mark.parametrize("last_day", [BEFORE, DURING, DAY_BEFORE_LAST])
def test_one_that_left_before_the_last_day_of_the_data_is_not_counted(last_day):
    change(valid_to=last_day)
    assert_all_say(11)


@pytest.mark.parametrize("last_day", [LAST, AFTER, None])
def test_one_that_existed_on_the_last_day_is_counted_whatever_comes_after(last_day):
    change(valid_to=last_day)
    assert_all_say(12)


@pytest.mark.parametrize(("first_day", "communes"), [(LAST, 12), (AFTER, 11)])
def test_one_that_begins_after_the_last_day_is_not_counted_yet(first_day, communes):
    change(valid_from=first_day)
    assert_all_say(communes)


def test_one_that_left_the_programme_or_the_district_is_not_counted():
    change(in_programme=False)
    assert_all_say(11)
    AdministrativeUnit.objects.filter(slug="na-tam").update(
        in_programme=True, parent=factories.unit("ban-bo")
    )
    assert_all_say(11)


def test_what_it_had_sent_is_in_no_number_of_the_page_and_the_quarters_page_agrees():
    factories.accepted("na-tam")
    office = client_of(factories.coordinator())
    assert "1/12" in words(office.get("/periods/"))
    change(valid_to=DURING)
    page = words(office.get("/periods/"))
    assert "0/11" in page
    assert "1/12" not in page
    assert (line().handed_in, line().accepted) == (0, 0)


def test_a_closed_quarter_keeps_its_communes_whoever_leaves_later():
    factories.accepted("na-tam")
    close()
    change(valid_to=BEFORE, in_programme=False)
    assert_all_say(12)
    assert (line().handed_in, line().accepted) == (1, 1)


def test_closed_without_it_a_quarter_does_not_count_it_when_it_comes_back():
    factories.accepted("na-tam")
    change(valid_to=DURING)
    close()
    change(valid_to=None)
    assert_all_say(11)
    assert line().accepted == 0


def test_its_successor_is_counted_from_its_first_quarter_on():
    """Replaced under the same name in the middle of the quarter: one is counted, not two."""
    change(valid_to=DURING)
    old = AdministrativeUnit.objects.get(slug="na-tam", valid_to=DURING)
    AdministrativeUnit.objects.create(
        code=old.code, slug=old.slug, name=old.name, short_name=old.short_name, level=old.level,
        kind=old.kind, parent=old.parent, in_programme=True,
        valid_from=DURING + dt.timedelta(days=1),
    )  # fmt: skip
    assert line().assessments == 11
    factories.quarters.open_period(by=factories.coordinator(), period=period(), channel="system")
    assert_all_say(12)


def test_nobody_is_reminded_of_the_assessment_of_a_commune_that_left():
    officer = factories.officer("na-tam")
    office = factories.coordinator()
    change(valid_to=DURING)
    remind(period().due_on + dt.timedelta(days=1))
    assert not Notice.objects.filter(kind="late", recipient=officer).exists()
    told = Notice.objects.get(kind="late", recipient=office).facts
    assert "Nà Tăm" not in str(told)


def test_the_work_of_the_office_leaves_a_quarter_that_waits_for_nobody_who_counts():
    for unit in AdministrativeUnit.objects.in_programme().exclude(slug="na-tam"):
        if unit.slug == "ban-bo":
            factories.accepted("ban-bo")
        else:
            AdministrativeUnit.objects.filter(pk=unit.pk).update(valid_to=BEFORE)
    office, today = factories.coordinator(), dt.date(2023, 9, 20)
    change(valid_to=LAST)
    assert quarter_work(office, today).period.slug == "2023-q3"
    change(valid_to=DURING)
    work = quarter_work(office, today)
    assert work.completeness.communes == 1
    assert work.to_accept == 0


def test_the_list_costs_three_queries_whatever_there_is(django_assert_num_queries):
    with django_assert_num_queries(3):
        quarter_lines()
    close()
    with django_assert_num_queries(3):
        quarter_lines()
