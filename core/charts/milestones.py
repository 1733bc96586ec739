"""Milestones on the time axis: planned and actual days, the late ones marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from core.charts.bars import names_axis
from core.charts.frame import AXIS, INK, PAPER, QUIET, SMALL_SIZE, Draft, Look, note
from core.charts.time_axis import beside, date_axis, date_line
from core.errors import Message
from core.model.project import Milestone
from core.progress.milestones import Mark
from core.text import render
from core.text.numbers import count

_MOST_NAMES = 6
_MOST_ROWS = 12


def milestones(marks: Sequence[Mark], as_of: date, look: Look) -> go.Figure:
    """A row a milestone: the planned day hollow, the actual one filled, the delay between them."""
    shown = marks[-_MOST_ROWS:]
    late = sum(mark.late for mark in marks)
    title = (
        Message("{all}个里程碑中{late}个晚于计划", {"all": len(marks), "late": late})
        if late
        else Message("{all}个里程碑都没有晚于计划", {"all": len(marks)})
    )
    names = [render(_name(mark.milestone), look.language) for mark in shown]
    left = look.names_room(names, room=130)
    draft = look.draft(
        title, "", Message("空心:计划;实心:实际;已过计划日期未完成的,算到数据截止日"),
        left=left, right=22, above=8, below=24,
    )  # fmt: skip
    rows = range(len(shown))
    planned = [(row, mark.milestone.planned) for row, mark in zip(rows, shown, strict=True) if mark.milestone.planned]
    actual = [(row, mark.milestone.actual) for row, mark in zip(rows, shown, strict=True) if mark.milestone.actual]
    lines: list[dict[str, Any]] = []
    for row, mark in zip(rows, shown, strict=True):
        reached = mark.milestone.actual or as_of
        if mark.late and mark.milestone.planned:
            lines.append(
                date_line(mark.milestone.planned, reached, row, row, INK) | {"line": {"color": INK, "width": 3}}
            )
    draft.scatter(
        x=[day for _, day in planned], y=[row for row, _ in planned], mode="markers", hoverinfo="text",
        marker={"color": PAPER, "size": 11, "symbol": "diamond", "line": {"color": INK, "width": 2}},
        hovertext=[look.say(Message("计划{day}", {"day": day})) for _, day in planned],
    )  # fmt: skip
    draft.scatter(
        x=[day for _, day in actual], y=[row for row, _ in actual], mode="markers", hoverinfo="text",
        marker={"color": INK, "size": 11, "symbol": "diamond"},
        hovertext=[look.say(Message("实际{day}", {"day": day})) for _, day in actual],
    )  # fmt: skip
    days = [day for _, day in (*planned, *actual)] + [as_of]
    first, last = min(days), max(days)
    room = (last - first) * 0.28
    draft.lay(
        xaxis=date_axis(first, last + room, look, left),
        yaxis=names_axis([look.name(name, room=130) for name in names], SMALL_SIZE, [len(shown) - 0.4, -0.8]),
    )
    notes = [
        note(f"<b>{_late(mark, look)}</b>", mark.milestone.actual or as_of, row, dx=10, size=SMALL_SIZE)
        for row, mark in zip(rows, shown, strict=True)
        if mark.late
    ]
    words = look.say(Message("截至{day}", {"day": as_of}))
    place = beside(as_of, (first, last + room), words, look, left, dx=5)
    notes.append(note(words, as_of, -0.78, vertical="top", size=SMALL_SIZE, colour=QUIET, **place))
    draft.add(notes, [*lines, date_line(as_of, as_of, -0.8, len(shown) - 0.4, AXIS)])
    return draft.figure()


def axis_marks(draft: Draft, marks: Sequence[Mark], look: Look, span: tuple[date, date], whole: float) -> float:
    """Marks below the zero of a chart of money over time; where its axis has to end for them.

    The project's own milestones are named (the first few), those of places speak when pointed at.
    """
    shown = [(mark, mark.day) for mark in marks if mark.day is not None]
    if not shown:
        return 0.0
    draft.scatter(
        x=[day for _, day in shown], y=[-0.045 * whole] * len(shown), mode="markers", hoverinfo="text",
        marker={
            "size": 9, "symbol": "diamond", "line": {"color": INK, "width": 1.5},
            "color": [INK if mark.milestone.actual else PAPER for mark, _ in shown],
        },
        hovertext=[
            look.say(Message("{name}:{day}", {"name": _name(mark.milestone), "day": day})) for mark, day in shown
        ],
    )  # fmt: skip
    named = [(mark, day) for mark, day in shown if mark.milestone.place is None][:_MOST_NAMES]
    notes = []
    for number, (mark, day) in enumerate(named):
        words = look.say(_name(mark.milestone)) + (f" <b>{_late(mark, look)}</b>" if mark.late else "")
        along = (day - span[0]) / (span[1] - span[0]) if span[1] > span[0] else 0
        anchor = "left" if along < 0.15 else "right" if along > 0.85 else "center"
        notes.append(
            note(
                words, day, (-0.08 - 0.075 * (number % 2)) * whole, anchor=anchor, vertical="top", size=SMALL_SIZE,
                colour=QUIET,
            )
        )  # fmt: skip
    draft.add(notes, [date_line(span[0], span[1], 0, 0, AXIS)])
    return -0.25 * whole


def _name(milestone: Milestone) -> Message | str:
    if milestone.place is None:
        return milestone.name
    return Message("{place}{name}", {"place": milestone.place, "name": milestone.name})


def _late(mark: Mark, look: Look) -> str:
    days = mark.days_late.value
    params = {"days": count(days if isinstance(days, Decimal) else None)}
    if mark.milestone.actual is None:
        return look.say(Message("已晚{days}天", params))
    return look.say(Message("晚{days}天", params))
