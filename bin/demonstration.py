"""The demonstration's database and collected files, brought up to date only when due."""

import os

from steps import PYTHON, ROOT, VAR, Stamp, files_under, run_program, step

# What the portal reads and a demonstration must not inherit: a developer's shell or .env may
# point at a real installation, and the demonstration's figures are invented.
NOT_INHERITED = ("DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "PORTAL_HTTPS")


def environment() -> dict[str, str]:
    """The environment in which the demonstration runs."""
    inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    return inherited | {
        "DJANGO_SETTINGS_MODULE": "ntm_portal.settings",
        "PORTAL_DEMO": "true",
        "PORTAL_ENV_FILE": os.devnull,
        "PORTAL_VAR_DIR": str(VAR.absolute()),
        "PYTHONUTF8": "1",
    }


def prepare(env: dict[str, str]) -> None:
    VAR.mkdir(parents=True, exist_ok=True)
    fill_database(env)
    collect_static_files(env)


def fill_database(env: dict[str, str]) -> None:
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
    stamp = Stamp(VAR / ".database-made-from", sources, env.get("PORTAL_TODAY", ""))
    if stamp.is_fresh() and (VAR / "portal.sqlite3").exists():
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
    sources = [*files_under("static/**/*", "*/static/**/*"), ROOT / "requirements.txt"]
    stamp = Stamp(VAR / "static" / ".made-from", sources)
    if not stamp.is_fresh():
        with step("static files"):
            run_program(PYTHON, "manage.py", "collectstatic", "--noinput", "--clear", env=env)
            stamp.write()
