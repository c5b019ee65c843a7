"""What every set-up script shares: where things are, how a step runs, how it is remembered.

Only the standard library: this runs before anything is installed.
"""

import contextlib
import fcntl
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


class SetupError(Exception):
    """A sentence for the person who typed the command."""


def say(line: str) -> None:
    print(line, flush=True)


@contextlib.contextmanager
def step(name: str) -> Iterator[None]:
    """Announce a step and say how long it took."""
    print(f"· {name} … ", end="", flush=True)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - start:.0f} s", flush=True)


def run_program(*command: str | Path, env: dict[str, str] | None = None) -> str:
    """Run a program in the repository, quietly; its output is shown only when it fails.

    ``env`` is its whole environment, as subprocess takes it: what is not in it is not inherited.
    """
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env=(os.environ if env is None else env) | {"PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=True,
        )
    except FileNotFoundError as error:
        raise SetupError(f"{command[0]} was not found.") from error
    except subprocess.CalledProcessError as error:
        shown = " ".join(str(part) for part in command)
        raise SetupError(f"{error.output.rstrip()}\n\nThis command failed: {shown}") from error
    return done.stdout


def files_under(*patterns: str) -> list[Path]:
    """Files of the repository that match, without what set-up itself makes."""
    found = {path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}
    return sorted(path for path in found if "__pycache__" not in path.parts)


class Stamp:
    """Remembers that a step was done with exactly these inputs."""

    def __init__(self, path: Path, files: Iterable[Path], *words: str) -> None:
        self.path = path
        digest = hashlib.sha256("\0".join(words).encode())
        for file in files:
            digest.update(str(file.relative_to(ROOT)).encode() + b"\0")
            digest.update(hashlib.sha256(file.read_bytes()).digest())
        self.value = digest.hexdigest()

    def is_fresh(self) -> bool:
        return self.path.is_file() and self.path.read_text() == self.value

    def write(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.value)


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two commands started together must not write the same virtual environment."""
    handle = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def command_line(main) -> None:
    """Run ``main``; end with a sentence instead of a traceback, and tidily when interrupted."""
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGHUP, _interrupt)
    try:
        code = main()
    except SetupError as error:
        sys.exit(f"\n{error}")
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(code or 0)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt
