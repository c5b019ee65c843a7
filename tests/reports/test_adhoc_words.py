"""An ad hoc paper says plainly which figures it holds: nothing is counted back to its day."""

import datetime as dt
import io
from dataclasses import replace

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from reports import narrative
from reports.paper_words import basis, opening
from reports.render_brief import render_brief
from reports.render_pdf import render_pdf
from reports.render_xlsx import render_xlsx
from tests.reports.pdf_reading import Pdf, close
from tests.reports.small_papers import said
from tests.reports.snapshots import published, six_months
from tests.reports.summary_stages import coordinator


def ad_hoc(provisional: bool = False, whole=None):
    whole = whole or six_months()
    return replace(
        whole,
        paper=replace(
            whole.paper,
            kind="adhoc",
            term="tính đến ngày 01/8/2023",
            as_of=dt.date(2023, 8, 1),
            provisional=provisional,
        ),
    )


CLOSED = (
    "số liệu quý II năm 2023, kỳ dữ liệu đến ngày 14/6/2023, đã khóa; không thống kê riêng cho "
    "ngày 01/8/2023"
)


def test_of_a_closed_quarter_the_figures_are_those_that_it_was_closed_with():
    assert f"({CLOSED}) như sau:" in opening(ad_hoc())
    assert basis(six_months()) == "số liệu từ ngày 15/12/2022 đến ngày 14/6/2023"


def test_of_an_open_quarter_the_figures_are_those_of_the_day_of_publishing():
    assert "chưa khóa, như đã nhập đến ngày ban hành; không" in opening(ad_hoc(provisional=True))
    issued = ad_hoc(provisional=True, whole=published())
    assert "chưa khóa, như đã nhập đến ngày 26/6/2023; không" in opening(issued)


def test_the_headline_names_the_quarter_of_its_figures():
    assert said(narrative.headline_sentence, ad_hoc())[0].startswith(
        "Tính đến ngày 01/8/2023, theo số liệu quý II năm 2023, toàn huyện có 08/12 xã"
    )


def test_brief_and_workbook_say_the_same():
    assert close(CLOSED[1:]) in close(Pdf(render_brief(ad_hoc())).text())
    for sheet in load_workbook(io.BytesIO(render_xlsx(ad_hoc()))):
        assert sheet["A2"].value.endswith(f". S{CLOSED[1:]}")


@pytest.mark.usefixtures("demonstration")
def test_the_form_says_which_figures_an_ad_hoc_summary_holds(client):
    client.force_login(coordinator())
    page = client.get(reverse("reports:archive")).content.decode()
    assert 'aria-describedby="start-on-help"' in page
    assert "Số liệu không được tính ngược về riêng ngày đó." in page


@pytest.mark.parametrize("day", ["30/6/2023", "31/12/2023"])
def test_the_day_in_the_head_of_the_statutory_table_stands_on_one_line(day):
    whole = ad_hoc()
    paper = replace(whole, paper=replace(whole.paper, term=f"tính đến ngày {day}"))
    pdf = Pdf(render_pdf(paper))
    page = next(n for n, text in enumerate(pdf.pages(), 1) if "Biểu 1." in text)
    words = [word for *_box, word in pdf.words(page)]
    at = words.index("Biểu")
    caption, head = words[at : at + 12], words[at + 12 : at + 60]
    assert day in caption
    assert day in head
