"""Bars and intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.errors import Message
from core.figures.figure import (
    BarRow,
    Bars,
    ChartAmount,
    ReferenceLine,
    SmallMultiples,
    Spans,
    Words,
    highest_first,
    longest_first,
)
from core.figures.palette import AXIS, INK, LINE, PAPER, QUIET, TIME, TRACK
from core.figures.scores import running
from core.render.plotly.canvas import LABEL_SIZE, NAME_ROOM, SIDE, SMALL_SIZE, Canvas, across, note, stripes
from core.render.words import lines, measured, width

Axes = tuple[str, str]


@dataclass(frozen=True)
class BarsLook:
    """Room, thickness and order of the bars of one figure."""

    name_room: float = NAME_ROOM
    thick: float = 0.58
    """Of a row."""
    longest_first: bool = False


_UNBROKEN = 1000.0
_LOOKS: Mapping[str, BarsLook] = {
    "rates": BarsLook(_UNBROKEN),
    "monthly": BarsLook(_UNBROKEN, 0.46, longest_first=True),
    "stretches": BarsLook(150, 0.46),
    "level1_rates": BarsLook(longest_first=True),
    "deductions": BarsLook(240, 0.66),
}
_MOST_DEDUCTIONS = 14


def bars(canvas: Canvas, found: Bars) -> None:
    """One set of bars with their names beside them and their figures at their ends."""
    name = canvas.figure.id
    look = _LOOKS.get(name, BarsLook())
    if name == "deductions":
        found = running(found, _MOST_DEDUCTIONS)
        look = replace(look, name_room=140) if canvas.look.narrow else look
    if look.longest_first:
        found = replace(found, rows=tuple(longest_first(found.rows)))
    left = canvas.names_room((row.name for row in found.rows), look.name_room)
    canvas.caption(left=left, above=20 if found.rule else 6)
    labels = [canvas.say(_label(row)) for row in found.rows]
    _set(canvas, found, look, _share(labels, canvas.plot(left), column=found.rule is not None))


def _label(row: BarRow) -> Words:
    return row.amounts[0].shown or row.amounts[0].text


def _set(
    canvas: Canvas, found: Bars, look: BarsLook, share: float, axes: Axes = ("x", "y"), size: int = LABEL_SIZE
) -> None:
    """Bars, the first on top, on a pair of axes; the axis starts at zero and shows no ticks.

    `share`: the room for the figures behind the longest bar, as a share of it.
    """
    amounts = [row.amounts[0] for row in found.rows]
    marks = list(range(len(amounts)))
    names = [canvas.name(row.name, look.name_room) for row in found.rows]
    labels = [canvas.say(_label(row)) for row in found.rows]
    lengths = [max(float(amount.value or 0), 0.0) for amount in amounts]
    canvas.bar(
        x=lengths, y=marks, width=look.thick, marker=_marker(canvas, amounts), xaxis=axes[0], yaxis=axes[1],
        customdata=[amount.place for amount in amounts], hoverinfo="text",
        hovertext=[canvas.hover(row.name, _label(row)) for row in found.rows],
    )  # fmt: skip
    top = max([*lengths, *([float(found.rule.value)] if found.rule else [])], default=0.0) or 1.0
    said = found.rule is not None and bool(found.rule.text) and axes == ("x", "y") and size == LABEL_SIZE
    canvas.lay(
        **{
            _axis(axes[0]): {"range": [0, top * (1 + share)], "visible": False},
            _axis(axes[1]): names_axis(names, size, [len(marks) - 0.45, -0.55 - (0.35 if found.rule else 0)]),
        }
    )
    notes = [
        # In a column where a line runs across, else at the bar's end.
        note(label, top if found.rule else length, y, size=size, dx=6, axes=axes,
             colour=QUIET if amount.value is None else INK)
        for y, label, length, amount in zip(marks, labels, lengths, amounts, strict=True)
    ]  # fmt: skip
    canvas.add(notes)
    if found.rule is not None:
        low = -0.85 if said else -0.5
        canvas.add(
            [_rule_words(canvas, found.rule, top * (1 + share) * 0.6)] if said else [],
            [across(float(found.rule.value), low, len(marks) - 0.45, axes)],
        )


def _marker(canvas: Canvas, amounts: Sequence[ChartAmount]) -> dict[str, Any]:
    colours = [amount.colour for amount in amounts]
    marker: dict[str, Any] = {"color": colours, "opacity": [canvas.strength(amount.place) for amount in amounts]}
    if any(amount.assumed for amount in amounts):
        striped = stripes(colours)
        shapes = ["/" if amount.assumed else "" for amount in amounts]
        marker |= striped | {"pattern": striped["pattern"] | {"shape": shapes}}
    return marker


def names_axis(names: Sequence[str], size: int, span: list[float]) -> dict[str, Any]:
    """The axis with the bars' names, and the line at zero that bars start from."""
    return {
        "range": span, "tickvals": list(range(len(names))), "ticktext": list(names),
        "tickfont": {"size": size}, "showline": True, "linecolor": AXIS, "ticks": "",
        "ticklabelstandoff": 6,
    }  # fmt: skip


