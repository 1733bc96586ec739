"""大事记 and milestones on the axis of days of a chart: what stands there, and in the table behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.errors import Message
from core.figures.figure import DayMark, Figure, Label, LineChart, Words
from core.model.dated_note import DatedNote
from core.progress.milestones import MilestoneMark
from core.text import word
from core.text.numbers import count

MOST = 20
"""Days that are marked on one chart: the newest ones."""
_LONGER = 3
"""An axis gets longer for a mark by this part of its length at most; what lies further away is in the table alone."""


def day_marks(
    stones: Sequence[MilestoneMark], notes: Sequence[DatedNote], place: str | None = None
) -> tuple[DayMark, ...]:
    """The project's milestones, those of the chosen street, and the 大事记, in the order of time."""
    found = [(note.day, note.name) for note in notes] + [
        (mark.day, milestone_words(mark)) for mark in stones if mark.day and mark.milestone.place in (None, place)
    ]
    return tuple(_mark(day, name) for day, name in sorted(found, key=lambda each: each[0]))


def _mark(day: date, name: Words) -> DayMark:
    return DayMark(day, name, Message("{day}：{name}", {"day": day, "name": name}))


def milestone_words(mark: MilestoneMark) -> Words:
    """Its name; of one that has not been reached that it is planned, and how late it is."""
    planned = mark.milestone.actual is None
    params = {"name": milestone_name(mark), "late": late(mark)}
    if planned:
        return Message("{name}（计划，{late}）", params) if mark.late else Message("{name}（计划）", params)
    return Message("{name}（{late}）", params) if mark.late else params["name"]


def milestone_name(mark: MilestoneMark) -> Words:
    """Its name, behind the street's whose it is."""
    milestone = mark.milestone
    if milestone.place is None:
        return milestone.name
    return Message("{place}{name}", {"place": milestone.place, "name": milestone.name})


def late(mark: MilestoneMark) -> Words:
    """How many days late one is, or has been so far."""
    params = {"days": count(mark.days_late.number)}
    return Message("已晚{days}天", params) if mark.milestone.actual is None else Message("晚{days}天", params)


def with_marks(figure: Figure, marks: Sequence[DayMark], *, dated: bool = False) -> Figure:
    """The figure of a chart of lines with the marks on its axis, and all of them in its table.

    `dated`: a row of its table begins with a day, and the marks have a column; else each is a row of name and day.
    """
    chart = figure.marks
    if not marks or not isinstance(chart, LineChart) or not chart.lines:
        return figure
    headings, rows = figure.headings, [*figure.rows]
    if dated:
        empty = [""] * (len(headings) - 1)
        rows = [(*row, "") for row in rows] + [(Message("{day}", {"day": m.day}), *empty, m.text) for m in marks]
        headings = (*headings, word("大事和里程碑"))
    else:
        rows += [(m.text, Message("{day}", {"day": m.day})) for m in marks]
    return replace(figure, marks=_on_axis(chart, marks), headings=headings, rows=tuple(rows))


def _on_axis(chart: LineChart, marks: Sequence[DayMark]) -> LineChart:
    room = (chart.last - chart.first) / _LONGER
    near = tuple(m for m in marks if chart.first - room <= m.day <= chart.last + room)[-MOST:]
    first = min([chart.first, *(m.day for m in near)])
    return replace(
        chart,
        marks=near,
        first=first,
        last=max([chart.last, *(m.day for m in near)]),
        labels=tuple(_at_start(chart, label, first) for label in chart.labels),
    )


def _at_start(chart: LineChart, label: Label, first: date) -> Label:
    """The words of the level line stand where the axis begins."""
    return replace(label, day=first) if (label.day, label.value) == (chart.first, chart.level) else label


def room(figure: Figure, *, narrow: bool) -> int:
    """Pixels that a chart is higher for the marks on its axis."""
    marks = figure.marks.marks if isinstance(figure.marks, LineChart) else ()
    if not marks:
        return 0
    return ROW * (3 + len(marks)) if narrow else 2 * ROW


ROW = 15
"""Pixels of a line of the words of a mark."""
