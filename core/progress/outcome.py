"""Reports of the places on the outcome: households finished, inspections passed, contract prices.

As in `delivery`: of what nobody reports there is no measure, and a total that lacks a place is None and names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from core.errors import Message
from core.model.measure import RATIO, Measure
from core.model.project import Delivery
from core.progress.arithmetic import minus, sum_of
from core.progress.facts_by_place import HOUSEHOLDS, FactsByPlace, as_amount, joined, span
from core.text import numbers, word

Reported = Callable[[Delivery], int | Decimal | None]


def measures(sums: FactsByPlace) -> Iterator[Measure]:
    """Make the measures that are reported: households finished, inspections passed, contract prices."""
    reports = sums.facts.deliveries
    if any(each.homes_finished is not None for each in reports):
        yield from _homes(sums)
    if any(each.qualified is not None or each.inspected is not None for each in reports):
        yield from _inspections(sums)
    if any(each.contract is not None for each in reports):
        yield from _contracts(sums)


def report_source(sums: FactsByPlace, place: str | None, reporting: Mapping[str, object] | Sequence[str]) -> str:
    """Name the rows of a place's report, or of all reports (place None)."""
    rows = [each.source for each in sums.facts.deliveries if each.place in reporting and place in (None, each.place)]
    return span(rows) or sums.facts.project.source


def total(sums: FactsByPlace, name: str, title: str, unit: str, of: Reported, place: str | None = None) -> Measure:
    """Add up the places' reports, or take one place's; None with the names of those that do not report."""
    found = _found(sums, of)
    value, silent = _value(sums, found, place)
    formula = (
        Message("{places}未填报{name}", {"places": silent, "name": title})
        if silent
        else Message("{places}个街镇填报数相加", {"places": len(found)})
        if place is None
        else None
    )
    return sums.measure(name, title, value, unit, report_source(sums, place, found), formula, place=place)


def _found(sums: FactsByPlace, of: Reported) -> dict[str, Decimal]:
    return {each.place: Decimal(value) for each in sums.facts.deliveries if (value := of(each)) is not None}


def _value(
    sums: FactsByPlace, found: Mapping[str, Decimal], place: str | None
) -> tuple[Decimal | None, tuple[str, ...]]:
    """The place's number or the sum of all, and which places do not report it."""
    silent = tuple(each for each in (sums.places if place is None else (place,)) if each not in found)
    if silent:
        return None, silent
    return (sum_of(found.values()) if place is None else found[place]), ()


def _homes(sums: FactsByPlace) -> Iterator[Measure]:
    """households_finished and household_completion_rate, of the project and of each place."""
    title = word("已完工户数")
    for place in (None, *sums.places):
        done = total(sums, "households_finished", title, word("户"), lambda each: each.homes_finished, place)
        yield done
        planned = sums.amount(HOUSEHOLDS, place)
        params = {"done": numbers.count(done.number), "planned": numbers.count(planned)}
        yield sums.quotient(
            "household_completion_rate",
            word("受益户数完成率"),
            (done.number, planned),
            RATIO,
            joined([done.source, sums.source(HOUSEHOLDS, place)]),
            or_silent(done, Message("已完工户数{done}户 ÷ 计划受益户数{planned}户", params)),
            basis="household",
            place=place,
        )


def or_silent(m: Measure, formula: Message) -> Message:
    """Choose the formula, or that of a measure that nobody reports, which names the silent places."""
    return formula if m.value is not None or m.formula is None else m.formula


def _inspections(sums: FactsByPlace) -> Iterator[Measure]:
    """inspected, qualified and pass_rate. Where nobody counts inspections, the communities accepted are meant."""
    counted = any(each.inspected is not None for each in sums.facts.deliveries)
    held_of: Reported = (lambda each: each.inspected) if counted else (lambda each: each.accepted)
    title, unit = (word("已验收数"), word("项")) if counted else (word("已验收小区"), word("个"))
    for place in (None, *sums.places):
        held = total(sums, "inspected", title, unit, held_of, place)
        passed = total(sums, "qualified", word("合格数"), unit, lambda each: each.qualified, place)
        yield held
        yield passed
        params = {"passed": numbers.count(passed.number), "name": title, "held": numbers.count(held.number)}
        formula = or_silent(passed, or_silent(held, Message("合格数{passed} ÷ {name}{held}", params)))
        yield sums.quotient(
            "pass_rate",
            word("验收合格率"),
            (passed.number, held.number),
            RATIO,
            joined([passed.source, held.source]),
            formula,
            basis="inspection",
            place=place,
        )


def _contracts(sums: FactsByPlace) -> Iterator[Measure]:
    """contract_price and contract_variation, of the project and of each place; overrun_pct.

    That is how far both are over the estimate; below 0: under it.
    """
    pairs = [
        (
            total(sums, "contract_price", word("合同价"), word("万元"), lambda each: each.contract, place),
            total(sums, "contract_variation", word("变更额"), word("万元"), lambda each: each.variation, place),
        )
        for place in (None, *sums.places)
    ]
    for pair in pairs:
        yield from pair
    price, added = pairs[0]
    estimate = sums.estimate
    whole = None if price.number is None or added.number is None else price.number + added.number
    params = {"price": as_amount(price.number), "added": as_amount(added.number), "estimate": as_amount(estimate)}
    text = Message("（合同价{price} + 变更额{added} - 概算{estimate}） ÷ 概算", params)
    yield sums.quotient(
        "overrun_pct",
        word("超概算幅度"),
        (minus(whole, estimate), estimate),
        RATIO,
        joined([price.source, added.source, sums.estimate_source]),
        or_silent(price, or_silent(added, text)),
        basis="estimate",
    )
