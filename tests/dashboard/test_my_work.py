"""The start page: what each role must do now, in its own words, at a fixed cost."""

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from assessments.models import Assessment
from periods.models import ReportingPeriod
from tests.dashboard.test_overview import opened, page

pytestmark = pytest.mark.usefixtures("demonstration")
ROLES = ["xa.ban-bo", "phong.lao-dong", "phong.nong-nghiep", "lanhdao", "quantri"]


def work(username, **options) -> str:
    return page(username, "/", "en", **options)


def test_a_commune_that_enters_sees_how_far_it_is_and_goes_on():
    text = work("xa.ban-bo")
    assert "To enter and send" in text
    assert "41/57" in text
    assert "25/09/2023 5 days left (3 working days)" in text
    assert "Go on entering" in text
    assert "/assessments/2023-q3/ban-bo/ntm/" in opened("xa.ban-bo", "/").content.decode()


def test_a_commune_to_which_rows_were_returned_reads_why():
    text = work("xa.ban-giang")
    assert "Returned: please correct" in text
    assert "Correct what was returned" in text
    result = Assessment.objects.get(
        unit__slug="ban-giang", period__slug="2023-q3"
    ).results.filter(review="returned")  # fmt: skip
    assert result
    for row in result:
        assert row.review_reason in text


def test_a_commune_sees_its_earlier_quarters_with_the_criteria_met():
    text = work("xa.giang-ma").split("Earlier quarters")[1]
    assert "Quarter II of 2023 13 Accepted" in text


def test_a_commune_never_sees_another_one():
    html = opened("xa.ban-bo", "/").content.decode()
    assert "/ho-thau/" not in html


def test_a_late_commune_is_told_whom_to_ask_and_not_to_enter():
    text = work("xa.na-tam")
    assert "Late: not sent" in text
    assert "Ask the standing office to lift it" in text
    assert "Go on entering" not in text


def test_a_returned_assessment_whose_day_has_passed_says_so():
    Assessment.objects.filter(unit__slug="ban-giang", period__slug="2023-q3").update(
        extended_to=dt.date(2023, 9, 19)
    )
    text = work("xa.ban-giang")
    assert "1 day late" in text
    assert "Ask the standing office to lift it" in text


def test_a_department_sees_how_many_rows_wait_for_it():
    text = work("phong.lao-dong")
    assert "Wait for you 15" in text
    assert "Communes that have not sent 7" in text


def test_a_department_without_a_leading_duty_has_nothing_to_verify():
    agency = User.objects.get(username="phong.lao-dong").agency
    agency.assignments.filter(duty="lead").delete()
    assert "Nothing to verify" in work("phong.lao-dong")


def test_the_standing_office_sees_who_is_missing_and_lifts_a_due_date():
    text = work("phong.nong-nghiep")
    assert "Sent 5/12 1 of them is being corrected Late 2 Being corrected 1" in text
    assert "2 days late" in text
    html = opened("phong.nong-nghiep", "/").content.decode()
    assert 'href="/assessments/2023-q3/na-tam/ntm/extend/"' in html
    assert "To verify" in text


def test_a_leader_sees_the_headline_and_chases_nobody():
    text = work("lanhdao")
    assert "8/12" in text
    assert "16.3" in text
    html = opened("lanhdao", "/").content.decode()
    assert 'href="/dashboard/?period=2023-q2"' in html
    assert "/extend/" not in html


def test_an_administrator_sees_the_levels_to_confirm_and_the_administration():
    text = work("quantri")
    assert "levels of the criteria in force are not confirmed" in text
    assert 'href="/admin/"' in opened("quantri", "/").content.decode()


@pytest.mark.parametrize("username", ROLES)
def test_every_role_has_a_page_when_no_quarter_is_open(username):
    ReportingPeriod.objects.update(state="planned", opened_at=None, closed_at=None)
    response = opened(username, "/")
    assert response.status_code == 200


def test_no_open_quarter_is_said_plainly():
    ReportingPeriod.objects.filter(state="open").update(
        state="planned", opened_at=None, closed_at=None
    )
    assert "No quarter is open" in work("xa.ban-bo")
    assert "No quarter is open" in work("phong.nong-nghiep")
    assert "Nothing to verify" in work("phong.lao-dong")


@pytest.mark.parametrize("username", ROLES)
def test_the_page_costs_few_queries(username, django_assert_max_num_queries):
    client = Client()
    client.force_login(User.objects.get(username=username))
    with django_assert_max_num_queries(25):
        assert client.get("/").status_code == 200


def test_somebody_signed_out_is_asked_to_sign_in(client):
    assert client.get("/").status_code == 302


def test_a_commune_whose_rows_are_all_answered_is_told_to_check_and_send():
    held = Assessment.objects.get(unit__slug="ban-bo", period__slug="2023-q3")
    left = held.results.filter(declared_verdict="missing")
    assert left.exists()
    left.update(absence_reason="Chưa có số liệu")
    text = work("xa.ban-bo")
    assert "To check and send" in text
    assert "Check and send" in text
    assert "To enter and send" not in text
    assert "Go on entering" not in text
    html = opened("xa.ban-bo", "/").content.decode()
    assert 'href="/assessments/2023-q3/ban-bo/ntm/submit/"' in html


def test_one_open_row_is_still_to_enter():
    held = Assessment.objects.get(unit__slug="ban-bo", period__slug="2023-q3")
    left = held.results.filter(declared_verdict="missing")
    left.exclude(pk=left.first().pk).update(absence_reason="Chưa có số liệu")
    assert "Go on entering" in work("xa.ban-bo")
