"""The facts of a project laid out by place, and how a measure is made from them.

Rows are keyed on the place's name, never on the serial number. A place without a row is unknown (None); a total is
the sum of the rows there are, and unknown when there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import takewhile

from core.errors import Message, UnknownName
from core.model.measure import Measure
from core.model.project import Baseline, Delivery, Facts, Funding, FundingSource
from core.progress.arithmetic import Number, exact, over, rounded, sum_of
from core.text import numbers, word


@dataclass(frozen=True)
class Quantity:
    """A column of one of the two tables."""

    id: str
    name: str
    unit: str
    heading: str
    """The column as the document calls it."""


PAID = Quantity("paid", word("累计支付"), word("万元"), word("累计支付"))
INVESTED = Quantity("invested", word("已投资"), word("万元"), word("已投资金额"))
COMMUNITIES = Quantity("communities", word("计划受益小区"), word("个"), word("受益小区数量"))
BUILDINGS = Quantity("buildings", word("计划受益楼栋"), word("栋"), word("受益栋数"))
HOUSEHOLDS = Quantity("households", word("计划受益户数"), word("户"), word("受益户数"))
AREA = Quantity("area", word("计划受益面积"), word("万㎡"), word("受益面积"))
QUANTITIES = (PAID, INVESTED, COMMUNITIES, BUILDINGS, HOUSEHOLDS, AREA)


@dataclass(frozen=True)
class Key:
    """What money is divided by: a unit cost's denominator and the key of an allocation."""

    basis: str
    quantity: Quantity
    factor: int
    """万元 per quantity times this is the unit of the cost: 元/户 = 万元 × 10⁴ / 户, 元/㎡ = 万元/万㎡."""
    unit: str
    noun: str


KEYS = (
    Key("household", HOUSEHOLDS, 10_000, word("元/户"), word("户数")),
    Key("m2", AREA, 1, word("元/㎡"), word("面积")),
    Key("building", BUILDINGS, 1, word("万元/栋"), word("栋数")),
    Key("community", COMMUNITIES, 1, word("万元/小区"), word("小区数")),
)


def joined(sources: Iterable[str]) -> str:
    """Sources as one text, each once, also where one is such a text already."""
    return ";".join(dict.fromkeys(part for source in sources for part in source.split(";") if part))


def span(sources: Sequence[str]) -> str:
    """Rows of one table as one text: 资金明细表第1行 … 资金明细表第4行 is 资金明细表第1行–4行."""
    distinct = list(dict.fromkeys(sources))
    if len(distinct) < 2:
        return joined(distinct)
    first, last = distinct[0], distinct[-1]
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    common = "".join(letter for letter, _ in alike).rstrip("0123456789")
    return f"{first}–{last.removeprefix(common)}"


def money(value: Number | None) -> str:
    """An exact amount as it is printed."""
    return numbers.money(rounded(value))


def percent(value: Number | None) -> str:
    """An exact ratio as it is printed."""
    return numbers.percent(rounded(value))


def planned_time(facts: Facts, baseline: str | None) -> Baseline | None:
    """The planned time of that id, or the default one; None for facts without any. Raises UnknownName."""
    known = facts.baselines
    if baseline is None:
        return next((each for each in known if each.default), known[0] if known else None)
    for each in known:
        if each.id == baseline:
            return each
    ids = tuple(each.id for each in known)
    raise UnknownName(Message("没有计划工期“{baseline}”。可用:{ids}。", {"baseline": baseline, "ids": ids}))


