"""How far the files of a paper are: a part of the page that is asked for again, cheaply."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.building import build_snapshot
from reports.models import FileState, RenderedFile, SummaryIssue, SummaryReport
from reports.paper_files import ask_for_files, file_of_draft
from reports.publishing import fingerprint
from tests.reports.made_files import made
from tests.reports.pages import page, signed_in

pytestmark = pytest.mark.usefixtures("demonstration")
OFFICE, ISSUE = "phong.nong-nghiep", "/reports/2023-q2/progress/?issue=1"


def asked_for() -> SummaryIssue:
    issue = SummaryIssue.objects.get(summary__slug="2023-q2")
    issue.files.all().delete()
    ask_for_files(issue)
    return issue


def states(body: str) -> dict[str, str]:
    return dict(re.findall(r'data-file="(\w+)" data-state="(\w*)"', body))


def failed(rendered) -> None:
    rendered.update(state=FileState.FAILED, error="Thiếu phông chữ.")


def test_a_page_with_files_under_way_names_where_to_ask_and_works_without_a_script():
    asked_for()
    body = page("xa.ban-bo", "/reports/2023-q2/")
    assert f'data-progress="{ISSUE}"' in body
    assert "data-under-way" in body
    assert "tải lại trang để xem tiến độ" in body
    assert "js/progress" in body
    assert set(states(body).values()) == {"pending"}


def test_a_page_whose_files_are_made_or_failed_asks_for_nothing():
    made()
    issue = SummaryIssue.objects.get(summary__slug="2023-q2")
    failed(issue.files.exclude(state=FileState.DONE))
    body = page("xa.ban-bo", "/reports/2023-q2/")
    assert "data-under-way" not in body
    assert "js/progress" not in body


def test_the_part_says_the_state_of_each_file_and_stops_when_all_are_made():
    issue = asked_for()
    body = page("xa.ban-bo", ISSUE)
    assert body.lstrip().startswith('<ul class="paper-made" data-under-way')
    issue.files.filter(format="pdf").update(
        state=FileState.RUNNING, attempts=1, started_at=timezone.now()
    )
    assert states(page("xa.ban-bo", ISSUE))["pdf"] == "running"
    failed(issue.files.all())
    body = page("xa.ban-bo", ISSUE)
    assert set(states(body).values()) == {"failed"}
    assert "data-under-way" not in body


def test_a_replaced_issue_keeps_the_addresses_of_its_own_files():
    from tests.reports.corrected import corrected

    corrected()
    assert "/reports/2023-q2-lan-1.pdf" in page("xa.ban-bo", ISSUE)
    assert "/reports/2023-q2.pdf" in page("xa.ban-bo", "/reports/2023-q2/progress/?issue=2")


def draft_address() -> str:
    summary = SummaryReport.objects.get(slug="2023-q3")
    snapshot = build_snapshot(summary)
    seen = fingerprint(snapshot)
    file_of_draft(summary, snapshot, seen, "pdf")
    return f"/reports/2023-q3/progress/?draft={seen}"


def test_the_files_of_a_draft_are_told_to_those_who_read_drafts_only():
    address = draft_address()
    assert f'data-progress="{address}"' in page(OFFICE, "/reports/2023-q3/")
    for username in (OFFICE, "lanhdao"):
        assert states(page(username, address))["pdf"] == "pending"
    for username in ("xa.ban-bo", "phong.noi-vu"):
        page(username, address, 404)
    failed(RenderedFile.objects.filter(summary__slug="2023-q3"))
    body = page(OFFICE, address)
    assert 'action="/reports/2023-q3/files/"' in body
    assert "csrfmiddlewaretoken" in body


@pytest.mark.parametrize(
    "query",
    ["", "?issue=", "?issue=0", "?issue=9", "?issue=²", "?draft=x", "?issue=1%00", "?draft"],
)
def test_what_is_not_there_has_no_progress(query):
    page(OFFICE, f"/reports/2023-q2/progress/{query}", 404)


def test_a_script_whose_session_ended_is_told_so_and_a_person_goes_to_sign_in():
    assert Client().get(ISSUE, headers={"HX-Request": "true"}).status_code == 401
    assert Client().get(ISSUE).status_code == 302
    assert signed_in(OFFICE).post(ISSUE).status_code == 405


def test_asking_costs_a_handful_of_questions_and_counts_no_figure():
    address, client = draft_address(), signed_in(OFFICE)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    assert len(asked) <= 6


@pytest.mark.parametrize("of", ["issue", "draft"])
def test_asking_reads_no_snapshot(of):
    address, client = ISSUE if of == "issue" else draft_address(), signed_in(OFFICE)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert not [one for one in asked if '."snapshot",' in one["sql"] or '."draft",' in one["sql"]]
