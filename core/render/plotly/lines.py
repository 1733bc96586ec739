"""Amounts over time, and milestones on an axis of days."""

from __future__ import annotations

import math
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from core.errors import Message, Month
from core.figures.figure import Label, LineChart
from core.figures.palette import INK, LINE, PAPER, QUIET
from core.render.plotly import day_marks
from core.render.plotly.canvas import FOOT_SIZE, LABEL_SIZE, SIDE, SMALL_SIZE, Canvas, note
from core.render.plotly.labels import apart, top
from core.render.time_axis import half_years
from core.render.words import width
from core.text.numbers import brief

_LEFT = 84
"""Pixels left of the plot, in which the amounts stand."""
_STEPS = 4
"""Steps of the axis of amounts, at most."""
_TICK_ROOM = 62
"""Pixels from one month's name to the next."""
_BEHIND = timedelta(days=20)
_ROOMIER = 1.3
"""Share of its days up to which an axis may get longer, for the words of the newest point."""
_DOTS = {"pace": 11}
"""Pixels across a payment's point, by figure."""
_ABOVE = 1.12
"""Where the axis of amounts ends, of the highest one."""
_LOW = 80
"""Pixels of a plot below which its upright lines have no words."""
_LEAST, _LEAST_NARROW = 120, 150
"""Pixels of a plot at least, where it stands in a row of its own: on a telephone the page may be scrolled."""
_FAN = "rgba(18,67,109,0.16)"
Days = tuple[date, date]


def line_chart(canvas: Canvas, found: LineChart) -> None:
    """Lines over days with their words beside the points, milestones and 大事记 above them."""
    newest = next((label for label in found.labels if label.strong), None)
    span = (found.first, found.last + _BEHIND * (2 if found.fan else 1))
    if newest is not None:
        words = [canvas.say(each.text) for each in found.labels if each.day == newest.day and not each.before]
        span = (found.first, _room_beside(canvas, newest.day, span, words))
    placed = day_marks.place(canvas, found.marks, lambda day: _along(day, span), _LEFT)
    canvas.caption(left=_LEFT, right=22, above=10 + placed.height, below=24, listed=placed.numbered)
    if canvas.look.narrow or canvas.look.wide:
        canvas.high(max(canvas.plot_height, _LEAST_NARROW if canvas.look.narrow else _LEAST))
    if found.fan:
        canvas.scatter(
            x=[day for day, _ in found.fan], y=[float(value) for _, value in found.fan], mode="lines", fill="toself",
            fillcolor=_FAN, line={"width": 0}, hoverinfo="skip",
        )  # fmt: skip
    _lines(canvas, found)
    highest = max([found.top, *(value for line in found.lines for _, value in line.points)])
    most = float(highest) or 1.0
    end = most * _ABOVE
    named = _named_days(canvas, found, span)
    canvas.lay(xaxis=date_axis(canvas, span) | named, yaxis=_amounts(canvas, found, most, [0.0, end]))
    if sum(bool(line.said) for line in found.lines) == 1:
        # One answer wherever one points: that of the nearest payment.
        canvas.lay(hovermode="x", hoverdistance=-1)
    level = float(found.level or 0) or 1.0
    canvas.add([], [date_line(span[0], span[1], level, level, LINE)])
    for each in found.days:
        canvas.add([], [date_line(each.day, each.day, 0, float(each.value), QUIET)])
        # In a low plot the words of the points need the room; the footer says the day of the data.
        if not named and canvas.plot_height >= _LOW:
            said = canvas.say(each.text)
            place = beside(canvas, each.day, span, said, dx=5, size=SMALL_SIZE)
            canvas.add([note(said, each.day, 0, dy=3, vertical="bottom", size=SMALL_SIZE, colour=QUIET, **place)])
    # Earlier points have their words where the words of the newest leave room for them.
    crowded = newest is not None and beside(canvas, newest.day, span, canvas.say(newest.text))["anchor"] == "right"
    points = {point for line in found.lines if line.heavy for point in line.points}
    shown = [
        _label(canvas, each, span, day_marks.BESIDE if placed.flags else 0)
        for each in found.labels
        if not (crowded and each.before and (each.day, each.value) in points)
    ]

    def up(value: float) -> float:
        return value / end * canvas.plot_height

    placed_labels = apart(shown, lambda day: _along(day, span) * canvas.plot(_LEFT), up)
    canvas.add(placed_labels)
    over = max(0.0, top(placed_labels, up) - canvas.plot_height)
    day_marks.draw(canvas, placed, end, over, {each.day: float(each.value) for each in found.days})


def _amounts(canvas: Canvas, found: LineChart, most: float, ends: list[float]) -> dict[str, Any]:
    """The axis of amounts in even steps, each with its unit where there is room for it.

    On a telephone there is none: words that stand before their point would lie on it, and they say the amounts.
    """
    if found.top <= 0 or canvas.look.narrow:
        return {"range": ends, "visible": False}
    step = even_step(most, _STEPS)
    values = [step * n for n in range(int(most / float(step)) + 1)]
    room = _LEFT - SIDE
    words = [f"{brief(each)}{canvas.say(canvas.figure.unit)}" for each in values]
    if max(width(each, FOOT_SIZE) for each in words) > room:
        words = [brief(each) for each in values]
    return {
        "range": ends, "tickvals": [float(each) for each in values], "ticktext": words, "showgrid": False,
        "tickfont": {"size": FOOT_SIZE, "color": QUIET}, "ticklen": 4, "ticks": "outside", "tickcolor": LINE,
    }  # fmt: skip


