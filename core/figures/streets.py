"""各街镇: the street table of 总览, a row a street with all that is exact for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from core.errors import Message, Month
from core.figures.figure import Bars, Figure, Words, by_street, of_project
from core.figures.measured_table import MeasuredColumn, MeasuredTable, column, laid_out, source, with_bars
from core.figures.table import TableCell, TableColumn
from core.model.measure import Measures
from core.model.project import Facts
from core.progress import quotient
from core.progress.alarms import Alarm, Rule
from core.progress.facts_by_place import KEYS
from core.progress.trend import Trend
from core.text import word
from core.text.amounts import Amount, cell, headed, unit_of_amounts
from core.text.numbers import MISSING, count, decimal, money, percent

_WARNED: dict[Rule, str] = {
    "rate_low": word("执行率低"),
    "rate_high": word("执行率高"),
    "physical": word("支付与形象不符"),
}


def street_table(
    facts: Facts,
    m: Measures,
    over_time: Trend | None,
    alarms: Iterable[Alarm],
    chosen: str | None = None,
    since: date | None = None,
) -> MeasuredTable:
    """Lay out what each street has; a column without any figure is left out.

    `since`: the day that it is compared with, where that was chosen.
    """
    found = [
        each
        for each in (_paid(m), share(m), rates(facts, m), _per_household(m), _households(m), _physical(m),
                     _finished(m), _since(over_time, since), _warned(facts, alarms))
        if each is not None
    ]  # fmt: skip
    return laid_out("streets", finding(facts, m, chosen), facts, found)


def street_figure(facts: Facts, m: Measures, found: MeasuredTable) -> Figure:
    """The table as a figure that goes out by itself: what was paid as bars, beside them what a small table can hold."""
    shown = [at for at, each in enumerate(found.table.columns) if each.name not in _NOT_SENT and not each.assumed]
    columns = [found.table.columns[at] for at in shown]
    headings = [Message("{name}（{unit}）", {"name": x.name, "unit": x.unit}) if x.unit else x.name for x in columns]
    return of_project(
        facts,
        "streets",
        word("各街镇"),
        found.table.finding,
        "",
        word("累计支付占全项目概算"),
        Bars(headed(word("累计支付")), tuple(by_street(facts, m.each("paid")))),
        (found.table.heading, *headings),
        [(row.name, *(row.cells[at].text for at in shown)) for row in found.table.every],
        found.measures,
    )


_NOT_SENT = (word("累计支付"), word("执行率"), word("预警"))
"""Columns that the bars show, or that need more words than a picture has room for."""


def finding(facts: Facts, m: Measures, chosen: str | None = None) -> Message:
    """Name the streets with the highest and the lowest payment a household; of a chosen one, where it stands."""
    costs = {x.place: x.number for x in m.each("paid_unit_cost", "household") if x.number is not None}
    if chosen in costs and len(costs) > 1:
        rank = 1 + sum(value > costs[chosen] for value in costs.values())
        params = {"place": chosen, "cost": count(costs[chosen]), "rank": rank, "all": len(costs)}
        return Message("{place}户均支付{cost}元，在{all}个街镇中居第{rank}", params)
    ordered = sorted(costs, key=lambda place: costs[place])
    if len(ordered) < 2 or costs[ordered[0]] == costs[ordered[-1]]:
        return Message("各街镇的支付与受益") if facts.renovation else Message("各街镇的支付")
    low, high = ordered[0], ordered[-1]
    names = {"high": high or "", "low": low or ""}
    if costs[low] == 0:
        said = Message("{high}户均支付最高，{low}还没有支付", names)
    else:
        times = decimal(quotient(costs[high], costs[low]), 1)
        said = Message("{high}户均支付最高，{low}最低，相差{times}倍；请街镇说明原因", names | {"times": times})
    return said if len(costs) == len(facts.places) else of_reported(said)


def of_reported(said: Message) -> Message:
    """Say of whom it is said, where some streets are silent: one of them may be the highest."""
    return Message("已填报的街镇中，{said}", {"said": said})


def _paid(m: Measures) -> MeasuredColumn | None:
    plain = column(m, "paid", None, TableColumn(word("累计支付"), unit_of_amounts()), cell)
    return None if plain is None else with_bars(plain)


def share(m: Measures) -> MeasuredColumn | None:
    """What a street was paid, as a share of the one estimate: exact."""
    whole = m.one("paid_rate", None, "estimate")
    places = column(m, "share_of_estimate", None, TableColumn(word("占概算")), percent)
    if places is None:
        return None

    def at(place: str | None) -> TableCell:
        return places.cell(place) if place is not None else TableCell(percent(whole.number), source=source(whole))

    of_places = tuple(x for x in places.measures if x.place is not None)
    return MeasuredColumn(places.column, at, (*of_places, whole))


def rates(facts: Facts, m: Measures, key: str | None = None) -> MeasuredColumn | None:
    """The rate of use: a fact of a place with an amount of its own, else the range over the keys of apportionment.

    `key`: by that key alone, from zero.
    """
    found = {place: [x for x in m.each("allocated_rate", key) if x.place == place] for place in facts.places}
    known = {
        place: sorted(v for x in every if (v := x.number) is not None) for place, every in found.items()
    }  # fmt: skip
    if not any(known.values()):
        return None
    whole = m.one("paid_rate", None, "estimate").number
    axis = max([whole or Decimal(0), *(values[-1] for values in known.values() if values)])
    assumed = any(x.is_estimate for every in found.values() for x in every)
    name = word("执行率")
    if assumed:
        name = word("测算区间") if key is None else word("测算执行率")

    def at(place: str | None) -> TableCell:
        values = known.get(place or "")
        if place is None:
            return TableCell()
        if not values:
            return TableCell(MISSING)
        low, high = values[0], values[-1]
        stands = source(found[place][0])
        if not any(x.is_estimate for x in found[place]) or (low == high and key is None):
            return TableCell(percent(low), source=stands)
        ends = quotient(low if key is None else Decimal(0), axis), quotient(high, axis)
        text = Message("{low}～{high}", {"low": percent(low), "high": percent(high)})
        return TableCell(
            text if key is None else percent(high),
            span=None if None in ends else (ends[0] or Decimal(0), ends[1] or Decimal(0)),
            source=stands,
        )

    heading = TableColumn(name, word("测算值·非批复数") if assumed else "", assumed)
    behind = tuple(x for every in found.values() for x in (every if assumed else every[:1]))
    return MeasuredColumn(heading, at, behind, quotient(whole, axis) if assumed else None)


def _per_household(m: Measures) -> MeasuredColumn | None:
    return column(m, "paid_unit_cost", KEYS[0].basis, TableColumn(word("户均支付"), word("元/户")), money)


def _households(m: Measures) -> MeasuredColumn | None:
    return column(m, "households", None, TableColumn(word("计划受益"), word("户")), count)


def _physical(m: Measures) -> MeasuredColumn | None:
    return column(m, "physical_progress", None, TableColumn(word("形象进度")), percent)


def _finished(m: Measures) -> MeasuredColumn | None:
    """Households that are finished; where nobody counts these, communities."""
    return column(m, "households_finished", None, TableColumn(word("已完工"), word("户")), count) or column(
        m, "communities_finished", None, TableColumn(word("已完工"), word("个小区")), count
    )


def _since(over_time: Trend | None, day: date | None) -> MeasuredColumn | None:
    if over_time is None:
        return None
    changes = {each.place: each.difference for each in over_time.paid}
    if all(each.number is None for each in changes.values()):
        return None

    def at(place: str | None) -> TableCell:
        found = changes.get(place)
        return TableCell(cell(found.number, "signed") if found is not None else MISSING)

    name = word("较上期") if day is None else Message("较{month}", {"month": Month(day)})
    return MeasuredColumn(TableColumn(name, unit_of_amounts()), at, tuple(changes.values()))


def _warned(facts: Facts, alarms: Iterable[Alarm]) -> MeasuredColumn | None:
    """预警 of a place in a word; the list of 预警 says which limit was crossed by how much."""
    of_place: dict[str, list[Rule]] = {}
    for each in alarms:
        if each.place in facts.places:
            of_place.setdefault(each.place or "", []).append(each.rule)
    if not of_place:
        return None

    def at(place: str | None) -> TableCell:
        rules = dict.fromkeys(of_place.get(place or "", ()))
        words: tuple[Words, ...] = tuple(_WARNED[rule] for rule in rules)
        return TableCell(Message("{words}", {"words": words}) if words else "", warned=bool(words))

    return MeasuredColumn(TableColumn(word("预警")), at, ())


def headline_of(m: Measures, place: str) -> Message:
    """Say what is exact for one street: paid, its part of the estimate, and how its payment a household compares."""
    paid, share = m.one("paid", place).number, m.one("share_of_estimate", place).number
    cost, whole = (m.one("paid_unit_cost", where, KEYS[0].basis).number for where in (place, None))
    params: dict[str, object] = {"place": place, "paid": Amount(paid), "rate": percent(share, 1)}
    said = Message("{place}已支付{paid}", params)
    if share is not None:
        said = Message("{place}已支付{paid}，占全项目概算{rate}", params)
    times = quotient(cost, whole)
    if times is None:
        return said
    params = {"said": said, "cost": count(cost), "times": decimal(times, 2)}
    return Message("{said}；户均{cost}元，为全项目平均的{times}倍", params)
