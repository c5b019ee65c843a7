"""Who leads which indicator is read as a proposal until the district confirms it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assignments.models import IndicatorAssignment
from assignments.queries import leads_by_indicator
from communes.provenance import Certainty
from tests import factories
from tests.dashboard.test_overview import words

pytestmark = pytest.mark.usefixtures("demonstration")
ENTRY = "/assessments/2023-q3/ban-bo/ntm/"
VERIFYING = "/verification/2023-q3/18/"
SET = "/criteria/ntm/"
MARK = "(proposal)"
MEANS = "“(proposal)” beside an agency: the portal proposes"


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return words(response.content.decode())


def confirm(**which):
    found = IndicatorAssignment.objects.filter(**which)
    assert found.exists()
    found.update(certainty=Certainty.CONFIRMED)


def proposed():
    criteria_set = factories.row_of("18.1", "giang-ma").assessment.criteria_set
    return [label for label in leads_by_indicator(criteria_set.pk).values() if label.proposed]


def test_the_entry_form_marks_each_proposed_lead_once_and_says_what_it_means(client_of):
    page = read(client_of("xa.ban-bo"), ENTRY)
    assert len(proposed()) > 30
    assert page.count(f" {MARK}") == len(proposed())
    assert page.count(MEANS) == 1


def test_a_row_that_is_given_back_whole_keeps_the_mark(client_of):
    held = factories.row_of("18.1", "ban-bo")
    html = client_of("xa.ban-bo").post(
        f"{ENTRY}rows/{held.pk}/unchanged/",
        {"version": held.version, "whole": "1"},
        headers={"HX-Request": "true"},
    )
    assert f"Led by: Phòng Nội vụ {MARK}" in words(html.content.decode())


def test_who_verifies_reads_it_beside_the_indicator(client_of):
    page = read(client_of("phong.noi-vu"), VERIFYING)
    assert page.count(f"Led by: Phòng Nội vụ {MARK}") == 2
    assert page.count(MEANS) == 1


def test_the_page_of_the_set_marks_rows_and_criteria(client_of):
    page = read(client_of("xa.ban-bo"), SET)
    assert f"Phòng Nội vụ {MARK}" in page
    assert page.count(MEANS) == 1


def test_a_support_alone_that_is_proposed_is_marked_too(client_of):
    confirm(duty="lead")
    page = read(client_of("xa.ban-bo"), SET)
    assert page.count(MEANS) == 1
    assert page.count(f" {MARK}") > 0
    assert MARK not in read(client_of("xa.ban-bo"), ENTRY)


def test_the_marks_go_where_the_district_has_confirmed(client_of):
    confirm(indicator__code__in=["18.1", "18.2"])
    assert MARK not in read(client_of("phong.noi-vu"), VERIFYING)
    before = len(proposed())
    assert read(client_of("xa.ban-bo"), ENTRY).count(f" {MARK}") == before > 0
    confirm()
    for path in (ENTRY, SET):
        assert MARK not in read(client_of("xa.ban-bo"), path)


def test_the_marks_cost_no_query(client_of):
    def count(client, path):
        with CaptureQueriesContext(connection) as captured:
            read(client, path)
        return len(captured)

    clients = {ENTRY: client_of("xa.ban-bo"), VERIFYING: client_of("phong.noi-vu")}
    for path, client in clients.items():
        count(client, path)
    marked = {path: count(client, path) for path, client in clients.items()}
    confirm()
    assert {path: count(client, path) for path, client in clients.items()} == marked
