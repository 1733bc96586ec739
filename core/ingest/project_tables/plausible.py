"""Bounds of a figure, held against the households it is for.

元 read as 万元, or ㎡ as 万㎡, is 10,000 times too much: more than any renovation costs a household, more floor than
any household has. The bounds are so far apart that no real project is beyond them, and so near that 10^4 is.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from core.errors import Message
from core.ingest.project_tables.values import FACTORS
from core.model.fields import Kind

_YUAN = FACTORS["money"]["元"]
_M2 = FACTORS["area"]["m2"]
LEAST: Mapping[Kind, Decimal] = {"money": 10 * _YUAN, "area": _M2}
"""Of what is planned, a household: 10 元, 1 ㎡."""
MOST: Mapping[Kind, Decimal] = {"money": 2_000_000 * _YUAN, "area": 5000 * _M2}
"""A household: 2,000,000 元, 5,000 ㎡."""
WHOLE: Mapping[Kind, Decimal] = {"money": Decimal(10) ** 7, "area": Decimal(10) ** 4}
"""All of a project whose households are not known: 1,000亿元, 1亿㎡; more than a province renovates."""
_OTHERS: Mapping[Kind, Mapping[str, Decimal]] = {
    "money": {"元": _YUAN, "亿元": FACTORS["money"]["亿元"]},
    "area": {"㎡": _M2},
}
"""Other units that are written without saying so."""


def too_much(kind: Kind, value: Decimal, homes: int) -> bool:
    """True when no household can have so much of it; without households, no project."""
    return kind in MOST and value > (MOST[kind] * homes if homes else WHOLE[kind])


def too_little(kind: Kind, value: Decimal, homes: int) -> bool:
    """True when every household has more of what is planned for it."""
    return homes > 0 and kind in LEAST and 0 < value < LEAST[kind] * homes


def unit_that_fits(kind: Kind, value: Decimal, homes: int) -> tuple[str, Decimal] | None:
    """The one other unit in which the figure would be possible; None for none, and for several."""
    fits = [
        (name, factor)
        for name, factor in _OTHERS.get(kind, {}).items()
        if not too_much(kind, value * factor, homes) and not too_little(kind, value * factor, homes)
    ]
    return fits[0] if len(fits) == 1 else None


def how_much(kind: Kind, value: Decimal, homes: int) -> Message:
    """Say the amount a household, in 元 or ㎡, or all of it, for people."""
    if not homes:
        whole = f"{value:,.0f}万㎡" if kind == "area" else f"{value / FACTORS['money']['亿元']:,.0f}亿元"
        return Message("合计{whole}", {"whole": whole})
    name, one = ("㎡", _M2) if kind == "area" else ("元", _YUAN)
    each = value / homes / one
    return Message("每户{each}", {"each": f"{each:,.0f}{name}" if each >= 1 else f"{each:.4f}{name}"})
