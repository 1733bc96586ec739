"""Figures printed for people: equal digits in every language. None is undefined and prints "—", never 0.

Rounding is half up on the magnitude (-0.005 becomes -0.01), done here, once, at the edge.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from core.model.measure import POINTS_OF_RATIO, RATIO, Measure

MISSING = "—"

_WHOLE = frozenset({"户", "栋", "个", "份", "天", "项"})
_PLACES = {"户/小区": 1, "": 3}
"""Decimals by unit where they are not the usual two; "" is a bare index (支付进度比, 支付集中度)."""


def half_up(value: Decimal, places: int) -> Decimal:
    """Round `value` half up to `places` decimals; never a negative zero."""
    with localcontext() as context:
        context.prec = max(28, value.adjusted() + places + 3)
        rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        return rounded if rounded else abs(rounded)


def of_fraction(value: Fraction) -> Decimal:
    """Divide out a fraction, for printing: 28 digits."""
    return Decimal(value.numerator) / value.denominator


def decimal(value: Decimal | None, places: int) -> str:
    """Print with thousands commas and that many decimals: 1,369.6."""
    return MISSING if value is None else f"{half_up(value, places):,f}"


def money(value: Decimal | None) -> str:
    """Print an amount with two decimals: 8,000.00."""
    return decimal(value, 2)


def points(value: Decimal | None) -> str:
    """Print points of a score with two decimals: 93.00."""
    return decimal(value, 2)


def signed(value: Decimal | None) -> str:
    """Print a change of points with its sign and two decimals: +1.00, −2.50; none is 0.00."""
    if not value:
        return points(value)
    return ("−" if value < 0 else "+") + points(abs(value))


def count(value: int | Decimal | None) -> str:
    """Print a whole number: 26,310."""
    return MISSING if value is None else decimal(Decimal(value), 0)


def number(value: Decimal | None) -> str:
    """Print a number with the decimals that it has: 1,120, 0.85."""
    return MISSING if value is None else f"{shortest(value):,f}"


def shortest(value: Decimal) -> Decimal:
    """The same without the zeros that a column's scale adds: 2164.000000 is 2164, 112.380000 is 112.38."""
    short = value.normalize()
    # normalize() writes 8000 as 8E+3, which would print so.
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


def percent(ratio: Decimal | None, places: int = 2) -> str:
    """Print a ratio (0..1) as per cent: 53.33%."""
    return MISSING if ratio is None else f"{decimal(_hundredfold(ratio), places)}%"


def pp(ratio: Decimal | None, places: int = 2) -> str:
    """Print the distance of two ratios in 百分点, without sign (快 or 慢 is said in words): 8.04."""
    return MISSING if ratio is None else decimal(abs(_hundredfold(ratio)), places)


def brief(value: Decimal | None) -> str:
    """Print an amount as headlines say it, with one decimal at most: 8,000, 583, 52.5; a smaller one exactly."""
    if value is None or (value and abs(value) < 1):
        return decimal(value, 2)
    return number(half_up(value, 0 if abs(value) >= 100 else 1))


def measure(figure: Measure) -> str:
    """Print the value of a measure by its unit, without the unit; dates as 2026-05-19, 百分点 with their sign."""
    value = figure.value
    return value.isoformat() if isinstance(value, date) else by_unit(value, figure.unit)


def by_unit(value: Decimal | None, unit: str) -> str:
    """Print a figure as those of its unit are printed, without the unit (but for %)."""
    if value is None:
        return MISSING
    if unit == RATIO:
        return percent(value)
    if unit == POINTS_OF_RATIO:
        return decimal(_hundredfold(value), 2)
    if unit in _WHOLE:
        return count(value)
    return decimal(value, _PLACES.get(unit, 2))


def adds_up(parts: Iterable[Decimal | None], whole: Decimal | None, places: int) -> bool:
    """Whether parts as they are printed, with so many decimals, add up to the whole as it is printed.

    True also where one of them is unknown: then nobody adds up.
    """
    known = tuple(parts)
    if whole is None or None in known:
        return True
    return sum((half_up(each, places) for each in known if each is not None), Decimal(0)) == half_up(whole, places)


def shifted(value: Decimal, places: int) -> Decimal:
    """Move the point that many places to the right, exactly."""
    sign, digits, exponent = value.as_tuple()
    # The exponent is shifted, since a product would be rounded to the context's precision first.
    return Decimal((sign, digits, exponent + places)) if isinstance(exponent, int) else value


def _hundredfold(ratio: Decimal) -> Decimal:
    return shifted(ratio, 2)
