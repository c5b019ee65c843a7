"""Proving a paper: by its code however it is typed, by the file itself; and what proves nothing."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.views import VERIFICATION
from reports.models import RenderedFile, SummaryIssue
from reports.proving import issue_of
from tests.reports.corrected import corrected
from tests.reports.made_files import made
from tests.reports.pages import page, signed_in

pytestmark = pytest.mark.usefixtures("demonstration")


def test_the_verification_page_shows_code_checksums_and_data():
    made()
    issue = SummaryIssue.objects.get(summary__slug="2023-q2")
    body = page("xa.ban-bo", f"/reports/verify/{issue.code.lower()}/")
    for shown in (issue.code, issue.snapshot_sha256, "ab" * 32, "8/12", "196"):
        assert shown in body
    assert "không khớp" not in body


def test_a_stored_snapshot_that_was_tampered_with_is_told():
    issue = SummaryIssue.objects.get(summary__slug="2023-q2")
    issue.snapshot["headline"]["recognised"] = 12
    SummaryIssue.objects.filter(pk=issue.pk).update(snapshot=issue.snapshot)
    assert "Không như khi ban hành" in page("xa.ban-bo", f"/reports/verify/{issue.code}/")


def code() -> str:
    return SummaryIssue.objects.get(summary__slug="2023-q2").code


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code,
        lambda code: code.lower(),
        lambda code: code.replace("-", " "),
        lambda code: f"  {code.replace('-', '')} ",
        lambda code: code.replace("-", "–"),
        lambda code: code.removeprefix("NTM-"),
        lambda code: code.removeprefix("NTM-").replace("-", "").lower(),
    ],
)
def test_a_code_is_found_however_it_is_typed(typed):
    response = signed_in("xa.ban-bo").get("/reports/verify/", {"code": typed(code())})
    assert response.url == f"/reports/verify/{code()}/"


@pytest.mark.parametrize("typed", ["NTM-2222-2222-2222", "x", "\0", "a" * 4000, "<b>", "---", "Đ²"])
def test_an_unknown_code_is_told_kindly_and_stays_typed(typed):
    response = signed_in("xa.ban-bo").get("/reports/verify/", {"code": typed})
    body = response.content.decode()
    assert response.status_code == 404
    assert "Không có văn bản đã ban hành nào mang mã này" in body
    assert 'id="code"' in body
    assert "<b>" not in body.split('id="code"')[1].split(">")[0]


def test_the_form_stands_alone_on_an_address_of_its_own():
    body = page("xa.ban-bo", "/reports/verify/")
    assert 'name="code"' in body
    assert 'type="file"' in body
    assert "/reports/verify/" in page("xa.ban-bo", "/reports/")
    assert Client().get("/reports/verify/").status_code == 302


@pytest.mark.parametrize("known", [True, False])
def test_an_unknown_code_costs_as_much_as_a_known_one(known):
    typed = code() if known else "NTM-2222-2222-2222"
    with CaptureQueriesContext(connection) as queries:
        assert (issue_of(typed) is not None) == known
    assert len(queries) == 1


def sent(content: bytes, name: str = "báo cáo.pdf"):
    file = SimpleUploadedFile(name, content)
    return signed_in("xa.ban-bo").post("/reports/verify/file/", {"file": file}, follow=True)


def test_a_file_that_was_published_is_known_by_its_bytes_alone():
    rendered = made()
    RenderedFile.objects.filter(pk=rendered.pk).update(
        sha256=hashlib.sha256(b"the paper").hexdigest()
    )
    response = sent(b"the paper", "khac-ten.bin")
    body = response.content.decode()
    assert response.status_code == 200
    assert "đúng từng byte là tệp PDF của Báo cáo số 03/BC-UBND" in body
    assert f"/reports/verify/{code()}/" in body
    assert "Không phải tệp đã ban hành" in sent(b"the paper.").content.decode()
    corrected()
    assert "Đã thay thế" in sent(b"the paper").content.decode()


def test_the_file_of_a_draft_proves_nothing():
    rendered = made()
    summary, sha256 = rendered.issue.summary, hashlib.sha256(b"draft").hexdigest()
    RenderedFile.objects.filter(pk=rendered.pk).update(
        issue=None, summary=summary, fingerprint="f" * 64, draft={}, sha256=sha256
    )
    assert "Không phải tệp đã ban hành" in sent(b"draft").content.decode()


def test_a_checked_file_is_not_stored_anywhere(settings, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a byte of the file was kept")

    monkeypatch.setattr("ntm_portal.uploads.IncomingFile.__init__", refuse)
    before = RenderedFile.objects.count()
    content = bytes(range(256)) * 12_000
    body = sent(content).content.decode()
    assert hashlib.sha256(content).hexdigest() in body
    assert RenderedFile.objects.count() == before


def test_no_file_or_an_empty_one_is_refused_beside_its_field():
    client = signed_in("xa.ban-bo")
    for data in ({}, {"file": SimpleUploadedFile("a.pdf", b"")}, {"file": "text"}):
        response = client.post("/reports/verify/file/", data)
        assert response.status_code == 422
        assert "file-error" in response.content.decode()
    assert client.get("/reports/verify/file/").status_code == 405


def test_a_file_without_the_pages_own_token_is_refused():
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="xa.ban-bo"))
    file = SimpleUploadedFile("a.pdf", b"x")
    assert client.post("/reports/verify/file/", {"file": file}).status_code == 403


def test_a_checksum_that_is_none_shows_the_form_only():
    for odd in ("x", "z" * 64, "0" * 63, "%00"):
        assert "Không phải tệp" not in page("xa.ban-bo", f"/reports/verify/?sha256={odd}")


def test_the_sign_in_page_knows_the_address_that_papers_lead_to():
    """``accounts`` stands below ``reports`` and has a copy of it."""
    assert reverse("reports:verify_form") == VERIFICATION
