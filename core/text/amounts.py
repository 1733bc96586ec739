"""Amounts of money in the unit that the reader has chosen: 元, 万元 or 亿元.

A sentence holds an `Amount` (in 万元) as its parameter, and its unit is printed with it when the sentence is said; a
heading holds a `UnitOfAmounts`. Whole yuan, 万元 and the English million are digits of one value: printing shifts the
point and never divides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, TypeVar

from core.errors import Message
from core.model.context import AmountUnit, Language
from core.text.numbers import MISSING, brief, decimal, half_up, number, shifted, shortest

STORED: AmountUnit = "wan"
"""The unit of the tables, of documents and of whoever has not chosen."""
MONEY = "万元"
"""How figures name it."""
_FOLLOW = (MONEY, f"{MONEY}/月")
_Words = TypeVar("_Words")
Form = Literal["brief", "exact", "signed"]
"""`brief`: as headlines say it; `exact`: as tables do; `signed`: exact, with + or −."""

_SHIFT: Mapping[tuple[Language, AmountUnit], int] = {
    ("zh_CN", "yuan"): 4, ("zh_CN", "wan"): 0, ("zh_CN", "million"): -2, ("zh_CN", "yi"): -4,
    ("en", "yuan"): 4, ("en", "wan"): 0, ("en", "million"): -2, ("en", "yi"): -5,
}  # fmt: skip
"""Places that the point of a value in 万元 moves to the right in a column of that unit."""
_UNIT: Mapping[tuple[Language, AmountUnit], str] = {
    ("zh_CN", "yuan"): "元", ("zh_CN", "wan"): "万元", ("zh_CN", "million"): "百万元", ("zh_CN", "yi"): "亿元",
    ("en", "yuan"): "CNY", ("en", "wan"): "CNY 10k", ("en", "million"): "CNY million", ("en", "yi"): "CNY bn",
}  # fmt: skip
_OFFERED: Mapping[Language, tuple[AmountUnit, ...]] = {"zh_CN": ("yuan", "wan", "yi"), "en": ("yuan", "million", "yi")}
"""Units in which somebody who reads that language counts; the one in the middle is the usual one."""
_IN_MILLIONS = ("wan", "million")
"""Units that an English headline says in millions."""
_MILLION = 2
_ENTERED = 6
"""Decimals that an amount in 万元 is kept with."""
_MILLIONS, _TENS_OF_MILLIONS = Decimal(100), Decimal(1000)
"""万元 from which on an English headline counts in millions, and from which on with one decimal."""


@dataclass(frozen=True)
class Amount:
    """An amount as a parameter of a sentence. None is undefined and prints "—"."""

    value: Decimal | None
    """万元."""
    form: Form = "brief"
    bare: bool = False
    """Without its unit, which a heading or an axis says, or the sentence's first amount."""
    per: str = ""
    """What it is for each of, as a catalogue word (/月)."""
    drawn: bool = False
    """With as many decimals as all amounts beside it; what leaves the page as a file has all that there are."""

    def __str__(self) -> str:
        return printed(self, "zh_CN", STORED, self.per)


@dataclass(frozen=True)
class UnitOfAmounts:
    """The name of the unit itself: 万元, CNY 10k."""

    per: str = ""

    def __str__(self) -> str:
        return unit_name("zh_CN", STORED) + self.per


def is_amount(unit: str) -> bool:
    """Whether figures of that unit follow the reader's choice; costs of one thing (元/户, 万元/栋) keep their own."""
    return unit in _FOLLOW


def exact(value: Decimal | None, per: str = "") -> Amount:
    """An amount with all that a table shows of it."""
    return Amount(value, "exact", per=per)


def said(value: Decimal | None, form: Form = "exact", per: str = "") -> Message:
    """An amount with its unit, by itself."""
    return Message("{amount}", {"amount": Amount(value, form, per=per)})


def cell(value: Decimal | None, form: Form = "exact") -> Message:
    """An amount in a column whose heading says the unit."""
    return Message("{amount}", {"amount": Amount(value, form, bare=True)})


