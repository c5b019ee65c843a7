"""A PostgreSQL of one's own: a new cluster in a temporary directory, reached through a socket.

No port, no password, nothing left: the directory is for its owner only and goes at the end.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bin.steps import SetupError

PATIENCE = 60  # seconds for the server to answer
# Data that lives for minutes need not survive a power cut.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    # It would look at tables whose rows are all of a transaction under way, find none, and have
    # the planner join hundreds of rows as if there were one.
    "autovacuum": "off",
}


@contextlib.contextmanager
def temporary_postgres() -> Iterator[str]:
    """Start a cluster, give its DATABASE_URL, stop and remove it."""
    # In /tmp and not in $TMPDIR: the user postgres must reach it, and a socket's path is short.
    home = Path(tempfile.mkdtemp(prefix="ntm-pg-", dir="/tmp"))
    try:
        if os.geteuid() == 0:
            shutil.chown(home, "postgres", "postgres")
        make_cluster(home / "data")
        with (home / "log").open("wb") as log, running(home, log):
            yield f"postgres://ntm@/{home}/postgres"  # two slashes: a directory, not a name
    finally:
        shutil.rmtree(home, ignore_errors=True)


def make_cluster(data: Path) -> None:
    options = ["-U", "ntm", "-A", "trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"]
    made = subprocess.run(
        [programs() / "initdb", "-D", data, *options],
        **as_its_user(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if made.returncode:
        raise SetupError(f"PostgreSQL's initdb failed.\n{made.stdout}")


@contextlib.contextmanager
def running(home: Path, log) -> Iterator[None]:
    settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
    server = subprocess.Popen(
        [programs() / "postgres", "-D", home / "data", "-k", home, *settings],
        **as_its_user(),
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # Ctrl-C is for us: we stop the server ourselves
    )
    try:
        wait_until_it_answers(server, home)
        yield
    finally:
        server.send_signal(signal.SIGINT)  # "fast": it sends its clients away and ends
        server.wait(timeout=PATIENCE)


def wait_until_it_answers(server: subprocess.Popen, home: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while subprocess.run(
        [programs() / "pg_isready", "-q", "-h", home, "-U", "ntm"], check=False
    ).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            raise SetupError(f"PostgreSQL does not start.\n{(home / 'log').read_text()}")
        time.sleep(0.1)


def as_its_user() -> dict[str, object]:
    """The server refuses root: as root, become the user that Debian's package made."""
    common = {"cwd": "/", "stdin": subprocess.DEVNULL}
    if os.geteuid() == 0:
        return common | {"user": "postgres", "group": "postgres", "extra_groups": []}
    return common


def programs() -> Path:
    """Debian keeps the server's programs out of PATH, a directory for each version."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: float(path.parts[4]), default=None)
    found = newest or shutil.which("initdb")
    if not found:
        raise SetupError("PostgreSQL's initdb was not found: install the package postgresql.")
    return Path(found).parent
