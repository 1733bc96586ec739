"""Money against the planned time: what is paid beside what should be, and a month so far beside a month from now on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from core.charts.bars import Bar, draw, longest_first, share_for
from core.charts.frame import INK, LABEL_SIZE, LINE, MONEY, QUIET, SMALL_SIZE, TIME, Draft, Look, note, width
from core.charts.time_axis import date_axis, date_line
from core.errors import Message, Month
from core.model.measure import Measure
from core.model.project import Baseline
from core.text import word
from core.text.numbers import decimal, money


def pace(
    paid: Measure,
    estimate: Measure,
    planned_value: Measure,
    variance: Measure,
    finish: Measure,
    baseline: Baseline,
    look: Look,
) -> go.Figure:
    """Paid money against the even line of the planned time: two points of payment are known, its start and now."""
    draft = look.draft(
        pace_finding(variance.number),
        word("万元"),
        Message("工期线:概算在计划工期内按天均摊;点线:按此前速度延伸"),
        left=36,
        right=22,
        above=16,
        below=24,
    )
    whole = float(estimate.number or 0) or 1.0
    end = baseline.end + timedelta(days=1)
    last = finish.value if isinstance(finish.value, date) else end
    draft.scatter(
        x=[baseline.start, end], y=[0, whole], mode="lines", line={"color": TIME, "width": 2.5}, hoverinfo="skip"
    )
    if paid.number is not None:
        _draw_paid(draft, paid, paid.number, baseline.start, (last, whole), look)
    right = max(end, last) + timedelta(days=20)
    draft.lay(
        xaxis=date_axis(baseline.start, right, look),
        yaxis={"range": [0, whole * 1.12], "visible": False},
    )
    top = max(float(paid.number or 0), float(planned_value.number or 0))
    lines = [
        date_line(baseline.start, right, whole, whole, LINE),
        date_line(paid.as_of, paid.as_of, 0, top, QUIET),
    ]
    notes = [
        note(
            look.say(Message("概算{estimate}", {"estimate": money(estimate.number)})), baseline.start, whole,
            vertical="bottom", size=SMALL_SIZE, colour=QUIET, dy=2,
        ),
        note(
            look.say(Message("截至{day}", {"day": paid.as_of})), paid.as_of, 0, vertical="bottom", size=SMALL_SIZE,
            colour=QUIET, dx=5, dy=3,
        ),
    ]  # fmt: skip
    draft.add([*notes, *_pace_notes(paid, planned_value.number, variance.number, finish, whole, look)], lines)
    return draft.figure()


def _draw_paid(
    draft: Draft, paid: Measure, amount: Decimal, start: date, finish: tuple[date, float], look: Look
) -> None:
    """What is paid: even from the start, dotted on to where it would be spent, a point at the day of the figures."""
    last, whole = finish
    draft.scatter(
        x=[paid.as_of, max(last, paid.as_of)], y=[float(amount), whole], mode="lines", hoverinfo="skip",
        line={"color": MONEY, "width": 1.5, "dash": "dot"},
    )  # fmt: skip
    draft.scatter(
        x=[start, paid.as_of], y=[0, float(amount)], mode="lines", hoverinfo="skip",
        line={"color": MONEY, "width": 3},
    )  # fmt: skip
    draft.scatter(
        x=[paid.as_of], y=[float(amount)], mode="markers", marker={"color": MONEY, "size": 11}, hoverinfo="text",
        hovertext=[look.say(Message("累计支付{paid}万元", {"paid": money(amount)}))],
    )  # fmt: skip


def _pace_notes(
    paid: Measure, due: Decimal | None, gap: Decimal | None, finish: Measure, whole: float, look: Look
) -> Iterator[dict[str, Any]]:
    """What is paid and what should be, the greater one above its point, and when all of it would be; `due`: 万元."""
    if paid.number is None:
        return
    short = gap is not None and gap < 0
    words = look.say(Message("已支付{paid}", {"paid": money(paid.number)}))
    yield note(
        f"<b>{words}</b>", paid.as_of, float(paid.number), dx=10, vertical="top" if short else "bottom",
        size=LABEL_SIZE,
    )  # fmt: skip
    if due is not None:
        yield note(
            look.say(Message("按工期应支付{planned}", {"planned": money(due)})), paid.as_of, float(due),
            anchor="right", dx=-8, vertical="bottom" if short else "top", size=SMALL_SIZE, colour=QUIET,
        )  # fmt: skip
    if isinstance(finish.value, date):
        yield note(
            look.say(Message("约{month}付完", {"month": Month(finish.value)})), finish.value, whole,
            anchor="right", vertical="bottom", size=SMALL_SIZE, dy=2, colour=INK,
        )  # fmt: skip


def pace_finding(gap: Decimal | None) -> Message:
    """How much less or more than evenly over the planned time was paid; `gap`: 万元."""
    if gap is None:
        return Message("支付与计划工期")
    params = {"gap": money(abs(gap))}
    return Message("比按工期均匀支付少{gap}万元", params) if gap < 0 else Message("比按工期均匀支付多{gap}万元", params)


def monthly(so_far: Measure, needed: Measure, ratio: Measure, look: Look) -> go.Figure:
    """Money paid a month so far against what is needed a month from now on."""
    title = monthly_finding(ratio)
    names = (look.say(word("此前月均支付")), look.say(word("今后需达月均")))
    left = max(int(width(name, LABEL_SIZE)) for name in names) + 24
    draft = look.draft(
        title,
        word("万元/月"),
        Message("此前:累计支付÷已过整月;今后:未支付÷剩余整月"),
        left=left,
    )
    bars = longest_first(
        [
            Bar(names[0], so_far.number, money(so_far.number), MONEY),
            Bar(names[1], needed.number, money(needed.number), TIME),
        ]
    )
    draw(draft, bars, label_share=share_for([bar.label for bar in bars], look.plot(left)), thick=0.46)
    return draft.figure()


def monthly_finding(ratio: Measure) -> Message:
    """How many times the pace so far is needed from now on."""
    times = ratio.number
    if times is None:
        return Message("月均支付与需达月均")
    return Message("今后每月需支付此前的{times}倍", {"times": decimal(times, 2)})
