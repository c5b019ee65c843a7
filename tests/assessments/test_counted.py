"""The assessment's page counts as the matrix does: the verified verdict where there is one."""

import pytest

from assessments.sheet import load_sheet
from assessments.statistics import matrix
from criteria.evaluation import Verdict
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
FORM = "/assessments/2023-q3/ban-bo/ntm/"


@pytest.fixture
def decided_otherwise():
    target = factories.sent()
    before = load_sheet(target).criteria_met
    factories.verify("17.6", verdict="not_met", reason="Chưa có sổ theo dõi")
    return factories.assessment("ban-bo"), before


def test_another_verdict_turns_the_criterion_and_the_count(decided_otherwise):
    target, before = decided_otherwise
    sheet = load_sheet(target)
    seventeen = sheet.criteria[16]
    row = next(row for row in seventeen.rows if row.definition.code == "17.6")
    assert (row.verdict, row.counted) == (Verdict.MET, Verdict.NOT_MET)
    assert seventeen.verdict == Verdict.NOT_MET
    assert seventeen.met_rows == seventeen.applicable_rows - 1
    assert sheet.criteria_met == before - 1
    assert sheet.count("failed") == 1


def test_page_and_matrix_say_the_same(decided_otherwise, client):
    target, before = decided_otherwise
    row = next(r for r in matrix(target.period, target.criteria_set).rows if r.slug == "ban-bo")
    assert row.met == before - 1
    for person in (
        factories.officer(),
        factories.coordinator(),
        factories.verifier_of(factories.row_of("17.6")),
    ):
        client.force_login(person)
        page = client.get(FORM).content.decode()
        part = page.split('id="criterion-state-17"')[1].split("</span>")[0]
        assert "chưa đạt" in part.lower(), person.username
    client.force_login(factories.officer())
    shown = client.get(f"{FORM}?show=failed").content.decode()
    assert f"<b>{before - 1}</b>/19" in shown
    assert f'id="row-{factories.row_of("17.6").pk}"' in shown


def test_until_somebody_verifies_the_declared_verdict_counts():
    target = factories.sent()
    assert load_sheet(target).criteria[16].verdict == Verdict.MET
