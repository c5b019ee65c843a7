"""A quarter in which nobody has entered anything: no page and no paper calls that nought."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from django.template.loader import render_to_string

from accounts.models import User
from assessments import quarters
from assessments.models import Channel
from assessments.statistics import headline
from criteria.models import CriteriaSet
from ntm_portal.api.figures import HeadlineSerializer
from periods.models import ReportingPeriod
from reports import brief_context as brief
from reports import paper_annexes, text_tables
from reports.building import build_snapshot
from reports.docx_tables import matrix_grid
from reports.quotable import quotable
from reports.render_brief import render_brief
from reports.render_xlsx import render_xlsx
from reports.sections import BY_KEY, generated
from reports.snapshot import Snapshot
from tests.reports import summary_stages as stages
from tests.reports.odd_snapshots import without_data
from tests.reports.snapshots import six_months

pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture
def empty() -> Snapshot:
    """The fourth quarter of 2023, just opened."""
    period = ReportingPeriod.objects.get(slug="2023-q4")
    coordinator = User.objects.get(username="phong.nong-nghiep")
    quarters.open_period(by=coordinator, period=period, channel=Channel.SYSTEM)
    return build_snapshot(stages.started("quarter", "2023-q4"))


def test_there_is_no_average_and_no_number_of_it_to_quote(empty):
    assert empty.is_blank
    assert empty.headline.average is None
    assert "headline.average" not in quotable(empty)
    assert empty.why_not_compared == "chưa so sánh: trong kỳ chưa có số liệu"


def test_the_brief_has_dashes_but_counts_those_recognised(empty):
    recognised, meeting_all, average = brief.numbers(empty)
    assert (recognised.value, recognised.of) == ("08", "/12")
    assert recognised.change == "không đổi so với quý III"
    assert (meeting_all.value, meeting_all.of, average.value) == ("–", "", "–")
    assert average.change == "chưa so sánh: trong kỳ chưa có số liệu"
    assert render_brief(empty).startswith(b"%PDF")


def test_the_tables_of_the_paper_have_dashes(empty):
    rows = {row[0]: row for row in text_tables.statutory(empty).rows}
    for number in ("2", "3", "4.1", *(f"6.{n}" for n in range(1, 20))):
        assert rows[number][4] == "–", number
    assert rows["2"][3] == "192"
    assert rows["1.1"][4] == "8"
    assert text_tables.trend(empty).rows[-1][3:6] == ("–", "–", "–")
    for row in text_tables.criteria(empty).rows:
        assert row[2:6] == ("–", "–", "12", "")
    matrix = paper_annexes.matrix(empty)
    assert set(matrix.totals) == {"–"}
    assert matrix.total == "–"
    assert set(matrix_grid(matrix).rows[-1][1:]) == {"–"}


def test_the_workbook_has_dashes_and_no_formula_that_comes_to_nought(empty):
    book = openpyxl.load_workbook(BytesIO(render_xlsx(empty)))
    told = {row[0]: row[2] for row in book["Tổng hợp"].iter_rows(values_only=True) if row[0]}
    for name in ("Tổng số tiêu chí đạt", "Bình quân tiêu chí đạt trên một xã"):
        assert told[name] == "–"
    assert told["Số xã đang đạt đủ 19 tiêu chí"] == "–"
    last = next(
        row for row in book["Ma trận tiêu chí"].iter_rows(values_only=True) if row[0] == "Số xã đạt"
    )
    assert set(last[2:22]) == {"–"}
    rows = {row[0]: row for row in book["Biểu tổng hợp"].iter_rows(values_only=True)}
    assert {rows[number][4] for number in ("2", "3", "6.1", "6.19")} == {"–"}
    quarter = [row for row in book["Các quý"].iter_rows(values_only=True) if row[0]]
    assert any(row[0] == "Quý IV/2023" and row[3:6] == ("–", "–", "–") for row in quarter)


def test_the_pages_have_dashes(empty, client):
    client.force_login(stages.coordinator())
    page = client.get("/reports/2023-q4/").content.decode()
    assert page.count('<p class="figure">–</p>') == 3
    tables = [
        render_to_string(f"reports/tables/{name}.html", {"snapshot": empty})
        for name in ("statutory", "criteria", "annexes")
    ]
    assert 'data-head="Kỳ này">–' in tables[0]
    assert 'data-head="Đạt">–' in tables[1]
    assert '<tfoot><tr><th scope="row">Số xã đạt</th><td>–</td>' in tables[2]


def test_the_sentences_say_that_there_is_nothing(empty):
    text, _quoted = generated(BY_KEY["overall"], empty, quotable(empty), ())
    assert "chưa có số liệu đánh giá: chưa xã nào nhập chỉ tiêu" in text
    some = replace(empty, headline=replace(empty.headline, entered=1))
    text, _quoted = generated(BY_KEY["overall"], some, quotable(some), ())
    assert "các chỉ tiêu đã nhập chưa đủ để đánh giá tiêu chí nào" in text


def test_the_dashboard_and_the_programming_interface_have_none(empty, client):
    client.force_login(stages.leader())
    page = client.get("/dashboard/?period=2023-q4").content.decode()
    assert page.count('<p class="figure">–</p>') >= 2
    period = ReportingPeriod.objects.get(slug="2023-q4")
    found = headline(period, CriteriaSet.objects.get(slug="ntm"))
    answer = HeadlineSerializer(found).data
    assert (answer["average_criteria"], answer["criteria_met"]) == (None, 0)
    assert answer["change"] is None


def test_the_brief_says_how_many_communes_have_no_data():
    name = brief.numbers(without_data())[2].name
    assert name == "tiêu chí/xã, bình quân (tính cho cả 12 xã, trong đó 01 xã chưa có số liệu)"
    assert brief.numbers(six_months())[2].name == "tiêu chí/xã, bình quân"
