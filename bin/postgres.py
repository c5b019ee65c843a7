"""A PostgreSQL of one's own: a new cluster in a temporary directory, reached through a socket.

No port, no password, nothing left: the directory is for its owner only and goes at the end.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from steps import SetupError

# Data that lives for minutes need not survive a power cut.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
}


@contextlib.contextmanager
def temporary_postgres() -> Iterator[str]:
    """Start a cluster, give its DATABASE_URL, stop and remove it."""
    # In /tmp and not in $TMPDIR: the user postgres must reach it, and a socket's path is short.
    home = Path(tempfile.mkdtemp(prefix="ntm-pg-", dir="/tmp"))
    data = home / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(home, "postgres", "postgres")
        server_program("initdb", "-D", data, "-U", "ntm", "-A", "trust", "--no-sync",
                       "--encoding=UTF8", "--locale=C.UTF-8")  # fmt: skip
        options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        server_program("pg_ctl", "-D", data, "-w", "-l", home / "log",
                       "-o", f"-k {home} {options}", "start")  # fmt: skip
        try:
            yield f"postgres://ntm@{quote(str(home), safe='')}/postgres"
        finally:
            server_program("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def server_program(name: str, *arguments: str | Path) -> None:
    """Run one of the server's programs, as ``postgres`` when we are root: it refuses root."""
    become = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*become, str(programs() / name), *map(str, arguments)],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if name == "initdb" else subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # Ctrl-C is for us: we stop the server ourselves
        text=True,
        check=False,
    )
    if done.returncode:
        raise SetupError(f"PostgreSQL's {name} failed.\n{done.stdout or ''}")


def programs() -> Path:
    """Debian keeps the server's programs out of PATH, a directory for each version."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: float(path.parts[4]), default=None)
    found = newest or shutil.which("initdb")
    if not found:
        raise SetupError("PostgreSQL's initdb was not found: install the package postgresql.")
    return Path(found).parent
