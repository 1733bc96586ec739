"""A map: places in their outlines, without anything under them that would have to be fetched."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

from core.figures.areas import Area, Areas
from core.figures.figure import Words
from core.figures.palette import INK, PAPER, TRACK, shades
from core.model.boundaries import Point, Ring
from core.render.plotly.canvas import FOOT_SIZE, LABEL_SIZE, SIDE, Canvas, note
from core.render.words import width
from core.text import word

_ACROSS = 40
"""Rows and columns of points that a pointer meets: each is the place under it."""
_MARGIN = 0.03
"""Share of the map that stays free around it."""


@dataclass(frozen=True)
class _Flat:
    """An area on the plane, and the points within it."""

    area: Area
    rings: tuple[Ring, ...]
    inside: tuple[Point, ...]
    label: Point
    room: float
    """How wide the area is where its label stands, in the units of the plane."""


def areas(canvas: Canvas, found: Areas) -> None:
    """Places filled by their step, each with its name; a click anywhere in one chooses it."""
    colours = shades(len(found.steps))
    unknown = any(area.step is None for area in found.areas)
    keys = [*zip(colours, found.steps, strict=True), *([(TRACK, word("未填报"))] if unknown else [])]
    canvas.caption(above=6, below=6, listed=_key_lines(canvas, keys))
    flat, size = _laid_out(found)
    for each in flat:
        colour = TRACK if each.area.step is None else colours[each.area.step]
        _draw(canvas, each, colour)
    for each in flat:
        _meet(canvas, each)
    ends = {"visible": False, "constrain": "domain"}
    canvas.lay(
        xaxis=ends | {"range": _range(size[0])},
        yaxis=ends | {"range": _range(size[1]), "scaleanchor": "x", "scaleratio": 1},
    )
    scale = min(canvas.plot(SIDE) / size[0], canvas.plot_height / size[1]) if all(size) else 1.0
    canvas.add(_label(canvas, each, scale, colours) for each in flat)


def _key_lines(canvas: Canvas, keys: Sequence[tuple[str, Words]]) -> list[str]:
    """The key of the colours for Plotly, as many steps in a line as have room."""
    made: list[str] = []
    left = 0.0
    for colour, words in keys:
        said, needed = canvas.say(words), width(f"■ {canvas.say(words)}　", FOOT_SIZE)
        one = f'<span style="color:{colour}">■</span> {said}'
        if made and needed <= left:
            made[-1] += f"　{one}"
        else:
            made.append(one)
            left = canvas.room
        left -= needed
    return made


def _laid_out(found: Areas) -> tuple[list[_Flat], Point]:
    """The areas on a plane that begins at 0 and is true to shape in the middle of the map, and how large it is."""
    corners = [point for area in found.areas for ring in area.rings for point in ring]
    west, south = min(x for x, _ in corners), min(y for _, y in corners)
    north = max(y for _, y in corners)
    narrower = cos(radians((south + north) / 2))
    size = ((max(x for x, _ in corners) - west) * narrower, north - south)
    step = max(size) / _ACROSS
    flat = []
    for area in found.areas:
        rings = tuple(tuple(((x - west) * narrower, y - south) for x, y in ring) for ring in area.rings)
        flat.append(_flat(area, rings, step))
    return flat, size


def _flat(area: Area, rings: tuple[Ring, ...], step: float) -> _Flat:
    spans = _spans(rings, _rows(rings, step)) or _spans(rings, _between(rings))
    points = tuple((x, y) for y, (left, right) in spans for x in _columns(left, right, step))
    at, (left, right) = _best(spans)
    label = ((left + right) / 2, at)
    return _Flat(area, rings, (*points, label), label, right - left)


def _best(spans: Sequence[tuple[float, tuple[float, float]]]) -> tuple[float, tuple[float, float]]:
    """Where a name has most room: of the rows that are nearly as wide as the widest, the middle one."""
    most = max(right - left for _, (left, right) in spans)
    wide = [span for span in spans if span[1][1] - span[1][0] >= 0.9 * most]
    return wide[len(wide) // 2]


def _spans(rings: Sequence[Ring], rows: Sequence[float]) -> list[tuple[float, tuple[float, float]]]:
    return [(y, span) for y in rows for span in _within(rings, y)]


def _rows(rings: Sequence[Ring], step: float) -> list[float]:
    """Heights at which rows of points run."""
    heights = [y for ring in rings for _, y in ring]
    rows = [step * (n + 0.5) for n in range(_ACROSS + 1)]
    return rows[bisect(rows, min(heights)) : bisect(rows, max(heights))]


def _between(rings: Sequence[Ring]) -> list[float]:
    """Heights between each two corners, for an area through which no row runs."""
    heights = sorted({y for ring in rings for _, y in ring})
    return [(low + high) / 2 for low, high in pairwise(heights)]


def _within(rings: Sequence[Ring], y: float) -> Iterator[tuple[float, float]]:
    """From where to where a level line runs within the rings."""
    crossings = sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for ring in rings
        for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True)
        if (y1 <= y) != (y2 <= y)
    )
    return zip(crossings[::2], crossings[1::2], strict=True)


def _columns(left: float, right: float, step: float) -> list[float]:
    columns = [step * (n + 0.5) for n in range(_ACROSS + 1)]
    return columns[bisect(columns, left) : bisect(columns, right)]


def _draw(canvas: Canvas, flat: _Flat, colour: str) -> None:
    x: list[float | None] = []
    y: list[float | None] = []
    for ring in flat.rings:
        x += [*(point[0] for point in ring), ring[0][0], None]
        y += [*(point[1] for point in ring), ring[0][1], None]
    chosen = canvas.look.chosen == flat.area.name
    canvas.scatter(
        x=x, y=y, mode="lines", fill="toself", fillcolor=colour, hoverinfo="skip",
        line={"color": INK if chosen else PAPER, "width": 2.5 if chosen else 1.5},
        opacity=canvas.strength(flat.area.name),
    )  # fmt: skip


def _meet(canvas: Canvas, flat: _Flat) -> None:
    """Points that nobody sees, all over the area: Plotly tells of a click on a point, not of one on an area."""
    unseen = {"marker": {"opacity": 0}}
    canvas.scatter(
        x=[x for x, _ in flat.inside], y=[y for _, y in flat.inside], mode="markers",
        marker={"size": 12, "opacity": 0}, selected=unseen, unselected=unseen, hoverinfo="text",
        hovertext=canvas.hover(flat.area.name, *flat.area.said),
        customdata=[flat.area.name] * len(flat.inside),
    )  # fmt: skip


def _label(canvas: Canvas, flat: _Flat, scale: float, colours: Sequence[str]) -> dict[str, object]:
    """The name, broken where the area is narrow."""
    step, last = flat.area.step, len(colours) - 1
    dark = step is not None and (step == last or step >= len(colours) / 2) and canvas.strength(flat.area.name) == 1
    room = max(flat.room * scale - 8, LABEL_SIZE * 2.0)
    name, colour = canvas.name(flat.area.name, room), PAPER if dark else INK
    made = note(name, *flat.label, size=LABEL_SIZE, colour=colour, anchor="center")
    return made | {"bgcolor": "rgba(0,0,0,0)"}


def _range(size: float) -> list[float]:
    return [-size * _MARGIN, size * (1 + _MARGIN)]
