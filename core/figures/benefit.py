"""受益明细表: who is to benefit at each street and what was paid for each, in figures or as shares of the project."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from core.errors import Message
from core.figures.figure import Words
from core.figures.households import ELSEWHERE
from core.figures.measured_table import MeasuredColumn, MeasuredTable, column, laid_out, with_bars
from core.figures.table import TableCell, TableColumn
from core.model.measure import Measure, Measures
from core.model.project import Facts
from core.progress import partly, quotient
from core.text import word
from core.text.numbers import MISSING, adds_up, count, decimal, money, percent

_SHARES = {
    "share_communities": word("小区占比"),
    "share_buildings": word("楼栋占比"),
    "share_households": word("户数占比"),
    "share_area": word("面积占比"),
    "share_paid": word("支付占比"),
}
_SCOPE, _COST = word("改造规模"), word("单位投资和支付")


def benefit_table(facts: Facts, m: Measures, *, shares: bool = False, chosen: str | None = None) -> MeasuredTable:
    """Lay out the planned scope and what was paid a unit; `shares`: each street's part of the whole instead."""
    if shares:
        return laid_out("benefit", _share_finding(m, chosen), facts, [each for each in _shares(m) if each is not None])
    found = (
        column(m, "communities", None, TableColumn(word("小区（个）"), under=_SCOPE), count),
        column(m, "buildings", None, TableColumn(word("楼栋（栋）"), under=_SCOPE), count),
        _households(m),
        column(m, "area", None, TableColumn(word("面积（万平方米）"), under=_SCOPE), _two),
        _index(m),
        column(m, "paid_unit_cost", "household", TableColumn(word("已支付"), word("元/户"), under=_COST), money),
        _planned(facts, m),
        column(m, "paid_unit_cost", "m2", TableColumn(word("已支付"), word("元/平方米"), under=_COST), money),
        _homes(m),
    )
    return laid_out("benefit", _finding(m, chosen), facts, [each for each in found if each is not None])


def headline(m: Measures, chosen: str | None = None) -> Message:
    """Say who is to benefit, and which streets were paid most and least a household; of a chosen one, its own."""
    scope = _scope(m, chosen)
    if chosen is not None:
        cost, whole = (m.one("paid_unit_cost", place, "household").number for place in (chosen, None))
        times = quotient(cost, whole)
        if times is None:
            return scope
        params = {"scope": scope, "cost": count(cost), "times": decimal(times, 2)}
        return Message("{scope}；户均支付{cost}元，为全项目平均的{times}倍", params)
    known = _known(m.each("intensity"))
    if len(known) < 2 or known[0][1] == known[-1][1]:
        return scope
    (low, least), (high, most) = known[0], known[-1]
    return Message(
        "{scope}；户均支付{high}为全项目的{most}倍，{low}为{least}倍",
        {"scope": scope, "high": high, "most": decimal(most, 2), "low": low, "least": decimal(least, 2)},
    )


def per_household(m: Measures) -> Message | None:
    """Say what is planned for a household of the project and how much of that was paid; None where that is unknown."""
    planned, paid = (m.one(name, None, "household").number for name in ("planned_unit_cost", "paid_unit_cost"))
    if planned is None or paid is None:
        return None
    params = {"planned": money(planned), "paid": money(paid), "rate": percent(quotient(paid, planned), 1)}
    return Message("每户计划投资{planned}元（概算÷户数），已支付{paid}元，占{rate}。", params)


