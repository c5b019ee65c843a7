"""Who gets a file, and how it is handed over."""

import pytest

from accounts.models import Role
from assessments.models import Evidence
from tests import factories
from tests.evidence import builders as make
from tests.evidence.test_attaching import attach, remove

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def status_of(client, url) -> int:
    """Asked, and read to the end as a server does."""
    answer = client.get(url)
    if answer.streaming:
        body(answer)
    return answer.status_code


def test_a_file_is_an_attachment_that_nothing_runs_in(officer):
    evidence = attach(name="Biên bản.pdf").evidence
    answer = officer.get(f"/evidence/{evidence.pk}/", headers={"Accept-Encoding": "gzip"})
    assert body(answer) == make.pdf()
    head = answer.headers
    assert head["Content-Type"] == "application/pdf"
    assert head["Content-Length"] == str(len(make.pdf()))
    assert head["Content-Disposition"] == (
        "attachment; filename*=utf-8''Bi%C3%AAn%20b%E1%BA%A3n.pdf"
    )
    assert head["X-Content-Type-Options"] == "nosniff"
    assert head["Cache-Control"] == "private, no-store"
    assert "sandbox" in head["Content-Security-Policy"]
    assert "default-src 'none'" in head["Content-Security-Policy"]
    assert head["X-Frame-Options"] == "DENY"


def test_a_pdf_is_shown_and_nothing_else_is(officer):
    pdf, photo = attach().evidence, attach(data=make.picture(), name="a.jpg").evidence
    shown = officer.get(f"/evidence/{pdf.pk}/view/")
    assert shown["Content-Disposition"].startswith("inline")
    assert "sandbox" in shown["Content-Security-Policy"]
    assert body(shown) == make.pdf()
    assert officer.get(f"/evidence/{photo.pk}/view/").status_code == 404


def test_a_preview_is_asked_for_again_and_not_sent_again(officer):
    photo = attach(data=make.picture(), name="a.jpg").evidence
    answer = officer.get(f"/evidence/{photo.pk}/preview/")
    assert answer["Content-Type"] == "image/webp"
    assert body(answer)[8:12] == b"WEBP"
    assert answer["Cache-Control"] == "private, no-cache"
    again = officer.get(f"/evidence/{photo.pk}/preview/", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert officer.get(f"/evidence/{attach().evidence.pk}/preview/").status_code == 404


#: Indicator 11 (poor households) is led by Phòng LĐ-TBXH.
READERS = {
    "own commune": (lambda: factories.officer("ban-bo"), 200),
    "other commune": (lambda: factories.officer("giang-ma"), 404),
    "leading agency": (lambda: factories.department("lao-dong"), 200),
    "another agency": (lambda: factories.department("cong-an"), 404),
    "coordinator": (factories.coordinator, 200),
    "leader": (factories.leader, 200),
    "administrator": (lambda: factories.person(Role.ADMINISTRATOR), 200),
}


@pytest.mark.parametrize("reader", READERS)
def test_a_file_exists_only_for_those_who_may_see_its_row(client, reader):
    who, status = READERS[reader]
    photo = attach(data=make.picture(), name="a.jpg").evidence
    pdf = attach().evidence
    client.force_login(who())
    page = f"/assessments/2023-q3/ban-bo/ntm/rows/{photo.result_id}/evidence/"
    for url in (
        f"/evidence/{photo.pk}/",
        f"/evidence/{photo.pk}/preview/",
        f"/evidence/{pdf.pk}/view/",
        page,
    ):
        assert status_of(client, url) == status, url


@pytest.mark.parametrize("reader", READERS)
def test_a_removed_file_exists_only_for_the_standing_office(client, reader):
    photo = attach(data=make.picture(), name="a.jpg").evidence
    remove(photo)
    client.force_login(READERS[reader][0]())
    status = 200 if reader in ("coordinator", "administrator") else 404
    for url in (f"/evidence/{photo.pk}/", f"/evidence/{photo.pk}/preview/"):
        assert status_of(client, url) == status


@pytest.mark.parametrize("reader", READERS)
def test_only_an_officer_of_the_commune_describes_or_removes(client, reader):
    evidence = attach().evidence
    client.force_login(READERS[reader][0]())
    own = reader == "own commune"
    pk = evidence.pk
    said = {f"{pk}-document_number": "1", f"{pk}-version": evidence.version}
    answers = [
        client.post(f"/evidence/{pk}/describe/", said),
        client.post(f"/evidence/{evidence.pk}/remove/", {f"remove-{evidence.pk}-reason": "x"}),
    ]
    wanted = {302} if own else {404} if reader == "other commune" else {403}
    assert {answer.status_code for answer in answers} == wanted
    assert Evidence.objects.standing().exists() != own


def test_a_stranger_is_asked_to_sign_in(client):
    evidence = attach().evidence
    for act in ("", "preview/", "view/"):
        answer = client.get(f"/evidence/{evidence.pk}/{act}")
        assert answer.status_code == 302
        assert "/accounts/login/" in answer.url


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 30])
def test_a_number_that_is_no_file_is_not_found(officer, pk):
    for act in ("", "preview/", "view/", "describe/", "remove/"):
        assert officer.get(f"/evidence/{pk}/{act}").status_code == 404


def test_a_file_that_the_disk_has_lost_is_not_found_and_logged(officer, caplog):
    evidence = attach().evidence
    evidence.file.storage.delete(evidence.file.name)
    assert officer.get(f"/evidence/{evidence.pk}/").status_code == 404
    assert evidence.file.name in caplog.text
