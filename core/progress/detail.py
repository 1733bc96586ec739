"""The detail of a place held against the place's own figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.model.project import CommunitySums, Facts
from core.progress.arithmetic import sum_of
from core.progress.book import AREA, BUILDINGS, COMMUNITIES, HOUSEHOLDS, INVESTED, PAID, Book, Quantity

TOLERANCE = Decimal("0.005")
"""万元 and 万㎡ that a sum may be off, as at the import."""
QUANTITIES = (COMMUNITIES, BUILDINGS, HOUSEHOLDS, AREA, INVESTED, PAID)
_MEASURED = (AREA, INVESTED, PAID)


@dataclass(frozen=True)
class Pair:
    """One figure of a place twice: as the detail adds up, and as its own row has it. None: not reported."""

    quantity: Quantity
    added: Decimal | None
    own: Decimal | None

    @property
    def agree(self) -> bool | None:
        """Whether both are the same; None while one of them is not known."""
        if self.added is None or self.own is None:
            return None
        return abs(self.added - self.own) <= (TOLERANCE if self.quantity in _MEASURED else 0)


@dataclass(frozen=True)
class Held:
    """A place's detail against its own figures; `place` None: the whole project."""

    place: str | None
    pairs: tuple[Pair, ...]
    """By QUANTITIES."""

    @property
    def agree(self) -> bool | None:
        """Whether all that can be compared is the same; None when nothing can."""
        known = [pair.agree for pair in self.pairs if pair.agree is not None]
        return all(known) if known else None


def held(facts: Facts, sums: Sequence[CommunitySums]) -> tuple[Held, ...]:
    """The whole project first, then every place in its order; a place without detail has nothing to compare.

    The project's sums need every place: while one has no detail they are not known.
    """
    book, of_place = Book(facts, None), {each.place: each for each in sums}
    found = []
    for place in (None, *facts.places):
        parts = [of_place.get(each) for each in (facts.places if place is None else (place,))]
        pairs = tuple(Pair(each, _added(parts, each), book.amount(each, place)) for each in QUANTITIES)
        found.append(Held(place, pairs))
    return tuple(found)


def _added(parts: Sequence[CommunitySums | None], quantity: Quantity) -> Decimal | None:
    values = [None if part is None else getattr(part, quantity.id) for part in parts]
    known = [Decimal(value) for value in values if value is not None]
    return sum_of(known) if known and len(known) == len(values) else None
