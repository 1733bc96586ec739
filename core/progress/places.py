"""Amounts of each place: the planned scope (not delivered benefit), its share of money and households, densities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from core.errors import Message
from core.model.measure import RATIO, Measure
from core.model.project import Facts
from core.progress.arithmetic import rounded, times
from core.progress.facts_by_place import (
    AREA,
    BUILDINGS,
    COMMUNITIES,
    HOUSEHOLDS,
    INVESTED,
    PAID,
    QUANTITIES,
    FactsByPlace,
    Quantity,
    joined,
    percent,
)
from core.text import numbers, word

_SHARES = (
    ("share_paid", word("支付占比"), PAID),
    ("share_households", word("户数占比"), HOUSEHOLDS),
    ("share_area", word("面积占比"), AREA),
    ("share_communities", word("小区占比"), COMMUNITIES),
    ("share_buildings", word("楼栋占比"), BUILDINGS),
)
_DENSITIES = (
    ("area_per_household", word("户均面积"), AREA, 10_000, HOUSEHOLDS, word("㎡/户")),
    ("households_per_building", word("每栋户数"), HOUSEHOLDS, 1, BUILDINGS, word("户/栋")),
    ("households_per_community", word("每小区户数"), HOUSEHOLDS, 1, COMMUNITIES, word("户/小区")),
)


def amounts(sums: FactsByPlace) -> Iterator[Measure]:
    """Make the columns of the two tables, project first, then each place."""
    for quantity in QUANTITIES:
        formula = Message("{places}个街镇各行相加", {"places": len(sums.places)})
        if silent := sums.silent(quantity):
            formula = Message("{places}未填报{name}", {"places": silent, "name": quantity.name})
        whole = sums.amount(quantity)
        yield sums.measure(quantity.id, quantity.name, whole, quantity.unit, sums.source(quantity), formula)
        for place in sums.places:
            amount, source = sums.amount(quantity, place), sums.source(quantity, place)
            yield sums.measure(quantity.id, quantity.name, amount, quantity.unit, source, place=place)


def not_reported(facts: Facts, quantities: Iterable[Quantity] = QUANTITIES) -> Message | None:
    """Name the figures of those kinds that places do not report in their tables; None where they report all."""
    sums = FactsByPlace(facts, None)
    parts: list[Message | str] = []
    for quantity in quantities:
        silent = sums.silent(quantity)
        rows = facts.spend if quantity in (PAID, INVESTED) else facts.renovation
        if silent and len(silent) == len(rows):
            parts.append(quantity.name)
        elif silent:
            parts.append(Message("{places}的{name}", {"places": silent, "name": quantity.name}))
    return Message("未填报：{parts}；显示为“—”，不当作0。", {"parts": tuple(parts)}) if parts else None


def measures(sums: FactsByPlace) -> Iterator[Measure]:
    """Make shares and intensity of the places; densities of the project and of the places."""
    for name, title, quantity in _SHARES:
        for place in sums.places:
            part, whole = sums.amount(quantity, place), sums.amount(quantity)
            decimals = numbers.money if quantity in (PAID, AREA) else numbers.count
            formula = Message(
                "{place}{part}{unit} ÷ 全项目{whole}{unit}",
                {"place": place, "part": decimals(part), "whole": decimals(whole), "unit": quantity.unit},
            )
            source = joined([sums.source(quantity, place), sums.source(quantity)])
            yield sums.quotient(name, title, (part, whole), RATIO, source, formula, place=place)
    yield from _intensities(sums)
    for name, title, over_quantity, factor, under, unit in _DENSITIES:
        for where in (None, *sums.places):
            top, bottom = times(sums.amount(over_quantity, where), factor), sums.amount(under, where)
            formula = Message(
                "{top}{of} ÷ {bottom}{per}",
                {
                    "top": numbers.count(rounded(top)),
                    "of": unit.partition("/")[0],
                    "bottom": numbers.count(bottom),
                    "per": under.unit,
                },
            )
            source = joined([sums.source(over_quantity, where), sums.source(under, where)])
            yield sums.quotient(name, title, (top, bottom), unit, source, formula, place=where)


def _intensities(sums: FactsByPlace) -> Iterator[Measure]:
    for place in sums.places:
        paid, households = sums.share(PAID, place), sums.share(HOUSEHOLDS, place)
        yield sums.quotient(
            "intensity",
            word("户均支付（全项目平均=1）"),
            (paid, households),
            word("倍"),
            joined([sums.source(PAID, place), sums.source(HOUSEHOLDS, place)]),
            Message(
                "{place}支付占比{paid} ÷ 户数占比{households}",
                {"place": place, "paid": percent(paid), "households": percent(households)},
            ),
            place=place,
        )
