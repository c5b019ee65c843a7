"""Where files go is a setting; on S3 nothing is public and nothing whole in memory."""

import json
import os
import time

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from assessments.models import Evidence
from tests.evidence.test_attaching import attach, remove
from tests.house.test_settings import load_settings

ASK = "import json; print(json.dumps(settings.STORAGES['evidence'], default=str))"


def storage(**given) -> dict:
    done = load_settings(ASK, PORTAL_DEMO="true", **given)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_without_a_setting_files_stay_beside_the_database_for_the_portal_alone():
    found = storage()
    assert found["BACKEND"].endswith("FileSystemStorage")
    assert found["OPTIONS"]["location"].endswith("/evidence")
    assert found["OPTIONS"]["base_url"] is None
    assert found["OPTIONS"]["file_permissions_mode"] == 0o600
    assert found["OPTIONS"]["directory_permissions_mode"] == 0o700


def test_a_bucket_takes_them_instead():
    options = {
        "EVIDENCE_S3_BUCKET": "ntm",
        "EVIDENCE_S3_ENDPOINT": "https://storage.example",
        "EVIDENCE_S3_REGION": "hn-1",
        "EVIDENCE_S3_ACCESS_KEY": "key",
        "EVIDENCE_S3_SECRET_KEY": "secret",
        "EVIDENCE_S3_ADDRESSING": "path",
    }
    found = storage(**options)
    assert found["BACKEND"] == "storages.backends.s3.S3Storage"
    kept = found["OPTIONS"]
    assert (kept["bucket_name"], kept["location"]) == ("ntm", "evidence")
    assert (kept["endpoint_url"], kept["region_name"]) == ("https://storage.example", "hn-1")
    assert (kept["access_key"], kept["secret_key"]) == ("key", "secret")
    assert (kept["addressing_style"], kept["default_acl"]) == ("path", None)
    assert kept["file_overwrite"] is False
    assert kept["max_memory_size"] == 1024 * 1024


def test_the_options_are_those_that_the_backend_knows():
    from storages.backends.s3 import S3Storage

    found = storage(EVIDENCE_S3_BUCKET="ntm")
    made = S3Storage(**found["OPTIONS"] | {"client_config": None})  # JSON knows no such object
    assert (made.bucket_name, made.location, made.default_acl) == ("ntm", "evidence", None)


def test_a_bucket_that_does_not_answer_is_given_up_soon():
    ask = """
held = settings.STORAGES["evidence"]["OPTIONS"]["client_config"]
print(held.connect_timeout, held.read_timeout, held.retries, held.s3)
"""
    done = load_settings(
        ask, PORTAL_DEMO="true", EVIDENCE_S3_BUCKET="ntm", EVIDENCE_S3_ADDRESSING="path"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("5 30 ")
    assert "'total_max_attempts': 2" in done.stdout
    assert "'addressing_style': 'path'" in done.stdout


def test_the_limit_is_a_setting():
    done = load_settings(
        "print(settings.EVIDENCE_MAX_BYTES)", PORTAL_DEMO="true", PORTAL_EVIDENCE_MAX_MB="5"
    )
    assert done.stdout.strip() == str(5 * 1024 * 1024)


def aged(path, hours: float) -> None:
    moment = time.time() - hours * 3600
    os.utime(path, (moment, moment))


@pytest.mark.django_db
@pytest.mark.usefixtures("quarters")
def test_what_a_killed_process_left_is_swept_and_nothing_else(stored, folder, tmp_path, capsys):
    kept, taken_back = attach("11").evidence, attach("10").evidence
    remove(taken_back)
    orphan = kept.file.storage.save("ab/orphan", ContentFile(b"x"))
    fresh = kept.file.storage.save("ab/fresh", ContentFile(b"x"))
    half = tmp_path / "incoming" / "half.upload"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"x")
    for path in [*folder.rglob("*"), half]:
        if path.is_file() and path.name != "fresh":
            aged(path, 25)
    call_command("sweep_evidence", "--dry-run")
    assert len(stored()) == 5
    call_command("sweep_evidence")
    left = {path.name for path in stored()}
    assert left == {*(e.file.name.rpartition("/")[2] for e in Evidence.objects.all()), "fresh"}
    assert orphan != fresh
    assert "2" in capsys.readouterr().out