def concentration(m: Measures, chosen: str | None = None) -> tuple[Message, tuple[Measure, ...]] | None:
    """Say how far the money is from following households and area, and of which street that is most plain."""
    by_homes, by_area = m.one("gini_households"), m.one("gini_area")
    known = [
        (text, each)
        for text, each in ((Message("按户数排列，支付集中度{value}", {"value": decimal(by_homes.number, 3)}), by_homes),
                           (Message("按面积排列{value}", {"value": decimal(by_area.number, 3)}), by_area))
        if each.number is not None
    ]  # fmt: skip
    if by_homes.number is None:
        return None
    said = known[0][0]
    if len(known) == 2:
        said = Message("{homes}；{area}", {"homes": known[0][0], "area": known[1][0]})
    params: dict[str, object] = {"said": said}
    behind = [each for _, each in known]
    if (named := _set_apart(m, chosen)) is None:
        return Message("{said}（0为完全均匀）。", params), tuple(behind)
    homes, paid = (m.one(name, named) for name in ("share_households", "share_paid"))
    params |= {"place": named, "homes": percent(homes.number, 1), "paid": percent(paid.number, 1)}
    text = Message("{said}（0为完全均匀）。{place}占户数{homes}，占支付{paid}。", params)
    return text, (*behind, homes, paid)


def planned(m: Measures, place: str | None = None) -> dict[str, Message]:
    """Households, communities and buildings that are planned, with their units, as far as each is reported."""
    units = {"households": word("户"), "communities": word("个小区"), "buildings": word("栋")}
    return {
        name: Message("{count}{unit}", {"count": count(number), "unit": unit})
        for name, unit in units.items()
        if (number := m.one(name, place).number) is not None
    }


def _scope(m: Measures, place: str | None) -> Message:
    """What is planned, as far as it is reported: no figure is named that nobody knows."""
    found = planned(m, place)
    if place is None and "households" in found:
        found = {"households": found["households"]}
    parts = tuple(found.values())
    params: dict[str, object] = {"place": place or "", "parts": parts}
    if place is None and (so_far := partly.homes_so_far(m)) is not None:
        if not parts:
            return so_far
        return Message("计划受益{parts}；{homes}", params | {"homes": so_far})
    if not parts:
        return Message("{place}受益户数未填报", params) if place else Message("部分街镇未填报受益户数")
    return Message("{place}计划受益{parts}", params) if place else Message("计划受益{parts}", params)


def _known(measures: Sequence[Measure]) -> list[tuple[str, Decimal]]:
    """Streets with their figures, the lowest first."""
    found = [(x.place or "", x.number) for x in measures if x.number is not None]
    return sorted(found, key=lambda each: each[1])


def _finding(m: Measures, chosen: str | None) -> Message:
    known = _known(m.each("households"))
    homes = dict(known)
    if chosen in homes and len(known) > 1:
        rank = 1 + sum(value > homes[chosen] for value in homes.values())
        params = {"place": chosen, "all": len(known), "rank": rank}
        return Message("受益明细表：{place}户数在{all}个街镇中居第{rank}", params)
    if len(known) < 2 or known[-1][1] == known[-2][1]:
        return Message("受益明细表")
    if len(known) < len(m.each("households")):
        return Message("受益明细表：已填报的街镇中，{place}户数最多", {"place": known[-1][0]})
    return Message("受益明细表：{place}户数最多", {"place": known[-1][0]})


def _share_finding(m: Measures, chosen: str | None) -> Message:
    if (named := _set_apart(m, chosen)) is None:
        return Message("受益明细表：各街镇占全项目的比例")
    homes, paid = (m.one(name, named).number for name in ("share_households", "share_paid"))
    params = {"place": named, "homes": percent(homes, 1), "paid": percent(paid, 1)}
    return Message("受益明细表：{place}占户数{homes}，占支付{paid}", params)


def _set_apart(m: Measures, chosen: str | None) -> str | None:
    """The chosen street, else that whose part of the money is furthest above its part of the households."""
    paid, homes = ({x.place: x.number for x in m.each(name)} for name in ("share_paid", "share_households"))
    above = {
        place: part - own for place, part in paid.items() if part is not None and (own := homes.get(place)) is not None
    }
    if chosen is not None:
        return chosen if chosen in above else None
    most = max(above, key=lambda place: above[place], default=None)
    return most if most is not None and len(above) > 1 and above[most] > 0 else None


