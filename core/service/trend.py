"""变化趋势 and 建设进展: what two or more snapshots say, and what is reported beside the two tables."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.charts import delivery as delivery_charts
from core.charts import milestones as milestone_charts
from core.charts import trend as trend_charts
from core.charts.frame import Panel
from core.errors import Message, Month
from core.model.context import Context
from core.model.measure import Measure
from core.model.rights import Deed
from core.progress.milestones import Mark
from core.progress.trend import Change, Trend, marks
from core.progress.trend import trend as trend_of
from core.service import explain, home
from core.service.asking import asks
from core.service.desk import Desk, Table
from core.service.project import facts as facts_of
from core.store import read
from core.text import word
from core.text.numbers import MISSING, count, measure, money, percent


@dataclass(frozen=True)
class TrendView:
    """变化趋势."""

    missing: Message | None
    """Why there is no trend yet; None when there is one."""
    headline: Message | None
    panels: tuple[Panel, ...]
    changes: Table | None
    """Since the last snapshot, by street."""


@dataclass(frozen=True)
class WorkView:
    """建设进展: what places report; empty where nobody does."""

    money: tuple[Panel, ...]
    """Funds arrived."""
    panels: tuple[Panel, ...]
    earned: Table | None
    """Earned value."""
    satisfaction: Table | None
    outcome: Table | None
    """Homes finished, and inspections passed."""
    contracts: Table | None
    """Contract prices against the estimate."""


@asks(Deed.SEE, until="data")
def over_time(
    ctx: Context, project: str, baseline: str | None = None, place: str | None = None, narrow: bool = False
) -> TrendView:
    """What the snapshots up to the context's version say. Raises UnknownName."""
    desk = Desk(ctx, facts_of(ctx, project), baseline, place, narrow)
    over = found(ctx, project, baseline)
    dated = marks(desk.facts)
    stones = (_milestones(desk, dated),) if dated else ()
    if over is None:
        return TrendView(Message("只有一期数据,暂无变化趋势;导入下一期后显示。"), None, stones, None)
    return TrendView(
        missing=None,
        headline=headline(over),
        panels=(_curve(desk, over, dated), _forecast(desk, over), _stretches(desk, over), *stones),
        changes=_changes(desk, over),
    )


@asks(Deed.SEE, until="data")
def found(ctx: Context, project: str, baseline: str | None = None) -> Trend | None:
    """The snapshots up to the context's version, taken together; None for fewer than two. Raises UnknownName."""
    return trend_of(read.series(home.store(), project, ctx.version), baseline)


@asks(Deed.SEE, until="data")
def work(
    ctx: Context, project: str, baseline: str | None = None, place: str | None = None, narrow: bool = False
) -> WorkView:
    """What is reported of arrivals, physical progress, communities and satisfaction. Raises UnknownName."""
    desk = Desk(ctx, facts_of(ctx, project), baseline, place, narrow)
    reported = {m.id for m in desk.figures.all}
    return WorkView(
        money=(_arrivals(desk),) if "funding_arrived" in reported else (),
        panels=(
            *((_physical(desk),) if "physical_progress" in reported else ()),
            *((_communities(desk),) if reported & {"start_rate", "completion_rate", "acceptance_rate"} else ()),
        ),
        earned=_earned(desk) if "earned_value" in reported else None,
        satisfaction=_satisfaction(desk) if "satisfaction" in reported else None,
        outcome=_outcome(desk, reported) if reported & {"household_completion_rate", "pass_rate"} else None,
        contracts=_contracts(desk) if "overrun_pct" in reported else None,
    )


def headline(found: Trend) -> Message:
    """What was paid since the snapshot before, and when all will be at the paces seen."""
    whole, stretch = found.paid[0], found.stretches[-1]
    paid = Message(
        "自{day}以来支付{more}万元,月均{pace}万元",
        {
            "day": stretch.first,
            "more": money(_value(whole.difference)),
            "pace": money(_value(stretch.pace)),
        },
    )
    fast, slow = found.fastest.value, found.slowest.value
    if not isinstance(fast, date) or not isinstance(slow, date):
        return paid
    params = {"paid": paid, "fast": Month(fast), "slow": Month(slow)}
    if (fast.year, fast.month) == (slow.year, slow.month):
        return Message("{paid};按已有的速度约{fast}付完(测算值·非批复数)", params)
    return Message("{paid};按已有的速度约{fast}至{slow}付完(测算值·非批复数)", params)


