"""Rate of use of a place with the estimate shared out by a key: 测算值·非批复数.

Each approved amount is shared out over its own places. An amount that was approved for one place alone needs no key:
there the rate is a fact, under every key, and has no scenario. Sharing out by paid money would give all places the
project's rate: circular, not offered.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from core.errors import Message
from core.model.measure import RATIO, Measure
from core.progress.arithmetic import over, times
from core.progress.facts_by_place import HOUSEHOLDS, KEYS, PAID, FactsByPlace, Key, joined, money
from core.text import numbers, word


def allocated(sums: FactsByPlace, key: Key, place: str) -> Fraction | None:
    """Share of the place in the estimate by that key, 万元; None when no amount covers it or a key is unknown."""
    part = Fraction(0)
    groups = [group for group in sums.facts.budget_groups if place in group.places]
    for group in groups:
        if len(group.places) == 1:
            part += Fraction(group.amount)
            continue
        whole = Fraction(0)
        for member in group.places:
            amount = sums.amount(key.quantity, member)
            if amount is None:
                return None
            whole += Fraction(amount)
        share = times(group.amount, over(sums.amount(key.quantity, place), whole))
        if share is None:
            return None
        part += share
    return part if groups else None


def measures(sums: FactsByPlace) -> Iterator[Measure]:
    """Make allocated_rate of each place under each key, and what that plans for a household."""
    for key in KEYS:
        for place in sums.places:
            paid, part = sums.amount(PAID, place), allocated(sums, key, place)
            groups = [group for group in sums.facts.budget_groups if place in group.places]
            own = bool(groups) and all(len(group.places) == 1 for group in groups)
            yield _for_a_household(sums, key, place, part, [group.source for group in groups] if own else None)
            known = {"place": place, "paid": money(paid), "noun": key.noun, "part": money(part)}
            sources = [sums.source(PAID, place)]
            if own:
                sources += [group.source for group in groups]
                formula = Message("{place}累计支付{paid}万元 ÷ {place}批复数{part}万元", known)
            else:
                sources += [sums.estimate_source, sums.source(key.quantity)]
                formula = Message("{place}累计支付{paid}万元 ÷ 按{noun}分摊的概算{part}万元", known)
            yield sums.quotient(
                "allocated_rate",
                word("执行率") if own else word("测算执行率"),
                (paid, part),
                RATIO,
                joined(sources),
                formula,
                basis=key.basis,
                place=place,
                scenario=None if own else f"allocated:{key.basis}",
            )


def _for_a_household(sums: FactsByPlace, key: Key, place: str, part: Fraction | None, own: list[str] | None) -> Measure:
    """planned_household_cost, 元/户: the place's part of the estimate over its households; `own`: where that stands."""
    households = sums.amount(HOUSEHOLDS, place)
    known = {"noun": key.noun, "part": money(part), "households": numbers.count(households)}
    formula = (
        Message("按{noun}分摊的概算{part}万元 × 10,000 ÷ {households}户", known)
        if own is None
        else Message("批复数{part}万元 × 10,000 ÷ {households}户", known)
    )
    stands = own or [sums.estimate_source, sums.source(key.quantity)]
    return sums.quotient(
        "planned_household_cost",
        word("计划单位投资"),
        (times(part, 10_000), households),
        word("元/户"),
        joined([*stands, sums.source(HOUSEHOLDS, place)]),
        formula,
        basis=key.basis,
        place=place,
        scenario=None if own is not None else f"allocated:{key.basis}",
    )
