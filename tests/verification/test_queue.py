"""The queue: what waits for whom, what is looked at first, and what it costs."""

import re

import pytest
from django.db import connection

from accounts.models import User
from assessments.models import Assessment, IndicatorResult
from assessments.queue import load_queue
from assessments.queue_presenting import present_queue
from assessments.sheet import load_sheet
from assignments.models import IndicatorAssignment
from periods.clock import today
from periods.models import ReportingPeriod
from tests import factories
from tests.dashboard.test_overview import words
from tests.statistics.test_demonstration import add_communes, quarter

pytestmark = pytest.mark.usefixtures("demonstration")
PAGE = "/verification/"


def text(client, **query) -> str:
    return words(html(client, **query))


def html(client, **query) -> str:
    answer = client.get(PAGE, query)
    assert answer.status_code == 200
    return answer.content.decode()


def queue_of(username, agency=""):
    reader = User.objects.get(username=username)
    return load_queue(*quarter("2023-q3"), reader, today(), agency)[0]


def test_a_department_sees_only_its_own_indicators(client_of):
    page = html(client_of("phong.lao-dong"))
    numbers = set(re.findall(r'href="/verification/2023-q3/(\d+)/', page))
    assert numbers == {"11", "12", "18"}
    codes = {row.indicator.code for one in queue_of("phong.lao-dong").criteria for row in one.rows}
    assert codes == {"11", "12.1", "12.2", "18.5"}


def test_what_waits_is_what_was_sent_and_is_neither_verified_nor_returned():
    queue = queue_of("phong.lao-dong")
    rows = IndicatorResult.objects.filter(
        assessment__period__slug="2023-q3",
        assessment__submitted_at__isnull=False,
        indicator__code__in=["11", "12.1", "12.2", "18.5"],
    )
    assert queue.waiting == rows.filter(review="pending").count() == 15
    assert queue.count("verified") == rows.filter(review="verified").count()
    assert queue.count("returned") == rows.filter(review="returned").count()
    assert queue.sent == rows.count()


def test_what_changed_is_what_the_sheet_of_its_commune_says():
    """The same question asked of the database and of the sheets, for every row that was sent."""
    changed = {
        row.id for one in queue_of("phong.nong-nghiep").criteria for row in one.rows if row.changed
    }
    expected = set()
    for target in Assessment.objects.filter(period__slug="2023-q3"):
        sheet = load_sheet(factories.assessment(target.unit.slug))
        expected |= {row.result.pk for row in sheet.rows if row.is_changed}
    assert changed == expected
    assert changed


def test_a_corrected_row_comes_before_everything_else(client_of):
    factories.save("17.1", {**kept("17.1")}, slug="ban-giang", note="Đã đối chiếu danh sách hộ.")
    factories.save("12.2", {**kept("12.2")}, slug="ban-giang", note="Đã rà soát nam, nữ.")
    factories.send("ban-giang")
    queue = queue_of("phong.lao-dong")
    assert queue.criteria[0].definition.number == 12
    assert queue.count("corrected") == 1
    page = html(client_of("phong.lao-dong"))
    named = re.search(r'aria-labelledby="queue-12".*?</section>', page, re.S).group()
    first = words(named).split("Not verified yet, changed since last quarter")[0]
    assert "Corrected after a return" in first
    assert "12.2 Bản Giang" in first


def kept(code):
    held = factories.row_of(code, "ban-giang")
    return {value.measure.key: value.value for value in held.values.select_related("measure")}


def test_late_communes_are_named(client_of):
    page = text(client_of("phong.lao-dong"))
    assert "7 communes have not sent" in page
    assert "Nà Tăm late since 18/09/2023" in page
    assert "Bản Bo due on 25/09/2023" in page


@pytest.mark.parametrize("show", ["corrected", "changed", "new", "returned", "late", "abc", "\x00"])
def test_every_filter_is_a_page(client_of, show):
    assert "Verification" in text(client_of("phong.lao-dong"), show=show)


def test_a_filter_names_every_row_of_its_kind(client_of):
    page = html(client_of("phong.lao-dong"), show="returned")
    assert len(re.findall(r"#row-\d+", page)) == 1
    page = html(client_of("phong.lao-dong"), show="new")
    assert len(re.findall(r"#row-\d+", page)) == queue_of("phong.lao-dong").count("new")


def test_every_group_of_what_waits_is_listed_and_the_counts_add_up(client_of):
    queue = queue_of("phong.lao-dong")
    page = present_queue(queue, *quarter("2023-q3"), "all")
    counts = dict(page.counts)
    assert counts["all"] == sum(counts[kind] for kind in ("corrected", "changed", "new")) == 15
    assert counts["new"] > 0
    for card in page.cards:
        assert card.waiting == sum(len(group.rows) + group.more for group in card.groups)
    told = text(client_of("phong.lao-dong"))
    assert f"Not verified yet, changed since last quarter {counts['changed']}" in told
    assert f"Unchanged, or for the first time {counts['new']}" in told
    assert f"Rows of communes that are late {counts['late']}" in told


