"""The real server with a demonstration of its own, for measurements and for tests."""

import contextlib
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from bin.demonstration import environment, prepare
from bin.steps import PYTHON, ROOT, SetupError

PATIENCE = 30  # seconds for the server to answer


@contextlib.contextmanager
def served_demonstration(var: Path) -> Iterator[str]:
    """Fill a new database in ``var``, serve it as ``make run`` does, give its address."""
    env = environment(var)
    prepare(env)
    with socket.socket() as listener:
        # The server takes this socket over: nobody else can get the port in between.
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with (var / "server.log").open("wb") as log:
            server = subprocess.Popen(
                [PYTHON, "-m", "gunicorn", "-c", "bin/gunicorn_demonstration.py",
                 "--bind", f"fd://{listener.fileno()}", "ntm_portal.wsgi"],
                cwd=ROOT,
                env=env,
                pass_fds=[listener.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
        try:
            wait_until_it_answers(server, address, var / "server.log")
            yield address
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE)


def wait_until_it_answers(server: subprocess.Popen, address: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError), contextlib.closing(connect(address)) as connection:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == HTTPStatus.OK:
                return
        time.sleep(0.1)
    raise SetupError(f"The server does not start.{os.linesep}{log.read_text(encoding='utf-8')}")


def connect(address: str) -> HTTPConnection:
    return HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
