"""绩效评分: rates of the level 1 groups, and where the points went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go

from core.charts.bars import Bar, draw, longest_first, share_for
from core.charts.frame import LABEL_SIZE, MONEY, RECONSTRUCTION_BAND, SIDE, Look, label_room, name_lines, width
from core.errors import Message
from core.text import render, word
from core.text.numbers import percent, points

DEDUCTED = "#8A5A00"
"""Points lost. Not red: in China red reads as up."""


@dataclass(frozen=True)
class Rate:
    """A level 1 group: what it got of what was scored."""

    name: str
    points: Decimal
    weight: Decimal
    rate: Decimal | None


@dataclass(frozen=True)
class Deduction:
    """An item that lost points."""

    code: str
    name: str
    points: Decimal


def level1_rates(rates: Sequence[Rate], reconstruction: bool, look: Look) -> go.Figure:
    """得分率 of each level 1 group, the highest first."""
    known = [rate for rate in rates if rate.rate is not None]
    title = (
        Message(
            "{name}得分率最低,为{rate}",
            {"name": (low := min(known, key=lambda r: r.rate or Decimal(0))).name, "rate": percent(low.rate)},
        )
        if known
        else Message("还没有评分")
    )
    names = [render(rate.name, look.language) for rate in rates]
    left = label_room(names)
    draft = look.draft(
        title,
        word("%"),
        Message("得分÷已评指标的分值"),
        RECONSTRUCTION_BAND if reconstruction else None,
        left=left,
    )
    labels = [
        look.say(
            Message(
                "{rate}({points}/{weight})",
                {"rate": percent(rate.rate), "points": points(rate.points), "weight": points(rate.weight)},
            )
        )
        for rate in rates
    ]
    bars = longest_first(
        [Bar(name_lines(name), rate.rate, label, MONEY) for name, rate, label in zip(names, rates, labels, strict=True)]
    )
    draw(draft, bars, label_share=share_for(labels, look.plot(left)))
    return draft.figure()


MOST = 14
"""Bars of one figure; what lost less is added up in a last one."""


def deductions(rows: Sequence[Deduction], reconstruction: bool, look: Look) -> go.Figure:
    """Lost points, the most first, each with the running total behind it."""
    lost = sorted((row for row in rows if row.points > 0), key=lambda row: (-row.points, row.code))
    whole = sum((row.points for row in lost), Decimal(0))
    shown = [(render(row.name, look.language), row.points) for row in (lost if len(lost) <= MOST else lost[: MOST - 1])]
    if len(lost) > MOST:
        rest = lost[MOST - 1 :]
        words = render(Message("其余{count}项", {"count": len(rest)}), look.language)
        shown.append((words, sum((row.points for row in rest), Decimal(0))))
    names = [name_lines(name, room=140 if look.narrow else 240) for name, _ in shown]
    left = SIDE + 10 + max((int(width(line, LABEL_SIZE)) for name in names for line in name.split("<br>")), default=0)
    draft = look.draft(
        Message("{count}项扣分,共扣{points}分", {"count": len(lost), "points": points(whole)})
        if lost
        else Message("没有扣分"),
        word("分"),
        Message("分值减得分;括号内为累计"),
        RECONSTRUCTION_BAND if reconstruction else None,
        left=left,
    )
    bars, running = [], Decimal(0)
    for name, (_, deducted) in zip(names, shown, strict=True):
        running += deducted
        label = look.say(Message("{points}(累计{sum})", {"points": points(deducted), "sum": points(running)}))
        bars.append(Bar(name, deducted, label, DEDUCTED))
    draw(draft, bars, label_share=share_for([bar.label for bar in bars], look.plot(left)), thick=0.66)
    return draft.figure()