def _rule_words(canvas: Canvas, rule: ReferenceLine, turn: float) -> dict[str, Any]:
    """The line's words on top of the bars, right of it or, beyond `turn`, left of it."""
    right = float(rule.value) > turn
    return note(
        canvas.say(rule.text), float(rule.value), -0.55, size=SMALL_SIZE, colour=QUIET, vertical="bottom",
        anchor="right" if right else "left", dx=-4 if right else 4,
    )  # fmt: skip


def _axis(short: str) -> str:
    return f"{short[0]}axis{short[1:]}"


def _share(labels: Sequence[str], plot: float, size: float = LABEL_SIZE, *, column: bool = False) -> float:
    """Share by which an axis is longer than its longest bar, for the labels to fit a plot of that many pixels.

    `column`: they stand below each other beside the plot, and are measured in the shipped font.
    """
    widest = max(((measured if column else width)(label, size) for label in labels), default=0) + 12
    return widest / max(plot - widest, 60)


def multiples(canvas: Canvas, found: SmallMultiples) -> None:
    """Small sets of bars side by side, each with its own axis from zero and its title on top."""
    few = len(found.parts) <= 3
    look = BarsLook(NAME_ROOM if few else 170, 0.62)
    columns = 1 if canvas.look.narrow else len(found.parts) if few else 2
    left = canvas.names_room((row.name for part in found.parts for row in part.rows), look.name_room)
    canvas.caption(left=left, above=12 if few else 8, height=680 if canvas.look.narrow and not few else 0)
    plot = canvas.plot(left)
    # Names stand left of a column that is not the first; those of the first in the figure's left margin.
    room = (left + (0 if few else 8)) / max(plot, 1)
    each = (1 - room * (columns - 1)) / columns
    labels = [canvas.say(_label(row)) for part in found.parts for row in part.rows]
    ruled = any(part.rule is not None for part in found.parts)
    share = _share(labels, plot * each, SMALL_SIZE, column=ruled)
    # A title starts above the names.
    over_names = left - SIDE
    titles = ["<br>".join(lines(canvas.say(part.title), LABEL_SIZE, plot * each + over_names)) for part in found.parts]
    step = 1 / -(-len(found.parts) // columns)
    head = (0.26 if any("<br>" in title for title in titles) else 0.17) * step
    for i, (part, title) in enumerate(zip(found.parts, titles, strict=True)):
        suffix = "" if i == 0 else str(i + 1)
        axes = (f"x{suffix}", f"y{suffix}")
        start, high = i % columns * (each + room), 1 - step * (i // columns) - head
        canvas.lay(
            **{
                f"xaxis{suffix}": {"domain": [start, start + each], "anchor": axes[1]},
                f"yaxis{suffix}": {"domain": [1 - step * (i // columns + 1) + 0.03, high], "anchor": axes[0]},
            }
        )
        _set(canvas, part, look, share, axes, SMALL_SIZE)
        words = f"<b>{title}</b>"
        canvas.add([note(words, start, high, vertical="bottom", axes=("paper", "paper"), dx=-over_names, dy=3)])


def with_whole(canvas: Canvas, found: Bars) -> None:
    """Bars on one axis from 0 to 100 %, each over its whole and under its sentence: payment and time."""
    canvas.caption(right=24, above=22, below=24)
    rows = list(reversed(found.rows))
    marks = list(range(len(rows)))
    amounts = [row.amounts[0] for row in rows]
    said = [canvas.say(row.said) for row in rows]
    values = [None if amount.value is None else float(amount.value) for amount in amounts]
    canvas.bar(x=[1] * len(rows), y=marks, width=0.4, marker={"color": TRACK}, hoverinfo="skip")
    canvas.bar(
        x=values, y=marks, width=0.4, marker={"color": [amount.colour for amount in amounts]}, hoverinfo="text",
        hovertext=[canvas.hover(row.said, row.amounts[0].text) for row in rows],
    )  # fmt: skip
    canvas.lay(
        barmode="overlay",
        xaxis={
            "range": [0, 1], "tickvals": [0, 0.25, 0.5, 0.75, 1], "ticktext": ["0", "25%", "50%", "75%", "100%"],
            "showgrid": False, "tickfont": {"size": 11, "color": QUIET},
        },
        yaxis={"range": [-0.4, 1.75], "visible": False},
    )  # fmt: skip
    labels = [
        note(words, 0, y + 0.24, size=LABEL_SIZE, vertical="bottom") for y, words in zip(marks, said, strict=True)
    ]
    labels += [_inside_or_behind(amount, y) for y, amount in zip(marks, amounts, strict=True)]
    dotted: dict[str, Any] = {"line": {"color": LINE, "width": 1, "dash": "dot"}, "layer": "below"}
    canvas.add(labels, [across(value, -0.35, 1.35, **dotted) for value in values if value is not None])


def _inside_or_behind(amount: ChartAmount, y: float) -> dict[str, Any]:
    value = float(amount.value or 0)
    inside = value > 0.82
    return note(
        f"<b>{amount.text}</b>", min(value, 1), y, size=18, colour=PAPER if inside else INK,
        anchor="right" if inside else "left", dx=-8 if inside else 8,
    ) | {"bgcolor": "rgba(0,0,0,0)"}  # fmt: skip


def one_in_another(canvas: Canvas, found: Bars) -> None:
    """A row's first amount as an empty frame, its second as the filled part: plan and payment by source."""
    canvas.caption(above=22, below=6)
    marks = [len(found.rows) - 1 - i for i in range(len(found.rows))]
    said = [canvas.say(row.said) for row in found.rows]
    plan, done = ([float(row.amounts[n].value or 0) for row in found.rows] for n in (0, 1))
    common: dict[str, Any] = {"y": marks, "width": 0.42, "hovertext": said, "hoverinfo": "text"}
    canvas.bar(x=plan, marker={"color": TRACK, "line": {"color": TIME, "width": 1.5}}, **common)
    canvas.bar(x=done, marker={"color": found.rows[0].amounts[1].colour if found.rows else INK}, **common)
    canvas.lay(
        barmode="overlay",
        xaxis={"range": [0, (max(plan, default=0) or 1) * 1.02], "visible": False},
        yaxis={"range": [-0.4, len(found.rows) - 0.2], "visible": False},
    )
    canvas.add(
        note(words, 0, y + 0.25, vertical="bottom", size=LABEL_SIZE) for words, y in zip(said, marks, strict=True)
    )


_SYMBOLS = ("circle", "square", "diamond", "triangle-up")


def spans(canvas: Canvas, found: Spans) -> None:
    """An interval a street with its single values, and the figures in a column beside the plot."""
    rows = [row for row in highest_first(found.rows) if row.low.value is not None]
    places = [row.low.place for row in rows]
    names = [canvas.name(row.name) for row in rows]
    left = canvas.names_room(row.name for row in rows)
    labels = [canvas.say(row.said) for row in rows]
    canvas.caption(left=left, above=20)
    strengths = [canvas.strength(place) for place in places]
    low, high = [float(row.low.value or 0) for row in rows], [float(row.high.value or 0) for row in rows]
    canvas.bar(
        base=low, x=[b - a for a, b in zip(low, high, strict=True)], y=list(range(len(rows))), width=0.5,
        customdata=places, hoverinfo="text",
        hovertext=[canvas.hover(row.name, label) for row, label in zip(rows, labels, strict=True)],
        marker=stripes([row.high.colour for row in rows]) | {"opacity": strengths},
    )  # fmt: skip
    for n, (key, symbol) in enumerate(zip(found.short_keys, _SYMBOLS, strict=True)):
        points = [(y, row.points[n]) for y, row in enumerate(rows) if row.points[n].value is not None]
        canvas.scatter(
            x=[float(point.value or 0) for _, point in points], y=[y for y, _ in points], mode="markers",
            marker={
                "symbol": symbol, "size": 10, "color": [point.colour for _, point in points],
                "line": {"width": 1.5, "color": PAPER}, "opacity": [strengths[y] for y, _ in points],
            },
            customdata=[point.place for _, point in points], hoverinfo="text",
            hovertext=[
                canvas.hover(Message("{name}·{key}", {"name": rows[y].name, "key": key}), point.text)
                for y, point in points
            ],
        )  # fmt: skip
    top = max([*high, *([float(found.rule.value)] if found.rule else [])])
    end = top * (1 + _share(labels, canvas.plot(left), column=found.rule is not None))
    canvas.lay(
        barmode="overlay",
        xaxis={"range": [0, end], "visible": False},
        yaxis=names_axis(names, LABEL_SIZE, [len(rows) - 0.45, -0.9]),
    )
    canvas.add(note(label, top, y, dx=10, size=LABEL_SIZE) for y, label in enumerate(labels))
    if found.rule is not None:
        canvas.add(
            [_rule_words(canvas, found.rule, end * 0.6)],
            [across(float(found.rule.value), -0.85, len(rows) - 0.45, layer="below")],
        )
