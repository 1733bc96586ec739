"""What a project is compared with: thresholds, and what others spend and build."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class UnitCost:
    """What another programme costs."""

    name: str
    value: Decimal
    """元/㎡."""
    source: str


@dataclass(frozen=True)
class HomeArea:
    """Floor area of a home, from others' documents: ㎡/户, both ends included."""

    low: Decimal
    high: Decimal
    source: str


@dataclass(frozen=True)
class Reference:
    """Thresholds and comparisons of the checks. A check that has nothing to compare with finds nothing."""

    tolerance: Decimal = Decimal("0.005")
    """Half of the last printed digit of 万元, 万㎡: a difference of just that still agrees."""
    mix_apart: Decimal = Decimal("0.20")
    """How far the paid mix may lie from the planned one, and paid money from what is planned."""
    spread: Decimal = Decimal(2)
    """From how many times the lowest unit cost of a place on the highest is worth a notice."""
    home_area: HomeArea | None = None
    unit_costs: tuple[UnitCost, ...] = ()
