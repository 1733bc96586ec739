"""总览 as slides, frames and the brief tell it; what the page shows is `first_sight`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.errors import Message
from core.figures import households
from core.figures import money as money_figures
from core.figures.figure import Figure, FigurePanel
from core.figures.paid import paid_by_street
from core.model.context import Context
from core.model.key_figure import KeyFigure
from core.model.measure import Measure, Measures
from core.model.project import Facts
from core.model.rights import Deed
from core.progress import partly, quotient
from core.progress.places import not_reported
from core.service.base import open_store
from core.service.base.asking import asks
from core.service.base.project import facts as facts_of
from core.service.base.project_figures import ProjectFigures
from core.service.evidence import findings
from core.service.progress import homes
from core.service.progress.key_figures import KeyFigures
from core.service.progress.money_and_households import finished, scope_height
from core.service.scoring import leading_sheet
from core.store.database import Session
from core.text.amounts import Amount, exact, said
from core.text.numbers import count, decimal, money, percent, pp

OVERVIEW_HEIGHT = 250
"""Pixels of a figure of 总览, so that the page fits a window of 1366 × 768."""


@dataclass(frozen=True)
class OverviewView:
    """总览."""

    title: str
    subtitle: Message
    headline: Message
    cards: tuple[KeyFigure, ...]
    panels: tuple[FigurePanel, ...]
    sentences: Mapping[str, Message]
    """By what each is about: pace, money, places (none without money), and gaps where figures are not reported."""
    rectified: Message | None
    """How far the findings are put right; None: there are none."""
    empty: bool
    """There is neither money nor anybody who benefits."""


@asks(Deed.SEE)
def overview(
    ctx: Context,
    project: str,
    baseline: str | None = None,
    place: str | None = None,
    narrow: bool = False,
    round_id: str | None = None,
) -> OverviewView:
    """What documents say first, of what heads the project or of a round that is named. Raises UnknownName.

    Where that is locked, the figures are those that it was locked on; what waits to be done is of today.
    """
    locked = leading_sheet.as_locked(ctx, project, round_id)
    figures = ProjectFigures(locked, facts_of(locked, project), baseline, place, narrow)
    facts, m = figures.facts, figures.measures
    empty = not facts.spend and not facts.renovation
    unsaid = not_reported(facts)
    gaps = {} if unsaid is None else {"gaps": unsaid}
    return OverviewView(
        title=facts.project.name,
        subtitle=Message("{places} · 数据截至{day}", {"places": facts.places, "day": facts.as_of}),
        headline=paid_and_elapsed(facts, m),
        cards=() if empty else _cards(ctx, leading_sheet.leading_score(ctx, project, round_id), figures),
        panels=() if empty else _overview_panels(locked, project, baseline, place, narrow),
        sentences=(_sentences(facts, m) if facts.spend else {}) | gaps,
        rectified=_rectified(ctx, project),
        empty=empty,
    )


def _overview_panels(
    ctx: Context, project: str, baseline: str | None, place: str | None, narrow: bool
) -> tuple[FigurePanel, ...]:
    # Scores change every second in a meeting, the money once a month: what is drawn of it is drawn once.
    def draw(_: Session) -> tuple[FigurePanel, ...]:
        figures = ProjectFigures(ctx, facts_of(ctx, project), baseline, place, narrow)
        return tuple(
            figures.panel(describe(figures.facts, figures.measures), height)
            for describe, height in _described(figures.facts)
        )

    key = ("overview", project, ctx.version.batch, ctx.version.data, ctx.language, ctx.unit, baseline, place, narrow)
    return open_store.of(ctx).remembered(key, draw)


def _described(facts: Facts) -> tuple[tuple[Callable[[Facts, Measures], Figure], int], ...]:
    """The figures with their heights: of money against its estimate and time, else of what there is."""
    scope = (households.scope, scope_height(facts)), (households.household_area, scope_height(facts))
    if not facts.spend:
        return scope
    if not facts.budget_groups:
        return ((paid_by_street, scope_height(facts)), *scope[: 1 if facts.renovation else 0])
    return (money_figures.payment_and_time, OVERVIEW_HEIGHT), (money_figures.estimate, OVERVIEW_HEIGHT)


def paid_and_elapsed(facts: Facts, m: Measures) -> Message:
    """Say what was paid, of what, and how much of the planned time has passed; without money, who benefits."""
    if not facts.spend:
        parts = homes.reported(m)
        return Message("计划受益{parts}", {"parts": parts}) if parts else Message("受益户数未填报")
    rate, elapsed, gap = m.one("paid_rate", None, "estimate"), m.one("time_elapsed"), m.one("pace_gap").number
    params: dict[str, object] = {
        "paid": exact(m.one("paid").number),
        "rate": percent(rate.number),
        "elapsed": percent(elapsed.number),
        "gap": pp(gap),
    }
    if m.one("paid").number is None:
        known = partly.paid_so_far(m) or Message("累计支付未填报")
        return known if elapsed.number is None else Message("{known}；工期已过{elapsed}", params | {"known": known})
    if not facts.budget_groups:
        return Message("已支付{paid}，概算未填报", params)
    if not facts.baselines:
        return Message("已支付{paid}，占概算{rate}", params)
    if gap is None:
        return Message("已支付{paid}，占概算{rate}；工期已过{elapsed}", params)
    if gap == 0:
        return Message("已支付{paid}，占概算{rate}；工期已过{elapsed}，支付与工期同步", params)
    if gap < 0:
        return Message("已支付{paid}，占概算{rate}；工期已过{elapsed}，支付慢{gap}个百分点", params)
    return Message("已支付{paid}，占概算{rate}；工期已过{elapsed}，支付快{gap}个百分点", params)


def _cards(ctx: Context, head: leading_sheet.LeadingScore, figures: ProjectFigures) -> tuple[KeyFigure, ...]:
    m, make = figures.measures, KeyFigures(figures)
    rate, elapsed = m.one("paid_rate", None, "estimate"), m.one("time_elapsed")
    homes, communities, buildings = m.one("households"), m.one("communities"), m.one("buildings")
    return (
        make.card(
            "paid",
            Message("累计支付"),
            said(m.one("paid").number),
            Message("占概算{rate}", {"rate": percent(rate.number)})
            if figures.facts.budget_groups
            else Message("概算未填报"),
            m.one("paid"),
            rate,
            of="money",
        ),
        make.card(
            "time_elapsed",
            Message("工期已过"),
            Message("{elapsed}", {"elapsed": percent(elapsed.number)}),
            Message("{days}/{all}天", {"days": count(elapsed.numerator), "all": count(elapsed.denominator)}),
            elapsed,
            of="baseline",
        ),
        make.card(
            "households",
            Message("计划受益"),
            Message("{households}户", {"households": count(homes.number)}),
            Message(
                "{communities}个小区、{buildings}栋；{finished}",
                {
                    "communities": count(communities.number),
                    "buildings": count(buildings.number),
                    "finished": finished(m),
                },
            ),
            homes,
            communities,
            buildings,
            of="homes",
        ),
        make.score(head),
    )


def _rectified(ctx: Context, project: str) -> Message | None:
    found = findings.findings(ctx, project).progress
    if not found.every:
        return None
    params = {"done": found.done, "all": found.every, "late": found.overdue}
    return Message("整改{done}/{all}，逾期{late}条", params) if found.overdue else Message("整改{done}/{all}", params)


def _sentences(facts: Facts, m: Measures) -> dict[str, Message]:
    pace = {"pace": _pace_sentence(m)} if facts.baselines else {}
    by_source = {"money": _money_sentence(m)} if facts.sources else {}
    return pace | by_source | {"places": _places_sentence(m)}


def _pace_sentence(m: Measures) -> Message:
    needed, so_far, ratio = (m.one(name).number for name in ("needed_per_month", "paid_per_month", "pace_needed"))
    if needed is None or so_far is None or ratio is None:
        return Message("计划工期内已没有整月，或支付数不全，无法比较月均支付。")
    return Message(
        "进度：按计划工期付完，今后每月需支付{needed}；此前月均{so_far}，需达此前的{ratio}倍。",
        {"needed": exact(needed), "so_far": exact(so_far), "ratio": decimal(ratio, 2)},
    )


def _money_sentence(m: Measures) -> Message:
    paid, bond = m.one("paid").number, m.one("funding_paid", None, "bond").number
    budget_paid, left = m.one("funding_paid", None, "budget").number, m.one("remaining", None, "budget").number
    params = {"paid": exact(paid), "bond": exact(bond), "budget": exact(budget_paid), "left": exact(left)}
    every = [x for x in m.all if x.id == "funding_paid" and x.basis != "funding"]
    if any(x.basis not in ("bond", "budget") for x in every):
        return _by_kind(exact(paid), every)
    if bond is not None and bond == paid and not budget_paid:
        return Message("资金：已支付的{paid}全部是专项债资金；财政预算资金{left}尚未支付。", params)
    return Message("资金：已支付专项债资金{bond}、财政预算资金{budget}；财政预算资金尚有{left}未支付。", params)


def _by_kind(paid: Amount, every: Sequence[Measure]) -> Message:
    """What was paid, where there are other kinds of money than bond and budget."""
    known = [x for x in every if x.number is not None]
    parts = tuple(Message("{name}{paid}", {"name": x.name, "paid": exact(x.number)}) for x in known)
    if not parts:
        return Message("资金：累计支付{paid}，各资金来源的已支付数未填报。", {"paid": paid})
    return Message("资金：累计支付{paid}，其中{parts}。", {"paid": paid, "parts": parts})


def _places_sentence(m: Measures) -> Message:
    costs = sorted(
        (c for c in m.each("paid_unit_cost", "household") if c.number is not None), key=lambda c: c.number or 0
    )
    if len(costs) < 2:
        return Message("街镇：户均支付数据不全，无法比较。")
    low, high = costs[0], costs[-1]
    return Message(
        "街镇：户均支付{high}{most}元，{low}{least}元，前者是后者的{times}倍；可能与开工先后有关，待说明。",
        {
            "high": high.place or "",
            "most": money(high.number),
            "low": low.place or "",
            "least": money(low.number),
            "times": decimal(quotient(high.number, low.number), 1),
        },
    )
