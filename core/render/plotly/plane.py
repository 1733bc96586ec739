"""Two ratios against each other: a cumulated share, and a point a project."""

from __future__ import annotations

from decimal import Decimal
from math import sqrt
from typing import Any

from core.figures.figure import Dot, Dots, ShareCurve
from core.figures.palette import AXIS, LINE, MONEY, PAPER, QUIET, TIME, TRACK
from core.render.plotly.canvas import SMALL_SIZE, Canvas, note, safe
from core.render.plotly.labels import apart
from core.render.words import lines, width
from core.text.numbers import percent

MOST_NAMED = 8
"""Up to as many projects stand with their names."""
_MOST_NAME = 180
"""Pixels of a line of a name."""
_BESIDE = 9
"""Pixels from a point to its name."""
_LEFT = 64
"""Pixels before the plot of projects."""
_UNDER = 0.04
"""Of the plot's height, below the point where nothing is paid."""
_WIDEST = 34
"""Pixels across the field with the most projects."""


def share_curve(canvas: Canvas, found: ShareCurve) -> None:
    """The curve under the diagonal on which both shares are equal."""
    canvas.caption(left=48, above=10, below=40)
    canvas.scatter(
        x=[0, 1], y=[0, 1], mode="lines", line={"color": TIME, "width": 1.5, "dash": "dash"}, hoverinfo="skip"
    )
    canvas.scatter(
        x=[float(x) for x, _ in found.points], y=[float(y) for _, y in found.points], mode="lines+markers",
        line={"color": MONEY, "width": 3}, marker={"size": 8}, hoverinfo="text",
        hovertext=[f"{percent(x)} → {percent(y)}" for x, y in found.points],
        fill="tonexty", fillcolor="rgba(18,67,109,0.10)",
    )  # fmt: skip
    axis = _axis(1) | {"range": [0, 1.02], "showline": True, "linecolor": LINE}
    canvas.lay(xaxis=axis | {"showgrid": False}, yaxis=axis)
    quiet: dict[str, Any] = {"size": SMALL_SIZE, "colour": QUIET}
    canvas.add(
        [
            note(canvas.say(found.diagonal), 0.32, 0.36, anchor="right", **quiet),
            note(canvas.say(found.across), 1, 0, anchor="right", vertical="bottom", dy=4, **quiet),
            note(canvas.say(found.up), 0, 1, vertical="top", dx=6, **quiet),
        ]
    )


def dots(canvas: Canvas, found: Dots) -> None:
    """Points below the diagonal are behind; a larger one is a field with more projects."""
    canvas.caption(left=_LEFT, right=28, above=18, below=34)
    heights = [min(dot.up, found.most) for dot in found.dots]
    top = max(1.0, *heights) * 1.06
    canvas.scatter(
        x=[0, 1], y=[0, 1], mode="lines", line={"color": AXIS, "width": 1.5, "dash": "dot"}, hoverinfo="skip"
    )
    most = max(dot.count for dot in found.dots)
    canvas.scatter(
        x=[dot.across for dot in found.dots], y=heights, mode="markers", hoverinfo="text",
        marker={
            "size": [10 if most == 1 else 6 + (_WIDEST - 6) * sqrt(dot.count / most) for dot in found.dots],
            "color": [MONEY if dot.up >= dot.across else TIME for dot in found.dots],
            "line": {"color": PAPER, "width": 1}, "opacity": 0.85,
        },
        hovertext=[canvas.say(dot.said) for dot in found.dots],
    )  # fmt: skip
    canvas.lay(
        xaxis=_axis(1) | {"range": [-0.03, 1.03]},
        yaxis=_axis(top) | {"range": [-_UNDER * top, top], "gridcolor": TRACK},
    )
    quiet: dict[str, Any] = {"size": SMALL_SIZE, "colour": QUIET, "axes": ("paper", "paper")}
    canvas.add(
        [
            note(canvas.say(found.across), 1, 0, anchor="right", dy=-26, **quiet),
            note(canvas.say(found.up), 0, 1, dx=4, dy=4, **quiet),
        ]
    )
    if len(found.dots) <= MOST_NAMED and most == 1:
        plot, high = canvas.plot(_LEFT), canvas.plot_height / (top * (1 + _UNDER))
        names = [_name(dot, found.most, plot) for dot in found.dots]
        canvas.add(apart(names, lambda across: across * plot, lambda up: up * high))


def _axis(top: float) -> dict[str, Any]:
    ticks = [Decimal(n) / 4 for n in range(int(top * 4) + 1)]
    return {
        "tickvals": [float(tick) for tick in ticks],
        "ticktext": ["0", *(percent(tick, 0) for tick in ticks[1:])],
        "tickfont": {"size": 11, "color": QUIET},
        "showgrid": True,
    }


def _name(dot: Dot, most: float, plot: int) -> dict[str, Any]:
    """The whole name beside the point, in lines, on the side that has room; `plot`: pixels across."""
    needed = min(_MOST_NAME, width(dot.name, SMALL_SIZE))
    right = dot.across > 0.6 and (1 - dot.across) * plot - _BESIDE < needed
    room = min(_MOST_NAME, (dot.across if right else 1 - dot.across) * plot - _BESIDE)
    named = "<br>".join(safe(line) for line in lines(dot.name, SMALL_SIZE, room))
    anchor, dx = ("right", -_BESIDE) if right else ("left", _BESIDE)
    return note(named, dot.across, min(dot.up, most), anchor=anchor, dx=dx)
