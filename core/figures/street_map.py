"""The places of a project as a map, by what was paid a household."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

from core.errors import Message
from core.figures.areas import Area, Areas
from core.figures.figure import Figure, Words, of_project
from core.model.boundaries import Boundaries
from core.model.measure import Measure, Measures
from core.model.project import Facts
from core.text import word
from core.text.numbers import count

MOST_STEPS = 5
"""Steps of the colour, as many as an eye tells apart."""


def scope(m: Measures, place: str) -> Words:
    """Say how many households and communities of a place are planned, as far as it is known."""
    homes, communities = m.one("households", place).number, m.one("communities", place).number
    if homes is None:
        return "" if communities is None else Message("{count}个小区", {"count": count(communities)})
    if communities is None:
        return Message("{count}户", {"count": count(homes)})
    return Message("{homes}户 · {communities}个小区", {"homes": count(homes), "communities": count(communities)})


def paid(m: Measures, place: str) -> Words:
    """Say what was paid a household of a place; "" where that is unknown."""
    cost = m.one("paid_unit_cost", place, "household").number
    return "" if cost is None else Message("{cost}元/户", {"cost": count(cost)})


def without_outline(facts: Facts, found: Boundaries) -> tuple[str, ...]:
    """List the places that the outlines lack."""
    return tuple(place for place in facts.places if place not in found.outlines)


def street_map(facts: Facts, m: Measures, found: Boundaries) -> Figure:
    """Draw every place in its outline, filled by what was paid a household, or by households where none was paid."""
    costs = [m.one("paid_unit_cost", place, "household") for place in facts.places]
    homes = [m.one("households", place) for place in facts.places]
    money = any(each.number is not None for each in costs)
    shown: Sequence[Measure] = costs if money else homes
    steps, at = steps_of([each.number for each in shown])
    areas = tuple(
        Area(place, found.outlines[place], step, tuple(each for each in (scope(m, place), paid(m, place)) if each))
        for place, step in zip(facts.places, at, strict=True)
    )
    finding = word("各街镇的户均支付") if money else word("各街镇的计划受益户数")
    what, unit = (word("户均支付"), word("元/户")) if money else (word("户数"), word("户"))
    drawn = Message("{what}，分{count}档；街镇边界按导入的文件“{file}”绘制",
                    {"what": word("累计支付÷户数") if money else word("计划范围"), "count": len(steps),
                     "file": found.file})  # fmt: skip
    rows = [(place, count(each.number)) for place, each in zip(facts.places, shown, strict=True)]
    headings = (word("街镇"), Message("{name}（{unit}）", {"name": what, "unit": unit}))
    measures = (*costs, *homes) if money else homes
    return of_project(
        facts, "street_map", word("街镇地图"), finding, unit, drawn, Areas(areas, steps), headings, rows, measures
    )


def steps_of(values: Sequence[Decimal | None]) -> tuple[tuple[Message, ...], tuple[int | None, ...]]:
    """Cut the values into at most five steps of one round width; each step in words, and the step of each value.

    A value between two steps lies on the upper one. What is unknown lies on none.
    """
    known = [value for value in values if value is not None]
    if not known:
        return (), (None,) * len(values)
    width = _width(min(known), max(known))
    first, last = _floor(min(known), width), _floor(max(known), width)
    steps = tuple(
        Message("{low}～{high}", {"low": count(width * at), "high": count(width * (at + 1))})
        for at in range(first, last + 1)
    )
    return steps, tuple(None if value is None else _floor(value, width) - first for value in values)


def _width(low: Decimal, high: Decimal) -> Decimal:
    """The smallest of 1, 2, 5, 10, 20, 50 … that makes no more steps than there may be."""
    width = Decimal(1)
    for times in (each for _ in range(40) for each in (2, Decimal("2.5"), 2)):
        if _floor(high, width) - _floor(low, width) < MOST_STEPS:
            break
        width *= times
    return width


def _floor(value: Decimal, width: Decimal) -> int:
    return int((value / width).to_integral_value(ROUND_FLOOR))
