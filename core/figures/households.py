"""Figures of those who benefit: planned scope, unit costs, intensity, homes' size, concentration. Only planned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from core.errors import Message
from core.figures.figure import Bars, Figure, ReferenceLine, ShareCurve, SmallMultiples, Words, by_street, of_project
from core.model.measure import Measure, Measures
from core.model.project import Facts
from core.progress import lorenz as curve_of
from core.text import word
from core.text.numbers import by_unit, decimal, percent

ELSEWHERE = (Decimal(54), Decimal(109))
"""㎡ a household in other towns' projects of the kind (FACTS, trap 16): outside it is marked, not judged."""


def scope(facts: Facts, m: Measures) -> Figure:
    """The planned scope: communities, buildings, households and area of each street, sorted, each from zero."""
    kinds = {"communities": word("小区"), "buildings": word("楼栋"), "households": word("户数"), "area": word("面积")}
    total = [m.one(name) for name in kinds]
    headings = (word("小区（个）"), word("楼栋（栋）"), word("户数（户）"), word("面积（万㎡）"))
    parts = []
    for (name, words), heading, whole in zip(kinds.items(), headings, total, strict=True):
        params = {"what": words, "total": by_unit(whole.number, whole.unit), "unit": whole.unit}
        title = Message("{what}共{total}{unit}", params)
        parts.append(Bars(title, tuple(by_street(facts, m.each(name))), series=(heading,)))
    households = m.each("households")
    most = max(households, key=lambda x: x.number or 0).place or ""
    return of_project(
        facts,
        "scope",
        Message("计划受益范围"),
        Message(
            "计划受益{households}户，{place}最多",
            {"households": by_unit(m.one("households").number, "户"), "place": most},
        ),
        "",
        Message("计划改造范围，不是完成数"),
        SmallMultiples(tuple(parts)),
        (word("街镇"), *headings),
        [
            (place or word("合计"), *(by_unit(x.number, x.unit) for x in (m.one(name, place) for name in kinds)))
            for place in (*facts.places, None)
        ],
        total,
    )


def unit_costs(facts: Facts, m: Measures) -> Figure:
    """Money paid a household, m², building and community of each street, with the project's own as a line."""
    kinds = {
        "household": word("每户"), "m2": word("每平方米"), "building": word("每栋"), "community": word("每小区"),
    }  # fmt: skip
    groups = [
        (words, m.each("paid_unit_cost", key), m.one("paid_unit_cost", None, key)) for key, words in kinds.items()
    ]
    parts = []
    for words, measures, whole in groups:
        value = decimal(whole.number, 2)
        title = Message("{what}（{unit}）全项目{value}", {"what": words, "unit": whole.unit, "value": value})
        said = Message("全项目{value}", {"value": value})
        rule = None if whole.number is None else ReferenceLine(whole.number, said)
        parts.append(Bars(title, tuple(by_street(facts, measures)), rule=rule))
    plan = [m.one("planned_unit_cost", None, key) for key in kinds]
    rows: list[tuple[Words, ...]] = [
        (place or word("全项目已支付"), *(decimal(m.one("paid_unit_cost", place, key).number, 2) for key in kinds))
        for place in (*facts.places, None)
    ]
    rows.append((word("全项目计划"), *(decimal(x.number, 2) for x in plan)))
    return of_project(
        facts,
        "unit_costs",
        Message("已支付单位投资"),
        unit_cost_finding([measures for _, measures, _ in groups]),
        "",
        Message("累计支付÷计划受益数；虚线为全项目。低不等于好，可能开工较晚"),
        SmallMultiples(tuple(parts)),
        (word("街镇"), word("元/户"), word("元/㎡"), word("万元/栋"), word("万元/小区")),
        rows,
        (*(whole for _, _, whole in groups), *plan),
    )


def unit_cost_finding(groups: Sequence[Sequence[Measure]]) -> Message:
    """Name the street that has been paid most by every unit; a group a kind of unit."""
    leaders = {max(ms, key=lambda m: m.number or Decimal(-1)).place for ms in groups if ms}
    if len(leaders) != 1:
        return Message("各街镇已支付单位投资")
    params = {"count": len(groups), "place": leaders.pop() or ""}
    if len(groups) == 2:
        return Message("按两种单位计，{place}已支付都最高", params)
    return Message("按{count}种单位计，{place}已支付都最高", params)


