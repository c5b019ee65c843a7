"""Charts as data and as pictures: the same on screen, in the PDF and in Word.

A ``Chart`` holds plain tuples in the order in which they are to stand. ``svg`` and ``png`` draw it,
``head`` and ``rows`` are its twin as a table, ``alt`` says in a sentence what it shows. Drawn once
for the same content (0.1 s; the first in a process 0.6 s more, and 110 MB), then cached.

vl-convert hangs in a process that was forked after its first use: never preload a server with it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from html import escape

from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dashboard.chart_drawing import drawn_apart
from dashboard.chart_geometry import quarter_lines, screen_size

#: Raised whenever a drawing changes, so that no old picture is found in the cache.
DRAWING = 5
KEEP_SECONDS = 30 * 24 * 3600
PAPER, SCREEN = "paper", "screen"
FONTS = {
    PAPER: "Times New Roman, Liberation Serif, serif",
    SCREEN: "Be Vietnam Pro, system-ui, Segoe UI, Roboto, sans-serif",
}
ROOT = re.compile(r"<svg [^>]*?(width=\"[\d.]+\" height=\"[\d.]+\" viewBox=\"[^\"]+\")>")
#: What a picture with one title of its own must not say again for each of its parts.
CHATTER = re.compile(r' (?:role|aria-[a-z]+|pointer-events|class)="[^"]*"')
STYLE = re.compile(r' style="[^"]*"|<style.*?</style>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Chart:
    """``marks`` is what ``chart_specs`` draws: names, numbers and the text that stands for each."""

    kind: str
    title: str
    alt: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marks: tuple[tuple, ...]
    top: int
    line: str = ""
    line_label: str = ""
    series: tuple[str, ...] = ()

    def svg(self, style: str = SCREEN) -> str:
        return cached(svg_key(self, style), lambda: draw_svg(self, style))

    def png(self, style: str = PAPER) -> bytes:
        """For Word: twice the size in points."""
        return cached(f"chart-png-{self.fingerprint(style)}", lambda: draw_png(self, style))

    @property
    def size(self) -> tuple[int, int]:
        """On screen, for a page to keep the room: nothing jumps when the picture comes."""
        return screen_size(self)

    def fingerprint(self, style: str) -> str:
        content = json.dumps([DRAWING, style, asdict(self)], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()


def one_place(value: Decimal) -> str:
    """16,0 as well as 16,3: the places of a column agree."""
    text = f"{value:.1f}"
    return text if (get_language() or "").startswith("en") else text.replace(".", ",")


def met_by_commune(
    communes: Sequence[tuple[str, int | None]], average: Decimal | None, criteria: int
) -> Chart:
    """(name, criteria met) in the order of the matrix; the average is a line across. None is a
    commune that has entered nothing, which is not nought."""
    title = _("Criteria met by each commune")
    said = one_place(average) if average is not None else ""
    counted = [met for _name, met in communes if met is not None]
    silent = [name for name, met in communes if met is None]
    alt = _("No commune has figures.")
    if counted:
        alt = _(
            "Bars: of %(all)s criteria, communes meet between %(low)s and %(high)s; "
            "the average is %(average)s."
        ) % {"all": criteria, "low": min(counted), "high": max(counted), "average": said or "–"}
    if counted and silent:
        alt = f"{alt} {_('No figures yet')}: {', '.join(silent)}."
    drawn = [(name, met, _no_figures() if met is None else str(met)) for name, met in communes]
    return Chart(
        kind="communes",
        title=title,
        alt=f"{title}. {alt}",
        head=(_("Commune"), _("Criteria met")),
        rows=tuple((name, text) for name, _met, text in drawn)
        + (((_("Average criteria a commune"), said),) if said else ()),
        marks=tuple(drawn),
        top=criteria,
        line=str(average) if average is not None and counted else "",
        line_label=_("average %(average)s") % {"average": said} if said and counted else "",
    )


def communes_by_criterion(
    criteria: Sequence[tuple[int, str, int | None]], communes: int, nowhere: Collection[int] = ()
) -> Chart:
    """(number, name, communes that meet it) in the order of the set. None is a criterion for which
    nobody has entered anything, or, where ``nowhere`` names it, one that applies to no commune."""
    title = _("Communes that meet each criterion")
    counted = [(number, name, met) for number, name, met in criteria if met is not None]
    alt = _("No criterion has figures.")
    if counted:
        weakest = min(counted, key=lambda one: one[2])
        alt = _(
            "Bars: of %(all)s communes, between %(low)s and %(high)s meet a criterion; "
            "fewest meet criterion %(number)s %(name)s."
        ) % {
            "all": communes,
            "low": weakest[2],
            "high": max(met for _number, _name, met in counted),
            "number": weakest[0],
            "name": weakest[1],
        }

    def words(number: int) -> str:
        return _("not applicable") if number in nowhere else _no_figures()

    return Chart(
        kind="criteria",
        title=title,
        alt=f"{title}. {alt}",
        head=(_("Criterion"), _("Communes that meet it")),
        rows=tuple(
            (f"{number}. {name}", words(number) if met is None else f"{met}/{communes}")
            for number, name, met in criteria
        ),
        marks=tuple(
            (f"{number}. {name}", met, words(number) if met is None else str(met))
            for number, name, met in criteria
        ),
        top=communes,
    )


def _no_figures() -> str:
    """In the middle of a line, as tables and sentences say it."""
    text = _("No figures yet")
    return text[:1].lower() + text[1:]


def trend(
    points: Sequence[tuple[str, Decimal | None, int, int]],
    communes: int,
    criteria: int,
    provisional: Collection[str] = (),
) -> Chart:
    """(quarter, average, recognised, meeting all) in the order of time. ``provisional`` names the
    quarters still open: drawn hollow and in dots, so that none is read like a closed one."""
    title = _("The line of quarters")
    series = (
        _("Average criteria a commune"),
        _("Communes recognised"),
        _("Communes meeting all %(n)s criteria") % {"n": criteria},
    )
    names = {
        label: _("%(quarter)s (provisional)") % {"quarter": label}
        if label in provisional
        else label
        for label, *_numbers in points
    }
    words = [
        (names[label], one_place(average) if average is not None else "–", str(known), str(whole))
        for label, average, known, whole in points
    ]
    alt = _("There is no quarter yet.")
    if words:
        alt = _(
            "From %(first)s to %(last)s: average %(a1)s to %(a2)s criteria a commune, "
            "recognised %(r1)s to %(r2)s, meeting all %(w1)s to %(w2)s communes."
        ) % {
            "first": words[0][0], "last": words[-1][0],
            "a1": words[0][1], "a2": words[-1][1],
            "r1": words[0][2], "r2": words[-1][2],
            "w1": words[0][3], "w2": words[-1][3],
        }  # fmt: skip
    return Chart(
        kind="trend",
        title=title,
        alt=f"{title}. {alt}",
        head=(_("Quarter"), *series),
        rows=tuple(words),
        marks=tuple(
            (
                "\n".join(quarter_lines(label, names[label][len(label) :].strip(), len(points))),
                None if average is None else str(average),
                text[1],
                known,
                whole,
                label in provisional,
            )
            for (label, average, known, whole), text in zip(points, words, strict=True)
        ),
        top=communes,
        line=str(criteria),
        series=series,
    )


def svg_key(chart: Chart, style: str) -> str:
    return f"chart-svg-{chart.fingerprint(style)}"


def cached(key: str, draw):
    found = cache.get(key)
    if found is None:
        found = draw()
        cache.set(key, found, KEEP_SECONDS)
    return found


def draw_svg(chart: Chart, style: str) -> str:
    """A picture for ``<img>``: named, in our letters, without a style that a policy would refuse."""
    import vl_convert

    from dashboard.chart_specs import spec

    return named(chart, style, vl_convert.vegalite_to_svg(spec(chart, style, FONTS[style])))


def draw_apart(charts: Sequence[Chart], style: str) -> None:
    """Put what is not drawn yet into the cache, in one process that ends with its memory."""
    keys = {svg_key(one, style): one for one in charts}
    there = cache.get_many(keys)
    wanted = {key: one for key, one in keys.items() if key not in there}
    if not wanted:
        return
    drawn = drawn_apart(list(wanted.values()), style, FONTS[style])
    cache.set_many(
        {
            key: named(one, style, svg)
            for (key, one), svg in zip(wanted.items(), drawn, strict=True)
        },
        KEEP_SECONDS,
    )


def named(chart: Chart, style: str, drawn: str) -> str:
    drawn = STYLE.sub("", CHATTER.sub("", drawn))
    name, family, described = escape(chart.title), FONTS[style], escape(chart.alt)
    wide, high = chart.size
    sized = f'width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"'
    return ROOT.sub(
        lambda found: (
            f'<svg xmlns="http://www.w3.org/2000/svg" '
            f'{sized if style == SCREEN else found[1]} role="img" lang="vi" '
            f'font-family="{family}"><title>{name}</title><desc>{described}</desc>'
        ),
        drawn,
        count=1,
    )


def draw_png(chart: Chart, style: str) -> bytes:
    """From the picture that the PDF has, point by point the same: nothing is laid out twice."""
    import vl_convert

    return vl_convert.svg_to_png(chart.svg(style), scale=2)