def _two(value: Decimal | None) -> str:
    return decimal(value, 2)


def shares_add_up(m: Measures) -> bool:
    """Whether the streets' parts of the project, as printed, add up to the whole."""
    return all(adds_up([x.number for x in m.each(name)], Decimal(1), 4) for name in _SHARES)


def _shares(m: Measures) -> list[MeasuredColumn | None]:
    return [_share(m, name, words) for name, words in _SHARES.items()]


def _share(m: Measures, name: str, words: str) -> MeasuredColumn | None:
    found = column(m, name, None, TableColumn(words), percent)
    if found is None:
        return None
    barred = with_bars(found, Decimal(1))
    every = {x.number for x in found.measures}

    def cell(place: str | None) -> TableCell:
        # The parts are all there is; where one is unknown they add up to nothing that could be named.
        return barred.cell(place) if place is not None else TableCell(percent(None if None in every else Decimal(1)))

    return MeasuredColumn(found.column, cell, found.measures)


def _households(m: Measures) -> MeasuredColumn | None:
    found = column(m, "households", None, TableColumn(word("户数（户）"), under=_SCOPE), count)
    return None if found is None else with_bars(found)


def _index(m: Measures) -> MeasuredColumn | None:
    """户均支付 of a street over that of the project, as a dot around one."""
    heading = TableColumn(word("户均支付"), word("全项目平均=1"), under=_COST)
    found = column(m, "intensity", None, heading, _two)
    if found is None:
        return None
    values = {x.place: x.number for x in found.measures}
    end = max(Decimal(2), *(value for value in values.values() if value is not None))

    def cell(place: str | None) -> TableCell:
        if place is None:
            return TableCell(_two(Decimal(1)))
        base, at = quotient(Decimal(1), end), quotient(values.get(place), end)
        return TableCell(found.cell(place).text, dot=None if at is None or base is None else (base, at))

    return MeasuredColumn(heading, cell, found.measures)


def _planned(facts: Facts, m: Measures) -> MeasuredColumn | None:
    """What is planned a household: exact for the project and a street with an amount of its own, else a range."""
    whole, every = m.one("planned_unit_cost", None, "household"), m.each("planned_household_cost")
    of_place = {place: [x for x in every if x.place == place] for place in facts.places}
    known = {place: sorted(v for x in of if (v := x.number) is not None) for place, of in of_place.items()}
    if whole.number is None and not any(known.values()):
        return None
    assumed = any(x.is_estimate for x in every)

    def cell(place: str | None) -> TableCell:
        if place is None:
            return TableCell(money(whole.number))
        values = known.get(place)
        return TableCell(_range(values[0], values[-1], money) if values else MISSING)

    unit = word("元/户，街镇为测算值·非批复数") if assumed else word("元/户")
    return MeasuredColumn(TableColumn(word("计划投资"), unit, assumed, under=_COST), cell, (whole, *every))


def _range(low: Decimal, high: Decimal, printed: Callable[[Decimal], str]) -> Words:
    if printed(low) == printed(high):
        return printed(low)
    return Message("{low}～{high}", {"low": printed(low), "high": printed(high)})


def _homes(m: Measures) -> MeasuredColumn | None:
    """平方米 a household, with a word where a street lies outside the range seen elsewhere."""
    low, high = ELSEWHERE
    unit = Message("平方米/户，同类{low}～{high}", {"low": str(low), "high": str(high)})
    found = column(m, "area_per_household", None, TableColumn(word("户均面积"), unit), _two)
    if found is None:
        return None
    values = {x.place: x.number for x in found.measures if x.place is not None}

    def cell(place: str | None) -> TableCell:
        value = values.get(place) if place is not None else None
        flag: Words = ""
        if value is not None and not low <= value <= high:
            flag = word("偏高") if value > high else word("偏低")
        return TableCell(found.cell(place).text, flag=flag)

    return MeasuredColumn(found.column, cell, found.measures)
