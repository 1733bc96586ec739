"""The days that are named under an axis of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from core.errors import Message, Month
from core.figures.figure import LineChart

_Lines = TypeVar("_Lines", bound=LineChart)


def half_years(start: date, end: date) -> tuple[date, ...]:
    """The start, and each 1 January and 1 July well after it and before the end."""
    ticks = [start.replace(day=1)]
    for year in range(start.year, end.year + 1):
        ticks += [
            day for month in (1, 7)
            if (day := date(year, month, 1)) > start + timedelta(days=120) and day < end - timedelta(days=30)
        ]  # fmt: skip
    return tuple(ticks) if len(ticks) <= 5 else (ticks[0], *ticks[1:][1::2])


def with_months(marks: _Lines, say: Callable[[Message], str], behind: int = 20) -> _Lines:
    """Lines with months named under them and so many days of the axis after the last day."""
    last = marks.last + timedelta(days=behind)
    ticks = ((day, say(Message("{month}", {"month": Month(day)}))) for day in half_years(marks.first, last))
    return replace(marks, last=last, ticks=tuple(ticks))
