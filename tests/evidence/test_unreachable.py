"""A storage that is full, not writable or does not answer: a sentence, and nothing left behind.

The tests run as root too, whom no permission stops: where a folder should be stands a file, and a
limit of the system ends a write in its middle.
"""

import resource

import pytest
from botocore.config import Config
from django.core.files.uploadedfile import SimpleUploadedFile
from moto.server import ThreadedMotoServer
from storages.backends.s3 import S3Storage

from assessments import keeping
from assessments.errors import StorageUnreachable
from assessments.models import Event, Evidence
from tests import factories
from tests.evidence import builders as make
from tests.evidence.test_attaching import attach
from tests.evidence.test_pages import SCRIPT, page_of, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
SENTENCE = "Hiện không truy cập được nơi lưu tệp"


@pytest.fixture
def unwritable(folder):
    """Where files are kept nothing can be written."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_bytes(b"")
    return folder


def nothing_is_left(stored):
    assert stored() == []
    assert not Evidence.objects.exists()
    assert not Event.objects.filter(kind="attached").exists()


@pytest.fixture
def left(tmp_path):
    return lambda: list((tmp_path / "incoming").rglob("*.upload"))


@pytest.mark.usefixtures("unwritable")
def test_a_folder_that_cannot_be_written_is_said_on_the_page(officer, left):
    answer = upload(officer, ("Biên bản.pdf", make.pdf()))
    assert answer.status_code == 503
    page = answer.content.decode()
    assert f"Biên bản.pdf: {SENTENCE}" in page
    assert 'type="file"' in page  # to try again
    assert not Evidence.objects.exists()
    assert left() == []


@pytest.mark.usefixtures("unwritable")
def test_a_script_is_told_so_and_may_try_again(officer, unwritable):
    answer = upload(officer, ("a.pdf", make.pdf()), headers=SCRIPT)
    assert answer.status_code == 503
    assert SENTENCE in answer.json()["sentences"][0]
    unwritable.unlink()
    assert upload(officer, ("a.pdf", make.pdf()), headers=SCRIPT).status_code == 200
    assert Evidence.objects.count() == 1


@pytest.mark.usefixtures("unwritable")
def test_the_api_answers_503(officer):
    row = factories.row_of("11")
    answer = officer.post(
        f"/api/results/{row.pk}/evidence/", {"file": SimpleUploadedFile("a.pdf", make.pdf())}
    )
    assert answer.status_code == 503
    assert SENTENCE in answer.json()["detail"]
    assert answer["Retry-After"]
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("headers", [None, SCRIPT])
def test_where_nothing_can_be_received_it_is_said_too(officer, settings, tmp_path, headers):
    settings.INCOMING_DIR.parent.mkdir(parents=True, exist_ok=True)
    settings.INCOMING_DIR.write_bytes(b"")
    answer = upload(officer, ("a.pdf", make.pdf()), headers=headers)
    assert answer.status_code == 503
    if headers:
        assert SENTENCE in answer.json()["sentences"][0]
    else:
        assert SENTENCE in answer.content.decode()
        assert f'href="{page_of()}"' in answer.content.decode()


@pytest.fixture
def nearly_full():
    """The system takes no file beyond 64 kB: a write ends in its middle, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_is_full_in_the_middle_keeps_nothing(stored, nearly_full):
    data = make.pdf()
    data = data[:9] + b"%" + b"x" * 200_000 + b"\n" + data[9:]
    factories.officer()
    with pytest.raises(StorageUnreachable):
        attach(data=data)
    nothing_is_left(stored)


def test_a_disk_that_is_full_while_receiving_keeps_nothing(officer, stored, nearly_full):
    answer = upload(officer, ("a.pdf", make.pdf() + b" " * 200_000))
    assert answer.status_code == 503
    nothing_is_left(stored)


def test_when_not_even_taking_away_works_the_first_fault_is_told(monkeypatch, folder, stored):
    """Written, then the transaction fails while the folder is gone: no second error hides it."""

    def broken(**kwargs):
        for path in stored():
            path.unlink()
        for path in sorted(folder.rglob("*"), reverse=True):
            path.rmdir()
        folder.rmdir()
        folder.write_bytes(b"")
        raise RuntimeError("the first fault")

    monkeypatch.setattr(Event.objects, "create", broken)
    with pytest.raises(RuntimeError, match="the first fault"):
        attach()


def urls(evidence):
    return [f"/evidence/{evidence.pk}/{part}" for part in ("", "preview/")]


def test_a_file_that_cannot_be_read_is_answered_by_a_page_of_ours(officer, folder):
    evidence = attach(data=make.picture(), name="a.jpg").evidence
    folder.rename(folder.with_name("away"))
    folder.write_bytes(b"")
    for url in urls(evidence):
        answer = officer.get(url)
        assert answer.status_code == 503
        page = answer.content.decode()
        assert "Tệp không bị mất" in page
        assert f'href="{url}"' in page
        assert answer["Retry-After"]
    folder.unlink()
    folder.with_name("away").rename(folder)
    for url in urls(evidence):
        assert b"".join(officer.get(url).streaming_content)


def test_what_is_not_yours_is_404_whatever_the_storage_does(client, folder):
    evidence = attach(data=make.picture(), name="a.jpg").evidence
    folder.rename(folder.with_name("away"))
    folder.write_bytes(b"")
    client.force_login(factories.officer("giang-ma"))
    for url in urls(evidence):
        assert client.get(url).status_code == 404


@pytest.fixture
def stopped(monkeypatch):
    """S3-compatible storage whose server runs until ``stop()`` and again after ``start()``."""
    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    made = S3Storage(
        bucket_name="ntm",
        location="evidence",
        endpoint_url=f"http://{host}:{port}",
        region_name="us-east-1",
        access_key="key",
        secret_key="secret",
        client_config=Config(
            connect_timeout=1,
            read_timeout=2,
            retries={"mode": "standard", "total_max_attempts": 1},
            s3={"addressing_style": "path"},
        ),
    )
    made.connection.create_bucket(Bucket="ntm")
    for name in ("file", "preview"):
        monkeypatch.setattr(Evidence._meta.get_field(name), "storage", made)
    yield server.stop
    made.connection.meta.client.close()


def test_s3_that_is_down_refuses_with_a_sentence_and_answers_503(officer, stopped):
    assert upload(officer, ("a.jpg", make.picture()), headers=SCRIPT).status_code == 200
    evidence = Evidence.objects.get()
    stopped()
    answer = upload(officer, ("b.pdf", make.pdf()), headers=SCRIPT)
    assert answer.status_code == 503
    assert SENTENCE in answer.json()["sentences"][0]
    assert Evidence.objects.count() == 1
    for url in urls(evidence):
        assert officer.get(url).status_code == 503
    assert officer.get(page_of()).status_code == 200  # what is known of it is still shown


def test_a_mistake_of_the_portal_is_no_fault_of_the_storage():
    assert not keeping.is_fault(ValueError("x"))
    with pytest.raises(ValueError, match="x"), keeping.storage_asked():
        raise ValueError("x")
