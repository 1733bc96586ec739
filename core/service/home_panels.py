"""Panels about those who benefit: made of a desk's figures, for 受益情况 and what is made from it."""

from __future__ import annotations

from core.charts import beneficiaries as benefit_charts
from core.charts.frame import Panel
from core.errors import Message
from core.progress import lorenz as curve_of
from core.service.desk import Desk
from core.text import word
from core.text.numbers import decimal, percent


def scope(desk: Desk) -> Panel:
    """The planned scope by street."""
    m = desk.figures
    kinds = ((word("小区"), "communities", 0), (word("楼栋"), "buildings", 0), (word("户数"), "households", 0),
             (word("面积"), "area", 2))  # fmt: skip
    total = [m.one(name) for _, name, _ in kinds]
    where: tuple[str | None, ...] = (*desk.facts.places, None)
    return desk.panel(
        "scope",
        Message("计划受益范围"),
        benefit_charts.scope([(words, m.each(name), digits) for words, name, digits in kinds], total, desk.look()),
        (word("街镇"), word("小区(个)"), word("楼栋(栋)"), word("户数(户)"), word("面积(万㎡)")),
        [
            (
                place or word("合计"),
                *(decimal(m.one(name, place).number, digits) for _, name, digits in kinds),
            )
            for place in where
        ],
        total,
    )


def unit_costs(desk: Desk) -> Panel:
    """Money paid a household, m², building and community."""
    m = desk.figures
    kinds = ((word("每户"), "household"), (word("每平方米"), "m2"), (word("每栋"), "building"),
             (word("每小区"), "community"))  # fmt: skip
    groups = [(words, m.each("paid_unit_cost", key), m.one("paid_unit_cost", None, key)) for words, key in kinds]
    plan = [m.one("planned_unit_cost", None, key) for _, key in kinds]
    where: tuple[str | None, ...] = (*desk.facts.places, None)
    rows: list[tuple[Message | str, ...]] = [
        (
            place or word("全项目已支付"),
            *(decimal(m.one("paid_unit_cost", place, key).number, 2) for _, key in kinds),
        )
        for place in where
    ]
    rows.append((word("全项目计划"), *(decimal(x.number, 2) for x in plan)))
    return desk.panel(
        "unit_costs",
        Message("已支付单位投资"),
        benefit_charts.unit_costs(groups, desk.look()),
        (word("街镇"), word("元/户"), word("元/㎡"), word("万元/栋"), word("万元/小区")),
        rows,
        (*(whole for _, _, whole in groups), *plan),
    )


def intensity(desk: Desk) -> Panel:
    """户均支付 against the average."""
    found = desk.figures.each("intensity")
    return desk.panel(
        "intensity",
        Message("户均支付(全项目平均=1)"),
        benefit_charts.intensity(found, desk.look()),
        (word("街镇"), word("户均支付(全项目平均=1)")),
        [(x.place or "", decimal(x.number, 2)) for x in found],
        found,
    )


def household_area(desk: Desk) -> Panel:
    """㎡ a household."""
    found, whole = desk.figures.each("area_per_household"), desk.figures.one("area_per_household")
    return desk.panel(
        "household_area",
        Message("户均面积"),
        benefit_charts.household_area(found, whole, desk.look()),
        (word("街镇"), word("㎡/户")),
        [(x.place or word("全项目"), decimal(x.number, 2)) for x in (*found, whole)],
        (*found, whole),
    )


def lorenz(desk: Desk, key: str, name: str, what: str) -> Panel:
    """How far the money is from following the households (or the area); `what`: the word for them."""
    curve, gini = curve_of(desk.facts, key), desk.figures.one(name)
    return desk.panel(
        name,
        Message("支付集中度:对{what}", {"what": what}),
        benefit_charts.lorenz(curve, gini, what, desk.look()),
        (Message("累计{what}占比", {"what": what}), word("累计支付占比")),
        [(percent(x), percent(y)) for x, y in curve],
        (gini,),
    )
