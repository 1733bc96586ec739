"""What each place has: the planned scope (not delivered benefit), its part of money and homes, and densities."""

from __future__ import annotations

from collections.abc import Iterator

from core.errors import Message
from core.model.measure import RATIO, Measure
from core.progress.arithmetic import rounded, times
from core.progress.book import AREA, BUILDINGS, COMMUNITIES, HOUSEHOLDS, PAID, QUANTITIES, Book, joined, percent
from core.text import numbers, word

_SHARES = (
    ("share_paid", word("支付占比"), PAID),
    ("share_households", word("户数占比"), HOUSEHOLDS),
    ("share_area", word("面积占比"), AREA),
)
_DENSITIES = (
    ("area_per_household", word("户均面积"), AREA, 10_000, HOUSEHOLDS, word("㎡/户")),
    ("households_per_building", word("每栋户数"), HOUSEHOLDS, 1, BUILDINGS, word("户/栋")),
    ("households_per_community", word("每小区户数"), HOUSEHOLDS, 1, COMMUNITIES, word("户/小区")),
)


def amounts(book: Book) -> Iterator[Measure]:
    """The columns of the two tables, project first, then each place."""
    for quantity in QUANTITIES:
        formula = Message("{places}个街镇各行相加", {"places": len(book.places)})
        whole = book.amount(quantity)
        yield book.measure(quantity.id, quantity.name, whole, quantity.unit, book.source(quantity), formula)
        for place in book.places:
            amount, source = book.amount(quantity, place), book.source(quantity, place)
            yield book.measure(quantity.id, quantity.name, amount, quantity.unit, source, place=place)


def measures(book: Book) -> Iterator[Measure]:
    """Shares and intensity of the places; densities of the project and of the places."""
    for name, title, quantity in _SHARES:
        for place in book.places:
            part, whole = book.amount(quantity, place), book.amount(quantity)
            decimals = numbers.count if quantity is HOUSEHOLDS else numbers.money
            formula = Message(
                "{place}{part}{unit} ÷ 全项目{whole}{unit}",
                {"place": place, "part": decimals(part), "whole": decimals(whole), "unit": quantity.unit},
            )
            source = joined([book.source(quantity, place), book.source(quantity)])
            yield book.quotient(name, title, (part, whole), RATIO, source, formula, place=place)
    yield from _intensities(book)
    for name, title, over_quantity, factor, under, unit in _DENSITIES:
        for where in (None, *book.places):
            top, bottom = times(book.amount(over_quantity, where), factor), book.amount(under, where)
            formula = Message(
                "{top}{of} ÷ {bottom}{per}",
                {
                    "top": numbers.count(rounded(top)),
                    "of": unit.partition("/")[0],
                    "bottom": numbers.count(bottom),
                    "per": under.unit,
                },
            )
            source = joined([book.source(over_quantity, where), book.source(under, where)])
            yield book.quotient(name, title, (top, bottom), unit, source, formula, place=where)


def _intensities(book: Book) -> Iterator[Measure]:
    for place in book.places:
        paid, households = book.share(PAID, place), book.share(HOUSEHOLDS, place)
        yield book.quotient(
            "intensity",
            word("户均支付(全项目平均=1)"),
            (paid, households),
            word("倍"),
            joined([book.source(PAID, place), book.source(HOUSEHOLDS, place)]),
            Message(
                "{place}支付占比{paid} ÷ 户数占比{households}",
                {"place": place, "paid": percent(paid), "households": percent(households)},
            ),
            place=place,
        )