def test_an_empty_filter_says_so(client_of):
    assert "Nothing stands here" in text(client_of("phong.lao-dong"), show="corrected")


def test_the_standing_office_sees_everything_and_narrows_it_down(client_of):
    client = client_of("phong.nong-nghiep")
    everything = queue_of("phong.nong-nghiep")
    assert len(everything.criteria) == 19
    agency = User.objects.get(username="phong.lao-dong").agency
    page = html(client, agency=agency.pk)
    assert set(re.findall(r'href="/verification/2023-q3/(\d+)/', page)) == {"11", "12", "18"}
    mine = queue_of("phong.nong-nghiep", "mine")
    codes = {row.indicator.code for one in mine.criteria for row in one.rows}
    assert "15.1" in codes
    assert "10" in codes
    assert "11" not in codes


@pytest.mark.parametrize("agency", ["abc", "0", "99999", "\x00", "'"])
def test_an_agency_that_does_not_exist_leads_nothing(client_of, agency):
    assert client_of("phong.nong-nghiep").get(PAGE, {"agency": agency}).status_code == 200


@pytest.mark.parametrize("username", ["lanhdao", "quantri"])
def test_who_reads_the_district_reads_the_whole_queue(client_of, username):
    assert len(queue_of(username).criteria) == 19
    assert "All agencies" in html(client_of(username))


def test_an_agency_that_only_supports_is_told_where(client_of):
    page = text(client_of("hoi-nong-dan"))
    assert "You lead no indicator" in page
    assert "Where your agency supports" in page
    assert 'href="/verification/2023-q3/13/"' in html(client_of("hoi-nong-dan"))


def test_an_agency_without_any_duty_has_a_friendly_page(client_of):
    IndicatorAssignment.objects.all().delete()
    assert "You lead no indicator" in text(client_of("phong.giao-duc"))


def test_when_everything_is_verified_the_page_says_so(client_of):
    for one in queue_of("phong.lao-dong").criteria:
        for row in one.rows:
            if row.waits:
                factories.verify(row.indicator.code, slug=row.slug, by=by("phong.lao-dong"))
    page = text(client_of("phong.lao-dong"))
    assert "Everything that was sent is verified" in page
    assert "Nothing to verify here now" in page


def by(username):
    return User.objects.get(username=username)


def test_a_closed_quarter_is_read(client_of):
    assert "is closed; what was verified no longer changes" in text(
        client_of("phong.lao-dong"), period="2023-q2"
    )


def test_of_a_closed_quarter_nothing_is_said_to_be_still_to_verify(client_of):
    """What the departments had not verified, whether or not the assessment was accepted."""
    factories.close_quarter(quarter("2023-q3")[0])
    page = text(client_of("phong.lao-dong"), period="2023-q3")
    assert "Not verified when the quarter was closed 15" in page
    assert "Returned and not sent again 1" in page
    for gone in ("To verify", "With the commune", "with the commune", "waits for", "Verify "):
        assert gone not in page, gone
    reader = User.objects.get(username="phong.lao-dong")
    queue = load_queue(*quarter("2023-q2"), reader, today())[0]
    pending = IndicatorResult.objects.filter(
        assessment__period__slug="2023-q2",
        indicator__code__in=["11", "12.1", "12.2", "18.5"],
        review="pending",
    ).exclude(declared_verdict="missing")
    assert queue.waiting == pending.count()


def test_rows_that_the_standing_office_left_are_named_once_the_quarter_is_closed(client_of):
    page = text(client_of("lanhdao"), period="2023-q2")
    left = (
        IndicatorResult.objects.filter(assessment__period__slug="2023-q2", review="pending")
        .exclude(declared_verdict="missing")
        .count()
    )
    assert left > 0
    assert f"Not verified when the quarter was closed {left} " in page


def test_a_quarter_that_is_not_there_is_not_found(client_of):
    for slug in ("2030-q1", "abc", "\x00"):
        assert client_of("phong.lao-dong").get(PAGE, {"period": slug}).status_code == 404


def test_before_the_first_quarter_there_is_a_friendly_page(client_of):
    ReportingPeriod.objects.update(state="planned", opened_at=None, closed_at=None)
    assert "No quarter has been opened yet" in text(client_of("phong.lao-dong"))


def test_a_commune_has_no_queue(client_of):
    assert client_of("xa.ban-bo").get(PAGE).status_code == 403


@pytest.mark.parametrize("username", ["phong.lao-dong", "phong.nong-nghiep"])
@pytest.mark.parametrize("more", [0, 288])
def test_the_page_costs_the_same_for_12_and_300_communes(
    client_of, more, username, django_assert_max_num_queries
):
    add_communes(more, *quarter("2023-q3"))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    client = client_of(username)
    with django_assert_max_num_queries(12):
        html(client)
