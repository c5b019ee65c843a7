"""Set-up does what is due, once, and says in a sentence what it cannot do."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bin import vendor
from bin.demonstration import environment
from bin.steps import PYTHON, Stamp, run_program
from tests.house.source import ROOT, templates

ICON = re.compile(r"""\{%\s*icon\s+["']([\w-]+)["']""")


def test_a_stamp_is_stale_when_a_file_or_a_word_changes(tmp_path):
    made_from = ROOT / "package.json"
    stamp = Stamp(tmp_path / "stamp", [made_from], "word")
    assert not stamp.is_fresh()
    stamp.write()
    assert Stamp(tmp_path / "stamp", [made_from], "word").is_fresh()
    assert not Stamp(tmp_path / "stamp", [made_from], "another").is_fresh()
    assert not Stamp(tmp_path / "stamp", [made_from, ROOT / ".npmrc"], "word").is_fresh()


def test_a_demonstration_never_touches_the_database_of_the_shell_it_was_started_from(
    monkeypatch, tmp_path
):
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere.example/real")
    env = environment(tmp_path)
    asked = "import os; print(os.environ.get('DATABASE_URL', 'none'))"
    assert run_program(PYTHON, "-c", asked, env=env).strip() == "none"


def start(port: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "bin.run"],
        cwd=ROOT,
        env=os.environ | {"PORT": port},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


def test_a_busy_port_is_said_in_one_sentence():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = start(str(port))
    assert done.returncode == 1
    assert done.stderr.strip().splitlines() == [
        f"Port {port} is already in use: stop what runs there, or choose another with "
        "`make run PORT=8001`."
    ]


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(port):
    done = start(port)
    assert done.returncode == 1
    assert f"PORT={port} is not a port" in done.stderr


def test_the_demonstration_never_touches_a_real_database(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://real@db/ntm")
    env = environment(Path("/somewhere"))
    assert "DATABASE_URL" not in env
    assert env["PORTAL_ENV_FILE"] == os.devnull
    assert env["PORTAL_DEMO"] == "true"


def test_every_icon_that_a_template_draws_is_in_the_sprite():
    listed = set(vendor.icon_names((ROOT / "static/icons.txt").read_text(encoding="utf-8")))
    sprite = (ROOT / "static/vendor/icons.svg").read_text(encoding="utf-8")
    assert {name for name in listed if f'id="{name}"' not in sprite} == set()
    drawn = {name for path in templates() for name in ICON.findall(path.read_text("utf-8"))}
    assert drawn
    assert drawn - listed == set()


def test_comments_and_blank_lines_in_the_list_of_icons_are_no_icons():
    assert vendor.icon_names("# menu\nlock\n\nsun # light\nlock\n") == ["lock", "sun"]


def test_an_icon_that_does_not_exist_is_named():
    with pytest.raises(SystemExit, match="no-such-icon"):
        vendor.symbol("no-such-icon")


def test_no_third_party_file_points_to_a_map_that_stays_behind():
    files = [ROOT / "static/vendor" / name for name in vendor.TEXTS.values()]
    assert [path for path in files if "sourceMappingURL" in path.read_text("utf-8")] == []
