"""``make run``: the demonstration, from a bare clone to a served page."""

import os
import socket
import subprocess
import sys

from bin.demonstration import environment, prepare
from bin.setup import set_up
from bin.steps import PYTHON, ROOT, SetupError, command_line

HOST = "127.0.0.1"


def main() -> None:
    port = chosen_port()
    refuse_a_busy_port(port)
    set_up("run")
    env = environment()
    prepare(env)
    os.chdir(ROOT)
    options = ["--config", "bin/gunicorn_demonstration.py", "--bind", f"{HOST}:{port}"]
    sys.stdout.flush()
    start_worker(env)
    os.execve(PYTHON, [PYTHON, "-m", "gunicorn", *options, "ntm_portal.wsgi"], env)


def start_worker(env: dict[str, str]) -> None:
    """Beside the server that this process is about to become, and ending with it."""
    subprocess.Popen(
        [PYTHON, "-m", "bin.keep_worker", str(os.getpid())],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
    )


def chosen_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not (text.isdecimal() and 0 < int(text) < 65536):
        raise SetupError(f"PORT={text} is not a port; it must be a number from 1 to 65535.")
    return int(text)


def refuse_a_busy_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise SetupError(f"Port {port} is for root only; choose one above 1023.") from error
        except OSError as error:
            raise SetupError(
                f"Port {port} is already in use: stop what runs there, or choose another with "
                "`make run PORT=8001`."
            ) from error


if __name__ == "__main__":
    command_line(main)
