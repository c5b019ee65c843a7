"""Made again after every definition was changed, a paper has the same content, to the last cell."""

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from django.core.cache import cache
from django.utils.translation import override

from accounts.models import User
from assignments.models import IndicatorAssignment
from communes.models import AdministrativeUnit, Agency, Recognition, Target
from criteria.models import CriteriaSet, Criterion, Indicator, Measure, Threshold
from reports.making import snapshot_of
from reports.models import RenderedFile, SummaryIssue
from reports.rendering import render
from tests.reports.pdf_reading import Pdf

pytestmark = pytest.mark.usefixtures("demonstration")


def cells(content: bytes) -> list:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [
        [sheet.title, *[[cell.value for cell in row] for row in sheet.iter_rows()]]
        for sheet in book
    ]


def parts(content: bytes) -> list:
    """Every part of a Word file: text of body, heads and feet, styles, pictures."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(name, archive.read(name)) for name in sorted(archive.namelist())]


def pages(content: bytes) -> list:
    pdf = Pdf(content)
    pictures = re.findall(rb"/Alt [(<][^)>]*[)>]", pdf.inside())
    return [pdf.pages(), pdf.structure(), pdf.facts(), sorted(pictures)]


READ = {"pdf": pages, "brief": pages, "docx": parts, "xlsx": cells}


def content(paper_format: str):
    rendered = RenderedFile.objects.get(issue__summary__slug="2023-6-months", format=paper_format)
    cache.clear()  # charts are drawn again
    return READ[paper_format](render(paper_format, snapshot_of(rendered)))


def change_everything(settings) -> None:
    """Whatever a paper is composed from has another name, level or owner, or is gone."""
    Criterion.objects.update(name="Tên khác", name_en="Another name", group_name="Nhóm khác")
    Indicator.objects.update(text="Nội dung khác", text_en="Another text")
    Measure.objects.update(label="Tên chỉ số khác", unit="cái khác")
    Threshold.objects.filter(value__isnull=False).update(value=1)
    CriteriaSet.objects.update(name="Bộ khác", decision_number="1/QĐ")
    AdministrativeUnit.objects.update(name="Xã Khác", short_name="Khác")
    Agency.objects.update(name="Phòng Khác", short_name="PK")
    IndicatorAssignment.objects.all().delete()
    Recognition.objects.all().delete()
    Target.objects.all().delete()
    User.objects.update(full_name="Người Khác")
    User.objects.filter(role="leader").update(position="chairman")
    settings.PORTAL_URL = "https://khac.example"
    settings.DEMO = False
    settings.PORTAL_TODAY = "2031-02-03"


@pytest.mark.parametrize("paper_format", list(READ))
def test_a_paper_of_an_issue_stays_the_same_whatever_is_changed(paper_format, settings):
    before = content(paper_format)
    change_everything(settings)
    with override("en"):
        assert content(paper_format) == before


def test_the_address_on_the_paper_is_the_one_of_the_day_it_was_published(settings):
    issue = SummaryIssue.objects.filter(summary__slug="2023-6-months").first()
    assert issue.snapshot["publication"]["address"] == (
        f"{settings.PORTAL_URL}/reports/verify/{issue.code}/"
    )


def test_an_issue_that_kept_no_address_shows_its_code_and_no_picture_of_one():
    from reports.render_pdf import paper_html, pictures
    from tests.reports.snapshots import published

    old = replace(published(address=""), schema=1)
    assert pictures(old, []) == {}
    html = paper_html(old, [])
    assert old.publication.code in html
    assert "Nơi tra cứu" not in html
    assert "paper:qr.svg" not in html
