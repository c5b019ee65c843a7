"""Everything between a clone and a program that can start, each part only when it is due.

``python3 -m bin.setup run`` prepares for serving, ``test`` adds what the tests need.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bin.steps import (
    PYTHON,
    ROOT,
    VENV,
    SetupError,
    Stamp,
    command_line,
    files_under,
    one_at_a_time,
    run_program,
    step,
)

OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 18
NODE_MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


def set_up(task: str) -> None:
    """Bring packages, front-end files and messages up to date for ``run`` or ``test``."""
    if sys.version_info < OLDEST_PYTHON:
        raise SetupError("The portal needs Python 3.11 or newer; python3 here is older.")
    with one_at_a_time():
        make_environment()
        install_python_packages(task)
        install_front_end_packages()
        collect_vendor_files()
        compile_messages()


def make_environment() -> None:
    if not environment_works():
        with step("virtual environment"):
            run_program(sys.executable, "-m", "venv", "--clear", VENV)


def environment_works() -> bool:
    """False as well after the machine's Python moved on to another version."""
    if not PYTHON.exists():
        return False
    asked = subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False)
    return asked.returncode == 0


def install_python_packages(task: str) -> None:
    needed = {"run": ["requirements.txt"], "test": ["requirements.txt", "requirements-dev.txt"]}
    files = [ROOT / name for name in needed[task]]
    stamp = Stamp(VENV / f".packages-{task}", files)
    if stamp.is_fresh():
        return
    with step("Python packages"):
        pip_install("-r", files[-1])
        stamp.write()
        if task == "test":
            Stamp(VENV / ".packages-run", files[:1]).write()


def pip_install(*what: str | Path) -> None:
    run_program(
        PYTHON, "-m", "pip", "install", "-q", "--no-input", "--disable-pip-version-check", *what
    )


def install_front_end_packages() -> None:
    files = [ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"]
    stamp = Stamp(NODE_MODULES / ".packages", files)
    if stamp.is_fresh():
        return
    npm = system_npm() or environment_npm()
    with step("front-end packages"):
        with tempfile.TemporaryDirectory(prefix="ntm-npm-") as cache:
            env = {} if home_is_writable() else {"npm_config_cache": cache}
            env |= machine_certificates()
            run_program(npm, "ci", "--ignore-scripts", env=os.environ | env | path_first(npm))
        stamp.write()


def system_npm() -> str | None:
    """The machine's npm, if its Node is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    major = re.match(r"v(\d+)\.", answer.stdout)
    return npm if major and int(major[1]) >= OLDEST_NODE else None


def environment_npm() -> str:
    """Node inside the virtual environment, from the Python package index."""
    stamp = Stamp(VENV / ".packages-node", [ROOT / "requirements-node.txt"])
    if not stamp.is_fresh():
        with step("Node for the virtual environment"):
            pip_install("-r", ROOT / "requirements-node.txt")
            stamp.write()
    return str(VENV / "bin" / "npm")


def path_first(program: str) -> dict[str, str]:
    """A PATH on which a program's own directory comes first: npm asks it for its Node."""
    return {"PATH": f"{Path(program).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def machine_certificates() -> dict[str, str]:
    """Node brings its own list of authorities; an office's proxy stands only in the machine's."""
    if "NODE_EXTRA_CA_CERTS" in os.environ or not CERTIFICATES.is_file():
        return {}
    return {"NODE_EXTRA_CA_CERTS": str(CERTIFICATES)}


def home_is_writable() -> bool:
    """npm keeps a cache there and fails without one."""
    return os.access(Path("~").expanduser(), os.W_OK)


def collect_vendor_files() -> None:
    inputs = [
        ROOT / "package-lock.json",
        *files_under("bin/vendor.py", "bin/bootstrap.scss", "static/icons.txt"),
    ]
    stamp = Stamp(VENDOR / ".made-from", inputs)
    if not stamp.is_fresh():
        with step("third-party files in static/vendor"):
            run_program(
                PYTHON,
                "-m",
                "bin.vendor",
                env=os.environ | path_first(system_npm() or environment_npm()),
            )
            stamp.write()


def compile_messages() -> None:
    for source in files_under("locale/*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
            with step(f"messages {source.relative_to(ROOT)}"):
                save = "import polib, sys; polib.pofile(sys.argv[1]).save_as_mofile(sys.argv[2])"
                run_program(PYTHON, "-c", save, source, compiled)


if __name__ == "__main__":
    command_line(lambda: set_up(sys.argv[1] if sys.argv[1:] else "run"))
