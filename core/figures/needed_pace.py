"""Past pace against needed pace: what was paid a month, and what has to be paid a month to be done in the time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from core.errors import Message, Month
from core.figures.figure import ChartLine, Figure, Label, LineChart, of_project, scenario_band
from core.figures.money import estimate_label, paid_label, paid_line
from core.figures.palette import DEDUCTED, MONEY, QUIET, TIME
from core.model.measure import Measures
from core.model.project import Baseline, Facts
from core.progress.forecast import Forecast, months, sentence
from core.text import word
from core.text.amounts import Amount, cell
from core.text.how_computed import printed
from core.text.numbers import decimal

_NAMES = ("paid_per_month", "needed_per_month", "pace_needed", "paid_by_finish", "short_at_finish")


def needed_pace(
    facts: Facts, m: Measures, plan: Baseline, known: Sequence[tuple[date, Decimal]], ahead: Forecast
) -> Figure | None:
    """The payments `known` (万元) by day, the line that leads to the estimate in time, and where the pace so far leads.

    None where there is nothing to compare: no estimate or payment, nothing left to pay, the planned time not begun.
    """
    whole, left = m.one("estimate").number, m.one("remaining", None, "estimate").number
    if whole is None or left is None or left <= 0 or not known or known[-1][0] < plan.start:
        return None
    measures = (*(m.one(name) for name in _NAMES), *ahead.measures)
    return of_project(
        facts,
        "needed",
        Message("此前与今后的月均支付"),
        finding(m, ahead),
        word("万元"),
        Message("此前月均：累计支付÷已过整月；今后每月须付：未支付÷剩余整月；点线：{rule}", {"rule": ahead.rule}),
        _chart(m, plan, whole, known, ahead),
        (word("指标"), word("数值")),
        [(x.name, printed(x)) for x in measures],
        measures,
        scenario_band(ahead.measures),
    )


def finding(m: Measures, ahead: Forecast) -> Message:
    """What has to be paid a month from now on, and how many times the pace so far that is."""
    needed, times = m.one("needed_per_month").number, m.one("pace_needed").number
    if needed is None:
        return Message("计划工期内已没有整月；{forecast}", {"forecast": sentence(ahead)})
    params = {"needed": Amount(needed), "times": decimal(times, 2)}
    if times is None:
        return Message("要在计划工期内付清，今后每月须支付{needed}", params)
    return Message("要在计划工期内付清，今后每月须支付{needed}，为此前月均的{times}倍", params)


def _chart(
    m: Measures, plan: Baseline, whole: Decimal, known: Sequence[tuple[date, Decimal]], ahead: Forecast
) -> LineChart:
    day, paid = known[-1]
    end = plan.end + timedelta(days=1)
    so_far, needed = m.one("paid_per_month").number, m.one("needed_per_month").number
    lines, labels = [], [estimate_label(min(plan.start, known[0][0]), whole)]
    if so_far is not None:
        lines.append(ChartLine(((plan.start, Decimal(0)), known[0]), MONEY))
        words = Message("此前月均{pace}", {"pace": cell(so_far)})
        labels.append(_beside((plan.start, Decimal(0)), (day, paid), words, MONEY))
    if needed is not None:
        faster = so_far is None or needed > so_far
        lines.append(ChartLine(((day, paid), (end, whole)), DEDUCTED if faster else TIME))
        words = Message("今后每月须付{pace}", {"pace": cell(needed)})
        labels.append(_beside((day, paid), (end, whole), words, DEDUCTED if faster else QUIET))
    to_come = [each for each in ahead.days if each > day]
    last = max(end, day, *to_come)
    lines += [ChartLine(((day, paid), (each, whole)), MONEY, "dotted") for each in to_come]
    if to_come:
        labels.append(Label(to_come[-1], whole, Message("{when}付完", {"when": months(ahead)})))
    lines.append(paid_line(known))
    labels.append(paid_label(day, paid, below=True))
    ticks = [
        (plan.start, Message("{month}开工", {"month": Month(plan.start)})),
        (day, Message("{month}数据截至", {"month": Month(day)})),
        (plan.end, Message("{month}计划完工", {"month": Month(plan.end)})),
    ]
    return LineChart(
        Message("此前与今后的月均支付"),
        tuple(lines),
        tuple(labels),
        min(plan.start, known[0][0]),
        last,
        whole,
        level=whole,
        fan=_band((day, paid), whole, to_come, last, open_=ahead.is_open),
        days=(Label(plan.end, whole, Message("计划{month}完工", {"month": Month(plan.end)}), colour=QUIET),),
        ticks=tuple(sorted(ticks, key=lambda each: each[0])),
    )


def _band(
    now: tuple[date, Decimal], whole: Decimal, days: Sequence[date], last: date, *, open_: bool
) -> tuple[tuple[date, Decimal], ...]:
    """Corners of what lies between the fastest and the slowest pace; without a slow end level to the edge."""
    if open_ and days:
        edge = last + timedelta(days=40)
        return (now, (days[0], whole), (edge, whole), (edge, now[1]))
    return (now, *((day, whole) for day in days)) if len(days) > 1 else ()


def _beside(first: tuple[date, Decimal], last: tuple[date, Decimal], words: Message, colour: str) -> Label:
    """Words left of the middle of a line that rises."""
    middle = first[0] + (last[0] - first[0]) / 2
    return Label(middle, (first[1] + last[1]) / 2, words, colour=colour, before=True)
