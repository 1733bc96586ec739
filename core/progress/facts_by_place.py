"""Facts of a project laid out by place, and the making of measures from them.

Rows are keyed on the place's name, never on the serial number. A place without a row is unknown (None); a total is
the sum of the rows there are, and unknown when there is none, or when one of them does not report the figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import takewhile
from typing import Literal

from core.errors import Message, UnknownName
from core.model.measure import Measure
from core.model.project import FUNDING_NAMES, Baseline, Delivery, Facts, Funding, SourceMoney
from core.progress.arithmetic import Number, exact, over, rounded, sum_if_known, sum_of
from core.text import numbers, word

Flow = Literal["planned", "arrived", "paid"]
"""What is said of a source's money."""
_UNKNOWN: tuple[None, str] = (None, "")


@dataclass(frozen=True)
class Quantity:
    """A column of one of the two tables."""

    id: str
    name: str
    unit: str
    heading: str
    """Heading of the column in the document."""


PAID = Quantity("paid", word("累计支付"), word("万元"), word("累计支付"))
INVESTED = Quantity("invested", word("已投资"), word("万元"), word("已投资金额"))
COMMUNITIES = Quantity("communities", word("计划受益小区"), word("个"), word("受益小区数量"))
BUILDINGS = Quantity("buildings", word("计划受益楼栋"), word("栋"), word("受益栋数"))
HOUSEHOLDS = Quantity("households", word("计划受益户数"), word("户"), word("受益户数"))
AREA = Quantity("area", word("计划受益面积"), word("万㎡"), word("受益面积"))
QUANTITIES = (PAID, INVESTED, COMMUNITIES, BUILDINGS, HOUSEHOLDS, AREA)


@dataclass(frozen=True)
class Key:
    """Divisor of money: a unit cost's denominator and the key of an allocation."""

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
    """Join sources into one text, each once, also where one is such a text already."""
    each = (part for source in sources for part in source.replace(";", "；").split("；"))
    return "；".join(dict.fromkeys(part for part in each if part))


def span(sources: Sequence[str]) -> str:
    """Join rows of one table: 资金明细表第1行 … 资金明细表第4行 is 资金明细表第1行～4行."""
    distinct = list(dict.fromkeys(sources))
    if len(distinct) < 2:
        return joined(distinct)
    first, last = distinct[0], distinct[-1]
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    common = "".join(letter for letter, _ in alike).rstrip("0123456789")
    return f"{first}～{last.removeprefix(common)}"


def money(value: Number | None) -> str:
    """Print an exact amount."""
    return numbers.money(rounded(value))


def percent(value: Number | None) -> str:
    """Print an exact ratio."""
    return numbers.percent(rounded(value))


def planned_time(facts: Facts, baseline: str | None) -> Baseline | None:
    """Find the planned time of that id, or the default one; None for facts without any. Raises UnknownName."""
    known = facts.baselines
    if baseline is None:
        return next((each for each in known if each.default), known[0] if known else None)
    for each in known:
        if each.id == baseline:
            return each
    ids = tuple(each.id for each in known)
    raise UnknownName(Message("没有计划工期“{baseline}”。可用：{ids}。", {"baseline": baseline, "ids": ids}))


