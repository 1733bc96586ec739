"""The one stacked bar: shares in its parts, their names and amounts under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.figures.figure import Part, Stack
from core.figures.palette import INK, PAPER, rgb
from core.render.plotly.canvas import LABEL_SIZE, SIDE, SMALL_SIZE, Canvas, note
from core.render.words import width

_BAR, _LINE, _GAP = 40, 17, 10
"""Pixels: height of the bar, from one line of words to the next, between two parts' words."""
_MOST_LEVELS = 4
"""Of words below each other; a part whose words have no room even so says them when it is pointed at."""
_SHARE_ROOM = 50


@dataclass(frozen=True)
class _Placed:
    """Words of a part: how many pixels from the bar's start, and how many levels down."""

    at: float
    level: int


def stack(canvas: Canvas, found: Stack) -> None:
    """Draw the bar as high as it needs to be for its words."""
    whole = float(found.whole.amount.value or 0) or 1.0
    plot = canvas.plot(SIDE)
    lengths = [float(part.amount.value or 0) for part in found.parts]
    # A share that does not fit its part stands with the other words, and then all of them do.
    inside = all(length / whole * plot >= _SHARE_ROOM for length in lengths if length > 0)
    texts = [_lines(canvas, part, inside=inside) for part in found.parts]
    placed = _places([length / whole * plot for length in lengths], [_wide(lines) for lines in texts], plot)
    levels = max((each.level for each in placed if each is not None), default=0) + 1
    each_level = _LINE * max(len(lines) for lines in texts) + 6
    canvas.caption(above=2, below=levels * each_level + 4)
    canvas.high(_BAR)
    canvas.lay(
        barmode="stack", xaxis={"range": [0, whole], "visible": False}, yaxis={"range": [-1, 1], "visible": False}
    )
    start = 0.0
    for part, length, lines, place in zip(found.parts, lengths, texts, placed, strict=True):
        strength, fill = canvas.strength(part.amount.place), part.amount.colour
        canvas.bar(
            x=[length], y=[0], width=2, customdata=[part.amount.place], opacity=strength, hoverinfo="text",
            marker={"color": fill, "line": {"color": PAPER, "width": 1.5}},
            hovertext=[canvas.hover(part.name, part.amount.text, part.share.text)],
        )  # fmt: skip
        if inside and length > 0:
            ink = PAPER if strength == 1 and _dark(fill) else INK
            words = note(f"<b>{part.share.text}</b>", start + length / 2, 0, anchor="center", colour=ink)
            canvas.add([words | {"bgcolor": "rgba(0,0,0,0)"}])
        if place is not None:
            said = "<br>".join([f"<b>{lines[0]}</b>", *lines[1:]])
            x, y = place.at / plot * whole, -1
            under = -place.level * each_level - 5
            canvas.add([note(said, x, y, vertical="top", dx=2, dy=under, size=SMALL_SIZE)])
        start += length


def _lines(canvas: Canvas, part: Part, *, inside: bool) -> list[str]:
    words = [canvas.say(part.name), canvas.say(part.amount.text)]
    return words if inside else [*words, canvas.say(part.share.text)]


def _wide(lines: Sequence[str]) -> float:
    return max(width(lines[0], LABEL_SIZE), *(width(line, SMALL_SIZE) for line in lines[1:])) + _GAP


def _places(parts: Sequence[float], words: Sequence[float], plot: float) -> list[_Placed | None]:
    """Where the words of each part stand: under it, as far up as there is room; pixels from the bar's start.

    Words may begin later than their part while they end within it, and earlier where the picture ends.
    """
    ends: list[float] = []
    found: list[_Placed | None] = []
    start = 0.0
    for part, wide in zip(parts, words, strict=True):
        latest = max(start, start + part - wide)
        place = None
        for level in range(_MOST_LEVELS if part > 0 else 0):
            taken = ends[level] if level < len(ends) else 0.0
            at = min(max(start, taken), plot - wide)
            if taken <= at <= latest:
                place = _Placed(max(at, 0.0), level)
                ends[level : level + 1] = [at + wide]
                break
        found.append(place)
        start += part
    return found


def _dark(colour: str) -> bool:
    """Whether white letters can be read on it."""
    red, green, blue = rgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 110
