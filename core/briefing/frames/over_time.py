"""The frame of two or more snapshots: 变化趋势."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from core.briefing.frames.frame import Bars, Frame, Label, Line, Lines, Row, Rule
from core.briefing.frames.maker import Maker
from core.briefing.frames.money import ticks
from core.charts.frame import MONEY, QUIET, SCENARIO_BAND, TIME
from core.charts.trend import gap_finding, stretch_finding
from core.errors import Message, Month
from core.progress.trend import Trend
from core.text import word
from core.text.numbers import money

_MOST_STRETCHES = 6


def trend(make: Maker, found: Trend, headline: Message) -> Frame:
    """变化趋势: what was paid by each as-of day against the planned line, and the pace between the days."""
    # The headline says when all will be paid, at the paces seen: an assumption.
    forecast = found.fastest.value is not None
    return make.frame(
        "trend",
        word("变化趋势"),
        headline,
        word("万元,万元/月"),
        Message("工期线:概算在计划工期内按天均摊;月均:两期累计支付之差÷其间月数"),
        charts=[_curve(make, found), _stretches(make, found)],
        due=(SCENARIO_BAND,) if forecast else (),
    )


def _curve(make: Maker, found: Trend) -> Lines:
    zero, plan = Decimal(0), found.baseline
    points = [(point.as_of, value) for point in found.points if (value := point.paid.number) is not None]
    days = [point.as_of for point in found.points]
    lines: list[Line] = []
    labels: list[Label] = []
    if plan is not None and found.estimate is not None:
        end = plan.end + timedelta(days=1)
        days += [plan.start, end]
        lines.append(Line(((plan.start, zero), (end, found.estimate)), TIME))
        if points and plan.start < points[0][0]:
            lines.append(Line(((plan.start, zero), points[0]), MONEY, "dotted"))
    lines.append(Line(tuple(points), MONEY, heavy=True, dots=True))
    first, last = min(days), max(days) + timedelta(days=20)
    top = max([found.estimate or zero, *(value for _, value in points)])
    newest = found.points[-1]
    for n, (day, value) in enumerate(reversed(points[-3:])):
        text = Message("{month} {paid}", {"month": Month(day), "paid": money(value)})
        labels.append(Label(day, value, make.say(text), strong=n == 0, colour=MONEY if n == 0 else QUIET))
    if newest.planned.number is not None and plan is not None:
        words = make.say(Message("按工期应支付{planned}", {"planned": money(newest.planned.number)}))
        labels.append(Label(min(newest.as_of, plan.end), newest.planned.number, words, colour=QUIET))
    if found.estimate is not None:
        words = make.say(Message("概算{estimate}", {"estimate": money(found.estimate)}))
        labels.append(Label(first, found.estimate, words, colour=QUIET))
    earned = [(point.as_of, value) for point in found.points if point.earned and (value := point.earned.number)]
    if earned:
        lines.append(Line(tuple(earned), MONEY, "dashed"))
        words = make.say(Message("已完成工作量{earned}", {"earned": money(earned[-1][1])}))
        labels.append(Label(*earned[-1], words))
    title = make.say(gap_finding(found.points))
    return Lines(title, tuple(lines), tuple(labels), first, last, top, ticks=ticks(make, first, last))


def _stretches(make: Maker, found: Trend) -> Bars:
    shown = found.stretches[-_MOST_STRETCHES:]
    needed = make.figures.one("needed_per_month")
    rows = [
        Row(
            make.say(Message("{first}至{last}", {"first": Month(each.first), "last": Month(each.last)})),
            (make.amount(each.pace),),
        )
        for each in shown
    ]
    rule = (
        None
        if needed.number is None
        else Rule(needed.number, make.say(Message("按期需{needed}", {"needed": money(needed.number)})))
    )
    return Bars(make.say(stretch_finding(shown[-1], needed)), tuple(rows), rule=rule, ordered=False)
