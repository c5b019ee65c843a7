"""A machine without the right letters says so at its start, with the line to type."""

import os
import subprocess

import pytest

from bin.steps import PYTHON
from reports import fonts
from reports.fonts import Face
from reports.system_checks import INSTALL, check_fonts
from tests.house.source import ROOT


def found(monkeypatch, *faces: Face) -> list:
    monkeypatch.setattr(fonts, "faces", lambda: list(faces))
    return check_fonts(None)


def test_here_all_four_faces_have_every_vietnamese_letter():
    assert check_fonts(None) == []
    assert [face.missing for face in fonts.faces()] == [""] * 4


@pytest.mark.parametrize("family", fonts.FAMILIES)
def test_times_itself_and_its_likes_will_do(monkeypatch, family):
    assert found(monkeypatch, Face("", family, "")) == []


def test_another_face_is_named_with_the_line_to_type(monkeypatch):
    (error,) = found(
        monkeypatch, Face("", "Liberation Serif", ""), Face(":bold", "DejaVu Sans", "")
    )
    assert error.id == "reports.E001"
    assert "DejaVu Sans" in error.msg
    assert INSTALL in error.hint


def test_an_old_version_without_vietnamese_is_found_out(monkeypatch):
    (error,) = found(monkeypatch, Face("", "Liberation Serif", "ẫộữ"))
    assert error.id == "reports.E002"
    assert "ẫộữ" in error.msg
    assert INSTALL in error.hint


def test_a_machine_without_fontconfig_is_told_what_to_install(monkeypatch):
    def none():
        raise fonts.NoFontconfig

    monkeypatch.setattr(fonts, "faces", none)
    (error,) = check_fonts(None)
    assert error.id == "reports.E003"
    assert "libpango" in error.hint


def test_a_real_machine_without_letters_does_not_start(tmp_path):
    """Fontconfig with an empty directory of fonts stands for a bare machine."""
    bare = tmp_path / "fonts.conf"
    bare.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{tmp_path}/none</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>"
    )
    done = subprocess.run(
        [PYTHON, "manage.py", "check"],
        cwd=ROOT,
        env=os.environ | {"FONTCONFIG_FILE": str(bare)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "reports.E001" in done.stderr
    assert INSTALL in done.stderr
