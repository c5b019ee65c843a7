"""One criterion across all communes: what is shown to whom, and what it costs."""

import re
import sys

import pytest
from django.db import connection

from accounts.models import User
from assignments.models import IndicatorAssignment
from tests import factories
from tests.dashboard.test_overview import words
from tests.statistics.test_demonstration import add_communes, quarter

pytestmark = pytest.mark.usefixtures("demonstration")
PAGE = "/verification/2023-q3/12/"
HTMX = {"HX-Request": "true"}
REASON = "Chưa khớp với danh sách lớp nghề."


def row(slug="giang-ma", code="12.1"):
    return factories.row_of(code, slug)


def press(client, act, slug="giang-ma", code="12.1", *, page=PAGE, headers=None, **data):
    held = row(slug, code)
    data = {"act": act, "version": held.version, **data}
    return client.post(f"{page}rows/{held.pk}/", data, headers=headers)


def part(html, slug="giang-ma", code="12.1"):
    """The row as it is read."""
    return words(re.search(rf'<li [^>]*id="row-{row(slug, code).pk}".*?</li>', html, re.S).group())


def test_the_communes_stand_side_by_side_with_everything_a_verifier_needs(client_of):
    html = client_of("phong.lao-dong").get(PAGE).content.decode()
    text = part(html)
    assert "55.28 %" in text
    assert "Quarter II: 54.87 %" in text
    assert "Not met" in text
    assert "Cán bộ xã Giang Ma" in text
    assert "differs from last quarter" in text
    assert "Unchanged: not re-checked for 1 quarter" in part(html, "ban-giang")
    page = words(html)
    assert "5 communes have sent" in page
    assert "7 communes have not sent: Bản Bo" in page


def test_an_agency_that_neither_leads_nor_supports_finds_nothing(client_of):
    client = client_of("phong.giao-duc")
    assert client.get(PAGE).status_code == 404
    assert press(client, "confirm").status_code == 404


def test_an_agency_sees_only_its_own_indicators_of_a_shared_criterion(client_of):
    html = client_of("phong.tai-nguyen").get("/verification/2023-q3/17/").content.decode()
    assert 'id="indicator-17.2"' in html
    assert 'id="indicator-17.1"' not in html


def test_a_supporting_agency_reads_with_the_reason_why_it_cannot_press(client_of):
    client = client_of("hoi-phu-nu")
    html = client.get("/verification/2023-q3/18/").content.decode()
    text = part(html, "giang-ma", "18.5")
    assert "Only Phòng LĐTBXH, which leads this indicator, verifies it." in text
    assert "Confirm" not in text
    answer = press(client, "confirm", code="18.5", page="/verification/2023-q3/18/")
    assert answer.status_code == 422


@pytest.mark.parametrize("username", ["lanhdao", "quantri"])
def test_who_only_reads_the_district_sees_every_row_and_no_button(client_of, username):
    client = client_of(username)
    html = client.get(PAGE).content.decode()
    assert "review-confirm" not in html
    assert press(client, "confirm").status_code == 403


def test_a_commune_never_opens_the_page(client_of):
    client = client_of("xa.giang-ma")
    assert client.get(PAGE).status_code == 403
    assert press(client, "confirm").status_code == 403


def test_the_page_says_that_the_standing_office_stands_in(client_of):
    html = client_of("phong.nong-nghiep").get("/verification/2023-q3/15/").content.decode()
    assert "has no account, so the standing office verifies in its place" in words(html)
    assert "Confirm" in part(html, "giang-ma", "15.1")
    assert "Confirm" not in part(html, "giang-ma", "15.2")


@pytest.mark.parametrize(
    "address",
    [
        "/verification/2030-q1/12/",
        "/verification/abc/12/",
        "/verification/2023-q3/99/",
        "/verification/2023-q3/12/?set=abc",
        "/verification/2023-q3/12/?set=%00",
    ],
)
def test_what_is_not_there_is_not_found(client_of, address):
    assert client_of("phong.nong-nghiep").get(address).status_code == 404


@pytest.mark.parametrize(
    "query", ["show=abc", "indicator=9.9", "show=%00", "tick=all", "x=" + "y" * 999]
)
def test_a_query_that_means_nothing_is_no_error(client_of, query):
    assert client_of("phong.lao-dong").get(f"{PAGE}?{query}").status_code == 200


