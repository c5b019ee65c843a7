"""One worker beside the server: started again when it dies, gone when the server is."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.house.source import ROOT

PATIENCE = 20
# Stands for the worker: writes down its number and waits.
WORKER = """
import os, pathlib, sys, time
with pathlib.Path(sys.argv[1]).open("a") as file:
    print(os.getpid(), file=file)
time.sleep(60)
"""
# Stands for the server: starts the keeper, as bin.run does, and waits.
SERVER = """
import os, subprocess, sys, time
keeper = (
    "import os, sys; from bin import keep_worker; keep_worker.PAUSES = (0.2,);"
    "keep_worker.keep(int(sys.argv[1]), sys.argv[2:])"
)
command = [sys.executable, "-c", keeper, str(os.getpid()), sys.executable, "-c", *sys.argv[1:]]
print(subprocess.Popen(command).pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def server(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, WORKER, str(tmp_path / "workers")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def workers(tmp_path: Path) -> list[int]:
    file = tmp_path / "workers"
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_for(true) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_worker_that_dies_is_started_again_and_the_last_one_ends_with_the_server(
    server, tmp_path
):
    keeper = int(server.stdout.readline())
    wait_for(lambda: workers(tmp_path))
    os.kill(workers(tmp_path)[0], signal.SIGKILL)
    wait_for(lambda: len(workers(tmp_path)) == 2)
    server.kill()
    server.wait()
    wait_for(lambda: not is_running(keeper))
    assert not any(is_running(pid) for pid in workers(tmp_path))


def test_a_keeper_that_is_told_to_stop_takes_its_worker_with_it(server, tmp_path):
    keeper = int(server.stdout.readline())
    wait_for(lambda: workers(tmp_path))
    os.kill(keeper, signal.SIGTERM)
    wait_for(lambda: not is_running(keeper))
    wait_for(lambda: not is_running(workers(tmp_path)[0]))
