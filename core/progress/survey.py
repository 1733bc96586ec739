"""Sample size of a satisfaction survey, and its quotas by place."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from core.errors import Message
from core.model.measure import Measure
from core.progress.facts_by_place import HOUSEHOLDS, FactsByPlace
from core.text import numbers, word

Z = Fraction(196, 100)
"""Quantile of the normal distribution at 95 % confidence."""
MARGINS = (("5%", Fraction(5, 100)), ("3%", Fraction(3, 100)))
QUOTA_MARGIN = "5%"


def size(population: int, margin: Fraction) -> int | None:
    """Count the households to ask for a margin of error at 95 % confidence and the most uncertain answer (half yes).

    1.96² · 0.25 / e², corrected for the finite population, rounded up. None without a population.
    """
    if population <= 0:
        return None
    endless = Z**2 / 4 / margin**2
    return ceil(endless / (1 + (endless - 1) / population))


def quotas(total: int, households: dict[str, int]) -> dict[str, int]:
    """Share `total` out by households, by the largest remainder; equal remainders: more households, then the name."""
    whole = sum(households.values())
    exact = {place: Fraction(total * count, whole) for place, count in households.items()}
    given = {place: floor(part) for place, part in exact.items()}
    order = sorted(exact, key=lambda place: (given[place] - exact[place], -households[place], place))
    for place in order[: total - sum(given.values())]:
        given[place] += 1
    return given


def measures(sums: FactsByPlace) -> Iterator[Measure]:
    """Make survey_size at both margins; survey_quota of each place at the wider one."""
    households = {place: int(amount) for place in sums.places if (amount := sums.amount(HOUSEHOLDS, place)) is not None}
    population = sum(households.values()) if all(count >= 0 for count in households.values()) else 0
    sizes = {basis: size(population, margin) for basis, margin in MARGINS}
    source = sums.source(HOUSEHOLDS)
    people = numbers.count(population or None)
    for basis, _ in MARGINS:
        formula = Message(
            "1.96² × 0.25 ÷ {margin}²（置信度95%），按{households}户作有限总体修正，向上取整",
            {"margin": basis, "households": people},
        )
        asked = sizes[basis]
        value = None if asked is None else Decimal(asked)
        yield sums.measure("survey_size", word("问卷样本量"), value, word("份"), source, formula, basis=basis)
    total = sizes[QUOTA_MARGIN]
    shares = {} if total is None else quotas(total, households)
    for place in sums.places:
        formula = Message(
            "{total}份 × {part}户 ÷ {households}户，按最大余数取整",
            {
                "total": numbers.count(total),
                "part": numbers.count(households.get(place)),
                "households": people,
            },
        )
        value = Decimal(shares[place]) if place in shares else None
        title = word("问卷配额")
        stands = sums.source(HOUSEHOLDS, place)
        yield sums.measure("survey_quota", title, value, word("份"), stands, formula, basis=QUOTA_MARGIN, place=place)
