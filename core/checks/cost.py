"""Checks of the cost of a square metre and a household: against other programmes, and place against place."""

from __future__ import annotations

from fractions import Fraction

from core.checks.finding import Finding
from core.errors import Message
from core.model.project import Facts
from core.model.reference import Reference
from core.progress.arithmetic import over, times
from core.progress.facts_by_place import AREA, HOUSEHOLDS, PAID, FactsByPlace, Quantity, joined, money
from core.text import numbers, word


def unit_cost(facts: Facts, reference: Reference) -> Finding | None:
    """18: the planned 元/㎡ against other programmes'. None without estimate, area or anything to compare with."""
    sums = FactsByPlace(facts, None)
    cost = over(sums.estimate, sums.amount(AREA))
    others = reference.unit_costs
    if cost is None or not others:
        return None
    params: dict[str, object] = {
        "cost": money(cost),
        "others": tuple(
            Message("{name}{cost}元/㎡", {"name": each.name, "cost": numbers.money(each.value)}) for each in others
        ),
    }
    figures = (
        (word("计划单位投资（元/㎡）"), money(cost)),
        *((each.name, numbers.money(each.value)) for each in others),
    )
    source = joined([sums.estimate_source, sums.source(AREA), *(each.source for each in others)])
    title = Message("单位投资与同类项目")
    if cost < min(each.value for each in others):
        message = Message("计划单位投资{cost}元/㎡，低于各参照（{others}），请单位说明改造内容或面积范围。", params)
        return Finding("18", "Q", title, message, figures, source)
    if cost > max(each.value for each in others):
        message = Message("计划单位投资{cost}元/㎡，高于各参照（{others}），请单位说明改造内容或面积范围。", params)
        return Finding("18", "Q", title, message, figures, source)
    message = Message("计划单位投资{cost}元/㎡，在各参照之间（{others}）。", params)
    return Finding("18", "P", title, message, figures, source)


def _costs(sums: FactsByPlace, quantity: Quantity, factor: int) -> list[tuple[Fraction, str]]:
    """Paid per unit, from the lowest up, of the places where anything is paid."""
    found = [(over(times(sums.amount(PAID, p), factor), sums.amount(quantity, p)), p) for p in sums.places]
    return sorted((cost, place) for cost, place in found if cost is not None and cost > 0)


def spread(facts: Facts, reference: Reference) -> Finding | None:
    """19: divide the highest unit payment by the lowest. None with fewer than two places to compare."""
    sums = FactsByPlace(facts, None)
    columns = (
        (word("每㎡支付"), "元/㎡", AREA, _costs(sums, AREA, 1)),
        (word("每户支付"), "元/户", HOUSEHOLDS, _costs(sums, HOUSEHOLDS, 10_000)),
    )
    known = [(name, unit, quantity, costs) for name, unit, quantity, costs in columns if len(costs) > 1]
    if not known:
        return None
    parts: list[Message] = []
    figures: list[tuple[str, str | Message]] = []
    apart = False
    for name, unit, _, costs in known:
        (low, lowest), (high, highest) = costs[0], costs[-1]
        fold = high / low
        apart = apart or fold >= reference.spread
        params = {
            "name": name, "fold": money(fold), "highest": highest, "high": money(high),
            "lowest": lowest, "low": money(low), "unit": unit,
        }  # fmt: skip
        parts.append(
            Message("{name}最高（{highest}{high}{unit}）是最低（{lowest}{low}{unit}）的{fold}倍", params),
        )
        figures += [(name, Message("{fold}倍", params))]
        figures += [
            (place, Message("{value}{unit}", {"value": money(cost), "unit": unit})) for cost, place in reversed(costs)
        ]
    title = Message("街镇间的单位支付")
    source = joined([sums.source(PAID), *(sums.source(quantity) for _, _, quantity, _ in known)])
    if apart:
        message = Message("{parts}。支付少可能是开工晚，不据此评优劣。", {"parts": tuple(parts)})
        return Finding("19", "W", title, message, tuple(figures), source)
    message = Message("街镇间单位支付相近：{parts}。", {"parts": tuple(parts)})
    return Finding("19", "P", title, message, tuple(figures), source)
