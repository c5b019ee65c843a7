"""The pages of written reports: scope, states, conflicts, double presses, cost."""

import re

import pytest
from django.test import Client
from django.utils import translation

from assessments.models import Channel
from reports.limits import TEXT_LIMIT
from reports.models import Part, PeriodicReport, WrittenState
from reports.written import actions
from reports.written.actions import PartInput, digest
from tests import factories
from tests.reports import written_stages as stages
from tests.reports.written_pages import AGENCY, BOARD, OWN, browser, form, get, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


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
    typed = "ộ" * (TEXT_LIMIT + 1)
    response = client.post(OWN, form(results=typed))
    assert response.status_code == 422
    assert "Too long" in response.content.decode()
    assert typed in response.content.decode()


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


def test_nothing_to_report_last_time_is_told_and_has_nothing_to_copy():
    body, last = stages.commune(), stages.term("2023-q2")
    actions.save(
        by=stages.writer(body),
        body=body,
        term=last,
        parts={"results": PartInput(0, "Đã làm"), "causes": PartInput(0, "", nothing=True)},
        channel=Channel.FORM,
    )
    page = get(factories.officer()).content.decode()
    causes = page.split('id="part-causes"')[1].split("</section>")[0]
    assert "Text of the report: Quarter II of 2023" in text_of_part(causes)
    assert '<p class="muted">Nothing to report</p>' in causes
    assert "copy:" not in causes
    results = page.split('id="part-results"')[1].split("</section>")[0]
    assert "copy:" in results
    value = re.search(r"copy:(\d+):", results)[1]
    answer = browser(factories.officer()).post(OWN, form(f"copy:{value}:causes"))
    assert answer.status_code == 404


def text_of_part(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


# ---- what stands in the way, and what is decided


def test_what_stands_in_the_way_of_sending_is_a_list_of_links_that_has_the_focus():
    response = browser(factories.officer()).post(OWN, form("submit", results="Có"))
    page = response.content.decode()
    summary = page.split('id="written-problem"')[1].split("</section>")[0]
    assert 'tabindex="-1" autofocus' in summary
    assert re.findall(r'href="#text-(\w+)"', summary) == [
        part for part in Part.values if part != "results"
    ]
    assert "4 parts are not answered yet" in summary
    assert page.count("4 parts are not answered yet") == 1
    assert page.count("autofocus") == 1
    for part in Part.values:
        assert f'id="text-{part}"' in page


def test_a_stale_or_too_long_part_is_linked_too():
    client = browser(factories.officer())
    mine = form(results="Bản của tôi")
    stages.write(by=factories.officer("ban-bo", "xa.ban-bo.2"), results="Bản của bạn")
    for data in (mine, form(causes="ộ" * (TEXT_LIMIT + 1))):
        page = client.post(OWN, data).content.decode()
        summary = page.split('id="written-problem"')[1].split("</section>")[0]
        assert len(re.findall(r'href="#text-', summary)) == 1


def test_a_saved_report_has_no_list_of_problems():
    assert "written-problem" not in get(factories.officer()).content.decode()


def test_an_accepted_report_is_told_to_be_accepted_and_what_a_return_would_do():
    stages.accepted()
    page = get(factories.coordinator()).content.decode()
    text = text_of_part(page)
    assert "What stands below is the accepted text" in text
    assert page.index("What stands below is the accepted text") < page.index("Nội dung results")
    assert "Decide about this report" not in text
    assert "Nothing more has to be done" in text
    assert page.index("<summary>Return it nevertheless") < page.index('name="reason"')
    assert "counts as missing until its writer has corrected it" in text
    assert 'value="accept"' not in page
    theirs = get(factories.officer()).content.decode()
    assert "What stands below is the accepted text" in theirs
    assert "Return it nevertheless" not in theirs


def test_a_return_without_a_reason_unfolds_its_form_again():
    report = stages.accepted()
    data = {"do": "return", "reason": " ", "sending": str(report.sendings)}
    response = browser(factories.coordinator()).post(f"{OWN}decide/", data)
    assert response.status_code == 422
    page = response.content.decode()
    assert "<details open><summary>Return it nevertheless" in page
    assert 'aria-invalid="true" autofocus' in page


def test_a_sent_report_says_that_it_waits_and_leads_to_the_decision():
    stages.sent()
    page = get(factories.coordinator()).content.decode()
    assert "it waits for your decision" in page
    assert 'href="#decide"' in page
    assert "Decide about this report" in page