def _curve(desk: Desk, found: Trend, dated: Sequence[Mark]) -> Panel:
    rows = [
        (
            Message("{day}", {"day": point.as_of}),
            money(_value(point.paid)),
            money(_value(point.planned)),
            money(_value(point.gap)),
            money(_value(point.earned)),
        )
        for point in found.points
    ]
    behind = [m for point in found.points[-2:] for m in (point.paid, point.planned, point.gap, point.earned) if m]
    return desk.panel(
        "curve",
        Message("累计支付与工期线"),
        trend_charts.curve(found, dated, desk.look(400)),
        (
            word("截至"),
            word("累计支付(万元)"),
            word("按工期应支付(万元)"),
            word("支付进度偏差(万元)"),
            word("已完成工作量(万元)"),
        ),
        rows,
        behind,
    )


def _forecast(desk: Desk, found: Trend) -> Panel:
    days = (found.fastest, found.mean, found.slowest)
    return desk.panel(
        "forecast",
        Message("付完日期推算(测算值·非批复数)"),
        trend_charts.forecast(found, desk.look(400)),
        (word("指标"), word("数值"), word("条件")),
        [(m.name, explain.printed(m), explain.condition(m)) for m in days],
        (*days, *(stretch.pace for stretch in found.stretches)),
    )


def _stretches(desk: Desk, found: Trend) -> Panel:
    needed = desk.figures.one("needed_per_month")
    return desk.panel(
        "stretches",
        Message("各期间月均支付"),
        trend_charts.stretches(found.stretches, needed, desk.look(330)),
        (word("期间"), word("月均支付(万元/月)")),
        [
            *(
                (
                    Message("{first}至{last}", {"first": stretch.first, "last": stretch.last}),
                    money(_value(stretch.pace)),
                )
                for stretch in found.stretches
            ),
            (word("需达月均支付"), money(_value(needed))),
        ],
        (*(stretch.pace for stretch in found.stretches), needed),
    )


def _milestones(desk: Desk, dated: Sequence[Mark]) -> Panel:
    def day(value: date | None) -> Message | str:
        return MISSING if value is None else Message("{day}", {"day": value})

    return desk.panel(
        "milestones",
        Message("里程碑"),
        milestone_charts.milestones(dated, desk.facts.as_of, desk.look(330)),
        (word("里程碑"), word("街镇"), word("计划日期"), word("实际日期"), word("晚于计划(天)")),
        [
            (
                mark.milestone.name,
                mark.milestone.place or word("全项目"),
                day(mark.milestone.planned),
                day(mark.milestone.actual),
                count(_value(mark.days_late)),
            )
            for mark in dated
        ],
        [mark.days_late for mark in dated],
    )


def _changes(desk: Desk, found: Trend) -> Table:
    before, after = (Message("{day}", {"day": point.as_of}) for point in found.points[-2:])
    rows: list[tuple[Message | str, ...]] = []
    physical = {change.place: change for change in found.physical}
    for paid, share in zip(found.paid, found.share, strict=True):
        row: list[Message | str] = [paid.place or word("全项目"), *_three(paid), *_three(share)]
        rows.append((*row, *(_three(physical[paid.place]) if physical else ())))
    names = (word("累计支付(万元)"), word("占概算"), word("形象进度"))
    headings: list[Message | str] = [word("街镇")]
    for name in names if physical else names[:2]:
        headings += [
            Message("{what} {day}", {"what": name, "day": before}),
            Message("{what} {day}", {"what": name, "day": after}),
            Message("{what} 变化", {"what": name})
            if name == names[0]
            else Message("{what} 变化(百分点)", {"what": name}),
        ]
    every = (*found.paid, *found.share, *found.physical)
    return desk.table(
        "changes",
        Message("与上期相比,各街镇的变化"),
        headings,
        rows,
        [change.difference for change in every],
    )


def _three(change: Change) -> tuple[Message | str, ...]:
    """Before, after, and the difference with its sign."""
    known = [measure(m) if m is not None else MISSING for m in (change.before, change.after)]
    return (*known, measure(change.difference))


