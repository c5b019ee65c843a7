"""What an agency that leads only some indicators of a criterion reads about the whole of it."""

from decimal import Decimal

import pytest

from assessments.sheet import load_sheet
from criteria.evaluation import Verdict
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


def criterion(number: int, agency: str):
    sheet = load_sheet(factories.assessment("ban-bo"), factories.department(agency))
    return next(c for c in sheet.criteria if c.definition.number == number)


def test_a_criterion_is_judged_by_all_its_rows_not_by_those_one_sees():
    factories.fill(factories.assessment("ban-bo"))
    assert criterion(17, "hoi-phu-nu").verdict == Verdict.MET
    row = factories.row_of("17.3")
    factories.save("17.3", {"value": False}, version=row.version)
    seen = criterion(17, "hoi-phu-nu")
    assert {r.definition.code for r in seen.rows} == {"17.8"}
    assert seen.rows[0].verdict == Verdict.MET
    assert seen.verdict == Verdict.NOT_MET
    assert seen.is_lost


def test_the_page_says_how_the_criterion_and_ones_own_rows_stand(client):
    factories.fill(factories.assessment("ban-bo"))
    factories.save("17.3", {"value": False}, version=factories.row_of("17.3").version)
    client.force_login(factories.department("hoi-phu-nu"))
    page = client.get("/assessments/2023-q3/ban-bo/ntm/").content.decode()
    assert "Tiêu chí chưa đạt; chỉ tiêu của đơn vị: đạt 1/1" in page


def test_a_statement_is_refused_where_the_level_is_known():
    from assessments.errors import InvalidRow

    with pytest.raises(InvalidRow) as refused:
        factories.save("11", {"value": Decimal(12)}, stated=True)
    assert list(refused.value.errors) == ["stated"]
