"""Files handed out: as they were made, by their own name, in parts, to those who may; refusals."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.models import FileState, RenderedFile
from tests.reports import summary_stages as stages
from tests.reports.corrected import corrected
from tests.reports.made_files import made
from tests.reports.pages import page, post, signed_in

pytestmark = pytest.mark.usefixtures("demonstration")


def test_a_published_file_is_handed_out_as_it_was_made():
    rendered = made()
    response = signed_in("xa.ban-bo").get("/reports/2023-q2.pdf")
    assert b"".join(response.streaming_content) == b"the paper"
    assert response["Content-Type"] == "application/pdf"
    assert response["ETag"] == f'"{rendered.sha256}"'
    assert "bao-cao-2023-q2.pdf" in response["Content-Disposition"]
    for etag in (response["ETag"], f"W/{response['ETag']}", f'"other", {response["ETag"]}'):
        again = signed_in("xa.ban-bo").get(
            "/reports/2023-q2.pdf", headers={"If-None-Match": etag, "Accept-Encoding": "gzip"}
        )
        assert again.status_code == 304


def test_a_published_file_is_found_with_few_questions():
    made()
    client = signed_in("xa.ban-bo")
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/reports/2023-q2.pdf")
    b"".join(response.streaming_content)
    assert len(queries) <= 7


def test_a_file_on_its_way_says_so_and_looks_again():
    response = signed_in("xa.ban-bo").get("/reports/2023-q2.docx")
    assert response.status_code == 202
    assert response["Refresh"] == "3"
    assert "Đang tạo tệp" in response.content.decode()


def test_a_file_that_failed_says_why_and_is_tried_again():
    rendered = RenderedFile.objects.get(issue__summary__slug="2023-q2", format="xlsx")
    RenderedFile.objects.filter(pk=rendered.pk).update(
        state=FileState.FAILED, error="Hết bộ nhớ", attempts=3, started_at=timezone.now()
    )
    assert "Hết bộ nhớ" in page("xa.ban-bo", "/reports/2023-q2.xlsx", 404)
    response = post("xa.ban-bo", "/reports/2023-q2/files/", format="xlsx")
    assert response.url == "/reports/2023-q2.xlsx"
    assert RenderedFile.objects.get(pk=rendered.pk).state == FileState.PENDING


def test_a_file_lost_from_the_storage_is_said_and_not_an_error():
    rendered = made()
    rendered.file.storage.delete(rendered.file.name)
    assert "quản trị" in page("xa.ban-bo", "/reports/2023-q2.pdf", 404)


def test_a_drafts_file_is_made_once_for_each_state_of_the_draft():
    for _press in range(2):
        response = post("phong.nong-nghiep", "/reports/2023-q3/files/", format="pdf", draft="1")
        assert response.url == "/reports/2023-q3.pdf?draft"
    first = RenderedFile.objects.get(summary__slug="2023-q3")
    assert first.draft["paper"]["slug"] == "2023-q3"
    stages.edit(stages.reread(first.summary), "Khác rồi.", key="causes")
    post("phong.nong-nghiep", "/reports/2023-q3/files/", format="pdf", draft="1")
    second = RenderedFile.objects.get(summary__slug="2023-q3")
    assert second.fingerprint != first.fingerprint
    assert post("xa.ban-bo", "/reports/2023-q2/files/", format="pdf", draft="1").status_code == 404
    assert post("lanhdao", "/reports/2023-q3/files/", format="exe").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/reports/2023-q2-tom-tat.docx",
        "/reports/2023-q2.exe",
        "/reports/2030-q1.pdf",
        "/reports/2023-q2-lan-7.pdf",
        "/reports/2023-q2-lan-0.pdf",
        "/reports/2023-q3-lan-1.pdf",
        "/reports/2023-q2-lan-1-tom-tat.xlsx",
        "/reports/2023-q2.pdf?issue=7",
        "/reports/2023-q2.pdf?issue=²",
        "/reports/2023-q2.pdf?draft",
        "/reports/verify/NTM-0000/",
        "/reports/compare/?a=2023-q2&b=2023-q3",
    ],
)
def test_what_is_not_there_is_404(path):
    page("xa.ban-bo", path, 404)


def get(path: str = "/reports/2023-q2.pdf", **headers):
    return signed_in("xa.ban-bo").get(path, headers=headers)


def test_a_file_tells_its_length_its_age_and_its_kind_also_to_head():
    rendered = made()
    for answer in (get(), signed_in("xa.ban-bo").head("/reports/2023-q2.pdf")):
        b"".join(answer)
        assert answer.status_code == 200
        assert answer["Content-Length"] == "9"
        assert answer["Last-Modified"].endswith("GMT")
        assert (answer["Accept-Ranges"], answer["ETag"]) == ("bytes", f'"{rendered.sha256}"')
    later = get(**{"If-Modified-Since": answer["Last-Modified"]})
    assert (later.status_code, later.content) == (304, b"")
    assert later["ETag"] == answer["ETag"]


@pytest.mark.parametrize(
    ("asked", "status", "content", "said"),
    [
        ("bytes=0-2", 206, b"the", "bytes 0-2/9"),
        ("bytes=4-", 206, b"paper", "bytes 4-8/9"),
        ("bytes=-5", 206, b"paper", "bytes 4-8/9"),
        ("bytes=-99", 206, b"the paper", "bytes 0-8/9"),
        ("bytes=4-99999", 206, b"paper", "bytes 4-8/9"),
        ("bytes=9-", 416, b"", "bytes */9"),
        ("bytes=-0", 416, b"", "bytes */9"),
        ("bytes=5-2", 200, b"the paper", None),
        ("bytes=0-1,3-4", 200, b"the paper", None),
        ("letters=0-1", 200, b"the paper", None),
        ("bytes=-", 200, b"the paper", None),
        ("bytes=²-", 200, b"the paper", None),
    ],
)
def test_a_part_that_is_asked_for_is_sent_as_a_part(asked, status, content, said):
    made()
    answer = get(Range=asked)
    assert answer.status_code == status
    assert b"".join(answer) == content
    assert answer.get("Content-Range") == said


def test_a_part_of_another_version_is_not_mixed_with_this_one():
    rendered = made()
    for etag, status in (("other", 200), (rendered.sha256, 206)):
        answer = get(Range="bytes=0-2", **{"If-Range": f'"{etag}"'})
        b"".join(answer)
        assert answer.status_code == status


def test_two_issues_have_two_addresses_and_two_names():
    corrected()
    for edition in (1, 2):
        made(edition=edition)
    name = {
        "/reports/2023-q2.pdf": "bao-cao-2023-q2-lan-2.pdf",
        "/reports/2023-q2-lan-2.pdf": "bao-cao-2023-q2-lan-2.pdf",
        "/reports/2023-q2-lan-1.pdf": "bao-cao-2023-q2.pdf",
        "/reports/2023-q2.pdf?issue=1": "bao-cao-2023-q2.pdf",
    }
    for path, expected in name.items():
        answer = get(path)
        b"".join(answer)
        assert f'filename="{expected}"' in answer["Content-Disposition"]
    assert '/reports/2023-q2-lan-1.pdf"' in page("xa.ban-bo", "/reports/2023-q2/issues/1/")
    assert '/reports/2023-q2.pdf"' in page("xa.ban-bo", "/reports/2023-q2/")


def test_the_brief_of_a_correction_has_a_name_of_its_own_too():
    corrected()
    made(paper_format="brief", edition=2)
    answer = get("/reports/2023-q2-lan-2-tom-tat.pdf")
    b"".join(answer)
    assert "bao-cao-2023-q2-lan-2-tom-tat.pdf" in answer["Content-Disposition"]
