"""The demonstration's database and collected files, brought up to date only when due."""

import os
from pathlib import Path

from bin.steps import PYTHON, ROOT, Stamp, files_under, one_at_a_time, run_program, step

# What the portal reads and a demonstration must not inherit: a developer's shell or .env may
# point at a real installation, and the demonstration's figures are invented.
NOT_INHERITED = ("DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "PORTAL_HTTPS")


def environment(var: Path | None = None) -> dict[str, str]:
    """The environment of a demonstration that keeps its data in ``var``."""
    var = var or Path(os.environ.get("PORTAL_VAR_DIR") or ROOT / "var")
    inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    return inherited | {
        "DJANGO_SETTINGS_MODULE": "ntm_portal.settings",
        "PORTAL_DEMO": "true",
        "PORTAL_ENV_FILE": os.devnull,
        "PORTAL_VAR_DIR": str(var.absolute()),
        # They follow from the source alone, so every demonstration of this clone shares them.
        "PORTAL_STATIC_ROOT": str(ROOT / "var" / "static"),
        "PYTHONUTF8": "1",
    }


def prepare(env: dict[str, str]) -> None:
    var = Path(env["PORTAL_VAR_DIR"])
    var.mkdir(parents=True, exist_ok=True)
    fill_database(env, var)
    with one_at_a_time():
        collect_static_files(env)


def fill_database(env: dict[str, str], var: Path) -> None:
    """Tables, reference data and demonstration figures. All three add what is missing and leave
    what was entered, so running them again after an update is safe."""
    sources = files_under(
        "*/migrations/*.py",
        "*/management/**/*.py",
        "*/demonstration*.py",
        "*/demonstration/**/*.py",
        "*/reference*.py",
        "*/reference/**/*.py",
        "fixtures/**/*",
        "requirements.txt",
    )
    stamp = Stamp(var / ".database-made-from", sources, env.get("PORTAL_TODAY", ""))
    if stamp.is_fresh() and (var / "portal.sqlite3").exists():
        return
    for title, command in (
        ("database tables", ["migrate", "--noinput"]),
        ("reference data", ["load_reference"]),
        ("demonstration figures", ["load_demo"]),
    ):
        with step(title):
            run_program(PYTHON, "manage.py", *command, env=env)
    stamp.write()


def collect_static_files(env: dict[str, str]) -> None:
    sources = [*files_under("static/**/*"), ROOT / "requirements.txt"]
    stamp = Stamp(Path(env["PORTAL_STATIC_ROOT"]) / ".made-from", sources)
    if not stamp.is_fresh():
        with step("static files"):
            run_program(PYTHON, "manage.py", "collectstatic", "--noinput", env=env)
            stamp.write()
