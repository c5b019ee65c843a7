"""Deciding about written reports, the board that knows who is missing, and what the pages cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from communes.models import AdministrativeUnit
from periods.models import ReportingPeriod
from reports.models import PeriodicReport, SummaryKind, WrittenState
from tests import factories
from tests.reports import written_stages as stages
from tests.reports.written_pages import AGENCY, BOARD, OWN, browser, get, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


# ---- deciding


def decide(do, **data):
    report = stages.report_of()
    return browser(factories.coordinator()).post(
        f"{OWN}decide/", {"do": do, "sending": report.sendings, **data}, follow=True
    )


def test_the_standing_office_accepts_once():
    stages.sent()
    assert "is accepted" in text_of(decide("accept"))
    decide("accept")
    assert stages.report_of().events.filter(kind="accepted").count() == 1


def test_a_return_without_a_reason_is_asked_for_it():
    stages.sent()
    response = decide("return", reason=" ")
    assert response.status_code == 422
    assert "Say why; the writer reads it." in text_of(response)


def test_a_returned_report_shows_its_reason_to_the_writer_who_corrects_it():
    stages.sent()
    decide("return", reason="Thiếu số liệu của xã & <b>bản</b>")
    page = get(factories.officer())
    assert "Thiếu số liệu của xã &amp; &lt;b&gt;" in page.content.decode() or (
        "Thiếu số liệu của xã" in page.content.decode()
    )
    assert "<textarea" in page.content.decode()


def test_who_decides_about_an_earlier_sending_is_asked_to_read_again():
    stages.returned()
    stages.submit()
    response = decide("return", sending="1", reason="Cũ")
    assert response.status_code == 409
    assert "Cũ" in response.content.decode()


@pytest.mark.parametrize("sending", ["", "x", "-1"])
def test_a_sending_that_is_none_decides_nothing(sending):
    stages.sent()
    decide("accept", sending=sending)
    assert stages.report_of().state == WrittenState.SUBMITTED


# ---- the board


def test_the_board_knows_who_is_missing_to_the_day(settings):
    stages.accepted()
    settings.PORTAL_TODAY = "2023-09-30"
    text = text_of(get(factories.coordinator(), BOARD))
    assert "Have arrived 1 /28" in text
    assert "5 days late" in text
    assert text.count("5 days late") == 27


def test_an_agency_may_have_days_of_its_own(settings):
    settings.PORTAL_TODAY, settings.PORTAL_AGENCY_REPORT_DAYS = "2023-09-27", 2
    text = text_of(get(factories.coordinator(), BOARD))
    assert text.count("2 days late") == 12, "the communes alone"


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ({"show": "missing"}, 26),
        ({"show": "waiting"}, 1),
        ({"show": "accepted"}, 1),
        ({"show": "returned"}, 0),
        ({"who": "communes"}, 12),
        ({"who": "agencies"}, 16),
        ({"who": "nobody"}, 28),
        ({"show": "x" * 300}, 28),
    ],
)
def test_the_board_is_narrowed_down(query, lines):
    stages.accepted()
    stages.sent(stages.agency())
    if query.get("who") == "nobody":
        query = {}
    page = get(factories.coordinator(), BOARD, **query).content.decode()
    assert page.count('<th scope="row">') == lines


@pytest.mark.parametrize("term", ["2023-q4", "x", "\x00", "2023-q3'--"])
def test_an_unknown_term_is_not_found(term):
    assert get(factories.coordinator(), BOARD, term=term).status_code == 404


def test_without_a_quarter_the_board_says_so():
    ReportingPeriod.objects.update(state="planned", opened_at=None, closed_at=None)
    assert "No quarter has been opened yet" in text_of(get(factories.coordinator(), BOARD))
    assert "No report is asked of you" in text_of(get(factories.officer(), BOARD))


def test_a_body_sees_only_its_own_list():
    stages.sent()
    page = get(factories.officer("na-tam"), BOARD).content.decode()
    assert "/communes/na-tam/" in page
    assert "/communes/ban-bo/" not in page


# ---- the start page


def test_my_work_leads_to_the_report_and_says_when_it_is_late(settings):
    page = get(factories.officer(), "/").content.decode()
    assert 'href="/reports/written/2023-q3/communes/ban-bo/"' in page
    settings.PORTAL_TODAY = "2023-09-30"
    assert "5 days late" in text_of(get(factories.officer(), "/"))
    stages.sent()
    assert (
        'href="/reports/written/2023-q3/communes/ban-bo/"'
        not in get(factories.officer(), "/").content.decode()
    )


def test_my_work_of_the_standing_office_counts_what_waits():
    stages.sent()
    text = text_of(get(factories.coordinator(), "/"))
    assert "1 of 28 have arrived" in text
    assert "1 to read" in text


# ---- what it costs


def queries(user, address) -> int:
    client = browser(user)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


@pytest.mark.parametrize("address", [BOARD, OWN, AGENCY, "/"])
def test_no_page_asks_more_for_300_communes(address):
    stages.sent()
    stages.sent(stages.agency())
    before = queries(factories.coordinator(), address)
    _more_communes(288)
    assert queries(factories.coordinator(), address) == before
    assert before <= 32


def _more_communes(count: int) -> None:
    pattern = factories.unit()
    units = AdministrativeUnit.objects.bulk_create(
        AdministrativeUnit(
            code=f"9{n:04}",
            slug=f"xa-{n}",
            name=f"Xã {n}",
            short_name=f"{n}",
            level=pattern.level,
            kind=pattern.kind,
            parent=pattern.parent,
            in_programme=True,
        )
        for n in range(count)
    )
    period = ReportingPeriod.objects.get(slug="2023-q3")
    PeriodicReport.objects.bulk_create(
        PeriodicReport(period=period, kind=SummaryKind.QUARTER, unit=unit) for unit in units
    )
