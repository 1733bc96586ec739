"""Lorenz curve and Gini coefficient (支付集中度) of the paid money over households and floor area.

The curve runs from the places with the least money per household (or m²) to those with the most; where a place has
money but nothing to divide it by, it comes last. Lower is not better: places may have started at different times.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from core.errors import Message, UnknownName
from core.model.measure import Measure
from core.model.project import Facts
from core.progress.arithmetic import over, rounded
from core.progress.facts_by_place import AREA, HOUSEHOLDS, KEYS, PAID, FactsByPlace, Quantity, joined
from core.text import word

Point = tuple[Fraction, Fraction]


def curve(sums: FactsByPlace, quantity: Quantity) -> tuple[Point, ...]:
    """Corners of the Lorenz curve: (share of the quantity, share of the paid money), from (0, 0) to (1, 1).

    Empty when it is undefined: a place unknown in either table, a negative amount, or nothing to share.
    """
    pairs: list[Point] = []
    for place in sums.places:
        base, paid = sums.share(quantity, place), sums.share(PAID, place)
        if base is None or paid is None or base < 0 or paid < 0:
            return ()
        pairs.append((base, paid))
    if sum(base for base, _ in pairs) != 1 or sum(paid for _, paid in pairs) != 1:
        return ()
    # The second key makes the corners independent of the order of places with one ratio.
    pairs.sort(key=lambda pair: (pair[0] == 0, over(pair[1], pair[0]) or 0, pair[0]))
    corners = [(Fraction(0), Fraction(0))]
    for base, paid in pairs:
        corners.append((corners[-1][0] + base, corners[-1][1] + paid))
    return tuple(corners)


def lorenz(facts: Facts, key: str) -> tuple[tuple[Decimal, Decimal], ...]:
    """Lorenz curve of paid money against `household`, `m2`, `building` or `community`; empty when undefined.

    Corners (share of the key, share of the paid money), 0..1 at 12 places, from (0, 0) to (1, 1).
    Raises UnknownName for another key.
    """
    quantity = next((known.quantity for known in KEYS if known.basis == key), None)
    if quantity is None:
        keys = tuple(known.basis for known in KEYS)
        raise UnknownName(Message("没有分摊口径“{key}”。可用：{keys}。", {"key": key, "keys": keys}))
    corners = ((rounded(base), rounded(paid)) for base, paid in curve(FactsByPlace(facts, None), quantity))
    return tuple((base, paid) for base, paid in corners if base is not None and paid is not None)


def gini(corners: tuple[Point, ...]) -> Fraction | None:
    """Gini coefficient, 1 minus twice the area under the curve: 0 is even, 1 is all in one place; None without one."""
    if not corners:
        return None
    return 1 - sum(((x1 - x0) * (y0 + y1) for (x0, y0), (x1, y1) in pairwise(corners)), Fraction(0))


def measures(sums: FactsByPlace) -> Iterator[Measure]:
    """Make gini_households and gini_area."""
    for name, title, quantity, noun in (
        ("gini_households", word("支付集中度（对户数）"), HOUSEHOLDS, word("户数")),
        ("gini_area", word("支付集中度（对面积）"), AREA, word("面积")),
    ):
        formula = Message(
            "{places}个街镇按单位支付从低到高排，累计支付对{noun}的洛伦兹曲线的基尼系数（0为完全平均）",
            {"places": len(sums.places), "noun": noun},
        )
        source = joined([sums.source(PAID), sums.source(quantity)])
        yield sums.measure(name, title, gini(curve(sums, quantity)), "", source, formula)
