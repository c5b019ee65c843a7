"""Dates of a document are checked for sense: the rule, the action and the page."""

import datetime as dt

import pytest

from assessments.document_dates import date_errors
from assessments.errors import InvalidRow
from assessments.models import Event
from tests.evidence.test_attaching import attach, describe
from tests.evidence.test_pages import page_of

TODAY = dt.date(2023, 9, 20)


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("dated", "until"),
    [
        ("", ""),
        ("2023-09-20", ""),
        ("1990-01-01", "1990-01-01"),
        ("2023-09-05", "2023-09-05"),
        ("", "2020-01-01"),
        ("2023-09-05", "2073-12-31"),
    ],
)
def test_dates_that_a_paper_may_have_are_kept(dated, until):
    assert date_errors(day(dated), day(until), TODAY) == {}


@pytest.mark.parametrize(
    ("dated", "until", "fields"),
    [
        ("0001-01-01", "", {"document_date"}),
        ("1989-12-31", "", {"document_date"}),
        ("2023-09-21", "", {"document_date"}),
        ("9999-12-31", "", {"document_date"}),
        ("", "0001-01-01", {"valid_until"}),
        ("", "2074-01-01", {"valid_until"}),
        ("2023-09-05", "2023-09-04", {"valid_until"}),
        ("2203-09-05", "0203-09-05", {"document_date", "valid_until"}),
    ],
)
def test_dates_that_no_paper_has_are_named_each_beside_its_field(dated, until, fields):
    errors = date_errors(day(dated), day(until), TODAY)
    assert set(errors) == fields
    assert all(sentence.endswith(".") for sentence in errors.values())


def test_the_limit_holds_on_the_29th_of_february():
    assert date_errors(None, dt.date(2074, 12, 31), dt.date(2024, 2, 29)) == {}


@pytest.mark.django_db
@pytest.mark.usefixtures("quarters")
class TestThroughThePortal:
    def test_the_action_refuses_and_keeps_nothing(self):
        evidence = attach().evidence
        with pytest.raises(InvalidRow) as refused:
            describe(evidence, document_number="1", document_date=dt.date(1, 1, 1))
        assert set(refused.value.errors) == {"document_date"}
        evidence.refresh_from_db()
        assert (evidence.document_number, evidence.document_date) == ("", None)
        assert not Event.objects.filter(kind="described").exists()

    def test_the_page_says_it_beside_the_field_and_keeps_what_was_typed(self, officer):
        evidence = attach().evidence
        pk = evidence.pk
        answer = officer.post(
            f"/evidence/{pk}/describe/",
            {
                f"{pk}-document_number": "45/QĐ-UBND",
                f"{pk}-document_date": "05/09/0001",
                f"{pk}-valid_until": "31/12/9999",
            },
        )
        assert answer.status_code == 422
        page = answer.content.decode()
        for typed in ("45/QĐ-UBND", "05/09/0001", "31/12/9999"):
            assert f'value="{typed}"' in page
        assert "Không sớm hơn năm 1990. Hãy kiểm tra lại năm." in page
        assert "Muộn nhất là 31/12/2073" in page
        evidence.refresh_from_db()
        assert (evidence.document_number, evidence.valid_until) == ("", None)

    def test_a_day_that_has_not_come_yet_is_refused(self, officer):
        evidence = attach().evidence
        pk, said = evidence.pk, {f"{evidence.pk}-version": evidence.version}
        url = f"/evidence/{pk}/describe/"
        answer = officer.post(url, {f"{pk}-document_date": "21/09/2023"})
        assert "không thể sau hôm nay (20/09/2023)" in answer.content.decode()
        assert officer.post(url, said | {f"{pk}-document_date": "20/09/2023"}).status_code == 302
        assert "ngày 20/09/2023" in officer.get(page_of()).content.decode()