def as_drawn(words: _Words) -> _Words:
    """The same with its exact amounts as they stand in a chart or a column, each with as many decimals as the next."""
    if isinstance(words, Amount):
        return words if words.form == "brief" else replace(words, drawn=True)
    if isinstance(words, tuple):
        return tuple(as_drawn(each) for each in words)  # type: ignore[return-value]
    if isinstance(words, Message):
        return replace(words, params={name: as_drawn(value) for name, value in words.params.items()})
    return words


def headed(name: str | Message, per: str = "") -> Message:
    """A heading with the unit in brackets: 累计支付（万元）."""
    return Message("{name}（{unit}）", {"name": name, "unit": UnitOfAmounts(per)})


def unit_of_amounts(per: str = "") -> Message:
    """The unit by itself, such as under a column's name."""
    return Message("{unit}", {"unit": UnitOfAmounts(per)})


def unit_name(language: Language, unit: AmountUnit) -> str:
    """Name the unit in that language."""
    return _UNIT[language, unit]


def usual(language: Language) -> AmountUnit:
    """The unit of a screen in that language until another one is chosen."""
    return _OFFERED[language][1]


def offered(language: Language, chosen: AmountUnit) -> tuple[AmountUnit, ...]:
    """The units to choose from, with the one that is chosen already."""
    found = _OFFERED[language]
    return found if chosen in found else (*found, chosen)


def in_column(value: Decimal, language: Language, unit: AmountUnit) -> Decimal:
    """A value in 万元 as it counts in a column or on an axis of that unit."""
    return shifted(value, _SHIFT[language, unit])


def printed(amount: Amount, language: Language, unit: AmountUnit, per: str = "") -> str:
    """Print an amount; `per`: what it is for each of, in the language."""
    value = amount.value
    if value is None:
        return MISSING
    digits = _column(value, amount.form, language, unit, drawn=amount.drawn)
    if language == "en" and amount.form == "brief" and amount.bare and unit in _IN_MILLIONS:
        return _in_millions(value)
    if amount.bare:
        return digits
    if language == "zh_CN":
        return f"{digits}{_UNIT[language, unit]}{per}"
    return f"CNY {_english(amount, value, unit, digits)}{per}"


def _column(value: Decimal, form: Form, language: Language, unit: AmountUnit, *, drawn: bool = False) -> str:
    """The digits alone, in the unit that a column has."""
    if form == "signed":
        digits = _column(abs(value), "exact", language, unit, drawn=drawn)
        sign = "" if not digits.strip("0.") else "−" if value < 0 else "+"
        return sign + digits
    by = _SHIFT[language, unit]
    if unit == "wan":
        return brief(value) if form == "brief" else decimal(value, 2)
    if unit == "yuan":
        yuan = half_up(shifted(value, by), 2)
        cents = (form == "exact" and not drawn) or abs(yuan) < 1
        return decimal(yuan, 2 if cents and yuan != yuan.to_integral_value() else 0)
    if form == "brief":
        return number(shifted(_as_brief(value), by))
    even = decimal(shifted(value, by), -by)
    if (drawn or _divided(value)) and (not value or even.strip("0.")):  # a little is not nothing
        return even
    # As many decimals as say a whole unit of the tables, and more only where there is more.
    return _at_least(shifted(half_up(value, 2), by), -by)


def _divided(value: Decimal) -> bool:
    """Whether an amount has more decimals than one that was entered can have: all of them say nothing."""
    return _decimals(value) > _ENTERED


def _as_brief(value: Decimal) -> Decimal:
    return Decimal(brief(value).replace(",", ""))


def _at_least(value: Decimal, places: int) -> str:
    """All digits that there are, and that many decimals at least."""
    return decimal(value, max(places, _decimals(value)))


def _decimals(value: Decimal) -> int:
    exponent = shortest(value).as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _english(amount: Amount, value: Decimal, unit: AmountUnit, digits: str) -> str:
    if unit == "yuan":
        return digits
    if unit == "yi":
        return f"{digits} billion"
    if amount.form != "brief":
        if unit == "wan":
            digits = _column(value, amount.form, "en", "million", drawn=amount.drawn)
        return f"{digits} million"
    return f"{_in_millions(value)} million" if abs(value) >= _MILLIONS else _column(value, "brief", "en", "yuan")


def _in_millions(value: Decimal) -> str:
    return decimal(shifted(value, -_MILLION), 1 if abs(value) >= _TENS_OF_MILLIONS else 2)
