"""Evidence on S3-compatible storage by setting: a real transfer to a real server on this machine."""

import hashlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from storages.backends.s3 import S3Storage

from assessments.management.commands import sweep_evidence
from assessments.models import Event, Evidence
from tests import factories
from tests.evidence import builders as make
from tests.evidence.test_pages import page_of, upload
from tests.evidence.test_storage import storage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
BUCKET, KEY, SECRET, REGION = "ntm-evidence", "key-of-the-test", "secret-of-the-test", "us-east-1"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """moto's server on a free port of the loopback, in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("s3") / "server.log"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, process, log)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(address, process, log) -> None:
    for _ in range(300):
        assert process.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 - our own loopback
        except urllib.error.HTTPError as answered:
            answered.close()
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text())


@pytest.fixture
def bucket(server):
    """An empty bucket, asked past the portal."""
    found = boto3.resource(
        "s3",
        endpoint_url=server,
        region_name=REGION,
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
    ).Bucket(BUCKET)
    found.create()
    yield found
    found.objects.all().delete()
    found.delete()
    found.meta.client.close()


@pytest.fixture
def on_s3(server, bucket, monkeypatch):
    """The portal's own settings for it, read from the environment, behind both fields."""
    found = storage(
        EVIDENCE_S3_BUCKET=BUCKET,
        EVIDENCE_S3_ENDPOINT=server,
        EVIDENCE_S3_REGION=REGION,
        EVIDENCE_S3_ACCESS_KEY=KEY,
        EVIDENCE_S3_SECRET_KEY=SECRET,
        EVIDENCE_S3_ADDRESSING="path",
    )
    assert found["BACKEND"] == "storages.backends.s3.S3Storage"
    made = S3Storage(**found["OPTIONS"] | {"client_config": None})
    for name in ("file", "preview"):
        monkeypatch.setattr(Evidence._meta.get_field(name), "storage", made)
    yield made
    made.connection.meta.client.close()


def kept(bucket) -> set[str]:
    return {item.key for item in bucket.objects.all()}


@pytest.mark.usefixtures("on_s3")
def test_a_file_is_uploaded_listed_handed_out_in_scope_and_removed_with_its_trace(
    officer, client, bucket, stored
):
    data = make.picture(size=(1600, 1200))
    assert upload(officer, ("Ảnh đường thôn.jpg", data)).status_code == 302
    evidence = Evidence.objects.get()
    names = kept(bucket)
    assert names == {f"evidence/{evidence.file.name}", f"evidence/{evidence.preview.name}"}
    body = bucket.Object(f"evidence/{evidence.file.name}").get()["Body"].read()
    assert hashlib.sha256(body).hexdigest() == evidence.sha256
    assert stored() == []  # nothing of it stayed on this machine
    assert "Ảnh đường thôn.jpg" in officer.get(page_of()).content.decode()
    for url in (f"/evidence/{evidence.pk}/", f"/evidence/{evidence.pk}/preview/"):
        answer = officer.get(url)
        assert answer.status_code == 200
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert b"".join(answer.streaming_content)
    answer = officer.get(f"/evidence/{evidence.pk}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == data
    pk = evidence.pk
    removed = officer.post(f"/evidence/{pk}/remove/", {f"remove-{pk}-reason": "Nhầm tệp"})
    assert removed.status_code == 302
    assert Event.objects.filter(kind="removed", reason="Nhầm tệp").count() == 1
    assert kept(bucket) == names  # the trace keeps the file, for the standing office only
    assert officer.get(f"/evidence/{pk}/").status_code == 404
    client.force_login(factories.coordinator())
    answer = client.get(f"/evidence/{pk}/")
    assert b"".join(answer.streaming_content) == data


@pytest.mark.usefixtures("on_s3")
@pytest.mark.parametrize("reader", ["giang-ma", "cong-an"])
def test_out_of_scope_nothing_is_handed_out(officer, client, reader):
    upload(officer, ("a.pdf", make.pdf()))
    other = factories.officer("giang-ma") if reader == "giang-ma" else factories.department(reader)
    client.force_login(other)
    assert client.get(f"/evidence/{Evidence.objects.get().pk}/").status_code == 404


@pytest.mark.usefixtures("on_s3")
def test_what_is_refused_or_fails_leaves_nothing_in_the_bucket(officer, bucket, monkeypatch):
    assert upload(officer, ("a.pdf", b"MZ" + bytes(500))).status_code == 422
    assert kept(bucket) == set()

    def broken(**kwargs):
        raise RuntimeError("no")

    monkeypatch.setattr(Event.objects, "create", broken)
    with pytest.raises(RuntimeError, match="no"):
        upload(officer, ("a.jpg", make.picture()))
    assert (Evidence.objects.count(), kept(bucket)) == (0, set())


@pytest.mark.usefixtures("on_s3")
def test_a_file_that_is_gone_from_the_bucket_is_not_there(officer, bucket):
    upload(officer, ("a.pdf", make.pdf()))
    bucket.objects.all().delete()
    assert officer.get(f"/evidence/{Evidence.objects.get().pk}/").status_code == 404


def test_what_no_row_knows_is_swept_from_the_bucket_too(on_s3, officer, bucket, monkeypatch):
    upload(officer, ("a.pdf", make.pdf()))
    on_s3.save("ab/orphan", ContentFile(b"x"))
    monkeypatch.setattr(sweep_evidence, "AGE", -sweep_evidence.AGE)
    call_command("sweep_evidence", "--dry-run")
    assert len(kept(bucket)) == 2
    call_command("sweep_evidence")
    assert kept(bucket) == {f"evidence/{Evidence.objects.get().file.name}"}
