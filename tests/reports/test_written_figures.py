"""Beside the editor: a quarter against the one before, longer terms against the end of last year
and the same time last year (DESIGN §2)."""

from dataclasses import replace

import pytest
from django.utils import translation

from assessments.statistics import commune_indicators
from criteria.evaluation import Verdict
from criteria.models import CriteriaSet
from periods.models import ReportingPeriod
from reports.counted import Base
from reports.written.figures import _commune_against, figures_of
from tests import factories
from tests.reports import written_stages as stages
from tests.reports.written_pages import browser, text_of

pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("kind", "period", "labels"),
    [
        ("quarter", "2023-q2", ["Quarter I of 2023"]),
        ("quarter", "2023-q1", ["Quarter IV of 2022"]),
        ("6-months", "2023-q2", ["the end of 2022", "the same time in 2022"]),
        ("9-months", "2023-q3", ["the end of 2022", "the same time in 2022"]),
        ("12-months", "2022-q4", ["the end of 2021"]),
    ],
)
@pytest.mark.parametrize("body", [stages.commune, stages.agency])
def test_each_kind_has_the_bases_that_belong_to_it(kind, period, labels, body):
    found = figures_of(body(), stages.term(period, kind))
    assert [one.label for one in found.against] == labels


def test_six_months_of_a_commune_are_told_against_the_end_of_last_year():
    """Giang Ma won criterion 9 in the first half of 2023 and lost criterion 5."""
    found = figures_of(stages.commune("giang-ma"), stages.term("2023-q2", "6-months"))
    year_end, last_year = found.against
    then = figures_of(stages.commune("giang-ma"), stages.term("2022-q4"))
    assert year_end.met == then.row.met
    assert found.row.met - year_end.met == len(year_end.won) - len(year_end.lost)
    assert year_end.lost == ("5",)
    assert "9" in year_end.won
    assert (last_year.met, last_year.won, last_year.lost) == (None, (), ())


def test_a_quarter_stays_told_against_the_one_before():
    at = stages.term("2023-q2")
    (found,) = figures_of(stages.commune("giang-ma"), at).against
    (then,) = [figures_of(stages.commune("giang-ma"), stages.term("2023-q1")).row.met]
    assert found.met == then


def test_an_agency_is_told_which_indicators_changed_where():
    body = stages.agency("giao-duc")
    quarter = figures_of(body, stages.term("2023-q2"))
    half = figures_of(body, stages.term("2023-q2", "6-months"))
    assert any("Giang Ma" in one for one in half.against[0].lost)
    assert half.met - half.against[0].met == sum(map(_named, half.against[0].won)) - sum(
        map(_named, half.against[0].lost)
    )
    assert half.met == quarter.met
    assert half.against[1].met is None


def _named(one: str) -> int:
    return one.count(",") + 1


def test_a_base_in_which_the_commune_entered_nothing_is_no_nought():
    row = figures_of(stages.commune("giang-ma"), stages.term("2023-q2")).row
    cells = tuple(replace(one, verdict=Verdict.MISSING) for one in row.cells)
    base = Base("year-end", "", "2022-q4", None)
    assert _commune_against(base, replace(row, cells=cells, met=0), row).met is None
    assert _commune_against(base, row, row).met == row.met


def test_indicators_that_nobody_had_entered_are_no_nought_for_their_agency():
    """Nothing of Thèn Sin is entered in the third quarter of 2023: set against it, nothing is known."""
    open_one, closed = (ReportingPeriod.objects.get(slug=f"2023-q{n}") for n in (3, 2))
    ntm = CriteriaSet.objects.get(slug="ntm")
    unit = stages.commune("then-sin").id
    lines = commune_indicators(closed, ntm, unit, open_one)
    assert {line.met_before for line in lines} == {None}
    assert not any(line.won or line.lost for line in lines)


def test_the_page_names_both_bases_and_says_where_there_is_nothing_to_compare_with():
    client = browser(factories.coordinator())
    text = text_of(client.get("/reports/written/2023-6-months/communes/giang-ma/"))
    assert "Against the end of 2022" in text
    assert "Criteria newly lost: 5" in text
    assert "Against the same time in 2022 There are no figures of that time" in text
    assert "Quarter I of 2023" not in text
    text = text_of(client.get("/reports/written/2023-q2/agencies/giao-duc/"))
    assert "Against Quarter I of 2023" in text


def test_two_bases_cost_a_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        figures_of(stages.commune("giang-ma"), stages.term("2023-q2", "6-months"))
    with django_assert_max_num_queries(14):
        figures_of(stages.agency("giao-duc"), stages.term("2023-q2", "6-months"))
