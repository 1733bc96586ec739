"""Milestones as bars on one axis of days, each with its days in columns beside the plot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from core.errors import Message
from core.figures.figure import DayBar, DayBars, Words
from core.figures.palette import AXIS, CAUTION, INK, MONEY, QUIET, UNPAID
from core.render.plotly.bars import names_axis
from core.render.plotly.canvas import SIDE, SMALL_SIZE, Canvas, note
from core.render.plotly.lines import Days, date_axis, date_line
from core.render.words import lines, width
from core.text import word

_NAMES = 130
_OWNER = 120
"""Pixels of the longest name of who answers for one."""
_GAP = 14
"""Pixels between columns."""
_LEAD = 0.05
"""What the bars have of the axis before the first day, so that its bar is one."""
_PLANNED, _REACHED = 0.62, 0.28
"""Thickness of bars, of a row."""
_DAY = 86_400_000
"""A day of Plotly's, in milliseconds."""
_TOP = -0.9


def milestones(canvas: Canvas, found: DayBars) -> None:
    """To the planned day grey, to the actual one in the accent, between them in amber what is late."""
    rows, narrow = found.rows, canvas.look.narrow
    owned = any(row.owner for row in rows) and not narrow
    columns = [_owners(rows)] if owned else []
    columns += [] if narrow else [_column(word("计划"), (row.planned for row in rows))]
    columns += [] if narrow else [_column(word("实际"), (row.actual for row in rows))]
    columns.append(["", *(row.said for row in rows)])
    said = [[canvas.say(cell) for cell in column] for column in columns]
    rooms = [max(width(cell, SMALL_SIZE) for cell in column) + _GAP for column in said]
    left, right = canvas.names_room((row.name for row in rows), _NAMES), SIDE + int(sum(rooms))
    canvas.caption(left=left, right=right, above=8, below=24)
    span = _span(found)
    axis = date_axis(canvas, span, left + right - SIDE)
    begin = axis["range"][0]
    _bars(canvas, rows, begin, found.until)
    names = [canvas.name(row.name, _NAMES) for row in rows]
    canvas.lay(xaxis=axis, yaxis=names_axis(names, SMALL_SIZE, [len(rows) - 0.4, _TOP]), barmode="overlay")
    at: float = _GAP
    for column, room in zip(said, rooms, strict=True):
        _write(canvas, rows, column, at, last=column is said[-1])
        at += room
    words = canvas.say(Message("截至{day}", {"day": found.until}))
    before = (found.until - begin) * 2 > span[1] - begin
    canvas.add(
        [
            note(
                words, found.until, _TOP, vertical="top", size=SMALL_SIZE, colour=QUIET,
                anchor="right" if before else "left", dx=-5 if before else 5,
            )
        ],
        [date_line(found.until, found.until, _TOP, len(rows) - 0.4, AXIS) | {"layer": "above"}],
    )  # fmt: skip


def _owners(rows: Sequence[DayBar]) -> list[Words]:
    """Who answers for each, of a long name as much as there is room for: the whole is in the hover and the table."""
    return [word("责任单位（人）"), *(_cut(row.owner) if row.owner else "—" for row in rows)]


def _cut(text: str) -> str:
    first, *more = lines(text, SMALL_SIZE, _OWNER)
    return f"{lines(text, SMALL_SIZE, _OWNER - SMALL_SIZE)[0]}…" if more else first


def _column(head: Words, days: Iterable[date | None]) -> list[Words]:
    return [head, *("—" if day is None else Message("{day}", {"day": day}) for day in days)]


def _span(found: DayBars) -> Days:
    days = [day for row in found.rows for day in (row.planned, row.actual) if day] + [found.until]
    first, last = min(days), max(days)
    return first - max(timedelta(days=15), (last - first) * _LEAD), last + timedelta(days=8)


def _bars(canvas: Canvas, rows: Sequence[DayBar], begin: date, until: date) -> None:
    reached = [_until(row, until) for row in rows]
    bars = (
        (_PLANNED, UNPAID, [(begin, row.planned) for row in rows]),
        (_REACHED, MONEY, [(begin, row.actual and min(row.actual, row.planned or row.actual)) for row in rows]),
        (_REACHED, CAUTION, [(row.planned or begin, end) for row, end in zip(rows, reached, strict=True)]),
    )
    for thick, colour, pieces in bars:
        drawn = [(y, start, end) for y, (start, end) in enumerate(pieces) if end is not None and end > start]
        canvas.bar(
            y=[y for y, _, _ in drawn], base=[start.isoformat() for _, start, _ in drawn],
            x=[(end - start).days * _DAY for _, start, end in drawn], width=thick, marker={"color": colour},
            hoverinfo="text", hovertext=[_hover(canvas, rows[y]) for y, _, _ in drawn],
            customdata=[rows[y].key for y, _, _ in drawn],
        )  # fmt: skip


def _until(row: DayBar, until: date) -> date | None:
    """The day to which a row is late; None where it is not."""
    return (row.actual or until) if row.late and row.planned else None


def _hover(canvas: Canvas, row: DayBar) -> str:
    planned = [Message("计划{day}", {"day": row.planned})] if row.planned else []
    actual = [Message("实际{day}", {"day": row.actual})] if row.actual else []
    # A telephone has room for the days alone; who answers is in the table.
    owner = [row.owner] if row.owner and not canvas.look.narrow else []
    return canvas.hover(row.name, *planned, *actual, row.said, *owner)


def _write(canvas: Canvas, rows: Sequence[DayBar], column: Sequence[str], at: float, *, last: bool) -> None:
    """A column of words right of the plot, that many pixels off it; in the last one what is late stands out."""
    common: dict[str, Any] = {"dx": at, "axes": ("paper", "y"), "size": SMALL_SIZE}
    head, *cells = column
    canvas.add([note(head, 1, _TOP, vertical="top", colour=QUIET, **common)] if head else [])
    for y, (row, cell) in enumerate(zip(rows, cells, strict=True)):
        stands_out = last and row.late
        text = f"<b>{cell}</b>" if stands_out else cell
        canvas.add([note(text, 1, y, colour=CAUTION if stands_out else QUIET if last else INK, **common)])