class FactsByPlace:
    """Facts of one project at one planned time."""

    def __init__(self, facts: Facts, baseline: Baseline | None) -> None:
        self.facts = facts
        self.baseline = baseline
        self.places = facts.places
        self._amounts: dict[str, dict[str, Decimal | None]] = {quantity.id: {} for quantity in QUANTITIES}
        self._sources: dict[str, dict[str, str]] = {quantity.id: {} for quantity in QUANTITIES}
        for spend in facts.spend:
            self._enter(spend.place, spend.source, ((PAID, spend.paid), (INVESTED, spend.invested)))
        for line in facts.renovation:
            columns: tuple[tuple[Quantity, Decimal | int | None], ...] = (
                (COMMUNITIES, line.communities),
                (BUILDINGS, line.buildings),
                (HOUSEHOLDS, line.households),
                (AREA, line.area),
            )
            self._enter(line.place, line.source, columns)
        self._deliveries = {each.place: each for each in facts.deliveries}

    def _enter(self, place: str, source: str, columns: Iterable[tuple[Quantity, Decimal | int | None]]) -> None:
        for quantity, amount in columns:
            of_place = self._amounts[quantity.id]
            of_place[place] = sum_if_known((of_place.get(place, Decimal(0)), amount))
            self._sources[quantity.id].setdefault(place, source)

    def amount(self, quantity: Quantity, place: str | None = None) -> Decimal | None:
        """Quantity at the place, or in the whole project (the sum of the rows)."""
        amounts = self._amounts[quantity.id]
        if place is not None:
            return amounts.get(place)
        return sum_if_known(amounts.values()) if amounts else None

    def silent(self, quantity: Quantity) -> tuple[str, ...]:
        """The places that have a row and do not report the quantity in it."""
        return tuple(place for place, amount in self._amounts[quantity.id].items() if amount is None)

    def share(self, quantity: Quantity, place: str) -> Fraction | None:
        """Share of the place in the project's quantity, 0..1."""
        return over(self.amount(quantity, place), self.amount(quantity))

    def source(self, quantity: Quantity, place: str | None = None) -> str:
        """Table, row or rows, and column that the quantity stands in."""
        sources = self._sources[quantity.id]
        rows = [sources[place]] if place in sources else list(sources.values()) if place is None else []
        return f"{span(rows)} {quantity.heading}" if rows else self.facts.project.source

    @cached_property
    def estimate(self) -> Decimal | None:
        """Approved estimate (概算), 万元: each budget group once, however many places it covers."""
        groups = self.facts.budget_groups
        return sum_of(group.amount for group in groups) if groups else None

    @property
    def estimate_source(self) -> str:
        """Table and rows that the estimate stands in."""
        return span([group.source for group in self.facts.budget_groups]) or self.facts.project.source

    def funding(self, source: str) -> Funding | None:
        """Plan of that source of money, if there is one."""
        return next((funding for funding in self.facts.funding if funding.source == source), None)

    def delivery(self, place: str) -> Delivery | None:
        """Return the place's report of its work, or None."""
        return self._deliveries.get(place)

    @cached_property
    def funding_sources(self) -> Mapping[str, str]:
        """Sources of money that are planned or that anything is reported of, and their names."""
        return self.facts.sources

    def source_name(self, source: str) -> str:
        """The source's name: by the kind that it is known as, or as the document calls it."""
        return FUNDING_NAMES.get(source) or self.funding_sources.get(source, source)

    def of_source(self, flow: Flow, source: str, place: str | None = None) -> tuple[Decimal | None, str]:
        """Money of a source that is planned, has arrived or was paid, 万元, and where that stands.

        Of the whole project: single arrivals go before the sum of the places, that before what is stated of the whole
        (core.checks tells where they differ). None: not reported, or not by every place that has the source.
        """
        rows = self._of_source[source]
        if place is not None:
            return next(((getattr(row, flow), row.section) for row in rows if row.place == place), _UNKNOWN)
        if flow == "arrived" and (days := [each for each in self.facts.arrivals if each.funding == source]):
            arrived = sum_of(each.amount for each in days if each.arrived_on <= self.facts.as_of)
            return arrived, span([each.source for each in days])
        amount, stands = self.of_places(flow, source)
        if amount is not None:
            return amount, stands
        plan = self.funding(source)
        for stated in (plan, next((row for row in rows if row.place is None), None)):
            if stated is not None and getattr(stated, flow) is not None:
                return getattr(stated, flow), stated.section
        return None, stands or (plan.section if plan else self.facts.project.source)

    def of_places(self, flow: Flow, source: str) -> tuple[Decimal | None, str]:
        """The sum of the places' money of a source, and their rows; None where one that has the source is silent."""
        rows = [row for row in self._of_source[source] if row.place is not None]
        amounts = [amount for row in rows if (amount := getattr(row, flow)) is not None]
        stands = span([row.section for row in rows if getattr(row, flow) is not None])
        return sum_of(amounts) if rows and len(amounts) == len(rows) else None, stands

    def of_all_sources(self, flow: Flow, place: str | None = None) -> tuple[Decimal | None, str]:
        """Money of all sources together: their sum where each is known, else what is stated of all of them."""
        parts = [self.of_source(flow, each, place) for each in self.counted(flow, place)]
        amounts = [amount for amount, _ in parts if amount is not None]
        if parts and len(amounts) == len(parts):
            return sum_of(amounts), joined(stands for _, stands in parts)
        amount, stands = self.of_source(flow, "", place)
        return amount, stands if amount is not None else joined(where for _, where in parts) or stands

    def counted(self, flow: Flow, place: str | None = None) -> tuple[str, ...]:
        """The sources that have a part in it: those that are planned, and those of which it is reported."""
        rows = [row for row in self.facts.source_money if row.source and place in (None, row.place)]
        there = {row.source for row in rows if getattr(row, flow) is not None}
        if place is None:
            there |= {each.source for each in self.facts.funding}
            there |= {each.funding for each in self.facts.arrivals if flow == "arrived"}
        else:
            there |= {row.source for row in rows if row.planned is not None}
        return tuple(each for each in self.funding_sources if each in there)

    @cached_property
    def _of_source(self) -> Mapping[str, list[SourceMoney]]:
        found: dict[str, list[SourceMoney]] = defaultdict(list)
        for row in self.facts.source_money:
            found[row.source].append(row)
        return found

    def arrived(self, source: str | None = None) -> tuple[Decimal | None, str]:
        """Funds arrived by the as-of day, 万元, and where that stands: of a source, or of all of them."""
        return self.of_all_sources("arrived") if source is None else self.of_source("arrived", source)

    @property
    def scenario(self) -> str | None:
        """Scenario of all measures that depend on the planned time."""
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
        """Make a measure; a Fraction is rounded to 12 places, a Decimal stays as the document has it."""
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
        """Make a measure that is a quotient; its operands are kept where both are exact decimals."""
        numerator, denominator = (exact(operand) for operand in operands)
        value = over(*operands)
        made = self.measure(name, title, value, unit, source, formula, basis=basis, place=place, scenario=scenario)
        if numerator is None or denominator is None:
            return made
        return replace(made, numerator=numerator, denominator=denominator)
