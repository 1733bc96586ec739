"""Figures of two or more snapshots: paid against the planned line, the pace between them, when all will be paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from core.errors import Message, Month
from core.figures.day_marks import late, milestone_name
from core.figures.figure import (
    BarRow,
    Bars,
    ChartLine,
    DayBar,
    DayBars,
    Figure,
    Label,
    LineChart,
    ReferenceLine,
    Words,
    amount,
    of_project,
    scenario_band,
)
from core.figures.money import due_label, estimate_label, paid_label, paid_line, planned_line
from core.figures.palette import MONEY, QUIET
from core.model.measure import Measure, Measures
from core.model.project import Baseline, Facts
from core.progress.milestones import MilestoneMark
from core.progress.trend import Stretch, Trend, TrendPoint
from core.text import word
from core.text.amounts import Amount, cell, exact, headed
from core.text.numbers import MISSING, count


def curve(facts: Facts, trend: Trend) -> Figure:
    """Paid money over the as-of dates (and the value of the work done, where it is known) against the planned line."""
    earned = [point for point in trend.points if point.earned and point.earned.number is not None]
    assumed = scenario_band(point.earned for point in earned if point.earned)
    return of_project(
        facts,
        "curve",
        Message("累计支付与工期线"),
        gap_finding(trend.points),
        word("万元"),
        Message("工期线：概算在计划工期内按天均摊；点线：已完成工作量（概算×形象进度）")
        if earned
        else Message("工期线：概算在计划工期内按天均摊"),
        _curve(trend),
        (
            word("截至"), headed(word("累计支付")), headed(word("按工期应支付")), headed(word("支付进度偏差")),
            headed(word("已完成工作量")),
        ),
        [
            (
                Message("{day}", {"day": point.as_of}),
                *(cell(m.number if m else None) for m in (point.paid, point.planned, point.gap, point.earned)),
            )
            for point in trend.points
        ],
        [m for point in trend.points[-2:] for m in (point.paid, point.planned, point.gap, point.earned) if m],
        assumed,
    )  # fmt: skip


def _curve(trend: Trend) -> LineChart:
    plan, whole, last = trend.baseline, trend.estimate, trend.points[-1]
    known = [(point.as_of, value) for point in trend.points if (value := point.paid.number) is not None]
    earned = [
        (point.as_of, value) for point in trend.points if point.earned and (value := point.earned.number) is not None
    ]
    days = [point.as_of for point in trend.points]
    lines = []
    if plan is not None and whole is not None:
        lines.append(planned_line(plan, whole))
        days += [plan.start, plan.end + timedelta(days=1)]
    lines.append(paid_line(known, whole))
    gap = last.gap.number
    short = gap is None or gap < 0
    labels = [] if last.paid.number is None else [paid_label(last.as_of, last.paid.number, below=short)]
    if (before := trend.points[-2].paid.number) is not None:
        day = trend.points[-2].as_of
        labels.append(Label(day, before, month_and_amount(day, before), colour=QUIET, below=short, before=True))
    if last.planned.number is not None:
        at = last.as_of if plan is None else min(last.as_of, plan.end)
        labels.append(due_label(at, last.planned.number, below=not short))
    if whole is not None:
        labels.append(estimate_label(min(days), whole))
    if earned:
        said = tuple(Message("已完成工作量{earned}", {"earned": exact(value)}) for _, value in earned)
        lines.append(ChartLine(tuple(earned), MONEY, "dashed", said=said))
        words = Message("已完成工作量{earned}", {"earned": cell(earned[-1][1])})
        labels.append(Label(*earned[-1], words, below=True))
    top = max([whole or Decimal(0), *(value for _, value in known)])
    return LineChart(
        gap_finding(trend.points),
        tuple(lines),
        tuple(labels),
        min(days),
        max(days),
        top,
        level=whole,
    )


def of_street(
    facts: Facts, m: Measures, place: str, plan: Baseline | None, known: Sequence[tuple[date, Decimal]]
) -> Figure:
    """Payments of one street over its snapshots (two at least), against its own estimate where it has one."""
    (before, less), (day, value) = known[-2:]
    whole = next((x.number for x in m.each("estimate") if x.place == place), None)
    lines = [paid_line(known, whole)]
    labels = [paid_label(day, value, below=True)]
    days = [each for each, _ in known]
    if plan is not None and whole is not None:
        lines.insert(0, planned_line(plan, whole))
        days += [plan.start, plan.end]
    if whole is not None:
        labels.append(estimate_label(min(days), whole))
    params = {"place": place, "paid": Amount(value), "month": Month(before), "more": Amount(abs(value - less))}
    finding = (
        Message("{place}累计支付{paid}，较{month}少{more}", params)
        if value < less
        else Message("{place}累计支付{paid}，较{month}多{more}", params)
    )
    top = max([whole or Decimal(0), *(paid for _, paid in known)])
    return of_project(
        facts,
        "street_curve",
        Message("{place}累计支付", {"place": place}),
        finding,
        word("万元"),
        Message("工期线：该街镇的批复数在计划工期内按天均摊") if len(lines) > 1 else Message("各期累计支付"),
        LineChart(finding, tuple(lines), tuple(labels), min(days), max(days), top, level=whole),
        (word("截至"), headed(word("累计支付"))),
        [(Message("{day}", {"day": each}), cell(paid)) for each, paid in known],
        (m.one("paid", place),),
    )


def month_and_amount(day: date, value: Decimal) -> Message:
    """2025年3月：9,500.00."""
    return Message("{month}：{paid}", {"month": Month(day), "paid": cell(value)})


def gap_finding(points: Sequence[TrendPoint]) -> Message:
    """Say how payment stands to the planned line, now and at the snapshot before."""
    now, before = points[-1].gap.number, points[-2].gap.number
    if now is None or before is None:
        return Message(
            "累计支付{paid}，上期{before}",
            {"paid": Amount(points[-1].paid.number), "before": Amount(points[-2].paid.number)},
        )
    return Message("比按工期应支付{now}，上期{before}", {"now": _gap_words(now), "before": _gap_words(before)})


def _gap_words(gap: Decimal) -> Message:
    params = {"gap": Amount(abs(gap))}
    return Message("少{gap}", params) if gap < 0 else Message("多{gap}", params)


def stretches(facts: Facts, found: Sequence[Stretch], needed: Measure, most: int = 8) -> Figure:
    """The pace of each of the last stretches, in the order of time, against what is needed to be done on time."""
    shown = found[-most:]
    finding = stretch_finding(shown[-1], needed)
    rule = None
    if needed.number is not None:
        rule = ReferenceLine(needed.number, Message("按期需{needed}", {"needed": cell(needed.number)}))
    rows = tuple(
        BarRow(Message("{first}至{last}", {"first": Month(each.first), "last": Month(each.last)}), (amount(each.pace),))
        for each in shown
    )
    return of_project(
        facts,
        "stretches",
        Message("各期间月均支付"),
        finding,
        word("万元/月"),
        Message("两期累计支付之差÷其间月数；第一段从计划开工起算")
        if shown[0].from_start
        else Message("两期累计支付之差÷其间月数"),
        Bars(finding, rows, rule=rule, ordered=False),
        (word("期间"), headed(word("月均支付"), word("/月"))),
        [
            *(
                (Message("{first}至{last}", {"first": each.first, "last": each.last}), cell(each.pace.number))
                for each in found
            ),
            (word("需达月均支付"), cell(needed.number)),
        ],
        (*(each.pace for each in found), needed),
    )


def stretch_finding(last: Stretch, needed: Measure) -> Message:
    """The pace of the last stretch against what is needed from now on."""
    params = {"pace": Amount(last.pace.number), "needed": Amount(needed.number)}
    if needed.number is None:
        return Message("最近一段月均支付{pace}", params)
    return Message("最近一段月均支付{pace}，按期付完今后需{needed}", params)


def milestones(facts: Facts, marks: Sequence[MilestoneMark], most: int = 12) -> Figure:
    """A row a milestone (of the last ones): a bar to its planned day, one to the actual day, the delay between them."""
    behind = sum(mark.late for mark in marks)
    params = {"all": len(marks), "late": behind}
    rows = tuple(
        DayBar(
            milestone_name(mark),
            mark.milestone.planned,
            mark.milestone.actual,
            _kept(mark),
            mark.late,
            mark.milestone.owner,
            mark.milestone.key,
        )
        for mark in marks[-most:]
    )
    owned = any(mark.milestone.owner for mark in marks)
    return of_project(
        facts,
        "milestones",
        Message("里程碑"),
        Message("{all}个里程碑中{late}个晚于计划", params)
        if behind
        else Message("{all}个里程碑都没有晚于计划", params),
        "",
        Message("灰条到计划日期，蓝条到实际日期，橙条为晚于计划；未完成的算到数据截止日"),
        DayBars(rows, facts.as_of),
        (
            word("里程碑"),
            word("街镇"),
            *((word("责任单位（人）"),) if owned else ()),
            word("计划日期"),
            word("实际日期"),
            word("晚于计划（天）"),
        ),
        [
            (
                mark.milestone.name,
                mark.milestone.place or word("全项目"),
                *((mark.milestone.owner or MISSING,) if owned else ()),
                _said(mark.milestone.planned),
                _said(mark.milestone.actual),
                count(mark.days_late.number),
            )
            for mark in marks
        ],
        [mark.days_late for mark in marks],
    )


def _kept(mark: MilestoneMark) -> Words:
    """How the actual day stands to the planned one."""
    days = mark.days_late.number
    if days is None:
        return word("未到期") if mark.milestone.actual is None else MISSING
    if days > 0:
        return late(mark)
    return Message("早{days}天", {"days": count(-days)}) if days else word("按期")


def _said(day: date | None) -> Words:
    return MISSING if day is None else Message("{day}", {"day": day})
