"""Unit costs per household, m², building and community: planned (of the estimate) and paid so far."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.errors import Message
from core.model.measure import Measure
from core.progress.arithmetic import times
from core.progress.facts_by_place import KEYS, PAID, FactsByPlace, Key, joined, money
from core.text import numbers, word


def measures(sums: FactsByPlace) -> Iterator[Measure]:
    """Make planned_unit_cost of the project; paid_unit_cost of the project and of each place."""
    for key in KEYS:
        title = word("计划单位投资")
        yield _cost(sums, "planned_unit_cost", title, sums.estimate, sums.estimate_source, key, None)
    for key in KEYS:
        for place in (None, *sums.places):
            title = word("已支付单位投资")
            yield _cost(
                sums,
                "paid_unit_cost",
                title,
                sums.amount(PAID, place),
                sums.source(PAID, place),
                key,
                place,
            )


def _cost(
    sums: FactsByPlace, name: str, title: str, amount: Decimal | None, source: str, key: Key, place: str | None
) -> Measure:
    divisor = sums.amount(key.quantity, place)
    # Areas have two decimals, everything else that money is divided by is counted.
    divisor_text = numbers.money(divisor) if key.basis == "m2" else numbers.count(divisor)
    params: dict[str, object] = {"amount": money(amount), "divisor": divisor_text, "unit": key.quantity.unit}
    if key.factor == 1:
        formula = Message("{amount}万元 ÷ {divisor}{unit}", params)
    else:
        formula = Message("{amount}万元 × {factor} ÷ {divisor}{unit}", params | {"factor": numbers.count(key.factor)})
    return sums.quotient(
        name,
        title,
        (times(amount, key.factor), divisor),
        key.unit,
        joined([source, sums.source(key.quantity, place)]),
        formula,
        basis=key.basis,
        place=place,
    )
