"""Marks on the axis of days: thin lines whose words stand above the plot, in rows so that none lies on another.

Words stand right of their line, as a flag does; left of it where they would leave the picture. A line ends at its own
words; where it has to pass those of another day, it is cut by them. Where they do not fit, and on a telephone, numbers
stand above the lines and the words below the plot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from core.figures.day_marks import ROW
from core.figures.figure import DayMark
from core.figures.palette import AXIS, PAPER, QUIET
from core.render.plotly.canvas import FOOT_SIZE, SIDE, Canvas, note
from core.render.plotly.labels import spread
from core.render.words import width
from core.text.marks import listed

_GAP = 8
"""Pixels from the words of a mark to the next line."""
BESIDE = 4
"""Pixels from a line to its words."""
_MOST_ROWS = 3
_NUMBER = 14
"""Pixels of a number."""


@dataclass(frozen=True)
class Flag:
    """The words of a day: `row` 0 is the lowest above the plot."""

    day: date
    x: float
    words: str
    said: str
    left: bool = False
    """They stand left of the line."""
    row: int = 0

    @property
    def reach(self) -> tuple[float, float]:
        """Pixels from the left that the words take, without the line itself."""
        size = width(self.words, FOOT_SIZE) + BESIDE
        return (self.x - size, self.x) if self.left else (self.x, self.x + size)

    def covers(self, other: Flag) -> bool:
        """Whether the other's line would run through the words."""
        first, last = self.reach
        return first - _GAP < other.x < self.x if self.left else self.x < other.x < last + _GAP


@dataclass(frozen=True)
class PlacedMarks:
    """The marks of a chart, placed."""

    flags: tuple[Flag, ...]
    numbered: tuple[str, ...] = ()
    """Lines below the plot, a numbered mark each; () where the words stand above it."""
    stacked: bool = False
    """On a telephone the words of the plot stand on each other, higher than the plot itself."""

    @property
    def height(self) -> int:
        """Pixels above the plot."""
        if not self.flags:
            return 0
        return (max(each.row for each in self.flags) + 1 + (2 if self.stacked else 0)) * ROW + 2


def place(canvas: Canvas, marks: Sequence[DayMark], along: Callable[[date], float], left: int) -> PlacedMarks:
    """Place the marks. `along`: where a day is, 0..1; `left`: pixels left of the plot."""
    if not marks:
        return PlacedMarks(())
    plot = canvas.plot(left)
    if not canvas.look.narrow:
        flags = [_of_day(canvas, day, along(day) * plot, found) for day, found in _by_day(marks)]
        stood = in_rows(flags, -left + SIDE, plot + SIDE)
        if stood is not None:
            return PlacedMarks(tuple(stood))
    numbers = [Flag(m.day, along(m.day) * plot, chr(ord("①") + n), canvas.say(m.said)) for n, m in enumerate(marks)]
    return PlacedMarks(tuple(numbers), tuple(f"{each.words}{each.said}" for each in numbers), canvas.look.narrow)


def _by_day(marks: Sequence[DayMark]) -> Iterator[tuple[date, list[DayMark]]]:
    for day, found in groupby(marks, lambda mark: mark.day):
        yield day, list(found)


def _of_day(canvas: Canvas, day: date, x: float, marks: Sequence[DayMark]) -> Flag:
    words, said = (
        [canvas.say(each) for each in texts] for texts in zip(*((m.text, m.said) for m in marks), strict=True)
    )
    return Flag(day, x, listed(words, canvas.look.language), "<br>".join(said))


def in_rows(flags: Sequence[Flag], first: float, last: float) -> list[Flag] | None:
    """The flags (in the order of time) in rows between two edges; None: they do not fit."""
    sided = [replace(each, left=each.reach[1] > last) for each in flags]
    if any(each.left and each.reach[0] < first for each in sided):
        return None
    close = close_rows(sided)
    clear = clear_rows(sided, max(close))
    rows = close if clear is None else clear
    return None if max(rows) >= _MOST_ROWS else [replace(flag, row=row) for flag, row in zip(sided, rows, strict=True)]


def clear_rows(sided: Sequence[Flag], most: int) -> list[int] | None:
    """Rows in which no line runs behind words either; None where they need one above `most`.

    Words stand in a higher row than those of each line that they cover, and of words that they would lie on.
    """
    rows = [0] * len(sided)
    while True:
        before = list(rows)
        for at, flag in enumerate(sided):
            below = [rows[n] for n, other in enumerate(sided) if flag.covers(other)]
            below += [rows[n] for n in range(at) if rows[n] == rows[at] and _lie_on(flag, sided[n])]
            rows[at] = max(rows[at], max(below, default=-1) + 1)
        if max(rows) > most:
            return None
        if rows == before:
            return rows


def close_rows(sided: Sequence[Flag]) -> list[int]:
    """As few rows as words need that do not lie on each other, from the last to the first."""
    rows: list[int] = []
    for one in reversed(sided):
        later = zip(reversed(sided), rows, strict=False)
        taken = {row for other, row in later if _lie_on(one, other)}
        rows.append(next(row for row in range(len(sided)) if row not in taken))
    return rows[::-1]


def _lie_on(one: Flag, other: Flag) -> bool:
    (first, last), (start, end) = one.reach, other.reach
    return first < end + _GAP and start < last + _GAP


def draw(canvas: Canvas, placed: PlacedMarks, end: float, above: float, taken: Mapping[date, float]) -> None:
    """Draw them. `end`: where the axis of amounts ends; `above`: pixels above the plot that its own words take;
    `taken`: days that have a line up to an amount already.
    """
    if placed.numbered:
        middles = spread([each.x for each in placed.flags], [_NUMBER] * len(placed.flags))
        for flag, middle in zip(placed.flags, middles, strict=True):
            canvas.add([_words(flag, above, "center", middle - flag.x)])
    else:
        for flag in placed.flags:
            canvas.add([_words(flag, above, "right" if flag.left else "left", -BESIDE if flag.left else BESIDE)])
            # Up to the top of its words, in pixels above the plot.
            canvas.add([], [_line(flag.day) | {
                "yref": "paper", "ysizemode": "pixel", "yanchor": 1, "y0": 0, "y1": above + (flag.row + 1) * ROW,
            }])  # fmt: skip
    for day in sorted({each.day for each in placed.flags}):
        canvas.add([], [_line(day) | {"y0": taken.get(day, 0), "y1": end}])


def _words(flag: Flag, above: float, anchor: str, dx: float) -> dict[str, Any]:
    made = note(
        flag.words, flag.day, 1, size=FOOT_SIZE, colour=QUIET, anchor=anchor, vertical="bottom",
        dx=dx, dy=above + 2 + flag.row * ROW, axes=("x", "paper"),
    )  # fmt: skip
    return made | {"hovertext": flag.said, "bgcolor": PAPER}


def _line(day: date) -> dict[str, Any]:
    return {"type": "line", "x0": day, "x1": day, "layer": "below", "line": {"color": AXIS, "width": 1}}
