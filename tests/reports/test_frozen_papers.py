"""Made again after every definition was changed, a paper has the same content, cell by cell."""

import io

import openpyxl
import pytest

from communes.models import AdministrativeUnit, Agency, Recognition
from criteria.models import CriteriaSet, Criterion, Indicator
from reports.making import snapshot_of
from reports.models import RenderedFile
from reports.rendering import render

pytestmark = pytest.mark.usefixtures("demonstration")


def cells() -> list:
    rendered = RenderedFile.objects.get(issue__summary__slug="2023-6-months", format="xlsx")
    book = openpyxl.load_workbook(io.BytesIO(render("xlsx", snapshot_of(rendered))))
    return [
        [sheet.title, *[[cell.value for cell in row] for row in sheet.iter_rows()]]
        for sheet in book
    ]


def test_the_workbook_of_an_issue_stays_the_same_whatever_is_changed():
    before = cells()
    assert before == cells()
    Criterion.objects.update(name="Tên khác", name_en="Another name")
    Indicator.objects.update(text="Nội dung khác")
    CriteriaSet.objects.update(name="Bộ khác", decision_number="1/QĐ")
    AdministrativeUnit.objects.update(name="Xã Khác", short_name="Khác")
    Agency.objects.update(name="Phòng Khác", short_name="PK")
    Recognition.objects.all().delete()
    assert cells() == before
