"""A real worker in a process of its own, killed in the middle; and who is judged to be dead."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from reports import making
from reports.management.commands.worker import is_dead
from reports.models import FileState, RenderedFile
from tests import factories
from tests.house.source import ROOT
from tests.reports.waiting_files import CONTENT, waiting_file

PATIENCE = 30


@pytest.fixture
def waiting(transactional_db) -> RenderedFile:
    call_command("load_reference", verbosity=0)
    factories.two_quarters()
    rendered = waiting_file()
    making.ask_for(rendered)
    return rendered


def start(tmp_path, *options: str) -> subprocess.Popen:
    env = os.environ | {
        "TEST_DATABASE": str(connection.settings_dict["NAME"]),
        "TEST_BEGUN": str(tmp_path / "begun"),
        "PORTAL_VAR_DIR": str(settings.VAR_DIR),
    }
    env.pop("PYTEST_XDIST_WORKER", None)  # the directory is named already
    return subprocess.Popen(
        [sys.executable, "-m", "tests.reports.run_worker", *options],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def wait_until(true, worker: subprocess.Popen) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert worker.poll() is None, worker.stdout.read().decode()
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_drawing_that_is_killed_in_the_middle_is_started_again_by_the_next_worker(
    waiting, tmp_path
):
    with start(tmp_path) as killed:
        wait_until((tmp_path / "begun").exists, killed)
        killed.kill()
        killed.wait(PATIENCE)
    left = RenderedFile.objects.get(pk=waiting.pk)
    assert (left.state, left.attempts, left.file.name) == (FileState.RUNNING, 1, "")
    with start(tmp_path, "--batch") as second:
        said, _ = second.communicate(timeout=PATIENCE)
    assert second.returncode == 0, said.decode()
    made = RenderedFile.objects.get(pk=waiting.pk)
    assert (made.state, made.attempts) == (FileState.DONE, 2)
    with made.file as file:
        assert file.read() == CONTENT


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_told_to_stop_goes_at_once(waiting, tmp_path):
    (tmp_path / "begun").touch()
    with start(tmp_path) as worker:
        wait_until(lambda: RenderedFile.objects.filter(state=FileState.DONE).exists(), worker)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(5) == 0


def test_only_a_worker_of_this_machine_that_is_gone_is_dead():
    host = socket.gethostname()[:40]
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert is_dead(f"{host}:{gone.pid}")
    assert not is_dead(f"{host}:{os.getppid()}")
    assert is_dead(f"{host}:{os.getpid()}")  # a name of somebody before me, with my number
    assert not is_dead(f"{host}-other:{gone.pid}")
    assert not is_dead("xyz")
