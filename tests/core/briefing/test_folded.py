"""概算的支付构成 in a frame: streets that there is no line for become one part."""

from __future__ import annotations

from decimal import Decimal

from core.briefing.frames.money import folded
from core.figures.figure import ChartAmount, Part


def part(name: str, paid: int | None) -> Part:
    amount = None if paid is None else Decimal(paid)
    return Part(name, ChartAmount(amount, "万元"), ChartAmount(amount and amount / 100, "ratio"))


def test_streets_without_room_are_one_part_that_says_how_many_are_silent() -> None:
    shares = [part("甲", 10), part("乙", 20), part("丙", 5), part("丁", None)]
    assert folded(shares, 4, Decimal(100)) == shares
    *_, last = folded(shares, 3, Decimal(100))
    assert (str(last.name), last.amount.value) == ("其余2个街镇（1个未填报）", 5)
    *_, last = folded(shares[:3], 2, Decimal(100))
    assert (str(last.name), last.amount.value) == ("其余2个街镇", 25)
    *_, last = folded([part("甲", 10), part("乙", None), part("丙", None)], 2, Decimal(100))
    assert last.amount.value is None  # never 0
