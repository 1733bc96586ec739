"""资金使用, 受益情况: what each page shows, from one read of the facts."""

from __future__ import annotations

from dataclasses import dataclass

from core.charts.frame import Panel
from core.errors import Message
from core.model.context import Context
from core.model.measure import Measures
from core.model.project import Facts
from core.model.rights import Deed
from core.progress import lorenz
from core.service import home_panels, money_panels
from core.service.asking import asks
from core.service.desk import Desk
from core.service.project import facts as facts_of
from core.text import word
from core.text.numbers import count, decimal, money, percent


@dataclass(frozen=True)
class BudgetView:
    """资金使用."""

    title: str
    headline: Message
    panels: tuple[Panel, ...]
    note: Message
    empty: bool
    divided: bool
    """Whether the estimate was split by street: there are no keys to choose then."""


@dataclass(frozen=True)
class BeneficiariesView:
    """受益情况."""

    title: str
    headline: Message
    panels: tuple[Panel, ...]
    more: tuple[Panel, ...]
    """更多分析."""
    caution: Message
    empty: bool


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
    desk = Desk(ctx, facts_of(ctx, project), baseline, place, narrow)
    m = desk.figures
    empty = not desk.facts.spend
    panels = () if empty else (
        money_panels.estimate(desk, 400),
        *money_panels.rates_by_street(desk, key),
        money_panels.funding(desk),
        money_panels.rates(desk),
        *((money_panels.pace(desk, desk.baseline), money_panels.monthly(desk)) if desk.baseline is not None else ()),
    )  # fmt: skip
    return BudgetView(
        title=desk.facts.project.name,
        headline=Message(
            "概算{estimate}万元:{places}个街镇已支付{paid}万元({rate}),未支付{left}万元",
            {
                "estimate": money(m.one("estimate").number),
                "places": len(desk.facts.places),
                "paid": money(m.one("paid").number),
                "rate": percent(m.one("paid_rate", None, "estimate").number),
                "left": money(m.one("remaining", None, "estimate").number),
            },
        ),
        panels=panels,
        note=_budget_note(desk.facts),
        empty=empty,
        divided=desk.facts.divided,
    )


@asks(Deed.SEE, until="data")
def beneficiaries(ctx: Context, project: str, place: str | None = None, narrow: bool = False) -> BeneficiariesView:
    """Who is to benefit, and what has been paid for each. Raises UnknownName."""
    desk = Desk(ctx, facts_of(ctx, project), None, place, narrow)
    m = desk.figures
    empty = not desk.facts.renovation
    headline = Message(
        "计划受益{households}户、{communities}个小区、{buildings}栋、{area}万㎡;{finished}",
        {
            "households": count(m.one("households").number),
            "communities": count(m.one("communities").number),
            "buildings": count(m.one("buildings").number),
            "area": decimal(m.one("area").number, 2),
            "finished": finished(m),
        },
    )
    known = bool(desk.facts.spend)
    curve = () if empty else lorenz(desk.facts, "household")
    return BeneficiariesView(
        title=desk.facts.project.name,
        headline=headline,
        panels=()
        if empty
        else (
            home_panels.scope(desk),
            *((home_panels.unit_costs(desk), home_panels.intensity(desk)) if known else ()),
            home_panels.household_area(desk),
        ),
        more=()
        if not curve
        else (
            home_panels.lorenz(desk, "household", "gini_households", word("户数")),
            home_panels.lorenz(desk, "m2", "gini_area", word("面积")),
        ),
        caution=Message("单位支付低不等于好:可能开工较晚或尚未结算,待说明;各数均为计划受益范围,不是完成数。"),
        empty=empty,
    )


def finished(m: Measures) -> Message:
    """How many communities are finished, in words; a total that lacks a street is as good as not reported."""
    done = next((x for x in m.all if x.id == "communities_finished" and x.place is None), None)
    if done is None or done.value is None:
        return Message("完工数未填报")
    return Message("已完工{done}个小区", {"done": count(done.number)})


def _budget_note(facts: Facts) -> Message:
    if facts.divided:
        return Message("概算已分解到街镇:各街镇执行率按各自的批复数计算。")
    return Message("概算只批到项目,未分解到街镇:各街镇只有占概算的比例是确定的,测算执行率随分摊口径而变。")