def _arrivals(desk: Desk) -> Panel:
    m = desk.figures
    named = {str(each.source): each.name for each in desk.facts.funding}
    rates = [x for x in m.all if x.id == "arrival_rate" and x.basis != "funding"]
    total = m.one("arrival_rate", None, "funding")
    amounts = [m.one("funding_arrived", None, x.basis) for x in (*rates, total)]
    names = {x.basis or "": named.get(x.basis or "", explain.BASES[x.basis or ""]) for x in rates}
    return desk.panel(
        "arrivals",
        Message("资金到位"),
        delivery_charts.arrivals(rates, total, names, desk.look(330)),
        (word("来源"), word("到位(万元)"), word("到位率")),
        [
            (names.get(x.basis or "", word("合计")), money(_value(amount)), percent(_value(x)))
            for x, amount in zip((*rates, total), amounts, strict=True)
        ],
        (*amounts, *rates, total, m.one("paid_rate", None, "arrived")),
    )


def _physical(desk: Desk) -> Panel:
    m = desk.figures
    places, whole, paid = m.each("physical_progress"), m.one("physical_progress"), m.one("paid_rate", None, "estimate")
    return desk.panel(
        "physical",
        Message("形象进度"),
        delivery_charts.physical(places, whole, paid, desk.look(400)),
        (word("街镇"), word("形象进度"), word("条件")),
        [(x.place or word("全项目"), percent(_value(x)), explain.condition(x)) for x in (*places, whole)],
        (whole, *places),
    )


def _communities(desk: Desk) -> Panel:
    m = desk.figures
    kinds = {"start_rate": word("开工率"), "completion_rate": word("完工率"), "acceptance_rate": word("验收率")}
    known = {name: words for name, words in kinds.items() if m.each(name)}
    done = [x for x in m.all if x.id == "communities_finished" and x.place is None]
    where: tuple[str | None, ...] = (*desk.facts.places, None)
    return desk.panel(
        "communities",
        Message("小区的开工、完工和验收"),
        delivery_charts.communities(
            [(words, m.each(name)) for name, words in known.items()],
            (done[0], m.one("communities")) if done else None,
            desk.look(400),
        ),
        (word("街镇"), *known.values()),
        [(place or word("全项目"), *(_of(m.one(name, place)) for name in known)) for place in where],
        [m.one(name, place) for name in known for place in (None, *desk.facts.places)],
    )


def _of(rate: Measure) -> str:
    if rate.numerator is None:
        return percent(_value(rate))
    return f"{count(rate.numerator)}/{count(rate.denominator)} ({percent(_value(rate))})"


def _earned(desk: Desk) -> Table:
    names = ("physical_progress", "earned_value", "cpi", "spi", "eac")
    found = [desk.figures.one(name) for name in names]
    return desk.table(
        "earned",
        Message("已完成工作量与费用、进度绩效"),
        (word("指标"), word("数值"), word("怎么算"), word("条件")),
        [(m.name, explain.printed(m), m.formula or MISSING, explain.condition(m)) for m in found],
        found,
    )


def _satisfaction(desk: Desk) -> Table:
    m = desk.figures
    found = (*m.each("satisfaction"), m.one("satisfaction"))
    return desk.table(
        "satisfaction",
        Message("满意度(按有效问卷加权,共{answers}份)", {"answers": count(_value(m.one("surveyed")))}),
        (word("街镇"), word("满意度")),
        [(x.place or word("全项目"), percent(_value(x))) for x in found],
        found,
    )


def _outcome(desk: Desk, reported: Set[str]) -> Table:
    kinds = {"household_completion_rate": word("完工户数÷计划户数"), "pass_rate": word("合格数÷已验收数")}
    known = {name: words for name, words in kinds.items() if name in reported}
    where: tuple[str | None, ...] = (*desk.facts.places, None)
    return desk.table(
        "outcome",
        Message("完工户数与验收合格"),
        (word("街镇"), *known.values()),
        [(place or word("全项目"), *(_of(desk.figures.one(name, place)) for name in known)) for place in where],
        [desk.figures.one(name, place) for name in known for place in (None, *desk.facts.places)],
    )


def _contracts(desk: Desk) -> Table:
    found = [desk.figures.one(name) for name in ("contract_price", "contract_variation", "overrun_pct")]
    return desk.table(
        "contracts",
        Message("合同价与概算"),
        (word("指标"), word("数值"), word("怎么算")),
        [(m.name, explain.printed(m), m.formula or MISSING) for m in found],
        found,
    )


def _value(m: Measure | None) -> Decimal | None:
    return m.value if m is not None and isinstance(m.value, Decimal) else None
