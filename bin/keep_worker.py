"""Keep one background worker beside the server: started again when it dies, ended with it.

``make run`` starts this and then becomes the server, so the server is its parent: when that one is
gone, however it went, this ends its worker and itself. The worker watches in the same way.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bin.steps import PYTHON, ROOT

LOOK = 0.5  # seconds
PATIENCE = 10  # seconds for a file that is being made
PAUSES = (1, 2, 5, 15, 30)  # seconds before another start, after each end in a row
LASTED = 60  # seconds after which a worker counts as one that runs


WORKER = (PYTHON, "manage.py", "worker", "--while-parent")


def keep(parent: int, command: Sequence[str | Path] = WORKER) -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    ends = 0
    while os.getppid() == parent:
        started = time.monotonic()
        worker = subprocess.Popen([*command], cwd=ROOT, stdin=subprocess.DEVNULL)
        try:
            while worker.poll() is None and os.getppid() == parent:
                time.sleep(LOOK)
        finally:
            end(worker)
        ends = 0 if time.monotonic() - started > LASTED else ends + 1
        wait_while(parent, PAUSES[min(ends, len(PAUSES)) - 1] if ends else 0)


def end(worker: subprocess.Popen) -> None:
    if worker.poll() is None:
        worker.terminate()
        try:
            worker.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()


def wait_while(parent: int, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and os.getppid() == parent:
        time.sleep(LOOK)


def stop(number: int, frame: object) -> None:
    sys.exit(0)


if __name__ == "__main__":
    keep(int(sys.argv[1]))
