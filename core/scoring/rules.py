"""Kinds of scoring rules: points from what is known, with the arithmetic as a sentence.

checklist (share of points met), ratio, ratio with a floor (one class), interval bands, linear deduction per unit,
fixed deduction per fault, three-band judgement, survey. Scales: 财预〔2020〕10号 (qualitative bands), 财预〔2021〕101号
(bands of rates, rates from a floor), and the practice of evaluation schemes. What is not known leaves a rule waiting
(待补佐证), which is neither 0 nor full marks. Shares are exact fractions; points are rounded once, half up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import ClassVar, Literal

from core.errors import Message
from core.model.item_input import ItemInput
from core.scoring.rule_figures import Term, edge, label, percent, printed_unit, shown, unit
from core.text.numbers import of_fraction, points

Direction = Literal["up", "down"]
"""Direction in which points follow the rule's input: points met, the rate, the figure, the number of faults."""
Figures = Mapping[str, Fraction]

ONE = Fraction(1)


@dataclass(frozen=True)
class Ruling:
    """Result of a rule for an item.

    `points` is None where the rule leaves it open: `missing` names what it waits for, or a judgement within
    `low`..`high` is to be made, or (neither) the rate has no meaning.
    """

    points: Decimal | None
    sentence: Message
    missing: tuple[str, ...] = ()
    """Names as in `figures.FIGURES`."""
    low: Decimal | None = None
    high: Decimal | None = None
    value: Fraction | None = None
    """The figure that decided: a rate (1 is 100 %), or the banded or counted figure in the rule's unit."""
    used: tuple[str, ...] = ()
    """The figures that it was computed from."""


def award(weight: Decimal, share: Fraction) -> Decimal:
    """Multiply full marks by a share within 0..1, two decimals half up."""
    exact = Fraction(weight) * min(ONE, max(Fraction(0), share))
    return Decimal(floor(exact * 100 + Fraction(1, 2))).scaleb(-2)


def _waiting(missing: Sequence[str]) -> Ruling:
    return Ruling(None, Message("缺少数据，待补佐证"), tuple(missing))


