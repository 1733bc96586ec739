"""What the snapshots say together: paid against the planned line, the pace between them, when all will be paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from core.charts.bars import Bar, Line, draw, share_for
from core.charts.frame import (
    INK,
    LABEL_SIZE,
    LINE,
    MONEY,
    PAPER,
    QUIET,
    SCENARIO_BAND,
    SMALL_SIZE,
    TIME,
    Draft,
    Look,
    note,
    width,
)
from core.charts.milestones import axis_marks
from core.charts.time_axis import beside, date_axis, date_line
from core.errors import Message, Month
from core.model.measure import Measure
from core.progress.milestones import Mark
from core.progress.trend import Point, Stretch, Trend
from core.text import render, word
from core.text.numbers import money

_MOST_BARS = 8
_ROOMIER = 1.3
"""How much longer than its dates an axis may get, for the words of the newest point."""
_LEFT = 36
_FAN = "rgba(18,67,109,0.16)"


def curve(trend: Trend, marks: Sequence[Mark], look: Look) -> go.Figure:
    """Paid money over the as-of dates (and the value of the work done, where it is known) against the planned line."""
    points, plan, whole = trend.points, trend.baseline, float(trend.estimate or 0) or 1.0
    earned = [(point, value) for point in points if point.earned and (value := point.earned.number) is not None]
    assumed = any(point.earned.is_estimate for point, _ in earned if point.earned)
    words = (
        Message("工期线:概算在计划工期内按天均摊;点线:已完成工作量(概算×形象进度)")
        if earned
        else Message("工期线:概算在计划工期内按天均摊")
    )
    draft = look.draft(
        gap_finding(points), word("万元"), words, SCENARIO_BAND if assumed else None,
        left=_LEFT, right=22, above=16, below=24,
    )  # fmt: skip
    days = [point.as_of for point in points] + [mark.day for mark in marks if mark.day]
    if plan is not None:
        end = plan.end + timedelta(days=1)
        days += [plan.start, end]
        draft.scatter(
            x=[plan.start, end], y=[0, whole], mode="lines", line={"color": TIME, "width": 2.5}, hoverinfo="skip"
        )
    words_of_last = [_paid_words(points[-1], look), *(_earned_words(value, look) for _, value in earned[-1:])]
    first = min(days)
    last = _room_beside(points[-1].as_of, (first, max(days) + timedelta(days=20)), words_of_last, look)
    _paid_line(draft, trend, look)
    if earned:
        draft.scatter(
            x=[point.as_of for point, _ in earned], y=[float(value) for _, value in earned], mode="lines+markers",
            line={"color": MONEY, "width": 1.5, "dash": "dot"},
            marker={"color": PAPER, "size": 10, "symbol": "diamond", "line": {"color": MONEY, "width": 2}},
            hoverinfo="text",
            hovertext=[look.say(Message("已完成工作量{earned}万元", {"earned": money(value)})) for _, value in earned],
        )  # fmt: skip
    most = max([whole, *(float(point.paid.number or 0) for point in points)])
    floor = axis_marks(draft, marks, look, (first, last), most)
    draft.lay(xaxis=date_axis(first, last, look), yaxis={"range": [floor, most * 1.12], "visible": False})
    draft.add(_curve_words(trend, earned, (first, last), whole, look), [date_line(first, last, whole, whole, LINE)])
    return draft.figure()


def _paid_line(draft: Draft, trend: Trend, look: Look) -> None:
    known = [(point, value) for point in trend.points if (value := point.paid.number) is not None]
    start = trend.baseline.start if trend.baseline else None
    before = [(start, 0.0)] if known and start is not None and start < known[0][0].as_of else []
    line = before + [(point.as_of, float(value)) for point, value in known]
    draft.scatter(
        x=[day for day, _ in line], y=[amount for _, amount in line], mode="lines", hoverinfo="skip",
        line={"color": MONEY, "width": 3},
    )  # fmt: skip
    draft.scatter(
        x=[point.as_of for point, _ in known], y=[float(value) for _, value in known], mode="markers",
        marker={"color": MONEY, "size": 10}, hoverinfo="text",
        hovertext=[
            look.say(Message("截至{day}累计支付{paid}万元", {"day": point.as_of, "paid": money(value)}))
            for point, value in known
        ],
    )  # fmt: skip


def _curve_words(
    trend: Trend, earned: Sequence[tuple[Point, Decimal]], span: tuple[date, date], whole: float, look: Look
) -> list[dict[str, Any]]:
    last = trend.points[-1]
    paid, due, gap = last.paid.number, last.planned.number, last.gap.number
    short = gap is None or gap < 0
    notes = [
        note(
            look.say(Message("概算{estimate}", {"estimate": money(trend.estimate)})), span[0], whole,
            vertical="bottom", size=SMALL_SIZE, colour=QUIET, dy=2,
        )
    ]  # fmt: skip
    if paid is not None:
        words = _paid_words(last, look)
        below = "top" if short else "bottom"
        notes.append(
            note(f"<b>{words}</b>", last.as_of, float(paid), vertical=below, **beside(last.as_of, span, words, look))
        )
    if due is not None:
        words = look.say(Message("按工期应支付{planned}", {"planned": money(due)}))
        notes.append(
            note(
                words, last.as_of, float(due), anchor="right", dx=-8, vertical="bottom" if short else "top",
                size=SMALL_SIZE, colour=QUIET,
            )
        )  # fmt: skip
    if earned:
        point, value = earned[-1]
        words = _earned_words(value, look)
        place = beside(point.as_of, span, words, look)
        notes.append(note(words, point.as_of, float(value), dy=-6, vertical="top", size=SMALL_SIZE, **place))
    # What it is compared with, where the words of the newest point leave room for it.
    earlier = trend.points[-2]
    before, beside_last = earlier.paid.number, beside(last.as_of, span, _paid_words(last, look), look)
    if before is not None and beside_last["anchor"] == "left":
        day = look.say(Message("{day}", {"day": Month(earlier.as_of)}))
        notes.append(
            note(
                f"{day} {money(before)}", earlier.as_of, float(before), anchor="right", dx=-8, dy=3,
                vertical="bottom", size=SMALL_SIZE, colour=QUIET,
            )
        )  # fmt: skip
    return notes


def _paid_words(point: Point, look: Look) -> str:
    return look.say(Message("已支付{paid}", {"paid": money(point.paid.number)}))


def _earned_words(value: Decimal, look: Look) -> str:
    return look.say(Message("已完成工作量{earned}", {"earned": money(value)}))


def _room_beside(day: date, span: tuple[date, date], words: Sequence[str], look: Look) -> date:
    """Where the axis ends so that the words fit right of the day; where that is too far, where it ended anyway."""
    share = 1 - (max(width(text, LABEL_SIZE) for text in words) + 12) / look.plot(_LEFT)
    days = (day - span[0]).days / share if share > 0 else float("inf")
    roomy = days <= (span[1] - span[0]).days * _ROOMIER
    return max(span[1], span[0] + timedelta(days=int(days) + 1)) if roomy else span[1]


def gap_finding(points: Sequence[Point]) -> Message:
    """How payment stands to the planned line, now and at the snapshot before."""
    now, before = points[-1].gap.number, points[-2].gap.number
    if now is None or before is None:
        return Message(
            "累计支付{paid}万元,上期{before}万元",
            {"paid": money(points[-1].paid.number), "before": money(points[-2].paid.number)},
        )
    return Message("比按工期应支付{now},上期{before}", {"now": _gap_words(now), "before": _gap_words(before)})


def _gap_words(gap: Decimal) -> Message:
    params = {"gap": money(abs(gap))}
    return Message("少{gap}万元", params) if gap < 0 else Message("多{gap}万元", params)


def stretches(found: Sequence[Stretch], needed: Measure, look: Look) -> go.Figure:
    """The pace of each stretch, in the order of time, against what is needed to be done on time."""
    shown = found[-_MOST_BARS:]
    due = needed.number
    title = stretch_finding(shown[-1], needed)
    basis = (
        Message("两期累计支付之差÷其间月数;第一段从计划开工起算")
        if shown[0].from_start
        else Message("两期累计支付之差÷其间月数")
    )
    names = [
        render(Message("{first}至{last}", {"first": Month(each.first), "last": Month(each.last)}), look.language)
        for each in shown
    ]
    left = look.names_room(names, room=150)
    draft = look.draft(title, word("万元/月"), basis, left=left)
    bars = [
        Bar(look.name(name, room=150), None if value is None else max(value, Decimal(0)), money(value), MONEY)
        for name, value in zip(names, (each.pace.number for each in shown), strict=True)
    ]
    lines = [] if due is None else [Line(due, look.say(Message("按期需{needed}", {"needed": money(due)})))]
    draw(
        draft, bars, lines=lines, thick=0.46, label_share=share_for([bar.label for bar in bars], look.plot(left)),
    )  # fmt: skip
    return draft.figure()


def stretch_finding(last: Stretch, needed: Measure) -> Message:
    """The pace of the last stretch against what is needed from now on."""
    params = {"pace": money(last.pace.number), "needed": money(needed.number)}
    if needed.number is None:
        return Message("最近一段月均支付{pace}万元", params)
    return Message("最近一段月均支付{pace}万元,按期付完今后需{needed}万元", params)


def forecast(trend: Trend, look: Look) -> go.Figure:
    """What is left, laid on at the pace of the slowest and the fastest stretch, and at the mean: 测算值·非批复数."""
    slowest, mean, fastest = (_day(m) for m in (trend.slowest, trend.mean, trend.fastest))
    paces = [value for each in trend.stretches if (value := each.pace.number) is not None]
    draft = look.draft(
        finish_finding(slowest, fastest),
        word("万元"),
        Message(
            "未支付按各段月均支付外推(最慢{slow}、最快{fast}万元);点线:各期平均;不是计划,也不是承诺",
            {"slow": money(min(paces, default=None)), "fast": money(max(paces, default=None))},
        ),
        SCENARIO_BAND,
        left=_LEFT, right=22, above=16, below=24,
    )  # fmt: skip
    whole, last = float(trend.estimate or 0) or 1.0, trend.points[-1]
    paid, end = float(last.paid.number or 0), trend.baseline.end if trend.baseline else None
    days = [day for day in (slowest, mean, fastest, end) if day is not None]
    first = trend.points[0].as_of
    right = max([last.as_of, *days]) + timedelta(days=40)
    if fastest is not None:
        # Without a slow end the band stays open: level to the edge of the picture.
        far, high, corner = (slowest, whole, []) if slowest is not None else (right, paid, [right])
        draft.scatter(
            x=[last.as_of, fastest, *corner, far], y=[paid, whole, *(whole for _ in corner), high], mode="lines",
            fill="toself", fillcolor=_FAN, line={"width": 0}, hoverinfo="skip",
        )  # fmt: skip
    if mean is not None:
        draft.scatter(
            x=[last.as_of, mean], y=[paid, whole], mode="lines", hoverinfo="skip",
            line={"color": MONEY, "width": 1.5, "dash": "dot"},
        )  # fmt: skip
    _paid_line(draft, trend, look)
    draft.lay(
        xaxis=date_axis(first, right, look),
        yaxis={"range": [0, max(whole, paid) * 1.12], "visible": False},
    )
    lines = [date_line(first, right, whole, whole, LINE)]
    if end is not None and end > first:
        lines.append(date_line(end, end, 0, whole, QUIET))
    draft.add(_forecast_words(trend, (slowest, fastest), (first, right), whole, look), lines)
    return draft.figure()


def _forecast_words(
    trend: Trend, band: tuple[date | None, date | None], span: tuple[date, date], whole: float, look: Look
) -> list[dict[str, Any]]:
    slowest, fastest = band
    last, plan = trend.points[-1], trend.baseline
    paid = last.paid.number
    notes = [
        note(
            look.say(Message("概算{estimate}", {"estimate": money(trend.estimate)})), span[0], whole,
            vertical="bottom", size=SMALL_SIZE, colour=QUIET, dy=2,
        )
    ]  # fmt: skip
    if paid is not None:
        words = _paid_words(last, look)
        place = beside(last.as_of, span, words, look)
        notes.append(note(f"<b>{words}</b>", last.as_of, float(paid), vertical="top", size=LABEL_SIZE, **place))
    if plan is not None and plan.end > span[0]:
        words = look.say(Message("计划{month}完工", {"month": Month(plan.end)}))
        place = beside(plan.end, span, words, look, dx=5)
        notes.append(note(words, plan.end, 0, dy=3, vertical="bottom", size=SMALL_SIZE, colour=QUIET, **place))
    if fastest is not None:
        words = look.say(Message("最快{month}", {"month": Month(fastest)}))
        notes.append(
            note(words, fastest, whole, anchor="right", vertical="bottom", dx=-2, dy=2, size=SMALL_SIZE, colour=INK)
        )
    if slowest is not None and slowest != fastest:
        words = look.say(Message("最慢{month}", {"month": Month(slowest)}))
        notes.append(note(words, slowest, whole, anchor="right", vertical="top", dy=-4, size=SMALL_SIZE, colour=INK))
    return notes


def finish_finding(slowest: date | None, fastest: date | None) -> Message:
    """When all will be paid at the paces seen."""
    if fastest is None:
        return Message("没有可供外推的支付速度")
    params = {"fast": Month(fastest), "slow": Month(slowest or fastest)}
    if slowest is None:
        return Message("按最快一段约{fast}付完;最慢一段没有支付,没有上限", params)
    if (slowest.year, slowest.month) == (fastest.year, fastest.month):
        return Message("按已有的速度约{fast}付完", params)
    return Message("按已有的速度约{fast}至{slow}付完", params)


def _day(m: Measure) -> date | None:
    return m.value if isinstance(m.value, date) else None
