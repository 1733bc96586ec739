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
class Far:
    """When an evaluator is far from the panel: on so many items by more than so many σ, or that part of full marks."""

    sigmas: Decimal = Decimal(2)
    share: Decimal = Decimal("0.20")
    items: Decimal = Decimal(3)
    """From so many items on."""


@dataclass(frozen=True)
class Limits:
    """What raises an alarm when it is crossed; a figure that just reaches a limit does not cross it."""

    rate_low: Decimal = Decimal("0.80")
    rate_high: Decimal = Decimal("1.20")
    """Of a 执行率."""
    physical_apart: Decimal = Decimal("0.20")
    """Between payment and physical progress, as a part of one: 0.20 is 20 个百分点."""
    far: Far = Far()
    sources: tuple[str, ...] = ()
    """Where the limits come from, each once."""


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
    limits: Limits = Limits()
