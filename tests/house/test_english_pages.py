"""What belongs to the interface is English on English pages; official texts stay and are marked."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.formats import date_format

from criteria.english import choice_text, group_title
from criteria.models import Criterion, Measure
from criteria.wording import value_text
from ntm_portal.templatetags.portal_ui import padded
from periods.models import ReportingPeriod
from reports import naming, titles
from reports.models import SummaryKind
from tests import factories

SCHOOL = "Hoàn thành tốt nhiệm vụ"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_there_is_one_way_to_write_a_date(language):
    with translation.override(language):
        assert date_format(dt.date(2023, 9, 5)) == "05/09/2023"
        at = dt.datetime(2023, 6, 28, 9, 10)
        assert date_format(at, "DATETIME_FORMAT") == "09:10 28/06/2023"


def test_one_school_is_not_schools():
    with translation.override("en"):
        assert value_text(Decimal(1), "schools") == "1\u00a0school"
        assert value_text(Decimal(2), "schools") == "2\u00a0schools"
        assert value_text(Decimal(1), "%") == "1\u00a0%"
    with translation.override("vi"):
        assert value_text(Decimal(1), "trường") == "1\u00a0trường"


def test_a_count_under_ten_has_its_zero_in_vietnamese_only():
    with translation.override("vi"):
        assert (padded(8), padded(12)) == ("08", "12")
    with translation.override("en"):
        assert (padded(8), padded(12)) == ("8", "12")


@pytest.mark.parametrize("kind", SummaryKind.values)
def test_a_summary_is_named_in_the_readers_language(kind):
    period, on = ReportingPeriod.plan(2023, 3), dt.date(2023, 9, 20)
    with translation.override("vi"):
        assert titles.title(kind, period, on) == naming.title(kind, period, on)
    with translation.override("en"):
        assert titles.title(kind, period, on).isascii()


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_every_group_and_every_choice_has_its_english():
    with translation.override("en"):
        for name in set(Criterion.objects.values_list("group_name", flat=True)) - {""}:
            assert group_title(name).isascii(), name
        for choices in Measure.objects.values_list("choices", flat=True):
            for choice in choices:
                assert choice_text(choice).isascii(), choice
        assert choice_text("Khác") == "Khác"
    with translation.override("vi"):
        assert choice_text(SCHOOL) == SCHOOL


@pytest.mark.django_db
@pytest.mark.usefixtures("quarters")
def test_the_form_and_the_set_speak_english_and_store_the_official_value(client):
    client.force_login(factories.officer())
    client.cookies["django_language"] = "en"
    factories.save("18.2", {"value": "Hoàn thành nhiệm vụ"})
    page = client.get("/assessments/2023-q3/ban-bo/ntm/").content.decode()
    assert f'<option value="{SCHOOL}">Tasks completed well</option>' in page
    assert "Tasks completed excellently or Tasks completed well" in page
    assert "Tasks completed; required:" in page
    criteria = client.get("/criteria/ntm/?open=all").content.decode()
    assert "Economic and social infrastructure" in criteria
    assert '<p lang="vi">' in criteria
    row = factories.row_of("18.2")
    assert row.values.get().choice == "Hoàn thành nhiệm vụ"


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_the_annex_of_a_decision_is_named_in_the_readers_language(client):
    client.force_login(factories.officer())
    vietnamese = client.get("/criteria/").content.decode()
    assert "Phụ lục II<" in vietnamese
    assert "Annex" not in vietnamese
    client.cookies["django_language"] = "en"
    english = client.get("/criteria/").content.decode()
    assert "318/QĐ-TTg of 08/03/2022, Annex II<" in english
    assert "Phụ lục" not in english
    assert 'Commune officer · <span lang="vi">Xã Bản Bo</span>' in english