def test_a_filter_hides_the_other_rows(client_of):
    html = client_of("phong.lao-dong").get(f"{PAGE}?show=returned").content.decode()
    shown = [
        line for line in re.findall(r'<li class="review-row[^>]*>', html) if "hidden" not in line
    ]
    assert len(shown) == 1


def test_a_closed_quarter_is_read_and_not_changed(client_of):
    client, page = client_of("phong.lao-dong"), "/verification/2023-q2/12/"
    html = client.get(page).content.decode()
    assert "review-confirm" not in html
    held = factories.row_of("12.1", "giang-ma", "2023-q2")
    answer = client.post(
        f"{page}rows/{held.pk}/", {"act": "return", "version": held.version, "reason": REASON}
    )
    assert answer.status_code == 422
    assert factories.row_of("12.1", "giang-ma", "2023-q2").version == held.version


@pytest.mark.parametrize("username", ["phong.lao-dong", "phong.nong-nghiep"])
@pytest.mark.parametrize("more", [0, 288])
def test_the_page_costs_the_same_for_12_and_300_communes(
    client_of, more, username, django_assert_max_num_queries
):
    add_communes(more, *quarter("2023-q3"))
    sent_by_all()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    client = client_of(username)
    with django_assert_max_num_queries(12):
        html = client.get(PAGE).content.decode()
    assert html.count('class="review-row') >= 12 + more


def test_a_closed_quarter_costs_no_more(client_of, django_assert_max_num_queries):
    client = client_of("phong.nong-nghiep")
    with django_assert_max_num_queries(13):
        assert client.get("/verification/2023-q2/17/").status_code == 200


def sent_by_all() -> None:
    by = User.objects.get(username="xa.ban-bo")
    for one in quarter("2023-q3")[0].assessments.filter(state="draft"):
        one.state, one.submitted_by, one.submitted_at = "submitted", by, one.period.opened_at
        one.save()


def test_more_rows_than_fit_are_shown_one_indicator_at_a_time(client_of, monkeypatch):
    monkeypatch.setattr(sys.modules["assessments.views.criterion"], "ROWS_AT_ONCE", 5)
    client = client_of("phong.lao-dong")
    html = client.get(PAGE).content.decode()
    assert 'id="indicator-12.1"' in html
    assert 'id="indicator-12.2"' not in html
    html = client.get(f"{PAGE}?indicator=12.2").content.decode()
    assert 'id="indicator-12.2"' in html


def test_without_any_duty_given_the_standing_office_has_it_all(client_of):
    IndicatorAssignment.objects.filter(duty="lead").delete()
    html = client_of("phong.nong-nghiep").get(PAGE).content.decode()
    assert "No agency leads this indicator, so the standing office verifies it." in words(html)
    assert "Confirm" in part(html)


def test_evidence_and_comments_are_counted_for_each_row(client_of):
    held, by = row(), User.objects.get(username="phong.lao-dong")
    files, said = held.evidence.standing().count(), held.comments.count()
    held.comments.create(text="Đề nghị bổ sung danh sách.", at=held.changed_at, by=by)
    for number, removed in ((1, None), (2, held.changed_at)):
        held.evidence.create(
            file=f"x/{number}", name=f"{number}.pdf", media_type="application/pdf", size=1,
            sha256=str(number) * 64, uploaded_at=held.changed_at, uploaded_by=held.changed_by,
            channel="form", removed_at=removed, removed_by=held.changed_by if removed else None,
            removal_reason="Nhầm tệp" if removed else "",
        )  # fmt: skip
    html = client_of("phong.lao-dong").get(PAGE).content.decode()
    assert re.search(rf"\b{files + 1} files?\b", part(html))
    assert f'id="talks-{held.pk}">{said + 1}<' in html


def test_once_the_quarter_is_closed_nothing_is_said_to_be_still_to_verify(client_of):
    factories.close_quarter(quarter("2023-q3")[0])
    text = words(client_of("phong.lao-dong").get(PAGE).content.decode())
    assert "Not verified when the quarter was closed" in text
    assert "to verify" not in text.casefold()
    assert "with the commune" not in text.casefold()


def test_the_count_stands_in_its_brackets_without_spaces(client_of):
    html = client_of("phong.lao-dong").get(PAGE).content.decode()
    assert ">(<span data-tickable>3</span>)<" in html
