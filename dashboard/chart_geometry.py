"""How large a chart is and how its names break, told before it is drawn: a page leaves it its room.

Plain arithmetic on what the chart holds; needs neither Altair nor Django.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

#: Of the whole picture in its own pixels: a page of A4 across, a phone or half a desk on screen.
WIDTH = {"paper": 560, "screen": 400}
SIZE = {"paper": 12, "screen": 13}
#: The widest a letter gets on average, as a part of its size, in the fonts of each style. A
#: picture in an ``<img>`` has no letters of ours: it falls back to whatever the reader's are.
LETTER = {"paper": 0.47, "screen": 0.66}
#: Letters of a name in one line; the table beside the chart has it whole.
LINE = {"paper": 60, "screen": 25}
SHORTEST_BARS = 180
#: Of one part of a trend: how high, and what its titles and gaps take.
TREND_HEIGHT, MARGIN = 130, 10
#: From so many quarters on a quarter's name is too wide for its place.
NARROW_FROM = 4


def broken(name: str, style: str) -> list[str]:
    """The name in at most two lines; what has no room ends in "…"."""
    lines = wrap(name, LINE[style]) or [""]
    if len(lines) > 2:
        lines = [lines[0], f"{lines[1][: LINE[style] - 2].rstrip()}…"]
    return lines


def name_room(names: Sequence[str], style: str) -> int:
    """Pixels for the longest line of a name, in whichever of the fonts the reader has."""
    letter = SIZE[style] * LETTER[style]
    lines = [line for name in names for line in broken(name, style)]
    return max([60, *(round(len(line) * letter) + 8 for line in lines)])


def bar_step(names: Sequence[str], style: str) -> int:
    two = any(len(broken(name, style)) > 1 for name in names)
    return SIZE[style] * (2 if two else 1) + 9 + 3 * two


def bar_width(names: Sequence[str], style: str) -> int:
    return max(WIDTH[style] - name_room(names, style), SHORTEST_BARS)


def quarter_lines(label: str, remark: str, points: int) -> list[str]:
    """A quarter's name under its point: whole where there is room, else one word to a line."""
    if points < NARROW_FROM:
        return [label, remark] if remark else [label]
    return [*label.rsplit(" ", 1)[-1].split("/"), *remark.split()]


def screen_size(chart) -> tuple[int, int]:
    """Width and height of the picture on screen, never less than what is drawn."""
    size = SIZE["screen"]
    if chart.kind == "trend":
        lines = max((mark[0].count("\n") + 1 for mark in chart.marks), default=1)
        return WIDTH["screen"], 2 * (TREND_HEIGHT + (size + 2) * (lines + 2)) + 60
    names = [mark[0] for mark in chart.marks]
    wide = name_room(names, "screen") + bar_width(names, "screen") + 2 * MARGIN
    high = max(len(names), 1) * bar_step(names, "screen") + size + 2 * MARGIN
    return wide, high + (size + 8 if chart.line else 0)
