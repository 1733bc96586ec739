"""Exact arithmetic in which the unknown stays unknown: None in, None out; dividing by 0 gives None.

Operands are Decimals, whole numbers or Fractions; results are Fractions. Rounding happens once, in `rounded`.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import floor

Number = Decimal | Fraction | int

PLACES = 12
"""Decimals of every quotient."""


def over(numerator: Number | None, denominator: Number | None) -> Fraction | None:
    """Divide exactly; None when the denominator is 0 or either is unknown."""
    if numerator is None or denominator is None or denominator == 0:
        return None
    return Fraction(numerator) / Fraction(denominator)


def times(*factors: Number | None) -> Fraction | None:
    """Multiply exactly."""
    product = Fraction(1)
    for factor in factors:
        if factor is None:
            return None
        product *= Fraction(factor)
    return product


def minus(value: Number | None, taken: Number | None) -> Fraction | None:
    """Subtract exactly."""
    return None if value is None or taken is None else Fraction(value) - Fraction(taken)


def sum_of(amounts: Iterable[Decimal]) -> Decimal:
    """Add up exactly; 0 of nothing."""
    return sum(amounts, Decimal(0))


def sum_if_known(amounts: Iterable[Decimal | int | None]) -> Decimal | None:
    """Add up; None where any is unknown, 0 of nothing."""
    whole = Decimal(0)
    for amount in amounts:
        if amount is None:
            return None
        whole += amount
    return whole


def nearest(value: Fraction) -> int:
    """Round to the nearest whole number, half up on the magnitude."""
    whole = floor(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


def rounded(value: Number | None) -> Decimal | None:
    """Round to 12 places, half up on the magnitude."""
    return None if value is None else Decimal(f"{nearest(Fraction(value) * 10**PLACES)}E-{PLACES}")


def exact(value: Number | None) -> Decimal | None:
    """Convert to a Decimal if there is an equal one (1/3 has none); unlike `rounded` it never loses a digit."""
    if value is None or isinstance(value, Decimal):
        return value
    fraction = Fraction(value)
    rest, places = fraction.denominator, 0
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest, power = rest // prime, power + 1
        places = max(places, power)
    return Decimal(f"{int(fraction * 10**places)}E-{places}") if rest == 1 else None


def quotient(n: Decimal | None, d: Decimal | None) -> Decimal | None:
    """Divide, at 12 places half up; None when `d` is 0 or either is unknown."""
    return rounded(over(n, d))
