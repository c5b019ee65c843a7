"""Sweeping what no row knows: once a day, twice at once, and beside uploads that are under way."""

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from assessments.management.commands import sweep_evidence
from assessments.models import Evidence
from tests.evidence.test_attaching import attach
from tests.evidence.test_storage import aged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
ROOT = Path(__file__).parents[2]


def old_file(folder, name="ab/orphan", hours=25.0):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    aged(path, hours)
    return path


def sweep(capsys) -> str:
    call_command("sweep_evidence")
    return capsys.readouterr().out.strip()


def test_a_second_run_finds_nothing(folder, capsys):
    old_file(folder)
    assert sweep(capsys) == "1 files deleted."
    assert sweep(capsys) == "0 files deleted."


def test_nothing_is_kept_yet(capsys):
    assert sweep(capsys) == "0 files deleted."


def test_another_run_that_was_faster_is_no_error(folder, monkeypatch, capsys):
    """Between listing, looking at its age and deleting, somebody else deletes it."""
    gone, late = old_file(folder, "ab/gone"), old_file(folder, "ab/late")
    walk, found = sweep_evidence.walk, Evidence.objects.values_list

    def listed(storage, folder=""):
        names = list(walk(storage, folder))
        gone.unlink(missing_ok=True)
        return names

    def asked(*fields):
        late.unlink()
        return found(*fields)

    monkeypatch.setattr(sweep_evidence, "walk", listed)
    monkeypatch.setattr(Evidence.objects, "values_list", asked)
    assert "files deleted" in sweep(capsys)
    assert not gone.exists()


def test_an_upload_that_ends_while_it_is_listed_is_left_alone(tmp_path, monkeypatch, capsys):
    half = tmp_path / "incoming" / "now.upload"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"x")
    walk = sweep_evidence.walk

    def listed(storage, folder=""):
        names = list(walk(storage, folder))
        half.unlink(missing_ok=True)  # taken over by its upload
        return names

    monkeypatch.setattr(sweep_evidence, "walk", listed)
    assert sweep(capsys) == "0 files deleted."


def test_a_row_that_is_stored_after_the_listing_keeps_its_file(folder, monkeypatch, capsys, stored):
    """Even one whose file is old, such as a slow upload's."""
    walk = sweep_evidence.walk

    def listed(storage, where=""):
        if Path(storage.location) == folder and not Evidence.objects.exists():
            attach()
            for path in stored():
                aged(path, 25)
        return list(walk(storage, where))

    monkeypatch.setattr(sweep_evidence, "walk", listed)
    assert sweep(capsys) == "0 files deleted."
    assert len(stored()) == 1


def test_what_is_a_day_old_at_most_stays(folder, capsys):
    young = old_file(folder, hours=23.9)
    assert sweep(capsys) == "0 files deleted."
    assert young.exists()


def test_a_storage_that_cannot_be_used_ends_it_with_a_sentence(folder):
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_bytes(b"")
    with pytest.raises(CommandError, match="cannot be used"):
        call_command("sweep_evidence")


class Stop(Exception):
    """The test has seen enough."""


def test_in_a_container_it_runs_again_even_after_a_fault(folder, monkeypatch, capsys):
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_bytes(b"")
    waited = []

    def sleep(seconds):
        waited.append(seconds)
        if len(waited) == 2:
            raise Stop
        folder.unlink()
        old_file(folder)

    monkeypatch.setattr(sweep_evidence.time, "sleep", sleep)
    monkeypatch.setattr(sweep_evidence, "close_old_connections", lambda: None)
    with pytest.raises(Stop):
        call_command("sweep_evidence", "--every", "60")
    heard = capsys.readouterr()
    assert "tried again later" in heard.err
    assert heard.out.strip() == "1 files deleted."
    assert waited == [60, 60]


def test_the_containers_have_a_service_for_it_beside_the_notices():
    services = (ROOT / "compose.yaml").read_text().split("\nservices:\n")[1]
    found = dict(re.findall(r"^  (\w+):.*\n((?:    .*\n|\n)+)", services, re.M))
    assert '"sweep_evidence", "--every", "86400"' in found["sweep"]
    assert "portal-data:/var/lib/ntm-portal" in found["sweep"]
    for name in ("sweep", "notices"):
        assert "restart: unless-stopped" in found[name]