class _Kind:
    """A rule that computes from entries alone; every class has `direction` and `compute` too."""

    @property
    def names(self) -> tuple[str, ...]:
        """Figures that it can compute from."""
        return ()

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Figures whose shortfall a deduction is about; the plan that they are held against is not among them."""
        return self.names

    @property
    def several(self) -> str:
        """Name that may have one value for each basis; "" if none can."""
        return ""


@dataclass(frozen=True)
class Checklist(_Kind):
    """Share of `count` points that are met."""

    count: int
    direction: ClassVar[Direction] = "up"

    def compute(self, weight: Decimal, given: ItemInput, known: Figures) -> Ruling:
        """Wait until every point is ticked or crossed."""
        if len(given.ticks) != self.count or None in given.ticks:
            return _waiting(["ticks"])
        met = sum(bool(tick) for tick in given.ticks)
        score = award(weight, Fraction(met, self.count))
        figures = {"count": self.count, "met": met, "weight": points(weight), "points": points(score)}
        text = Message("{count}个要点符合{met}个：{weight}×{met}÷{count}={points}", figures)
        return Ruling(score, text, value=Fraction(met))


@dataclass(frozen=True)
class Ratio(_Kind):
    """Numerator ÷ denominator; below the floor nothing, from there linear to the cap (never more than full marks)."""

    numerator: str
    denominator: str
    floor: Fraction = Fraction(0)
    cap: Fraction = ONE
    preferred: str = ""
    """Figure that takes the numerator's place as soon as it is known."""
    direction: ClassVar[Direction] = "up"

    @property
    def names(self) -> tuple[str, ...]:
        """Numerator, denominator, and the preferred numerator."""
        return tuple(name for name in (self.numerator, self.denominator, self.preferred) if name)

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The numerator."""
        return (self.numerator,)

    @property
    def several(self) -> str:
        """The denominator."""
        return self.denominator

    def share(self, rate: Fraction) -> Fraction:
        """Share of full marks at that rate."""
        if rate < self.floor:
            return Fraction(0)
        return (min(rate, self.cap) - self.floor) / (1 - self.floor)

    def compute(self, weight: Decimal, given: ItemInput, known: Figures) -> Ruling:
        """Wait for both figures; a denominator of 0 leaves no rate."""
        top, bottom = self.preferred if self.preferred in known else self.numerator, self.denominator
        if missing := [name for name in (top, bottom) if name not in known]:
            return _waiting(missing)
        if known[bottom] <= 0:
            return Ruling(
                None, Message("{name}为0，比率没有意义；确无应计内容的，可定为不适用", {"name": label(bottom)})
            )
        rate = known[top] / known[bottom]
        score = award(weight, self.share(rate))
        figures: dict[str, object] = {
            "weight": points(weight),
            "top": shown(known[top], unit(top)),
            "bottom": shown(known[bottom], unit(bottom)),
            "rate": percent(rate),
            "floor": percent(self.floor),
            "span": percent(1 - self.floor),
            "cap": percent(self.cap),
            "points": points(score),
        }
        return Ruling(score, self._arithmetic(rate, figures), value=rate, used=(top, bottom))

    def _arithmetic(self, rate: Fraction, figures: Mapping[str, object]) -> Message:
        if rate < self.floor:
            return Message("{top}÷{bottom}={rate}，低于{floor}，得{points}", figures)
        if rate > self.cap:
            if self.floor:
                return Message("{top}÷{bottom}={rate}，按{cap}计：{weight}×({cap}-{floor})÷{span}={points}", figures)
            return Message("{top}÷{bottom}={rate}，按{cap}计：{weight}×{cap}={points}", figures)
        if self.floor:
            return Message("{top}÷{bottom}={rate}：{weight}×({rate}-{floor})÷{span}={points}", figures)
        return Message("{weight}×{top}÷{bottom}={points}", figures)


@dataclass(frozen=True)
class Band:
    """A band and its share of full marks. The edge belongs to it; None: everything beyond the band before."""

    edge: Fraction | None
    share: Fraction


@dataclass(frozen=True)
class _OfTerm(_Kind):
    """A rule over one figure, or over the difference of two."""

    term: Term
    unit: str

    @property
    def names(self) -> tuple[str, ...]:
        """Figures of the term."""
        return self.term.names

    @property
    def printed_unit(self) -> str:
        """Unit after a value; the sign % stands with the value already."""
        return "" if self.unit == "%" else printed_unit(self.unit)

    def compute(self, weight: Decimal, given: ItemInput, known: Figures) -> Ruling:
        """Wait for its figures."""
        value = self.term.value(known)
        if value is None:
            return _waiting([name for name in self.names if name not in known])
        return self.at(value, weight)

    def at(self, value: Fraction, weight: Decimal) -> Ruling:
        """Points at that value."""
        raise NotImplementedError

    def _printed(self, value: Fraction, weight: Decimal, score: Decimal) -> dict[str, object]:
        return {
            "name": self.term.label,
            "value": shown(value, self.unit),
            "unit": self.printed_unit,
            "weight": points(weight),
            "points": points(score),
        }


@dataclass(frozen=True)
class Interval(_OfTerm):
    """Bands of a figure, best first: `at_least` their edges, or at most."""

    bands: tuple[Band, ...]
    at_least: bool

    @property
    def direction(self) -> Direction:
        """Up where bands are reached from below."""
        return "up" if self.at_least else "down"

    @property
    def several(self) -> str:
        """Its figure, if it is one alone."""
        return self.names[0] if len(self.names) == 1 else ""

    def band(self, value: Fraction) -> Band:
        """Band that the value lies in."""
        return next(
            band
            for band in self.bands
            if band.edge is None or (value >= band.edge if self.at_least else value <= band.edge)
        )

    def at(self, value: Fraction, weight: Decimal) -> Ruling:
        """Points of the band that the value lies in."""
        band = self.band(value)
        score = award(weight, band.share)
        figures = self._printed(value, weight, score) | {"share": percent(band.share)}
        text = Message("{name}{value}{unit}，所在档得{share}：{weight}×{share}={points}", figures)
        return Ruling(score, text, value=value, used=self.names)

    def edge(self, value: Fraction) -> str:
        """Print an edge as the rule has it."""
        return edge(value, self.unit)


@dataclass(frozen=True)
class Linear(_OfTerm):
    """A share of full marks off for each unit of a figure, down to a floor."""

    per_unit: Fraction
    floor: Fraction = Fraction(0)
    direction: ClassVar[Direction] = "down"

    def at(self, value: Fraction, weight: Decimal) -> Ruling:
        """Points at that value; less than nothing (early, under the estimate) takes nothing off."""
        off = min(1 - self.floor, self.per_unit * max(Fraction(0), value))
        score = award(weight, 1 - off)
        figures = self._printed(value, weight, score)
        figures |= {"one": printed_unit(self.unit), "per": percent(self.per_unit), "off": percent(off)}
        text = Message("{name}{value}{unit}，每1{one}扣{per}：{weight}×(1-{off})={points}", figures)
        return Ruling(score, text, value=value, used=self.names)


@dataclass(frozen=True)
class PerFault(_Kind):
    """A fixed deduction for each kind of fault, at most `most` (None: all of the points)."""

    per_fault: Decimal
    most: Decimal | None = None
    floor: Decimal = Decimal(0)
    """Points that are kept whatever is found."""
    direction: ClassVar[Direction] = "down"

    def limit(self, weight: Decimal) -> Decimal:
        """Greatest deduction."""
        left = max(Decimal(0), weight - self.floor)
        return left if self.most is None else min(left, self.most)

    def compute(self, weight: Decimal, given: ItemInput, known: Figures) -> Ruling:
        """Wait for the number of kinds of faults."""
        if given.faults is None:
            return _waiting(["faults"])
        faults = max(0, given.faults)
        limit, sum_of = self.limit(weight), self.per_fault * faults
        deducted = min(limit, sum_of)
        score = award(weight, ONE - Fraction(deducted) / Fraction(weight))
        figures: dict[str, object] = {
            "faults": faults,
            "per": points(self.per_fault),
            "sum": points(sum_of),
            "deducted": points(deducted),
            "weight": points(weight),
            "points": points(score),
        }
        text = Message("{faults}类×{per}={sum}：{weight}-{deducted}={points}", figures)
        if sum_of > limit:
            text = Message("{faults}类×{per}={sum}，最多扣{deducted}：{weight}-{deducted}={points}", figures)
        return Ruling(score, text, value=Fraction(faults))


@dataclass(frozen=True)
class Level:
    """A band of a judgement: shares of full marks."""

    name: str
    high: Fraction
    low: Fraction


@dataclass(frozen=True)
class Judgement(_Kind):
    """Bands, best first, within which a person judges; without a band, all of the points are open."""

    levels: tuple[Level, ...] = ()
    direction: ClassVar[Direction] = "up"

    def compute(self, weight: Decimal, given: ItemInput, known: Figures) -> Ruling:
        """Give a range, never points: the rule leaves them to the evaluator."""
        level = next((level for level in self.levels if level.name == given.level), None)
        if level is None:
            text = Message("由评价人分档评判") if self.levels else Message("没有计分规则，由评价人评判")
            return Ruling(None, text, low=Decimal("0.00"), high=award(weight, ONE))
        low, high = award(weight, level.low), award(weight, level.high)
        figures = {"level": level.name, "low": points(low), "high": points(high)}
        return Ruling(None, Message("“{level}”档：在{low}至{high}分之间评判", figures), low=low, high=high)


def satisfaction(answers: Sequence[int], weights: Sequence[Fraction]) -> Fraction | None:
    """Weigh answers into per cent, 0..100; None without a single answer, or when they are not by these grades."""
    count = sum(answers)
    if len(answers) != len(weights) or min(answers) < 0 or not count:
        return None
    return sum((weight * number for weight, number in zip(weights, answers, strict=True)), Fraction(0)) * 100 / count


@dataclass(frozen=True)
class Survey(_Kind):
    """A satisfaction in per cent, banded: given as a figure, or made from weighted answers."""

    interval: Interval
    weights: tuple[Fraction, ...]
    """Weight of an answer of each grade, best first."""

    @property
    def direction(self) -> Direction:
        """Direction of its bands."""
        return self.interval.direction

    @property
    def names(self) -> tuple[str, ...]:
        """Satisfaction, if it is given as a figure."""
        return self.interval.names

    @property
    def several(self) -> str:
        """Satisfaction, if it is given as a figure: each questionnaire gives one."""
        return self.interval.several

    def compute(self, weight: Decimal, given: ItemInput, known: Figures) -> Ruling:
        """Take answers before a figure, since they can be checked. Wait for either."""
        value = satisfaction(given.answers, self.weights)
        if value is None:
            banded = self.interval.compute(weight, given, known)
            return _waiting(["answers"]) if banded.missing else banded
        ruling = self.interval.at(value, weight)
        counted = Message(
            "问卷{count}份，加权满意度{value}%；{banded}",
            {"count": sum(given.answers), "value": points(of_fraction(value)), "banded": ruling.sentence},
        )
        return Ruling(ruling.points, counted, value=value)


Rule = Checklist | Ratio | Interval | Linear | PerFault | Judgement | Survey
"""Classes of rules. A new one is read in `read_rule.KINDS` and inverted in `implied` (mypy says so)."""
