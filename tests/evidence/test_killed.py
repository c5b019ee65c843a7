"""A server that is killed in the middle: no row without its file, and what is left is swept."""

import os
import signal
import time

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import connections

from assessments import attaching
from assessments.models import Event, Evidence
from ntm_portal.uploads import IncomingFile
from tests import factories
from tests.evidence import builders as make
from tests.evidence.test_attaching import attach
from tests.evidence.test_storage import aged

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committed_quarters(transactional_db):
    call_command("load_reference", verbosity=0)
    factories.officer()
    return factories.two_quarters()


def killed_while(work) -> None:
    """Another process does ``work``, which ends it as a power cut would."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(1)  # it was to be dead by now
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL


def die(*args, **kwargs) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)


def swept(stored) -> list:
    """A day later."""
    for path in stored():
        aged(path, 25)
    call_command("sweep_evidence")
    return stored()


@pytest.mark.parametrize("where", ["before the row", "with the row, before its commit"])
def test_killed_between_file_and_commit_no_row_stands_and_the_file_is_swept(
    committed_quarters, stored, monkeypatch, where
):
    if where == "before the row":
        monkeypatch.setattr(attaching, "_store", die)
    else:
        monkeypatch.setattr(attaching, "_elsewhere", die)
    killed_while(lambda: attach(data=make.picture(), name="a.jpg"))
    assert (Evidence.objects.count(), Event.objects.filter(kind="attached").count()) == (0, 0)
    assert len(stored()) == 2  # the picture and its preview, which nobody is handed
    call_command("sweep_evidence")
    assert len(stored()) == 2  # an upload that is under way looks the same: not before a day
    assert swept(stored) == []


def test_killed_while_the_bytes_arrive_the_half_is_swept(committed_quarters, stored):
    def receive():
        file = IncomingFile("a.pdf", "application/pdf", 0, None)
        file.write(bytes(1024))
        file.flush()
        die()

    killed_while(receive)
    assert len(stored()) == 1
    assert Evidence.objects.count() == 0
    assert swept(stored) == []


def test_after_the_sweep_the_same_file_can_be_sent_again(committed_quarters, stored, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(attaching, "_store", die)
        killed_while(attach)
    assert attach().created
    assert len(swept(stored)) == 1
    evidence = Evidence.objects.get()
    assert isinstance(evidence.file.storage, FileSystemStorage)
    with evidence.file.open() as file:
        assert file.read() == make.pdf()
