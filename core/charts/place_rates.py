"""Each street's own rate of use, where the approved estimate was split by street: facts, nothing shared out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import plotly.graph_objects as go

from core.charts.bars import Bar, Line, draw, longest_first, share_for
from core.charts.frame import Look
from core.errors import Message
from core.model.measure import Measure
from core.text import word
from core.text.numbers import percent


def place_rates(rates: Sequence[Measure], whole: Measure, look: Look) -> go.Figure:
    """`rates`: the rate of each street against its own approved amount, 0..1; `whole`: the project's own rate."""
    bars = longest_first(
        [
            Bar(look.name(m.place or ""), m.number, percent(m.number), look.colours[m.place or ""], m.place, False, s)
            for m, s in zip(rates, look.strength([m.place or "" for m in rates]), strict=True)
        ]
    )
    left = look.names_room([m.place or "" for m in rates])
    draft = look.draft(
        highest_and_lowest([m for m in rates if m.number is not None]),
        word("%"),
        Message("累计支付÷该街镇批复数"),
        left=left,
        above=20,
        below=8,
    )
    label = look.say(Message("全项目{rate}", {"rate": percent(whole.number)}))
    draw(
        draft,
        bars,
        lines=[Line(whole.number or Decimal(0), label)],
        label_share=share_for([percent(m.number) for m in rates], look.plot(left)),
    )
    return draft.figure()


def highest_and_lowest(rates: Sequence[Measure]) -> Message:
    """Who has drawn on their own amount most and least; `rates`: those that are known."""
    if not rates:
        return Message("各街镇执行率")
    ordered = sorted(rates, key=lambda m: m.number or Decimal(0))
    first, last = ordered[-1], ordered[0]
    return Message(
        "{high}执行率最高,为{most};{low}最低,为{least}",
        {
            "high": first.place or "",
            "most": percent(first.number),
            "low": last.place or "",
            "least": percent(last.number),
        },
    )
