"""A number that people see, with what it was made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.errors import Message

RATIO = "ratio"
"""Unit of shares and rates, 0..1; printed as per cent."""
POINTS_OF_RATIO = "pp"
"""Unit of a difference of two ratios (-0.08 prints as -8.04 个百分点)."""


@dataclass(frozen=True)
class Measure:
    """One figure. `value` is None when it is undefined: it prints "—", never 0."""

    id: str
    name: str
    """Its Chinese name; the catalogue has the English."""
    value: Decimal | date | None
    unit: str
    """`ratio`, `pp`, or the unit as printed: 万元 户 元/㎡ …; "" for a date."""
    basis: str | None
    """Denominator: estimate bond budget arrived, household m2 building community …"""
    source: str
    """Table and cell, or section of the document."""
    as_of: date
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    """Exact operands, None where the measure is not a quotient."""
    place: str | None = None
    """None: the whole project."""
    scenario: str | None = None
    """`baseline:<id>`, `allocated:<key>`, `arrived_claimed`, or None for what the documents give."""
    formula: Message | None = None
    """Formula with its figures (怎么算)."""

    @property
    def number(self) -> Decimal | None:
        """The value where it is a number; None for what is undefined, and for a day."""
        return self.value if isinstance(self.value, Decimal) else None

    @property
    def value_type(self) -> str | None:
        """`decimal` or `date`; None for what is undefined."""
        if self.value is None:
            return None
        return "date" if isinstance(self.value, date) else "decimal"

    @property
    def is_estimate(self) -> bool:
        """True where the figure rests on an assumption and is shown as 测算值·非批复数."""
        return self.scenario is not None and not self.scenario.startswith("baseline:")


class Measures:
    """The measures of one project at one baseline, to be looked up by id, place and basis."""

    def __init__(self, measures: Iterable[Measure]) -> None:
        self.all = tuple(measures)
        self._index = {(m.id, m.place, m.basis): m for m in self.all}

    def one(self, name: str, place: str | None = None, basis: str | None = None) -> Measure:
        """The measure of that id, place and basis; without a basis, the only one there is.

        Raises KeyError when there is none (or, without a basis, several): a mistake of the caller.
        """
        if basis is not None:
            return self._index[name, place, basis]
        found = [m for m in self.all if m.id == name and m.place == place]
        if len(found) != 1:
            raise KeyError((name, place, basis, len(found)))
        return found[0]

    def each(self, name: str, basis: str | None = None) -> tuple[Measure, ...]:
        """The measures of that id over the places, in their order; without those of the whole project."""
        return tuple(
            m for m in self.all if m.id == name and m.place is not None and (basis is None or m.basis == basis)
        )
