"""How each chart looks, in Altair. Readable in grey: one dark tone, shapes and dashes, and every
number written beside its mark. The order of names is given, or Đ would land after V."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

if TYPE_CHECKING:
    from dashboard.charts import Chart

INK, MUTED, TRACK, BAR, SECOND = "#1D2721", "#4F5B54", "#E6E9E3", "#1B6B47", "#8A5A00"
#: Of the whole picture in its own pixels: a page of A4 across, a phone or half a desk on screen.
WIDTH = {"paper": 560, "screen": 400}
SIZE = {"paper": 12, "screen": 13}
#: The widest a letter gets on average, as a part of its size, in the fonts of each style.
LETTER = {"paper": 0.47, "screen": 0.62}


def spec(chart: Chart, style: str, font: str) -> str:
    """The chart as Vega-Lite. On screen the two parts of a trend stand one under the other."""
    size = SIZE[style]
    drawn = trend(chart, style) if chart.kind == "trend" else bars(chart, style)
    return (
        drawn.configure(font=font, background="transparent")
        .configure_axis(
            labelFontSize=size, labelColor=INK, titleColor=MUTED, titleFontSize=size,
            titleFontWeight="normal", domainColor=MUTED, tickColor=MUTED, gridColor=TRACK,
            labelLimit=320,
        )
        .configure_title(fontSize=size, fontWeight="bold", color=INK, anchor="start")
        .configure_legend(labelFontSize=size, labelColor=INK, labelLimit=320, symbolSize=70)
        .configure_view(stroke=None)
        .to_json()
    )  # fmt: skip


def bars(chart: Chart, style: str) -> alt.LayerChart:
    """A bar on a pale track as long as the whole: what is missing is seen as well."""
    size = SIZE[style]
    names = [name for name, _number, _text in chart.marks]
    extent = room(names, size * LETTER[style])
    rows = [
        {"name": name, "n": number, "text": text, "all": chart.top}
        for name, number, text in chart.marks
    ]
    base = alt.Chart(
        alt.Data(values=rows), width=max(WIDTH[style] - extent, 180), height=alt.Step(size + 9)
    ).encode(
        y=alt.Y(
            "name:N",
            sort=names,
            title=None,
            axis=alt.Axis(
                ticks=False, domain=False, labelAlign="left", labelPadding=extent, minExtent=extent
            ),
        )
    )
    scale = alt.Scale(domain=[0, max(chart.top, 1)], nice=False)
    axis = alt.Axis(grid=False, values=ticks(chart.top), format="d")
    layers = [
        base.mark_bar(color=TRACK, height=size).encode(
            x=alt.X("all:Q", scale=scale, title=None, axis=axis)
        ),
        # Beneath the bars: across one it would strike through a number.
        *(average_line(chart, size, scale) if chart.line else []),
        base.mark_bar(color=BAR, height=size).encode(x=alt.X("n:Q", scale=scale)),
        base.mark_text(align="right", dx=-4, color="white", fontSize=size, fontWeight="bold")
        .encode(x=alt.X("n:Q", scale=scale), text="text:N")
        .transform_filter("datum.n > 0"),
        base.mark_text(align="left", dx=4, color=INK, fontSize=size, fontWeight="bold")
        .encode(x=alt.X("n:Q", scale=scale), text="text:N")
        .transform_filter("datum.n <= 0"),
    ]
    return alt.layer(*layers)


def room(names: list[str], letter: float) -> int:
    """Pixels for the longest name, in whichever of the fonts the reader has."""
    return min(320, max([60, *(round(len(name) * letter) + 8 for name in names)]))


def ticks(top: int) -> list[int]:
    """0, 5, 10, 15, 19: in fives, or threes where there are few, and always the whole itself."""
    step = next(step for step in (1, 3, 5, 25, 100, 500) if top / step <= 6 or step == 500)
    found = [value for value in range(0, top, step) if top - value >= step * 0.75]
    return [*found, top]


def average_line(chart: Chart, size: int, scale: alt.Scale) -> list[alt.Chart]:
    value = [{"n": float(chart.line), "text": chart.line_label}]
    at = alt.Chart(alt.Data(values=value)).encode(x=alt.X("n:Q", scale=scale))
    return [
        at.mark_rule(color=INK, strokeDash=[4, 3], strokeWidth=1.25),
        at.mark_text(align="right", baseline="bottom", dx=3, dy=-4, color=INK, fontSize=size)
        .encode(text="text:N", y=alt.value(0))
    ]  # fmt: skip


def trend(chart: Chart, style: str) -> alt.HConcatChart | alt.VConcatChart:
    labels, size = [mark[0] for mark in chart.marks], SIZE[style]
    average, recognised, whole = chart.series
    x = alt.X(
        "q:N",
        sort=labels,
        title=None,
        axis=alt.Axis(
            labelAngle=0, grid=False, labelPadding=6, labelExpr="split(datum.label, '\\n')"
        ),
    )
    across = style == "paper"
    wide = {"width": WIDTH[style] // 2 - 46 if across else WIDTH[style] - 40, "height": 130}
    above = averages(chart, x, size).properties(**wide)
    counted = counts(chart, x, size).properties(title=[f"● {recognised}", f"■ {whole}"], **wide)
    if not across:
        both = alt.vconcat(above.properties(title=f"● {average}"), counted, spacing=24)
    else:
        both = alt.hconcat(above.properties(title=[f"● {average}", " "]), counted, spacing=36)
    return both.resolve_scale(y="independent")


def averages(chart: Chart, x: alt.X, size: int) -> alt.LayerChart:
    rows = [
        {"q": label, "n": float(number), "text": text}
        for label, number, text, _known, _whole in chart.marks
        if number is not None
    ]
    scale = alt.Scale(domain=[0, max(int(chart.line), 1)], nice=False)
    y = alt.Y(
        "n:Q", scale=scale, title=None, axis=alt.Axis(values=ticks(int(chart.line)), format="d")
    )
    base = alt.Chart(alt.Data(values=rows)).encode(x=x, y=y)
    return alt.layer(
        base.mark_line(color=BAR, strokeWidth=2),
        base.mark_point(color=BAR, filled=True, size=55, opacity=1),
        base.mark_text(dy=-11, fontSize=size, fontWeight="bold", color=INK).encode(text="text:N"),
    )


def counts(chart: Chart, x: alt.X, size: int) -> alt.LayerChart:
    rows = [
        {"q": label, "n": number, "text": str(number), "s": series}
        for label, _average, _text, known, whole in chart.marks
        for series, number in (("known", known), ("whole", whole))
    ]
    scale = alt.Scale(domain=[0, max(chart.top, 1)], nice=False)
    y = alt.Y("n:Q", scale=scale, title=None, axis=alt.Axis(values=ticks(chart.top), format="d"))
    base = alt.Chart(alt.Data(values=rows)).encode(x=x, y=y)
    layers = []
    for series, colour, dash, shape in (
        ("known", BAR, [1, 0], "circle"),
        ("whole", SECOND, [5, 3], "square"),
    ):
        one = base.transform_filter(f"datum.s === '{series}'")
        layers += [
            one.mark_line(color=colour, strokeWidth=2, strokeDash=dash),
            one.mark_point(color=colour, filled=True, size=55, shape=shape, opacity=1),
            one.mark_text(dy=-11, fontSize=size, fontWeight="bold", color=INK).encode(
                text="text:N"
            ),
        ]
    return alt.layer(*layers)
