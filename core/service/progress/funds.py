"""资金使用: who has drawn on the one estimate, from which source, and how fast, from one read of the facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from core.errors import Message
from core.figures import fund_tables, over_time
from core.figures import money as money_figures
from core.figures.day_marks import day_marks, with_marks
from core.figures.figure import Figure, FigurePanel, of_whole
from core.figures.measured_table import MeasuredTable
from core.figures.needed_pace import needed_pace
from core.figures.palette import SCENARIO_BAND
from core.model.context import Context
from core.model.measure import Measures
from core.model.project import Facts
from core.model.rights import Deed
from core.progress import partly
from core.progress.forecast import forecast, paid_points
from core.progress.missing import Missing, money_missing
from core.progress.sources import ALL
from core.progress.trend import Trend
from core.progress.trend import marks as milestones_of
from core.service.base.asking import asks
from core.service.base.project import facts as facts_of
from core.service.base.project_figures import FigureTable, ProjectFigures, RowPanel
from core.service.progress import dated_notes, trend
from core.service.progress.decisions import left_by_source, only_source
from core.text import word
from core.text.amounts import Amount, as_drawn, cell, headed
from core.text.numbers import MISSING, percent

_CHART_HEIGHT = 300


@dataclass(frozen=True)
class FundsView:
    """资金使用."""

    title: str
    headline: Message
    empty: bool
    missing: tuple[Missing, ...]
    """What the page lacks, and how it comes in."""
    divided: bool
    """Whether the estimate was split by street, or there is none: there are no keys to choose then."""
    composition: FigurePanel | None
    """概算的支付构成. None, here and below: there is nothing to show."""
    streets: RowPanel | None
    """资金明细表."""
    notes: tuple[Message, ...]
    """Sentences under 资金明细表."""
    sources: RowPanel | None
    source_notes: tuple[Message, ...]
    bases: RowPanel | None
    """口径: the rate under each denominator."""
    over_time: FigurePanel | None
    """Past pace against needed pace; of a street its payments."""
    by_source: FigureTable | None
    """Money of each source at each street."""


@asks(Deed.SEE, until="data")
def funds(
    ctx: Context,
    project: str,
    baseline: str | None = None,
    key: str | None = None,
    place: str | None = None,
    narrow: bool = False,
) -> FundsView:
    """Who has drawn on the estimate; `key`: one allocation key, None: all four. Raises UnknownName."""
    figures = ProjectFigures(ctx, facts_of(ctx, project), baseline, place, narrow)
    facts, m = figures.facts, figures.measures
    empty = not (facts.spend or facts.sources or facts.source_money or facts.arrivals)
    whole = m.one("paid_rate", None, "estimate").number is not None
    return FundsView(
        title=facts.project.name,
        headline=headline(facts, m) if place is None else street_headline(facts, m, place),
        empty=empty,
        missing=money_missing(facts),
        divided=facts.divided or not facts.budget_groups,
        composition=_composition(figures) if whole else None,
        streets=_rows(figures, fund_tables.fund_table(facts, m, key), Message("资金明细表"), None, traced=True),
        notes=tuple(_notes(facts, m, key)),
        sources=_rows(figures, fund_tables.source_table(facts, m), Message("资金来源"), place),
        source_notes=tuple(each for each in (fund_tables.arrived_note(m),) if each is not None),
        bases=_rows(figures, fund_tables.basis_table(facts, m) if whole else None, Message("支付比例的口径"), place),
        over_time=_chart(ctx, figures, baseline, place),
        by_source=sources_of_streets(figures, place),
    )


def headline(facts: Facts, m: Measures) -> Message:
    """How much of the estimate is paid, and what is left by source; where that is not known, what is known of it."""
    estimate, paid = m.one("estimate").number, m.one("paid").number
    params: dict[str, object] = {"estimate": Amount(estimate), "paid": Amount(paid), "places": len(facts.places)}
    if (so_far := partly.paid_so_far(m)) is not None:
        return so_far
    if paid is None:
        if estimate is None:
            return Message("概算和累计支付均未填报")
        return Message("概算{estimate}；累计支付未填报", params)
    if estimate is None:
        return Message("{places}个街镇已支付{paid}，概算未填报", params)
    left = m.one("remaining", None, "estimate").number or Decimal(0)
    params |= {"rate": percent(m.one("paid_rate", None, "estimate").number, 1), "left": Amount(left)}
    if left < 0:
        return Message("概算{estimate}，已支付{paid}（{rate}），超出概算", params)
    alone = only_source(facts, m, left) if left else None
    if alone is not None:
        return Message("概算{estimate}已支付{rate}；未付的{left}均为{source}", params | {"source": alone})
    parts = left_by_source(facts, m, left) if left else ()
    if parts:
        return Message("概算{estimate}已支付{rate}；未付的{left}中，{parts}", params | {"parts": parts})
    return Message("概算{estimate}已支付{rate}；未付{left}", params)


def street_headline(facts: Facts, m: Measures, place: str) -> Message:
    """What is exact for one street, and between which rates its use of the estimate lies."""
    paid, share = m.one("paid", place).number, m.one("share_of_estimate", place).number
    params: dict[str, object] = {"place": place, "paid": Amount(paid), "share": percent(share, 1)}
    if paid is None:
        return Message("{place}的累计支付未填报", params)
    if share is None:
        return Message("{place}已支付{paid}；概算未填报", params)
    rates = [x for x in m.each("allocated_rate") if x.place == place]
    known = sorted(value for x in rates if (value := x.number) is not None)
    if not known:
        return Message("{place}已支付{paid}，占全项目概算{share}", params)
    params |= {"low": percent(known[0], 1), "high": percent(known[-1], 1), "label": SCENARIO_BAND}
    if not any(x.is_estimate for x in rates):
        return Message("{place}已支付{paid}，占全项目概算{share}，占本街镇概算{low}", params)
    return Message("{place}已支付{paid}，占全项目概算{share}；测算执行率{low}～{high}（{label}）", params)


def _composition(figures: ProjectFigures) -> FigurePanel:
    found = money_figures.estimate(figures.facts, figures.measures)
    # The page's headline says the amounts already.
    return figures.panel(replace(found, finding=found.name), wide=True)


def _rows(
    figures: ProjectFigures, found: MeasuredTable | None, called: Message, place: str | None, *, traced: bool = False
) -> RowPanel | None:
    """The table in the asker's words, marked 全项目 where a street is chosen that it does not follow.

    `traced`: each figure tells where it stands in which file.
    """
    if found is None:
        return None
    table = found.table
    if place is not None:
        table = replace(table, finding=Message("全项目：{finding}", {"finding": table.finding}))
    return figures.rows(table, called, found.measures, traced=traced)


def _notes(facts: Facts, m: Measures, key: str | None) -> Iterator[Message]:
    whole = m.one("paid_rate", None, "estimate").number
    of_keys = {name: m.each("allocated_rate", name) for name in money_figures.KEYS}
    assumed = any(x.is_estimate and x.number is not None for found in of_keys.values() for x in found)
    if assumed and key is None and len(facts.places) > 1:
        finding = money_figures.interval_finding(of_keys)
        params = {"finding": finding, "rate": percent(whole)}
        drawn = Message("{finding}（概算按户数、面积、栋数、小区数分摊）；竖虚线为全项目{rate}。", params)
        yield finding if whole is None else drawn
    elif assumed and whole is not None:
        yield Message("竖虚线为全项目{rate}。", {"rate": percent(whole)})
    if not money_figures.shares_add_up(m):
        yield Message("注：因四舍五入，分项之和与合计可能略有差异。")


def _chart(ctx: Context, figures: ProjectFigures, baseline: str | None, place: str | None) -> FigurePanel | None:
    found = _over_time(ctx, figures, baseline, place)
    return None if found is None else figures.panel(found, _CHART_HEIGHT, wide=True)


def _over_time(ctx: Context, figures: ProjectFigures, baseline: str | None, place: str | None) -> Figure | None:
    """Of a street its payments where several snapshots say them; else the project's pace."""
    facts, m = figures.facts, figures.measures
    marks = day_marks(milestones_of(facts), dated_notes.dated_notes(ctx, facts.project.id), place)
    of_street = trend.payments(ctx, facts.project.id, place)
    if place is not None and len(of_street) > 1:
        street = over_time.of_street(facts, m, place, figures.baseline, of_street)
        return with_marks(street, marks, dated=True)
    found: Trend | None = trend.found(ctx, facts.project.id, baseline) if facts.spend else None
    known = paid_points(m.one("paid"), found)
    if figures.baseline is not None:
        pace = needed_pace(facts, m, figures.baseline, known, forecast(m.one("finish_forecast"), found))
        if pace is not None:
            return of_whole(with_marks(pace, marks), place)
    if found is None or not known:
        return None
    return of_whole(with_marks(over_time.curve(facts, found), marks, dated=True), place)


