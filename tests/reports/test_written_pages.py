"""The pages of written reports: scope, states, conflicts, double presses, cost."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from communes.models import AdministrativeUnit, Agency
from periods.models import ReportingPeriod
from reports.models import Part, PeriodicReport, SummaryKind, WrittenState
from reports.written.actions import digest
from reports.written.passages import passages
from tests import factories
from tests.reports import written_stages as stages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
OWN = "/reports/written/2023-q3/communes/ban-bo/"
AGENCY = "/reports/written/2023-q3/agencies/lao-dong/"
BOARD = "/reports/written/"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def browser(user) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(user)
    return client


def get(user, address=OWN, **query):
    return browser(user).get(address, query)


def form(do="save", body=None, **texts) -> dict[str, str]:
    """What the page would post: each part with its version and what it was drawn with."""
    body = body or stages.commune()
    found = PeriodicReport.objects.filter(period__slug="2023-q3", kind="quarter", **body.key)
    stored = {p.part: p for report in found for p in report.parts.all()}
    data = {"do": do}
    for part in Part.values:
        row = stored.get(part)
        data[f"{part}-version"] = str(row.version if row else 0)
        data[f"{part}-was"] = digest(row.text, row.nothing) if row else digest("", False)
        data[f"{part}-text"] = texts.get(part, row.text if row else "")
        if row and row.nothing:
            data[f"{part}-nothing"] = "1"
    return data


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# ---- who sees what


@pytest.mark.parametrize(
    "who", [factories.officer, factories.coordinator, factories.leader]
)  # an administrator is tested with the table of pages
def test_a_report_opens_for_its_body_and_for_those_who_see_the_district(who):
    assert get(who()).status_code == 200


@pytest.mark.parametrize(
    ("who", "address"),
    [
        (factories.department, OWN),
        (lambda: factories.officer("na-tam"), OWN),
        (factories.officer, AGENCY),
        (lambda: factories.department("noi-vu"), AGENCY),
    ],
)
def test_for_anybody_else_it_does_not_exist(who, address):
    stages.sent()
    client = browser(who())
    assert client.get(address).status_code == 404
    assert client.post(address, form()).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/reports/written/2023-q9/communes/ban-bo/",
        "/reports/written/2023-q4/communes/ban-bo/",
        "/reports/written/2023-6-months-x/communes/ban-bo/",
        "/reports/written/2023-q3/villages/ban-bo/",
        "/reports/written/2023-q3/communes/nowhere/",
        "/reports/written/2023-q3/agencies/nong-nghiep/",
        "/reports/written/2023-q3/agencies/dien-luc/",
        "/reports/written/2022-q4/communes/ban-bo/",
    ],
)
def test_what_is_not_asked_is_not_found(address):
    assert get(factories.coordinator(), address).status_code == 404


def test_the_standing_office_is_asked_for_nothing_and_a_supporting_agency_neither():
    assert get(factories.department("dien-luc"), BOARD).status_code == 200
    assert "No report is asked of you" in text_of(get(factories.department("dien-luc"), BOARD))


def test_the_longer_term_ends_with_its_quarter():
    text = text_of(get(factories.officer(), "/reports/written/2023-9-months/communes/ban-bo/"))
    assert "9 months of 2023" in text


def test_only_the_standing_office_opens_the_decision():
    stages.sent()
    for who in (factories.officer, factories.department, factories.leader):
        assert browser(who()).post(f"{OWN}decide/", {"do": "accept"}).status_code == 403


# ---- writing


def test_saving_stores_and_says_when():
    client = browser(factories.officer())
    response = client.post(OWN, form(results="Đã làm 3 km"), follow=True)
    assert "Saved at" in text_of(response)
    assert "Đã làm 3 km" in response.content.decode()
    again = client.post(OWN, form(), follow=True)
    assert "Nothing had changed" in text_of(again)


def test_looking_writes_nothing():
    get(factories.officer())
    assert not PeriodicReport.objects.exists()


def test_a_script_saves_in_the_background_and_learns_the_new_version():
    client = browser(factories.officer())
    response = client.post(OWN, form(results="Một"), headers={"accept": "application/json"})
    assert response.json()["parts"] == {"results": {"version": 1, "was": digest("Một", False)}}
    assert "Saved at" in response.json()["saved"]


def test_a_script_whose_session_ended_gets_401(client):
    response = client.post(OWN, form(), headers={"accept": "application/json"})
    assert response.status_code == 401


def test_what_was_typed_when_the_session_ended_comes_back_after_signing_in():
    client = Client()
    response = client.post(OWN, form(results="Gõ dở"))
    assert response.status_code == 302
    client.cookies["django_language"] = "en"
    factories.officer()
    client.post(
        response["Location"], {"login": "xa.ban-bo", "password": factories.PASSWORD}, follow=False
    )
    page = client.get(OWN)
    assert "Gõ dở" in page.content.decode()
    assert "not saved yet" in text_of(page)
    assert not PeriodicReport.objects.exists()


def test_too_long_is_said_beside_the_part_and_what_was_typed_stays():
    client = browser(factories.officer())
    response = client.post(OWN, form(results="ộ" * 20_001))
    assert response.status_code == 422
    assert "Too long" in response.content.decode()
    assert "ộ" * 20_001 in response.content.decode()


def test_a_stale_part_shows_both_texts_and_the_second_press_decides():
    client = browser(factories.officer())
    mine = form(results="Bản của tôi", causes="Chỉ của tôi")
    stages.write(by=factories.officer("ban-bo", "xa.ban-bo.2"), results="Bản của bạn")
    response = client.post(OWN, mine)
    assert response.status_code == 409
    page = response.content.decode()
    for words in ("Bản của tôi", "Bản của bạn", "Chỉ của tôi", "xa.ban-bo.2"):
        assert words in page
    version = re.search(r'name="results-version" value="(\d+)"', page)[1]
    was = re.search(r'name="results-was" value="(\w+)"', page)[1]
    client.post(OWN, mine | {"results-version": version, "results-was": was})
    assert stages.report_of().parts.get(part="results").text == "Bản của tôi"


def test_the_stored_text_can_be_taken_instead():
    client = browser(factories.officer())
    mine = form(results="Bản của tôi", causes="Giữ")
    stages.write(results="Bản của bạn")
    page = client.post(OWN, mine | {"do": "take:results"}).content.decode()
    assert "Bản của tôi" not in page
    assert "Bản của bạn" in page
    assert "Giữ" in page


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999", "１"])
def test_a_version_that_is_none_is_stale_and_never_an_error(version):
    stages.write(results="Một")
    data = form(results="Hai") | {"results-version": version}
    assert browser(factories.officer()).post(OWN, data).status_code == 409


def test_html_and_script_are_shown_as_text():
    stages.write(results="<script>alert(1)</script> & “Bản Bo”")
    page = get(factories.officer()).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page


def test_a_pasted_page_is_cleaned_when_it_is_saved():
    data = form(results="<p>Một</p><ul><li>hai</li></ul>")
    browser(factories.officer()).post(OWN, data)
    assert stages.report_of().parts.get(part="results").text == "Một\n- hai"


def test_sending_with_gaps_saves_names_them_and_sends_nothing():
    response = browser(factories.officer()).post(OWN, form("submit", results="Có"))
    assert response.status_code == 422
    assert "4 parts are not answered yet" in text_of(response)
    assert stages.report_of().state == WrittenState.DRAFT
    assert stages.versions()["results"] == 1


def test_the_parts_that_are_blank_are_answered_with_nothing():
    client = browser(factories.officer())
    client.post(OWN, form("nothing", results="Có"))
    parts = {p.part: (p.text, p.nothing) for p in stages.report_of().parts.all()}
    assert parts["results"] == ("Có", False)
    assert parts["causes"] == ("", True)
    response = client.post(OWN, form("submit"), follow=True)
    assert "sent to the standing office" in text_of(response)


def test_pressed_twice_it_is_sent_once():
    client = browser(factories.officer())
    data = form("submit", **dict.fromkeys(Part.values, "Có"))
    client.post(OWN, data)
    again = client.post(OWN, data, follow=True)
    assert "had been sent already" in text_of(again)
    assert stages.report_of().sendings == 1


def test_what_was_sent_is_read_only_with_the_reason():
    stages.sent()
    page = get(factories.officer())
    assert "<textarea" not in page.content.decode()
    assert "can no longer be changed" in text_of(page)
    late = browser(factories.officer()).post(OWN, form(results="Sửa"))
    assert late.status_code == 403
    assert stages.report_of().parts.get(part="results").text == "Nội dung results"


def test_nobody_writes_through_the_page_for_another():
    stages.write(results="Một")
    response = browser(factories.coordinator()).post(OWN, form(results="Sửa"))
    assert response.status_code == 403
    assert stages.report_of().parts.get(part="results").text == "Một"


# ---- last report's text


def test_the_last_report_stands_at_hand_and_is_copied_by_a_press():
    stages.write_all(at=stages.term("2023-q2"))
    client = browser(factories.officer())
    page = client.get(OWN).content.decode()
    value = re.search(r'value="(copy:\d+:results)"', page)[1]
    copied = client.post(OWN, form(value, results="Mới"))
    assert "Mới\nNội dung results</textarea>" in copied.content.decode()
    assert "not saved yet" in text_of(copied)
    assert not PeriodicReport.objects.filter(period__slug="2023-q3").exists()


def test_the_longer_term_has_the_quarters_text_at_hand():
    stages.write_all()
    page = text_of(get(factories.officer(), "/reports/written/2023-9-months/communes/ban-bo/"))
    assert "Text of the report: Quarter III of 2023" in page


@pytest.mark.parametrize("do", ["copy:1:results", "copy:x", "take:nowhere", "copy:", "copy:1:2:3"])
def test_a_wrong_button_does_no_harm(do):
    assert browser(factories.officer()).post(OWN, form(do)).status_code in (200, 404)


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


# ---- passages for the summary


def test_passages_are_what_arrived_in_order_and_never_a_draft():
    stages.sent(stages.commune("na-tam"))
    stages.accepted()
    stages.accepted(stages.agency())
    stages.write_all(stages.commune("giang-ma"))
    found = passages(stages.term().period)
    assert [one.body for one in found[::5]] == [
        Agency.objects.get(slug="lao-dong").name,
        "Xã Bản Bo",
        "Xã Nà Tăm",
    ]
    assert [one.part for one in found[:5]] == list(Part.values)


def test_a_longer_term_falls_back_on_the_quarter():
    stages.sent()
    stages.sent(stages.commune("na-tam"))
    stages.write(
        at=stages.term(kind="9-months"),
        results="Chín tháng",
        **{part: "Có" for part in Part.values if part != "results"},
    )
    stages.submit(at=stages.term(kind="9-months"))
    found = {(one.body, one.part): one.text for one in passages(stages.term().period, "9-months")}
    assert found["Xã Bản Bo", "results"] == "Chín tháng"
    assert found["Xã Nà Tăm", "results"] == "Nội dung results"
    assert passages(stages.term().period, "adhoc") == passages(stages.term().period)


def test_passages_cost_two_queries(django_assert_num_queries):
    for slug in ("ban-bo", "na-tam", "giang-ma"):
        stages.sent(stages.commune(slug))
    period = stages.term().period
    with django_assert_num_queries(2):
        passages(period)
