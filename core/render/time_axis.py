"""The days that are named under an axis of time."""

from __future__ import annotations

from datetime import date, timedelta


def half_years(start: date, end: date) -> tuple[date, ...]:
    """The start, and each 1 January and 1 July well after it and before the end."""
    ticks = [start.replace(day=1)]
    for year in range(start.year, end.year + 1):
        ticks += [
            day for month in (1, 7)
            if (day := date(year, month, 1)) > start + timedelta(days=120) and day < end - timedelta(days=30)
        ]  # fmt: skip
    return tuple(ticks) if len(ticks) <= 5 else (ticks[0], *ticks[1:][1::2])