_FLOWS = ("funding_planned", "funding_arrived", "funding_paid")
_MOST_ROWS = 200
"""Rows of the table of streets and sources; of one street there are no more than it has sources."""


def sources_of_streets(figures: ProjectFigures, place: str | None) -> FigureTable | None:
    """Money of each source at each street, and of all its sources; only of the street that is chosen, if one is."""
    found = {(x.place, x.basis, x.id): x for x in figures.measures.all if x.id in _FLOWS and x.place is not None}
    streets = [each for each in figures.facts.places if place in (None, each)]
    names = {**figures.facts.sources, ALL: word("合计")}
    keys: list[tuple[str, str]] = []
    for street in streets:
        own = [source for source in names if any((street, source, id_) in found for id_ in _FLOWS)]
        keys += [(street, source) for source in (own[:1] if len(own) == 2 else own)]  # one source is all there is
    if not keys:
        return None
    shown = keys[:_MOST_ROWS]

    def amount(street: str, source: str, id_: str) -> Message | str:
        return as_drawn(cell(found[street, source, id_].number)) if (street, source, id_) in found else MISSING

    title = Message("各街镇的资金来源")
    if len(shown) < len(keys):
        title = Message(
            "各街镇的资金来源（前{shown}行，共{all}行；选定一个街镇可看其余）", {"shown": len(shown), "all": len(keys)}
        )
    return figures.table(
        "by_source",
        title,
        (word("街镇"), word("来源"), headed(word("计划")), headed(word("到位")), headed(word("已支付"))),
        [(street, names[source], *(amount(street, source, id_) for id_ in _FLOWS)) for street, source in shown],
        [found[street, source, id_] for street, source in shown for id_ in _FLOWS if (street, source, id_) in found],
    )