class Book:
    """One project's facts at one planned time."""

    def __init__(self, facts: Facts, baseline: Baseline | None) -> None:
        self.facts = facts
        self.baseline = baseline
        self.places = facts.places
        self._amounts: dict[str, dict[str, Decimal]] = {quantity.id: {} for quantity in QUANTITIES}
        self._sources: dict[str, dict[str, str]] = {quantity.id: {} for quantity in QUANTITIES}
        for spend in facts.spend:
            self._enter(spend.place, spend.source, ((PAID, spend.paid), (INVESTED, spend.invested)))
        for line in facts.renovation:
            columns: tuple[tuple[Quantity, Decimal | int], ...] = (
                (COMMUNITIES, line.communities),
                (BUILDINGS, line.buildings),
                (HOUSEHOLDS, line.households),
                (AREA, line.area),
            )
            self._enter(line.place, line.source, columns)
        self._deliveries = {each.place: each for each in facts.deliveries}

    def _enter(self, place: str, source: str, columns: Iterable[tuple[Quantity, Decimal | int]]) -> None:
        for quantity, amount in columns:
            of_place = self._amounts[quantity.id]
            of_place[place] = of_place.get(place, Decimal(0)) + amount
            self._sources[quantity.id].setdefault(place, source)

    def amount(self, quantity: Quantity, place: str | None = None) -> Decimal | None:
        """The quantity at the place, or in the whole project (the sum of the rows)."""
        amounts = self._amounts[quantity.id]
        if place is not None:
            return amounts.get(place)
        return sum_of(amounts.values()) if amounts else None

    def share(self, quantity: Quantity, place: str) -> Fraction | None:
        """The place's part of the project's quantity, 0..1."""
        return over(self.amount(quantity, place), self.amount(quantity))

    def source(self, quantity: Quantity, place: str | None = None) -> str:
        """The table, row or rows, and column that the quantity stands in."""
        sources = self._sources[quantity.id]
        rows = [sources[place]] if place in sources else list(sources.values()) if place is None else []
        return f"{span(rows)} {quantity.heading}" if rows else self.facts.project.source

    @cached_property
    def estimate(self) -> Decimal | None:
        """The approved estimate (概算), 万元: each budget group once, however many places it covers."""
        groups = self.facts.budget_groups
        return sum_of(group.amount for group in groups) if groups else None

    @property
    def estimate_source(self) -> str:
        """Where the estimate stands."""
        return span([group.source for group in self.facts.budget_groups]) or self.facts.project.source

    def funding(self, source: FundingSource) -> Funding | None:
        """The plan of that source of money, if there is one."""
        return next((funding for funding in self.facts.funding if funding.source == source), None)

    def delivery(self, place: str) -> Delivery | None:
        """What the place reports of its work."""
        return self._deliveries.get(place)

    @property
    def funding_sources(self) -> tuple[FundingSource, ...]:
        """The sources that are planned or that something arrived from."""
        found: dict[FundingSource, None] = dict.fromkeys(funding.source for funding in self.facts.funding)
        return tuple(found | dict.fromkeys(arrival.funding for arrival in self.facts.arrivals))

    def arrived(self, source: FundingSource | None = None) -> tuple[Decimal | None, str]:
        """Funds arrived by the as-of day, 万元, and where that stands: of a source, or of all of them.

        Single arrivals go before a sum that the report states. None: not reported; the total needs every source.
        """
        if source is None:
            parts = [self.arrived(each) for each in self.funding_sources]
            amounts = [amount for amount, _ in parts if amount is not None]
            known = bool(parts) and len(amounts) == len(parts)
            return sum_of(amounts) if known else None, joined(stands for _, stands in parts)
        rows = [arrival for arrival in self.facts.arrivals if arrival.funding == source]
        if rows:
            amount = sum_of(row.amount for row in rows if row.arrived_on <= self.facts.as_of)
            return amount, span([row.source for row in rows])
        funding = self.funding(source)
        return (funding.arrived, funding.section) if funding else (None, self.facts.project.source)

    @property
    def scenario(self) -> str | None:
        """Scenario of everything that depends on the planned time."""
        return f"baseline:{self.baseline.id}" if self.baseline else None

    def measure(
        self,
        name: str,
        title: str,
        value: Decimal | Fraction | date | None,
        unit: str,
        source: str,
        formula: Message | None = None,
        *,
        basis: str | None = None,
        place: str | None = None,
        scenario: str | None = None,
    ) -> Measure:
        """A measure; a Fraction is rounded to 12 places, a Decimal stays as the document has it."""
        return Measure(
            id=name,
            name=title,
            value=rounded(value) if isinstance(value, Fraction) else value,
            unit=unit,
            basis=basis,
            source=source,
            as_of=self.facts.as_of,
            place=place,
            scenario=scenario,
            formula=formula,
        )

    def quotient(
        self,
        name: str,
        title: str,
        operands: tuple[Number | None, Number | None],
        unit: str,
        source: str,
        formula: Message,
        *,
        basis: str | None = None,
        place: str | None = None,
        scenario: str | None = None,
    ) -> Measure:
        """A measure that is a quotient; its operands are kept where both are exact decimals."""
        numerator, denominator = (exact(operand) for operand in operands)
        known = numerator is not None and denominator is not None
        return Measure(
            id=name,
            name=title,
            value=rounded(over(*operands)),
            unit=unit,
            basis=basis,
            source=source,
            as_of=self.facts.as_of,
            numerator=numerator if known else None,
            denominator=denominator if known else None,
            place=place,
            scenario=scenario,
            formula=formula,
        )
