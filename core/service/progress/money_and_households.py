"""Money and households in figures, from one read of the facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.errors import Message
from core.figures import benefit, comparison, households
from core.figures import money as money_figures
from core.figures.figure import Figure, FigurePanel
from core.figures.paid import paid_by_street
from core.model.context import Context
from core.model.measure import Measures
from core.model.project import Facts
from core.model.rights import Deed
from core.progress.forecast import forecast, paid_points
from core.progress.partly import paid_so_far
from core.progress.trend import Trend
from core.service.base.asking import asks
from core.service.base.project import facts as facts_of
from core.service.base.project_figures import ProjectFigures
from core.service.progress import trend
from core.text.amounts import exact
from core.text.numbers import count, decimal, percent


@dataclass(frozen=True)
class BudgetView:
    """The money in figures, for documents."""

    title: str
    headline: Message
    panels: tuple[FigurePanel, ...]
    note: Message
    empty: bool


@dataclass(frozen=True)
class BeneficiariesView:
    """受益情况 as documents have it."""

    title: str
    headline: Message
    panels: tuple[FigurePanel, ...]
    caution: Message
    empty: bool
    compared: FigurePanel | None
    """改造前后对比; None: none is reported."""


@asks(Deed.SEE, until="data")
def budget(
    ctx: Context,
    project: str,
    baseline: str | None = None,
    key: str | None = None,
    place: str | None = None,
    narrow: bool = False,
) -> BudgetView:
    """Who has drawn on the estimate; `key`: one allocation key, None: all four. Raises UnknownName."""
    figures = ProjectFigures(ctx, facts_of(ctx, project), baseline, place, narrow)
    empty = not (figures.facts.spend or figures.facts.sources or figures.facts.source_money or figures.facts.arrivals)
    over_time = None if not figures.facts.spend or figures.baseline is None else trend.found(ctx, project, baseline)
    return BudgetView(
        title=figures.facts.project.name,
        headline=_budget_headline(figures.facts, figures.measures),
        panels=() if empty else tuple(_money(figures, key, over_time)),
        note=_budget_note(figures.facts),
        empty=empty,
    )


def _budget_headline(facts: Facts, m: Measures) -> Message:
    """Estimate, payment and what is left, as far as each is known; of streets that are silent no sum is claimed."""
    paid, invested, so_far = m.one("paid").number, m.one("invested").number, paid_so_far(m)
    params: dict[str, object] = {"places": len(facts.places), "paid": exact(paid)}
    if not facts.budget_groups:
        if paid is not None:
            return Message("{places}个街镇已支付{paid}，概算未填报", params)
        return so_far or Message("概算和累计支付都未填报")
    params |= {"estimate": exact(m.one("estimate").number), "invested": exact(invested)}
    if so_far is not None:
        return Message("概算{estimate}：{paid}", params | {"paid": so_far})
    if paid is None and invested is not None:
        return Message("概算{estimate}，已投资{invested}；累计支付未填报", params)
    if paid is None:
        return Message("概算{estimate}；累计支付未填报", params)
    params |= {
        "rate": percent(m.one("paid_rate", None, "estimate").number),
        "left": exact(m.one("remaining", None, "estimate").number),
    }
    return Message("概算{estimate}：{places}个街镇已支付{paid}（{rate}），未支付{left}", params)


def _paid_somewhere(m: Measures) -> bool:
    """Whether any place reports payments: without them no figure of this page has anything to draw."""
    return any(each.number is not None for each in m.each("paid"))


def _money(figures: ProjectFigures, key: str | None, over_time: Trend | None) -> Iterator[FigurePanel]:
    facts, m = figures.facts, figures.measures
    if not facts.spend or not _paid_somewhere(m):
        if facts.sources:
            yield figures.panel(money_figures.funding(facts, m), 330)
        return
    if not facts.budget_groups:
        yield figures.panel(paid_by_street(facts, m), scope_height(facts))
        if facts.sources:
            yield figures.panel(money_figures.funding(facts, m), 330)
        return
    yield figures.panel(money_figures.estimate(facts, m), 400)
    by_street = money_figures.street_rates(facts, m, key)
    if by_street is not None:
        yield figures.panel(by_street, 400)
    more: list[Figure] = [money_figures.funding(facts, m)] if facts.sources else []
    more.append(money_figures.rates(facts, m))
    if figures.baseline is not None:
        known, ahead = paid_points(m.one("paid"), over_time), forecast(m.one("finish_forecast"), over_time)
        more += [money_figures.pace(facts, m, figures.baseline, known, ahead), money_figures.monthly(facts, m)]
    for each in more:
        yield figures.panel(each, 330)


@asks(Deed.SEE, until="data")
def beneficiaries(ctx: Context, project: str, place: str | None = None, narrow: bool = False) -> BeneficiariesView:
    """Who is to benefit, and what has been paid for each. Raises UnknownName."""
    figures = ProjectFigures(ctx, facts_of(ctx, project), None, place, narrow)
    m = figures.measures
    empty = not figures.facts.renovation
    known = bool(figures.facts.spend)
    compared = comparison.before_and_after(figures.facts, place)
    return BeneficiariesView(
        title=figures.facts.project.name,
        headline=_homes_headline(m),
        panels=()
        if empty
        else tuple(
            figures.panel(describe(figures.facts, m), scope_height(figures.facts))
            for describe in (
                households.scope,
                *((households.unit_costs, households.intensity) if known else ()),
                households.household_area,
            )
        ),
        caution=Message("单位支付低不等于好：可能开工较晚或尚未结算，待说明；各数均为计划受益范围，不是完成数。"),
        empty=empty,
        compared=None if compared is None else figures.panel(compared, 300),
    )


def _homes_headline(m: Measures) -> Message:
    """What is planned, as far as it is reported, and what is finished of it."""
    parts = [*benefit.planned(m).values()]
    if (area := m.one("area").number) is not None:
        parts.append(Message("{area}万㎡", {"area": decimal(area, 2)}))
    if not parts:
        return Message("部分街镇未填报受益范围；{finished}", {"finished": finished(m)})
    return Message("计划受益{parts}；{finished}", {"parts": tuple(parts), "finished": finished(m)})


def scope_height(facts: Facts) -> int:
    """Pixels of a figure of two rows of bars, so that no street's name lies on another's."""
    return max(430, 160 + 40 * len(facts.places))


def finished(m: Measures, place: str | None = None) -> Message:
    """How many communities are finished, in words; where streets are silent, by how many it is reported."""
    done = next((x for x in m.all if x.id == "communities_finished" and x.place == place), None)
    if done is not None and done.number is not None:
        return Message("已完工{done}个小区", {"done": count(done.number)})
    known = [x.number for x in m.each("communities_finished") if x.number is not None and place in (None, x.place)]
    if not known:
        return Message("完工数未填报")
    params = {"places": len(known), "count": count(sum(known, Decimal(0)))}
    return Message("{places}个街镇填报已完工{count}个小区", params)


def _budget_note(facts: Facts) -> Message:
    if not facts.budget_groups:
        return Message("概算未填报，暂不能算各街镇的执行率。")
    if facts.divided:
        return Message("概算已分解到街镇：各街镇执行率按各自的批复数计算。")
    return Message("概算只批到项目，未分解到街镇：各街镇只有占概算的比例是确定的，测算执行率随分摊口径而变。")
