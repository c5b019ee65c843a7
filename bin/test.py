"""``make test`` (all) and ``make check`` (fast): every check and every test.

The checks come first and are all run, so that one run names everything that is wrong. Then
the tests on SQLite and, for ``all``, on a PostgreSQL started for them. pytest's closing line is
the last line printed.
"""

import os
import secrets
import subprocess
import sys
import tempfile

from bin.postgres import temporary_postgres
from bin.setup import set_up
from bin.steps import PYTHON, ROOT, SetupError, command_line, say

# Set by a developer's shell, these would make the tests test something else.
NOT_INHERITED = ("DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "DJANGO_SETTINGS_MODULE")


def main() -> int:
    whole = sys.argv[1:] != ["fast"]
    set_up("test")
    os.chdir(ROOT)
    env = own_environment()
    check_everything(env)
    if not whole:
        return pytest("SQLite, without a browser", env, "-m", "not browser")
    if failed := pytest("SQLite", env):
        return failed
    with temporary_postgres() as url:
        # A browser sees no difference between the two: it has walked every page on SQLite.
        return pytest("PostgreSQL", env | {"DATABASE_URL": url}, "-m", "not browser")


def own_environment() -> dict[str, str]:
    env = {
        name: value
        for name, value in os.environ.items()
        if name not in NOT_INHERITED and not name.startswith("PORTAL_")
    }
    return env | {"PORTAL_ENV_FILE": os.devnull, "PYTHONUTF8": "1"}


def check_everything(env: dict[str, str]) -> None:
    demonstration = env | {"PORTAL_DEMO": "true"}
    with tempfile.TemporaryDirectory(prefix="ntm-check-") as var:
        checks = {
            "ruff check": (["-m", "ruff", "check", "."], env),
            "ruff format": (["-m", "ruff", "format", "--check", "."], env),
            "djlint": (["-m", "djlint", "--lint", "--quiet", "templates"], env),
            "migrations": (["manage.py", "makemigrations", "--check", "--dry-run"], demonstration),
            "deployment": (
                ["-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
                env | production(),
            ),
        }
        failed = [
            name
            for name, (command, given) in checks.items()
            if not passes(name, command, given | {"PORTAL_VAR_DIR": var})
        ]
    if failed:
        raise SetupError(f"Failed before the tests: {', '.join(failed)}.")


def production() -> dict[str, str]:
    """A real installation's environment, with a key that lives as long as this check."""
    return {"SECRET_KEY": secrets.token_urlsafe(50), "ALLOWED_HOSTS": "portal.example"}


def passes(name: str, command: list[str], env: dict[str, str]) -> bool:
    done = subprocess.run(
        [PYTHON, *command],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    say(f"· {name}: {'ok' if done.returncode == 0 else 'FAILED'}")
    if done.returncode:
        say(done.stdout)
    return done.returncode == 0


def pytest(where: str, env: dict[str, str], *options: str) -> int:
    say(f"· tests on {where}")
    # Native tracebacks: pytest's own parse source inside Playwright's greenlet, on which Python
    # 3.11 breaks off ("AST constructor recursion depth mismatch") and takes the whole run along.
    shared = ["-q", "--tb=native", "-n", str(workers()), "--dist", "loadscope"]
    command = [PYTHON, "-m", "pytest", *shared, *options]
    return subprocess.run(command, env=env, stdin=subprocess.DEVNULL, check=False).returncode


def workers() -> int:
    return min(4, max(2, os.cpu_count() or 2))


if __name__ == "__main__":
    command_line(main)
