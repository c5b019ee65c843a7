"""The sentence under "meeting all criteria", on tiny quarters."""

from assessments.statistics import headline_of, matrix_of
from dashboard.headline import headline_page
from tests.statistics.test_arithmetic import a_quarter, a_unit, an_assessment


def why_not_all(*units) -> str:
    counts = a_quarter(units)
    return headline_page(headline_of(counts), matrix_of(counts), None).why_not_all


def test_nothing_is_weakest_where_all_that_is_known_is_that_a_criterion_does_not_apply():
    exempt = an_assessment([(1, "not_applicable", 1, 0), (2, "missing", 1, 0)])
    blank = an_assessment([(1, "missing", 1, 0), (2, "missing", 1, 0)])
    assert why_not_all(a_unit("a", exempt), a_unit("b", blank)) == ""


def test_the_weakest_is_found_among_the_criteria_that_are_known():
    first = an_assessment([(1, "met", 1, 0), (2, "missing", 1, 0)])
    second = an_assessment([(1, "not_met", 1, 0), (2, "missing", 1, 0)])
    said = why_not_all(a_unit("a", first), a_unit("b", second))
    assert "1 Tiêu chí 1" in said
    assert "1/2" in said