def intensity(facts: Facts, m: Measures) -> Figure:
    """户均支付(全项目平均=1): a street's share of the money over its share of the households."""
    measures = m.each("intensity")
    high = max(measures, key=lambda x: x.number or Decimal(-1))
    low = min(measures, key=lambda x: Decimal("Infinity") if (v := x.number) is None else v)
    params = {
        "high": high.place or "", "most": decimal(high.number, 2), "low": low.place or "",
        "least": decimal(low.number, 2),
    }  # fmt: skip
    name = Message("户均支付（全项目平均=1）")
    return of_project(
        facts,
        "intensity",
        name,
        Message("户均支付：{high}为平均的{most}倍，{low}为{least}倍", params),
        word("倍"),
        Message("支付占比÷户数占比，全项目平均=1。低不等于好，可能开工较晚，待说明"),
        Bars(name, tuple(by_street(facts, measures)), rule=ReferenceLine(Decimal(1), word("全项目平均=1"))),
        (word("街镇"), word("户均支付（全项目平均=1）")),
        [(x.place or "", decimal(x.number, 2)) for x in measures],
        measures,
    )


def household_area(facts: Facts, m: Measures) -> Figure:
    """㎡ a household; streets outside the range seen elsewhere are marked in words and by shape."""
    measures, whole = m.each("area_per_household"), m.one("area_per_household")
    outside = [x for x in measures if (v := x.number) is not None and not ELSEWHERE[0] <= v <= ELSEWHERE[1]]
    params = {"count": len(outside), "low": str(ELSEWHERE[0]), "high": str(ELSEWHERE[1])}

    def shown(x: Measure) -> Words:
        if x not in outside:
            return ""
        value = {"value": decimal(x.number, 2)}
        if (x.number or Decimal(0)) > ELSEWHERE[1]:
            return Message("{value} ▲{flag}", value | {"flag": Message("偏高，待核实")})
        return Message("{value} ▼{flag}", value | {"flag": Message("偏低，待核实")})

    rule = None
    if whole.number is not None:
        rule = ReferenceLine(whole.number, Message("全项目{value}", {"value": decimal(whole.number, 2)}))
    return of_project(
        facts,
        "household_area",
        Message("户均面积"),
        Message("{count}个街镇户均面积超出其他城市同类项目的{low}～{high}㎡", params)
        if outside
        else Message("各街镇户均面积在其他城市同类项目的范围内"),
        word("㎡/户"),
        Message("计划受益面积÷计划受益户数"),
        Bars(Message("户均面积"), tuple(by_street(facts, measures, shown)), rule=rule),
        (word("街镇"), word("㎡/户")),
        [(x.place or word("全项目"), decimal(x.number, 2)) for x in (*measures, whole)],
        (*measures, whole),
    )


def lorenz(facts: Facts, m: Measures, key: str) -> Figure:
    """Describe the distance of the money from following the households (`key` household) or the area (m2)."""
    name, what = {"household": ("gini_households", word("户数")), "m2": ("gini_area", word("面积"))}[key]
    curve, gini = curve_of(facts, key), m.one(name)
    across, up = Message("累计{what}占比", {"what": what}), word("累计支付占比")
    return of_project(
        facts,
        name,
        Message("支付集中度：对{what}", {"what": what}),
        Message("支付对{what}的集中度为{gini}", {"what": what, "gini": decimal(gini.number, 3)}),
        word("%"),
        Message("累计支付占比对{what}占比，按单位支付由低到高；0为完全平均", {"what": what}),
        ShareCurve(tuple(curve), across, up, word("完全平均")),
        (across, up),
        [(percent(x), percent(y)) for x, y in curve],
        (gini,),
    )


def part_of(figure: Figure, at: int, title: Words) -> Bars:
    """One set of a figure of small multiples, under a title of its own."""
    assert isinstance(figure.marks, SmallMultiples)
    return replace(figure.marks.parts[at], title=title)
