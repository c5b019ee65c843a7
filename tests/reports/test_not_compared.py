"""While figures are still coming in, nothing prints what is not entered as a decline."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.template.loader import render_to_string

from assessments.figures import Comparison, Headline, Poverty
from ntm_portal.api.figures import HeadlineSerializer
from reports import brief_context as brief
from reports import paper_context
from reports.quotable import quotable
from reports.render_xlsx import render_xlsx
from tests.reports.snapshots import six_months

WHY = "chưa so sánh: còn 04 chỉ tiêu chưa nhập"


def open_quarter(entered=680):
    """The half year as it would stand while its quarter is open, four indicators missing."""
    whole = six_months()
    first, *others = whole.comparisons
    down = replace(first, recognised=-1, average=Decimal("-4.2"), criteria_met=-50)
    return replace(
        whole,
        paper=replace(whole.paper, provisional=True),
        headline=replace(whole.headline, entered=entered, indicators=684),
        comparisons=(down, *others),
    )


def test_the_brief_says_why_it_does_not_compare():
    found = open_quarter()
    assert [one.change for one in brief.numbers(found)[1:]] == [WHY, WHY]
    assert not any("Bình quân" in line for line in brief.worse(found))
    calm = replace(found, communes=tuple(replace(one, lost=()) for one in found.communes))
    assert brief.nothing_worse(calm) == "Chưa so sánh: còn 04 chỉ tiêu chưa nhập."


def test_recognition_waits_for_no_figures_and_is_always_compared():
    found = open_quarter()
    assert brief.numbers(found)[0].change == "giảm 1 xã so với cuối năm 2022"
    assert "Số xã đã được công nhận giảm 1 xã" in brief.worse(found)
    same = replace(found.comparisons[0], recognised=0)
    still = replace(found, comparisons=(same, *found.comparisons[1:]))
    assert brief.numbers(still)[0].change == "không đổi so với cuối năm 2022"
    gone = replace(same, available=False, recognised=None)
    without = replace(found, comparisons=(gone, *found.comparisons[1:]))
    assert brief.numbers(without)[0].change == "chưa có số liệu cuối năm 2022 để so sánh"


def test_a_criterion_that_figures_show_as_lost_is_still_told():
    assert "Giang Ma không còn đạt tiêu chí số 5" in brief.worse(open_quarter())


def test_the_tables_of_the_paper_leave_the_column_blank_with_a_note():
    for table in (paper_context.criteria, paper_context.communes):
        drawn = table(open_quarter())
        at = drawn.head.index("Tăng, giảm")
        assert {row[at] for row in drawn.rows} == {""}
        assert f"Cột “Tăng, giảm”: {WHY}." in drawn.note


def test_the_table_of_the_page_leaves_it_blank_with_the_note():
    page = render_to_string("reports/tables/criteria.html", {"snapshot": open_quarter()})
    assert WHY in page
    assert ">-" not in page
    assert ">+" not in page
    assert WHY not in render_to_string("reports/tables/criteria.html", {"snapshot": six_months()})


def test_the_workbook_leaves_it_blank_with_the_note():
    book = openpyxl.load_workbook(BytesIO(render_xlsx(open_quarter())))
    for name in ("Tổng hợp", "Ma trận tiêu chí"):
        rows = list(book[name].iter_rows(values_only=True))
        head = next(n for n, row in enumerate(rows) if "Tăng, giảm" in row)
        at = rows[head].index("Tăng, giảm")
        assert {row[at] for row in rows[head + 1 :]} == {None}
        assert any(f"Cột “Tăng, giảm”: {WHY}." in row for row in rows)


def test_no_sentence_may_quote_a_difference():
    assert not any(key.startswith("year-end.") for key in quotable(open_quarter()))
    assert any(key.startswith("year-end.") for key in quotable(open_quarter(entered=684)))


def test_an_open_quarter_that_lacks_nothing_is_compared():
    found = open_quarter(entered=684)
    assert found.why_not_compared == ""
    assert brief.numbers(found)[2].change == "giảm 4,2 tiêu chí/xã so với cuối năm 2022"
    assert "Bình quân tiêu chí/xã giảm 4,2 tiêu chí" in brief.worse(found)
    assert "so với cuối năm 2022" in paper_context.criteria(found).note


@pytest.mark.parametrize(
    ("provisional", "entered", "compares"),
    [(True, 400, False), (True, 684, True), (False, 400, True)],
)
def test_the_programming_interface_compares_by_the_same_rule(provisional, entered, compares):
    nought = Decimal(0)
    figures = Headline(
        period="2023-q3",
        criteria_set="ntm",
        provisional=provisional,
        communes=12,
        criteria=19,
        recognised=8,
        meeting_all=0,
        criteria_met=100,
        average_criteria=Decimal("8.3"),
        by_criterion={},
        distribution={},
        poverty=Poverty(0, nought, nought, nought),
        handed_in=0,
        indicators=684,
        entered=entered,
        verified=0,
        only_declared=0,
        before=Comparison("2023-q2", 0, 0, -96, Decimal("-8.0"), None, None),
    )
    answer = HeadlineSerializer(figures).data["change"]
    assert (answer is not None) == compares
    assert answer is None or answer["criteria_met"] == -96
