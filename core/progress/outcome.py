"""What places report of the outcome beside communities: homes finished, inspections passed, contract prices.

As in `delivery`: of what nobody reports there is no measure, and a total that lacks a place is None and names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from core.errors import Message
from core.model.measure import RATIO, Measure
from core.model.project import Delivery
from core.progress.arithmetic import minus, sum_of
from core.progress.book import HOUSEHOLDS, Book, joined, money, span
from core.text import numbers, word

Reported = Callable[[Delivery], int | Decimal | None]


def measures(book: Book) -> Iterator[Measure]:
    """Homes finished, inspections passed, contract prices against the estimate: what is reported."""
    reports = book.facts.deliveries
    if any(each.homes_finished is not None for each in reports):
        yield from _homes(book)
    if any(each.qualified is not None or each.inspected is not None for each in reports):
        yield from _inspections(book)
    if any(each.contract is not None for each in reports):
        yield from _contracts(book)


def stands(book: Book, place: str | None, reporting: Mapping[str, object] | Sequence[str]) -> str:
    """Where a place's report stands, or those of all places that report."""
    rows = [each.source for each in book.facts.deliveries if each.place in reporting and place in (None, each.place)]
    return span(rows) or book.facts.project.source


def total(book: Book, name: str, title: str, unit: str, of: Reported, place: str | None = None) -> Measure:
    """What the places report added up, or what one of them does; None with the names of those that do not."""
    found = _found(book, of)
    value, silent = _value(book, found, place)
    formula = (
        Message("{places}未填报{name}", {"places": silent, "name": title})
        if silent
        else Message("{places}个街镇填报数相加", {"places": len(found)})
        if place is None
        else None
    )
    return book.measure(name, title, value, unit, stands(book, place, found), formula, place=place)


def _found(book: Book, of: Reported) -> dict[str, Decimal]:
    return {each.place: Decimal(value) for each in book.facts.deliveries if (value := of(each)) is not None}


def _value(book: Book, found: Mapping[str, Decimal], place: str | None) -> tuple[Decimal | None, tuple[str, ...]]:
    """The place's number or the sum of all, and which places do not report it."""
    silent = tuple(each for each in (book.places if place is None else (place,)) if each not in found)
    if silent:
        return None, silent
    return (sum_of(found.values()) if place is None else found[place]), ()


def _homes(book: Book) -> Iterator[Measure]:
    """households_finished and household_completion_rate, of the project and of each place."""
    title = word("已完工户数")
    for place in (None, *book.places):
        done = total(book, "households_finished", title, word("户"), lambda each: each.homes_finished, place)
        yield done
        planned = book.amount(HOUSEHOLDS, place)
        params = {"done": numbers.count(done.number), "planned": numbers.count(planned)}
        yield book.quotient(
            "household_completion_rate",
            word("受益户数完成率"),
            (done.number, planned),
            RATIO,
            joined([done.source, book.source(HOUSEHOLDS, place)]),
            _or_silent(done, Message("已完工户数{done}户 ÷ 计划受益户数{planned}户", params)),
            basis="household",
            place=place,
        )


def _or_silent(m: Measure, formula: Message) -> Message:
    return formula if m.value is not None or m.formula is None else m.formula


def _inspections(book: Book) -> Iterator[Measure]:
    """inspected, qualified and pass_rate. Where nobody counts inspections, the communities accepted are meant."""
    counted = any(each.inspected is not None for each in book.facts.deliveries)
    held_of: Reported = (lambda each: each.inspected) if counted else (lambda each: each.accepted)
    title, unit = (word("已验收数"), word("项")) if counted else (word("已验收小区"), word("个"))
    for place in (None, *book.places):
        held = total(book, "inspected", title, unit, held_of, place)
        passed = total(book, "qualified", word("合格数"), unit, lambda each: each.qualified, place)
        yield held
        yield passed
        params = {"passed": numbers.count(passed.number), "name": title, "held": numbers.count(held.number)}
        formula = _or_silent(passed, _or_silent(held, Message("合格数{passed} ÷ {name}{held}", params)))
        yield book.quotient(
            "pass_rate",
            word("验收合格率"),
            (passed.number, held.number),
            RATIO,
            joined([passed.source, held.source]),
            formula,
            basis="inspection",
            place=place,
        )


def _contracts(book: Book) -> Iterator[Measure]:
    """contract_price, contract_variation and overrun_pct: how far both are over the estimate; below 0: under it."""
    price = total(book, "contract_price", word("合同价"), word("万元"), lambda each: each.contract)
    added = total(book, "contract_variation", word("变更额"), word("万元"), lambda each: each.variation)
    yield price
    yield added
    estimate = book.estimate
    whole = None if price.number is None or added.number is None else price.number + added.number
    params = {"price": money(price.number), "added": money(added.number), "estimate": money(estimate)}
    text = Message("(合同价{price}万元 + 变更额{added}万元 - 概算{estimate}万元) ÷ 概算", params)
    yield book.quotient(
        "overrun_pct",
        word("超概算幅度"),
        (minus(whole, estimate), estimate),
        RATIO,
        joined([price.source, added.source, book.estimate_source]),
        _or_silent(price, _or_silent(added, text)),
        basis="estimate",
    )
