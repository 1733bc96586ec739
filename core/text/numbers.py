"""Figures as people read them: the same digits in every language. None is undefined and prints "—", never 0.

Rounding is half up on the magnitude (-0.005 becomes -0.01), done here, once, at the edge.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

from core.model.measure import POINTS_OF_RATIO, RATIO, Measure

MISSING = "—"

_WHOLE = frozenset({"户", "栋", "个", "份", "天", "项"})
_PLACES = {"户/小区": 1, "": 3}
"""Decimals by unit where they are not the usual two; "" is a bare index (支付进度比, 支付集中度)."""


def half_up(value: Decimal, places: int) -> Decimal:
    """`value` rounded half up to `places` decimals; never a negative zero."""
    with localcontext() as context:
        context.prec = max(28, value.adjusted() + places + 3)
        rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        return rounded if rounded else abs(rounded)


def decimal(value: Decimal | None, places: int) -> str:
    """With thousands commas and that many decimals: 1,369.6."""
    return MISSING if value is None else f"{half_up(value, places):,f}"


def money(value: Decimal | None) -> str:
    """An amount with two decimals: 8,000.00."""
    return decimal(value, 2)


def points(value: Decimal | None) -> str:
    """Points of a score with two decimals: 93.00."""
    return decimal(value, 2)


def count(value: int | Decimal | None) -> str:
    """A whole number: 26,310."""
    return MISSING if value is None else decimal(Decimal(value), 0)


def percent(ratio: Decimal | None, places: int = 2) -> str:
    """A ratio (0..1) as per cent: 53.33%."""
    return MISSING if ratio is None else f"{decimal(_hundredfold(ratio), places)}%"


def pp(ratio: Decimal | None) -> str:
    """How far two ratios are apart, in 百分点 and without sign (快 or 慢 is said in words): 8.04."""
    return MISSING if ratio is None else decimal(abs(_hundredfold(ratio)), 2)


def measure(figure: Measure) -> str:
    """The value of a measure by its unit, without the unit; dates as 2026-05-19, 百分点 with their sign."""
    value = figure.value
    return value.isoformat() if isinstance(value, date) else by_unit(value, figure.unit)


def by_unit(value: Decimal | None, unit: str) -> str:
    """A figure as those of its unit are printed, without the unit (but for %)."""
    if value is None:
        return MISSING
    if unit == RATIO:
        return percent(value)
    if unit == POINTS_OF_RATIO:
        return decimal(_hundredfold(value), 2)
    if unit in _WHOLE:
        return count(value)
    return decimal(value, _PLACES.get(unit, 2))


def _hundredfold(ratio: Decimal) -> Decimal:
    sign, digits, exponent = ratio.as_tuple()
    # Moving the point by hand: a product would be rounded to the context's precision first.
    return Decimal((sign, digits, exponent + 2)) if isinstance(exponent, int) else ratio