def even_step(most: float, steps: int) -> Decimal:
    """The smallest of 1, 2, 2.5 and 5 times a power of ten that reaches an amount above 0 in so many steps."""
    power = Decimal(10) ** (math.floor(math.log10(most / steps)))
    return next(power * each for each in _EVEN if float(power * each) * steps >= most)


_EVEN = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10), Decimal(20))


def _named_days(canvas: Canvas, found: LineChart, span: Days) -> dict[str, Any]:
    """The days that the chart names under its axis; nothing where their words have no room beside each other."""
    words = [canvas.say(text) for _, text in found.ticks]
    first = _along(_axis_start(span), span)
    middles = [(_along(day, span) - first) * canvas.plot(_LEFT) for day, _ in found.ticks]
    ends = [
        (at - width(text, FOOT_SIZE) / 2, at + width(text, FOOT_SIZE) / 2)
        for at, text in zip(middles, words, strict=True)
    ]
    crowded = any(right + 8 > left for (_, right), (left, _) in pairwise(ends))
    if not ends or crowded or ends[0][0] < -_LEFT or ends[-1][1] > canvas.plot(_LEFT) + SIDE:
        return {}
    return {"tickvals": [day for day, _ in found.ticks], "ticktext": words}


def _lines(canvas: Canvas, found: LineChart) -> None:
    for line in found.lines:
        trace: dict[str, Any] = {"x": [day for day, _ in line.points], "y": [float(value) for _, value in line.points]}
        trace |= {"mode": "lines", "hoverinfo": "skip", "line": {"color": line.colour, "width": 2.5}}
        if line.heavy:
            trace["mode"] = "lines+markers" if len(line.points) > 1 else "markers"
            trace |= {
                "line": {"color": line.colour, "width": 3},
                "marker": {"color": line.colour, "size": _DOTS.get(canvas.figure.id, 10)},
            }
        elif line.stroke == "dotted":
            trace["line"] = {"color": line.colour, "width": 1.5, "dash": "dot"}
        elif line.stroke == "dashed":
            hollow = {"color": PAPER, "size": 10, "symbol": "diamond", "line": {"color": line.colour, "width": 2}}
            trace["line"] = {"color": line.colour, "width": 1.5, "dash": "dot"}
            trace |= {"mode": "lines+markers", "marker": hollow}
        if line.said:
            trace |= {"hoverinfo": "text", "hovertext": [canvas.say(each) for each in line.said]}
        canvas.scatter(**trace)


def _label(canvas: Canvas, label: Label, span: Days, first: float) -> dict[str, Any]:
    words = canvas.say(label.text)
    place: dict[str, Any] = {"anchor": "right", "dx": -8}
    if not label.before:
        place = {"dx": first} if label.day == span[0] and not label.strong else beside(canvas, label.day, span, words)
    if label.strong:
        return note(
            f"<b>{words}</b>", label.day, float(label.value), size=LABEL_SIZE,
            vertical="top" if label.below else "bottom", **place,
        )  # fmt: skip
    return note(
        words, label.day, float(label.value), size=SMALL_SIZE, colour=label.colour or INK,
        vertical="top" if label.below else "bottom", dy=-4 if label.below else 2, **place,
    )  # fmt: skip


def _room_beside(canvas: Canvas, day: date, span: Days, words: list[str]) -> date:
    """End the axis so that the words fit right of the day; where that is too far, where it ended anyway."""
    share = 1 - (max(width(text, LABEL_SIZE) for text in words) + 12) / canvas.plot(_LEFT)
    days = (day - span[0]).days / share if share > 0 else float("inf")
    roomy = days <= (span[1] - span[0]).days * _ROOMIER
    return max(span[1], span[0] + timedelta(days=int(days) + 1)) if roomy else span[1]


def date_axis(canvas: Canvas, span: Days, left: int = _LEFT) -> dict[str, Any]:
    """An axis from just before the first day, with the months of half years under it, as many as have room."""
    start, end = span
    least = (end - start) * (_TICK_ROOM / canvas.plot(left))
    ticks: list[date] = []
    for tick in half_years(start, end):
        if not ticks or tick - ticks[-1] >= least:
            ticks.append(tick)
    return {
        "type": "date", "range": [_axis_start(span), end], "showgrid": False,
        "tickvals": ticks, "ticktext": [canvas.say(Message("{month}", {"month": Month(tick)})) for tick in ticks],
        "tickfont": {"size": 11, "color": QUIET}, "tickangle": 0, "showline": True, "ticks": "outside",
        "ticklen": 4,
    }  # fmt: skip


def _axis_start(span: Days) -> date:
    start, end = span
    return start - max(timedelta(days=8), (end - start) * 0.02)


def beside(
    canvas: Canvas, day: date, span: Days, text: str, left: int = _LEFT, dx: int = 10, size: int = LABEL_SIZE
) -> dict[str, Any]:
    """Right of that day, or left of it where the words would leave the picture."""
    fits = (1 - _along(day, span)) * canvas.plot(left) + SIDE - dx >= width(text, size)
    return {"anchor": "left", "dx": dx} if fits else {"anchor": "right", "dx": -dx}


def _along(day: date, span: Days) -> float:
    return (day - span[0]) / (span[1] - span[0]) if span[1] > span[0] else 0.0


def date_line(x0: date, x1: date, y0: float, y1: float, colour: str) -> dict[str, Any]:
    """A line behind the data: dashed where it stands upright."""
    return {
        "type": "line", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "layer": "below",
        "line": {"color": colour, "width": 1, "dash": "dash" if x0 == x1 else "solid"},
    }  # fmt: skip
