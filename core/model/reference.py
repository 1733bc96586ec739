"""Reference figures of a project: thresholds, unit costs and home areas of others."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class UnitCost:
    """Unit cost of another programme."""

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
    """Limits of an evaluator's distance from the panel: so many items by more than so many σ, or part of full marks."""

    sigmas: Decimal = Decimal(2)
    share: Decimal = Decimal("0.20")
    items: Decimal = Decimal(3)
    """Least number of items."""


@dataclass(frozen=True)
class Limits:
    """Limits that raise an alarm when they are crossed; a figure that just reaches a limit does not cross it."""

    rate_low: Decimal = Decimal("0.80")
    rate_high: Decimal = Decimal("1.20")
    """Limits of a 执行率, 0..1."""
    physical_apart: Decimal = Decimal("0.20")
    """Between payment and physical progress, as a part of one: 0.20 is 20 个百分点."""
    far: Far = Far()
    sources: tuple[str, ...] = ()
    """Sources of the limits, each once."""


@dataclass(frozen=True)
class Reference:
    """Thresholds and comparisons of the checks. A check that has nothing to compare with finds nothing."""

    tolerance: Decimal = Decimal("0.005")
    """Half of the last printed digit of 万元, 万㎡: a difference of just that still agrees."""
    mix_apart: Decimal = Decimal("0.20")
    """Most that the paid mix may lie from the planned one, and paid money from the plan (0..1)."""
    spread: Decimal = Decimal(2)
    """Least ratio of the highest unit cost of a place to the lowest that is worth a notice."""
    home_area: HomeArea | None = None
    unit_costs: tuple[UnitCost, ...] = ()
    limits: Limits = Limits()
