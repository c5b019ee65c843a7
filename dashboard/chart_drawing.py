"""Draws charts in a process of its own, which gives back what the drawing takes: 110 MB.

A web server draws in its own process (0.1 s a chart, once it is warm); a worker that makes one
paper after the other must stay small. ``python -m dashboard.chart_drawing`` reads charts as JSON
and writes their pictures; it needs neither Django nor a database.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60


def drawn_apart(charts: Sequence[object], style: str, font: str) -> list[str]:
    """The SVG of each chart as vl-convert makes it."""
    asked = {"style": style, "font": font, "charts": [asdict(one) for one in charts]}
    done = subprocess.run(
        [sys.executable, "-m", "dashboard.chart_drawing"],
        input=json.dumps(asked),
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"charts could not be drawn: {done.stderr.strip()[-300:]}")
    return json.loads(done.stdout)


def main() -> None:
    import vl_convert

    from dashboard.chart_specs import spec  # Altair: 40 MB that the asking process does without

    asked = json.loads(sys.stdin.read())
    charts = [SimpleNamespace(**one) for one in asked["charts"]]
    drawn = [vl_convert.vegalite_to_svg(spec(one, asked["style"], asked["font"])) for one in charts]
    sys.stdout.write(json.dumps(drawn))


if __name__ == "__main__":
    main()
