"""The axis of dates, and lines on it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from core.charts.frame import LABEL_SIZE, QUIET, SIDE, Look, width
from core.errors import Message, Month

_TICK_ROOM = 62
"""Pixels from one month's name to the next."""


def date_axis(start: date, end: date, look: Look, left: int = 36) -> dict[str, Any]:
    """An axis from just before `start` to `end`, with the months of half years under it, as many as have room.

    `left`: the figure's left margin in pixels.
    """
    ticks = _apart(half_years(start, end), (end - start) * (_TICK_ROOM / look.plot(left)))
    return {
        "type": "date", "range": [start - max(timedelta(days=8), (end - start) * 0.02), end], "showgrid": False,
        "tickvals": [*ticks], "ticktext": [look.say(Message("{month}", {"month": Month(tick)})) for tick in ticks],
        "tickfont": {"size": 11, "color": QUIET}, "tickangle": 0, "showline": True, "ticks": "outside",
        "ticklen": 4,
    }  # fmt: skip


def beside(day: date, span: tuple[date, date], text: str, look: Look, left: int = 36, dx: int = 10) -> dict[str, Any]:
    """Right of that day, or left of it where the words would leave the picture."""
    along = (day - span[0]) / (span[1] - span[0]) if span[1] > span[0] else 0.0
    fits = (1 - along) * look.plot(left) + SIDE - dx >= width(text, LABEL_SIZE)
    return {"anchor": "left", "dx": dx} if fits else {"anchor": "right", "dx": -dx}


def _apart(ticks: tuple[date, ...], least: timedelta) -> tuple[date, ...]:
    kept = list(ticks[:1])
    for tick in ticks[1:]:
        if tick - kept[-1] >= least:
            kept.append(tick)
    return tuple(kept)


def half_years(start: date, end: date) -> tuple[date, ...]:
    """The start, and each 1 January and 1 July well after it and before the end."""
    ticks = [start.replace(day=1)]
    for year in range(start.year, end.year + 1):
        ticks += [
            day for month in (1, 7)
            if (day := date(year, month, 1)) > start + timedelta(days=120) and day < end - timedelta(days=30)
        ]  # fmt: skip
    return tuple(ticks) if len(ticks) <= 5 else (ticks[0], *ticks[1:][1::2])


def date_line(x0: date, x1: date, y0: float, y1: float, colour: str) -> dict[str, Any]:
    """A line behind the data: dashed where it stands upright."""
    return {
        "type": "line", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "layer": "below",
        "line": {"color": colour, "width": 1, "dash": "dash" if x0 == x1 else "solid"},
    }  # fmt: skip
