"""Evidence through the API: the page's actions, checks, locks and trace."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from assessments.models import Event, Evidence
from tests import factories
from tests.evidence import builders as make
from tests.evidence.test_attaching import attach, remove
from tests.evidence.test_too_much import FILES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


def address(code="11", slug="ban-bo", period="2023-q3"):
    return f"/api/results/{factories.row_of(code, slug, period).pk}/evidence/"


def send(client, data=None, name="a.pdf", url="", **more):
    file = SimpleUploadedFile(name, make.pdf() if data is None else data)
    return client.post(url or address(), {"file": file, **more})


def put(client, url, body, method="patch"):
    """A change is sent with the version that stands, unless the test names another."""
    if method == "patch" and "version" not in body:
        held = Evidence.objects.get(pk=url.rstrip("/").rpartition("/")[2])
        body = {"version": held.version, **body}
    return getattr(client, method)(url, json.dumps(body), content_type="application/json")


def test_a_file_is_added_listed_described_and_removed_with_its_trace(officer):
    answer = send(officer, name="Biên bản.pdf")
    assert answer.status_code == 201
    pk = answer.json()["id"]
    assert answer.json()["name"] == "Biên bản.pdf"
    assert [row["id"] for row in officer.get(address()).json()["results"]] == [pk]
    said = put(officer, f"/api/evidence/{pk}/", {"document_number": "45/QĐ-UBND"})
    assert said.status_code == 200
    said = put(officer, f"/api/evidence/{pk}/", {"valid_until": "2024-12-31"}).json()
    assert (said["document_number"], said["valid_until"]) == ("45/QĐ-UBND", "2024-12-31")
    gone = put(officer, f"/api/evidence/{pk}/remove/", {"reason": "Nhầm tệp"}, "post")
    assert gone.status_code == 200
    assert gone.json()["removal_reason"] == "Nhầm tệp"
    again = put(officer, f"/api/evidence/{pk}/remove/", {"reason": "Nhầm"}, "post")
    assert again.json() == gone.json()
    assert officer.get(address()).json()["results"] == []
    assert officer.get(f"/api/evidence/{pk}/").status_code == 404
    trace = Event.objects.filter(kind__in=["attached", "described", "removed"]).order_by("pk")
    assert [(e.kind, e.channel) for e in trace] == [
        ("attached", "api"), ("described", "api"), ("described", "api"), ("removed", "api"),
    ]  # fmt: skip


def test_the_same_file_sent_twice_stands_there_once(officer, stored):
    first, second = send(officer), send(officer, name="b.pdf")
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert Evidence.objects.count() == len(stored()) == 1


@pytest.mark.parametrize(
    ("data", "name", "part"),
    [
        (b"", "a.pdf", "0 byte"),
        (b"MZ" + bytes(300), "a.pdf", "chương trình"),
        (b"<html></html>", "a.pdf", "trang web"),
        (make.bomb(), "a.xlsx", "giải nén"),
        (make.huge_png(), "a.png", "điểm ảnh"),
    ],
    ids=["empty", "program", "web page", "bomb", "pixels"],
)
def test_what_the_page_refuses_is_refused_here_and_nothing_is_kept(
    officer, stored, data, name, part
):
    answer = send(officer, data, name)
    assert answer.status_code == 400
    assert part in answer.json()["errors"]["file"]
    assert (Evidence.objects.count(), stored()) == (0, [])


def test_a_name_with_a_path_is_refused(officer, stored):
    head = '--cut\r\nContent-Disposition: form-data; name="file"; filename="../../x.pdf"\r\n'
    body = head.encode() + b"Content-Type: a/b\r\n\r\n" + make.pdf() + b"\r\n--cut--\r\n"
    answer = officer.post(address(), body, content_type="multipart/form-data; boundary=cut")
    assert answer.status_code == 400
    assert "đường dẫn" in answer.json()["detail"]
    assert stored() == []


def test_exactly_one_file_is_taken(officer, stored):
    files = [SimpleUploadedFile(name, data) for name, data in FILES[:2]]
    for body in ({}, {"file": files}, {"other": files[0]}, {"file": "text"}):
        answer = officer.post(address(), body)
        assert answer.status_code == 400
        assert "file" in answer.json()["errors"]
    assert (Evidence.objects.count(), stored()) == (0, [])


def test_too_much_and_what_cannot_be_read_is_answered_as_json(officer, settings, stored):
    many = [SimpleUploadedFile(name, data) for name, data in FILES]
    answer = officer.post(address(), {"file": many})
    assert answer.status_code == 413
    assert "20 tệp" in answer.json()["detail"]
    broken = officer.post(address(), b"x", content_type="multipart/form-data")
    assert broken.status_code == 400
    assert broken.json()["errors"]["file"]
    assert officer.post(address(), "{}", content_type="application/json").status_code == 415
    settings.EVIDENCE_MAX_BYTES = 100
    answer = send(officer, make.pdf(filling=2 * 1024 * 1024))
    assert answer.status_code == 413
    assert "quá mức" in answer.json()["detail"]
    assert stored() == []


@pytest.mark.parametrize("who", ["stranger", "giang-ma", "cong-an"])
def test_out_of_scope_nothing_is_there(client, who, stored):
    evidence = attach(data=make.pdf(2)).evidence
    if who == "stranger":
        expected = 403
    else:
        person = factories.officer(who) if who == "giang-ma" else factories.department(who)
        client.force_login(person)
        expected = 404
    assert send(client).status_code == expected
    assert client.get(address()).status_code == expected
    url = f"/api/evidence/{evidence.pk}/"
    assert client.get(url).status_code == expected
    assert put(client, url, {"document_number": "1"}).status_code == expected
    assert put(client, f"{url}remove/", {"reason": "x"}, "post").status_code == expected
    assert Evidence.objects.standing().count() == len(stored()) == 1


@pytest.mark.parametrize("who", ["department", "coordinator", "leader"])
def test_whoever_only_reads_the_row_is_told_why_not(client, who):
    evidence = attach(data=make.pdf(2)).evidence
    person = factories.department("lao-dong") if who == "department" else getattr(factories, who)()
    client.force_login(person)
    assert client.get(address()).json()["count"] == 1
    url = f"/api/evidence/{evidence.pk}/"
    for answer in (
        send(client),
        put(client, url, {"document_number": "1"}),
        put(client, f"{url}remove/", {"reason": "x"}, "post"),
    ):
        assert answer.status_code == 403
        assert answer.json()["lock"] == "not_yours"
        assert answer.json()["detail"]


def test_locked_states_name_their_reason(officer):
    closed = send(officer, url=address(period="2023-q2"))
    assert (closed.status_code, closed.json()["lock"]) == (403, "period_closed")
    evidence = attach().evidence
    factories.sent("ban-bo")
    answer = send(officer, make.pdf(2))
    assert (answer.status_code, answer.json()["lock"]) == (403, "submitted")
    url = f"/api/evidence/{evidence.pk}/"
    assert put(officer, url, {"document_number": "1"}).json()["lock"] == "submitted"
    assert put(officer, f"{url}remove/", {"reason": "x"}, "post").json()["lock"] == "submitted"
    assert Evidence.objects.standing().count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"document_date": "0001-01-01"}, "document_date"),
        ({"document_date": "2023-09-21"}, "document_date"),
        ({"document_date": "05/09/2023"}, "document_date"),
        ({"document_date": "2023-09-05", "valid_until": "2023-09-04"}, "valid_until"),
        ({"valid_until": "9999-12-31"}, "valid_until"),
        ({"document_number": "x" * 81}, "document_number"),
        ({"name": "x.pdf"}, "name"),
    ],
)
def test_what_is_said_is_checked_as_on_the_page(officer, body, field):
    evidence = attach().evidence
    answer = put(officer, f"/api/evidence/{evidence.pk}/", body)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {field}
    evidence.refresh_from_db()
    assert (evidence.document_number, evidence.document_date, evidence.valid_until) == (
        "", None, None,
    )  # fmt: skip


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": " "}, {"reason": "x" * 2001}])
def test_removing_needs_its_reason(officer, body):
    evidence = attach().evidence
    answer = put(officer, f"/api/evidence/{evidence.pk}/remove/", body, "post")
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"reason"}
    assert Evidence.objects.standing().count() == 1


def test_removed_files_are_listed_to_nobody(officer):
    remove(attach().evidence)
    assert officer.get(address()).json()["count"] == 0


def test_a_session_needs_its_token(stored):
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.officer())
    answer = send(client)
    assert answer.status_code == 403
    assert stored() == []


def test_no_query_grows_with_the_files(officer, django_assert_max_num_queries):
    attach()
    officer.get(address())
    with django_assert_max_num_queries(8) as few:
        officer.get(address())
    for pages in range(2, 8):
        attach(data=make.pdf(pages))
    with django_assert_max_num_queries(8) as many:
        officer.get(address())
    assert len(many) == len(few)


def test_the_schema_and_its_page_say_how_a_file_is_sent(officer):
    schema = SchemaGenerator().get_schema(request=None, public=True)
    post = schema["paths"]["/api/results/{id}/evidence/"]["post"]
    assert list(post["requestBody"]["content"]) == ["multipart/form-data"]
    assert {"200", "201", "400", "403", "404"} <= set(post["responses"])
    page = officer.get("/api/docs/").content.decode()
    for path in ("/api/results/{id}/evidence/", "/api/evidence/{id}/remove/"):
        assert path in page
