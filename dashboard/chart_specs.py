"""How each chart looks, in Altair. Readable in grey: one dark tone, shapes and dashes, and every
number written beside its mark. The order of names is given, or Đ would land after V."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import altair as alt

from dashboard.chart_geometry import (
    SIZE,
    TREND_HEIGHT,
    WIDTH,
    bar_step,
    bar_width,
    broken,
    name_room,
)

if TYPE_CHECKING:
    from dashboard.charts import Chart

INK, MUTED, TRACK, BAR, SECOND = "#1D2721", "#4F5B54", "#E6E9E3", "#1B6B47", "#8A5A00"


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
    """A bar on a pale track as long as the whole: what is missing is seen as well. What nobody has
    entered has neither: words stand in their place, for nought is a figure."""
    size = SIZE[style]
    names = [name for name, _number, _text in chart.marks]
    step = bar_step(names, style)
    rows = [
        {"name": name, "n": number, "text": text, "all": chart.top, "known": number is not None}
        for name, number, text in chart.marks
    ]
    base = alt.Chart(
        alt.Data(values=rows), width=bar_width(names, style), height=alt.Step(step)
    ).encode(y=alt.Y("name:N", sort=names, title=None, axis=None))
    known = base.transform_filter("datum.known")
    scale = alt.Scale(domain=[0, max(chart.top, 1)], nice=False)
    axis = alt.Axis(grid=False, values=ticks(chart.top), format="d", domain=False)
    beside = base.mark_text(align="left", dx=4, color=INK, fontSize=size, fontWeight="bold")
    layers = [
        known.mark_bar(color=TRACK, height=size).encode(
            x=alt.X("all:Q", scale=scale, title=None, axis=axis)
        ),
        # Beneath the bars, and only where there is one: across a number it would strike it out.
        *(average_line(chart, known, size, step, scale) if chart.line else []),
        known.mark_bar(color=BAR, height=size).encode(x=alt.X("n:Q", scale=scale)),
        base.mark_text(align="right", dx=-4, color="white", fontSize=size, fontWeight="bold")
        .encode(x=alt.X("n:Q", scale=scale), text="text:N")
        .transform_filter("datum.n > 0"),
        beside.encode(x=alt.X("n:Q", scale=scale), text="text:N").transform_filter(
            "datum.known && datum.n <= 0"
        ),
        base.mark_text(align="left", color=MUTED, fontSize=size, fontStyle="italic")
        .encode(x=alt.value(0), text="text:N")
        .transform_filter("!datum.known"),
        *named_rows(names, style, size),
    ]
    return alt.layer(*layers)


def named_rows(names: list[str], style: str, size: int) -> list[alt.Chart]:
    """The names left of the bars, in one line or two, where an axis would cut them."""
    at, layers = alt.value(-name_room(names, style)), []
    for count, line, dy in ((1, 0, 0), (2, 0, -size / 2 - 1), (2, 1, size / 2 + 1)):
        rows = [
            {"name": name, "line": lines[line]}
            for name in names
            if len(lines := broken(name, style)) == count
        ]
        if rows:
            layers.append(
                alt.Chart(alt.Data(values=rows))
                .mark_text(align="left", color=INK, fontSize=size, dy=dy)
                .encode(x=at, y=alt.Y("name:N", sort=names, title=None, axis=None), text="line:N")
            )
    return layers


def ticks(top: int) -> list[int]:
    """0, 5, 10, 15, 19: in fives, or threes where there are few, and always the whole itself."""
    step = next(step for step in (1, 3, 5, 25, 100, 500) if top / step <= 6 or step == 500)
    found = [value for value in range(0, top, step) if top - value >= step * 0.75]
    return [*found, top]


def average_line(
    chart: Chart, known: alt.Chart, size: int, step: int, scale: alt.Scale
) -> list[alt.Chart]:
    """Down the rows that have a bar, with its words above the first."""
    value = [{"n": float(chart.line), "text": chart.line_label}]
    at = alt.X("average:Q", scale=scale)
    side = "right" if float(chart.line) * 2 > chart.top else "left"
    return [
        known.transform_filter("datum.n > 0")
        .transform_calculate(average=str(float(chart.line)))
        .mark_tick(color=INK, thickness=1.25, size=step, orient="vertical")
        .encode(x=at),
        alt.Chart(alt.Data(values=value))
        .mark_text(align=side, baseline="bottom", dy=-4, color=INK, fontSize=size)
        .encode(x=alt.X("n:Q", scale=scale), text="text:N", y=alt.value(0)),
    ]


def trend(chart: Chart, style: str) -> alt.HConcatChart | alt.VConcatChart:
    labels, size = [mark[0] for mark in chart.marks], SIZE[style]
    average, recognised, whole = chart.series
    x = alt.X(
        "q:N",
        sort=labels,
        title=None,
        axis=alt.Axis(
            labelAngle=0,
            grid=False,
            labelPadding=6,
            labelOverlap=False,
            labelExpr="split(datum.label, '\\n')",
        ),
    )
    across = style == "paper"
    wide = WIDTH[style] // 2 - 46 if across else WIDTH[style] - 40
    form = {"width": wide, "height": TREND_HEIGHT}
    above = averages(chart, x, size).properties(**form)
    counted = counts(chart, x, size).properties(title=[f"● {recognised}", f"■ {whole}"], **form)
    if not across:
        both = alt.vconcat(above.properties(title=f"● {average}"), counted, spacing=24)
    else:
        both = alt.hconcat(above.properties(title=[f"● {average}", " "]), counted, spacing=36)
    return both.resolve_scale(y="independent")


def averages(chart: Chart, x: alt.X, size: int) -> alt.LayerChart:
    rows = [
        {"q": label, "n": float(number), "text": text, "open": is_open}
        for label, number, text, _known, _whole, is_open in chart.marks
        if number is not None
    ]
    return alt.layer(*line(rows, x, axis_to(int(chart.line)), size, BAR, [1, 0], "circle"))


def counts(chart: Chart, x: alt.X, size: int) -> alt.LayerChart:
    y, layers = axis_to(chart.top), []
    for place, colour, dash, shape in ((3, BAR, [1, 0], "circle"), (4, SECOND, [5, 3], "square")):
        rows = [
            {
                "q": mark[0],
                "n": mark[place],
                "text": str(mark[place]),
                "open": mark[5],
                # Close beneath the other line its number stands below it.
                "under": place == 4 and 0 < mark[3] - mark[4] <= chart.top / 5 and mark[4] > 1,
            }
            for mark in chart.marks
        ]
        layers += line(rows, x, y, size, colour, dash, shape)
    return alt.layer(*layers)


def axis_to(top: int) -> alt.Y:
    scale = alt.Scale(domain=[0, max(top, 1)], nice=False)
    return alt.Y("n:Q", scale=scale, title=None, axis=alt.Axis(values=ticks(top), format="d"))


def line(
    rows: list[dict], x: alt.X, y: alt.Y, size: int, colour: str, dash: list[int], shape: str
) -> list[alt.Chart]:
    """From point to point: to a quarter still open in dots, whose point is hollow, since what is
    not entered yet must not read as a fall."""
    steps = [
        {**end, "step": n, "to_open": after["open"]}
        for n, (before, after) in enumerate(pairwise(rows))
        for end in (before, after)
    ]
    between = alt.Chart(alt.Data(values=steps)).encode(x=x, y=y, detail="step:N")
    base = alt.Chart(alt.Data(values=rows)).encode(x=x, y=y)
    point = {"size": 55, "shape": shape, "opacity": 1}
    return [
        between.transform_filter("!datum.to_open").mark_line(
            color=colour, strokeWidth=2, strokeDash=dash
        ),
        between.transform_filter("datum.to_open").mark_line(
            color=colour, strokeWidth=1.5, strokeDash=[1.5, 4]
        ),
        base.transform_filter("!datum.open").mark_point(color=colour, filled=True, **point),
        base.transform_filter("datum.open").mark_point(
            stroke=colour, fill="white", strokeWidth=1.5, **point
        ),
        *(
            base.transform_filter(f"{sign}datum.under")
            .mark_text(dy=dy, fontSize=size, fontWeight="bold", color=INK)
            .encode(text="text:N")
            for sign, dy in (("!", -11), ("", 13))
        ),
    ]
