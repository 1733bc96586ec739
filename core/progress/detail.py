"""Detail of a place compared with the place's own figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.model.project import CommunitySums, Facts
from core.progress.arithmetic import sum_of
from core.progress.facts_by_place import (
    AREA,
    BUILDINGS,
    COMMUNITIES,
    HOUSEHOLDS,
    INVESTED,
    PAID,
    FactsByPlace,
    Quantity,
)

TOLERANCE = Decimal("0.005")
"""万元 and 万㎡ that a sum may be off, as at the import."""
QUANTITIES = (COMMUNITIES, BUILDINGS, HOUSEHOLDS, AREA, INVESTED, PAID)
_MEASURED = (AREA, INVESTED, PAID)


@dataclass(frozen=True)
class HeldPair:
    """A figure of a place twice: the sum of its detail, and its own row. None: not reported."""

    quantity: Quantity
    added: Decimal | None
    own: Decimal | None

    @property
    def agree(self) -> bool | None:
        """True where both agree; None while one of them is not known."""
        if self.added is None or self.own is None:
            return None
        return abs(self.added - self.own) <= (TOLERANCE if self.quantity in _MEASURED else 0)


@dataclass(frozen=True)
class Held:
    """Detail of a place against its own figures; `place` None: the whole project."""

    place: str | None
    pairs: tuple[HeldPair, ...]
    """Pairs in the order of QUANTITIES."""

    @property
    def agree(self) -> bool | None:
        """True where all that can be compared agrees; None when nothing can."""
        known = [pair.agree for pair in self.pairs if pair.agree is not None]
        return all(known) if known else None


def compared_with_place(facts: Facts, detail: Sequence[CommunitySums]) -> tuple[Held, ...]:
    """Compare the whole project first, then every place in its order; a place without detail has nothing to compare.

    The project's sums need every place: while one has no detail they are not known.
    """
    sums, of_place = FactsByPlace(facts, None), {each.place: each for each in detail}
    found = []
    for place in (None, *facts.places):
        parts = [of_place.get(each) for each in (facts.places if place is None else (place,))]
        pairs = tuple(HeldPair(each, _added(parts, each), sums.amount(each, place)) for each in QUANTITIES)
        found.append(Held(place, pairs))
    return tuple(found)


def _added(parts: Sequence[CommunitySums | None], quantity: Quantity) -> Decimal | None:
    values = [None if part is None else getattr(part, quantity.id) for part in parts]
    known = [Decimal(value) for value in values if value is not None]
    return sum_of(known) if known and len(known) == len(values) else None
