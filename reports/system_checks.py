"""Said when the portal starts, not found in the paper: the letters of papers are there."""

from __future__ import annotations

from django.core.checks import CheckMessage, Error

from reports import fonts

INSTALL = "sudo apt-get install --no-install-recommends fonts-liberation2"
HINT = f"Install Liberation Serif 2 with this line, then start again: {INSTALL}"


def check_fonts(app_configs, **options) -> list[CheckMessage]:
    try:
        found = fonts.faces()
    except fonts.NoFontconfig:
        return [
            Error(
                "fontconfig, which finds the letters of papers, is not installed.",
                hint="Install it with this line, then start again: sudo apt-get install "
                "--no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 fonts-liberation2",
                id="reports.E003",
            )
        ]
    strange = sorted({face.family or "nothing" for face in found if not face.is_like_times})
    if strange:
        return [
            Error(
                "Papers cannot be set in letters of Times New Roman's widths: "
                f"this machine would take {', '.join(strange)}.",
                hint=HINT,
                id="reports.E001",
            )
        ]
    lacking = next((face for face in found if face.missing), None)
    if lacking:
        return [
            Error(
                f"{lacking.family} here is an old version without Vietnamese letters "
                f"(it lacks {lacking.missing[:12]}).",
                hint=HINT,
                id="reports.E002",
            )
        ]
    return []
