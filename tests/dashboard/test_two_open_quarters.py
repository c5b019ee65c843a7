"""With two open quarters the work of the older one stands first and is never mixed with the newer."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from assessments import deciding
from assessments.models import Assessment, Channel
from dashboard.verification_work import verification_work
from periods.clock import now, today
from periods.models import ReportingPeriod
from tests import factories
from tests.dashboard.test_overview import opened, page

pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture
def fourth():
    """Quarter IV of 2023, opened while III still runs; it is due in more than 30 days."""
    return factories.open_quarter(2023, 4)


def all_accepted() -> None:
    by, at = factories.coordinator(), now()
    Assessment.objects.filter(period__slug="2023-q3").update(
        state="accepted", submitted_at=at, submitted_by=by, accepted_at=at, accepted_by=by
    )


@pytest.mark.parametrize("username", ["phong.lao-dong", "phong.nong-nghiep", "lanhdao"])
def test_the_queue_begins_with_the_oldest_quarter_that_has_work(username, fourth):
    assert opened(username, "/verification/").context["period"].slug == "2023-q3"


def test_the_queue_goes_on_to_the_newest_when_the_older_is_done(fourth):
    Assessment.objects.filter(period__slug="2023-q3").exclude(state="draft").update(
        state="verified"
    )
    assert opened("phong.lao-dong", "/verification/").context["period"] == fourth


def test_a_row_left_out_by_decision_waits_for_nobody():
    officer = User.objects.get(username="phong.lao-dong")
    (before,) = verification_work(officer, today())
    waiting = next(line for line in before.lines if line.waiting)
    target = Assessment.objects.get(period__slug="2023-q3", unit__short_name=waiting.commune)
    assert target.state == "submitted"
    deciding.complete(
        by=factories.coordinator(), assessment=target, reason="Hết hạn.", channel=Channel.FORM
    )
    (after,) = verification_work(officer, today())
    assert after.waiting == before.waiting - waiting.waiting
    assert opened("phong.lao-dong", "/verification/").context["page"].waiting == after.waiting


def test_a_department_counts_each_quarter_by_itself_the_older_first(fourth):
    found = verification_work(User.objects.get(username="phong.lao-dong"), today())
    assert [one.period.slug for one in found] == ["2023-q3", "2023-q4"]
    assert [one.waiting for one in found] == [15, 0]
    assert [one.not_sent for one in found] == [7, 12]
    assert len(found[0].lines) == 12
    assert not found[1].lines
    html = opened("phong.lao-dong", "/").content.decode()
    assert 'href="/verification/?period=2023-q3"' in html
    text = page("phong.lao-dong", "/", "en")
    assert text.index("Quarter III of 2023") < text.index("Quarter IV of 2023")
    assert "Communes that have not sent 12 No commune has sent this quarter yet" in text


@pytest.mark.parametrize("username", ["phong.nong-nghiep", "lanhdao", "quantri"])
def test_who_looks_after_the_district_sees_the_unfinished_older_quarter(username, fourth):
    answer = opened(username, "/")
    assert answer.context["quarter"].period.slug == "2023-q3"
    assert 'href="/periods/2023-q4/"' in answer.content.decode()
    assert "Sent 5/12 1 of them is being corrected Late 2" in page(username, "/", "en")


def test_nobody_is_chased_long_before_the_due_date(fourth):
    all_accepted()
    work = opened("phong.nong-nghiep", "/").context["quarter"]
    assert work.period == fourth
    assert work.not_sent == []
    assert work.open_ended == 12
    assert "12 communes have not sent; the due date is still far away" in page(
        "phong.nong-nghiep", "/", "en"
    )


@pytest.mark.parametrize("slug", ["ban-giang", "ban-bo"])
def test_a_commune_reads_what_is_returned_or_due_next_first(slug, fourth):
    work = opened(f"xa.{slug}", "/").context["work"]
    assert [one.quarter.split()[1] for one in work.open] == ["III", "IV"]


def test_a_commune_that_has_sent_the_older_reads_the_newer_first(fourth):
    all_accepted()
    work = opened("xa.ban-bo", "/").context["work"]
    assert [one.quarter.split()[1] for one in work.open] == ["IV", "III"]


@pytest.mark.parametrize(
    "username", ["xa.ban-bo", "phong.lao-dong", "phong.nong-nghiep", "lanhdao"]
)
def test_a_second_open_quarter_costs_the_start_page_nothing(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    with CaptureQueriesContext(connection) as one:
        client.get("/")
    factories.open_quarter(2023, 4)
    client.get("/")
    with CaptureQueriesContext(connection) as two:
        client.get("/")
    assert len(two) <= len(one)
    assert ReportingPeriod.objects.open().count() == 2
