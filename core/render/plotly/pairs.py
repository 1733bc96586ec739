"""Figures before and after: a row each, on a scale of its own."""

from __future__ import annotations

from typing import Any

from core.figures.figure import Pair, Pairs
from core.figures.palette import INK, PAPER, QUIET
from core.render.plotly.bars import names_axis
from core.render.plotly.canvas import SIDE, SMALL_SIZE, Canvas, note
from core.render.words import width

_ROW = 34
"""Pixels of a row, which a picture of many rows is made higher for."""
_NAMES = 150


def pairs(canvas: Canvas, found: Pairs) -> None:
    """Before hollow, after filled, a line between them; both in words right of the plot."""
    said = [canvas.say(row.said) for row in found.rows]
    left = canvas.names_room((row.name for row in found.rows), _NAMES)
    right = SIDE + int(max((width(text, SMALL_SIZE) for text in said), default=0)) + 12
    size = len(found.rows)
    canvas.caption(left=left, right=right, above=8, below=8, height=max(canvas.look.height, 130 + _ROW * size))
    common: dict[str, Any] = {"mode": "markers", "hoverinfo": "text", "y": list(range(size)), "hovertext": said}
    before, after = ([_along(row)[at] for row in found.rows] for at in (0, 1))
    dot: dict[str, Any] = {"size": 11, "symbol": "circle"}
    canvas.scatter(x=before, marker=dot | {"color": PAPER, "line": {"color": INK, "width": 2}}, **common)
    canvas.scatter(x=after, marker=dot | {"color": INK}, **common)
    names = [canvas.name(row.name, _NAMES) for row in found.rows]
    canvas.lay(
        xaxis={"range": [-0.03, 1.03], "showticklabels": False, "showgrid": False, "ticks": ""},
        yaxis=names_axis(names, SMALL_SIZE, [size - 0.4, -0.6]),
    )
    lines = (
        {
            "type": "line",
            "x0": one,
            "x1": other,
            "y0": y,
            "y1": y,
            "layer": "below",
            "line": {"color": QUIET, "width": 2},
        }
        for y, (one, other) in enumerate(zip(before, after, strict=True))
    )
    words = (note(text, 1, y, dx=10, axes=("paper", "y")) for y, text in enumerate(said))
    canvas.add(words, lines)


def _along(row: Pair) -> tuple[float, float]:
    """Where both stand between zero and the larger of them."""
    most = max(row.before, row.after)
    return (float(row.before / most), float(row.after / most)) if most else (0.0, 0.0)
