"""变化趋势 and 建设进展: what two or more snapshots say, and what is reported beside the two tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.errors import Message
from core.figures import over_time as figures_of
from core.figures.day_marks import day_marks, with_marks
from core.figures.figure import FigurePanel
from core.model.context import Context
from core.model.measure import Measure
from core.model.rights import Deed
from core.progress import forecast
from core.progress.facts_by_place import PAID, FactsByPlace
from core.progress.trend import SnapshotChange, Trend, marks
from core.progress.trend import trend as trend_of
from core.service.base import open_store
from core.service.base.asking import asks
from core.service.base.project import facts as facts_of
from core.service.base.project_figures import FigureTable, ProjectFigures
from core.service.progress import dated_notes
from core.store import read
from core.text import how_computed, word
from core.text.amounts import Amount, as_drawn, cell, headed, is_amount
from core.text.numbers import MISSING, measure


@dataclass(frozen=True)
class TrendView:
    """变化趋势."""

    missing: Message | None
    """Why there is no trend yet; None when there is one."""
    headline: Message | None
    panels: tuple[FigurePanel, ...]
    changes: FigureTable | None
    """Since the last snapshot, by street."""


@dataclass(frozen=True)
class WorkView:
    """建设进展: what places report; empty where nobody does."""

    earned: FigureTable | None
    """Earned value."""
    contracts: FigureTable | None
    """Contract prices against the estimate."""


@asks(Deed.SEE, until="data")
def over_time(
    ctx: Context, project: str, baseline: str | None = None, place: str | None = None, narrow: bool = False
) -> TrendView:
    """What the snapshots up to the context's version say. Raises UnknownName."""
    figures = ProjectFigures(ctx, facts_of(ctx, project), baseline, place, narrow)
    over = found(ctx, project, baseline)
    dated = marks(figures.facts)
    on_axis = day_marks(dated, dated_notes.dated_notes(ctx, project))
    stones = (figures.panel(figures_of.milestones(figures.facts, dated), 330),) if dated else ()
    if over is None:
        return TrendView(Message("只有一期数据，暂无变化趋势；导入下一期后显示。"), None, stones, None)
    needed = figures.measures.one("needed_per_month")
    earned = any(point.earned and point.earned.number is not None for point in over.points)
    # Payments alone against the planned line are what the page's own chart shows.
    curve = (
        (figures.panel(with_marks(figures_of.curve(figures.facts, over), on_axis, dated=True), 400),) if earned else ()
    )
    # Beside each other both are of one height.
    stretches = figures.panel(figures_of.stretches(figures.facts, over.stretches, needed), 400 if curve else 330)
    return TrendView(
        missing=None,
        headline=headline(over),
        panels=(*curve, stretches, *stones),
        changes=_changes(figures, over),
    )


@asks(Deed.SEE)
def payments(ctx: Context, project: str, place: str | None = None) -> list[tuple[date, Decimal]]:
    """What a street was paid (万元), by the days of the snapshots that say it; nothing where none is named.

    Raises UnknownName.
    """
    if place is None:
        return []
    series = read.series(open_store.of(ctx), project, ctx.version)
    known = [(facts.as_of, FactsByPlace(facts, None).amount(PAID, place)) for facts in series]
    return [(day, paid) for day, paid in known if paid is not None]


@asks(Deed.SEE, until="data")
def found(ctx: Context, project: str, baseline: str | None = None) -> Trend | None:
    """The snapshots up to the context's version, taken together; None for fewer than two. Raises UnknownName."""
    return trend_of(read.series(open_store.of(ctx), project, ctx.version), baseline)


@asks(Deed.SEE, until="data")
def work(
    ctx: Context, project: str, baseline: str | None = None, place: str | None = None, narrow: bool = False
) -> WorkView:
    """What earned value and contract prices say of the work. Raises UnknownName."""
    figures = ProjectFigures(ctx, facts_of(ctx, project), baseline, place, narrow)
    reported = {each.id for each in figures.measures.all}
    return WorkView(
        earned=_earned(figures) if "earned_value" in reported else None,
        contracts=_contracts(figures) if "overrun_pct" in reported else None,
    )


def headline(found: Trend) -> Message:
    """What was paid since the snapshot before, and when all will be at the paces seen."""
    whole, stretch = found.paid[0], found.stretches[-1]
    paid = Message(
        "自{day}以来支付{more}，月均{pace}",
        {
            "day": stretch.first,
            "more": Amount(_value(whole.difference)),
            "pace": Amount(_value(stretch.pace)),
        },
    )
    ahead = forecast.forecast(found.mean, found)
    if not ahead.days:
        return paid
    return Message("{paid}；{forecast}（测算值·非批复数）", {"paid": paid, "forecast": forecast.sentence(ahead)})


def _changes(figures: ProjectFigures, found: Trend) -> FigureTable:
    before, after = (Message("{day}", {"day": point.as_of}) for point in found.points[-2:])
    rows: list[tuple[Message | str, ...]] = []
    physical = {change.place: change for change in found.physical}
    for paid, share in zip(found.paid, found.share, strict=True):
        row: list[Message | str] = [paid.place or word("全项目"), *_three(paid), *_three(share)]
        rows.append((*row, *(_three(physical[paid.place]) if physical else ())))
    names = (headed(word("累计支付")), word("占概算"), word("形象进度"))
    headings: list[Message | str] = [word("街镇")]
    for name in names if physical else names[:2]:
        headings += [
            Message("{what} · {day}", {"what": name, "day": before}),
            Message("{what} · {day}", {"what": name, "day": after}),
            Message("{what}变化", {"what": name})
            if name == names[0]
            else Message("{what}变化（百分点）", {"what": name}),
        ]
    every = (*found.paid, *found.share, *found.physical)
    return figures.table(
        "changes",
        Message("与上期相比，各街镇的变化"),
        headings,
        rows,
        [change.difference for change in every],
    )


def _three(change: SnapshotChange) -> tuple[Message | str, ...]:
    """Before, after, and the difference with its sign."""
    known = [_shown(m) if m is not None else MISSING for m in (change.before, change.after)]
    return (*known, _shown(change.difference))


def _shown(m: Measure) -> Message | str:
    return as_drawn(cell(m.number)) if is_amount(m.unit) else measure(m)


def _earned(figures: ProjectFigures) -> FigureTable:
    names = ("physical_progress", "earned_value", "cpi", "spi", "eac")
    found = [figures.measures.one(name) for name in names]
    return figures.table(
        "earned",
        Message("已完成工作量与费用、进度绩效"),
        (word("指标"), word("数值"), word("怎么算"), word("条件")),
        [(m.name, as_drawn(how_computed.printed(m)), m.formula or MISSING, how_computed.condition(m)) for m in found],
        found,
    )


def _contracts(figures: ProjectFigures) -> FigureTable:
    found = [figures.measures.one(name) for name in ("contract_price", "contract_variation", "overrun_pct")]
    return figures.table(
        "contracts",
        Message("合同价与概算"),
        (word("指标"), word("数值"), word("怎么算")),
        [(m.name, as_drawn(how_computed.printed(m)), m.formula or MISSING) for m in found],
        found,
    )


def _value(m: Measure | None) -> Decimal | None:
    return m.value if m is not None and isinstance(m.value, Decimal) else None
