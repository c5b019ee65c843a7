"""An ad hoc paper says plainly which figures it holds: nothing is counted back to its day."""

from dataclasses import replace

from reports.paper_words import opening
from tests.reports.snapshots import six_months


def test_an_ad_hoc_paper_says_that_its_figures_are_those_of_the_day_of_composing():
    whole = six_months()
    paper = replace(whole, paper=replace(whole.paper, kind="adhoc"))
    assert (
        "(số liệu quý II năm 2023 theo kỳ dữ liệu đến ngày 14/6/2023, cập nhật đến ngày lập báo cáo)"
        in opening(paper)
    )
    assert "cập nhật đến ngày lập báo cáo" not in opening(whole)
