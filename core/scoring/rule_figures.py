"""Figures that rules name: their label, their unit, and the measure that gives them.

Rates are in per cent throughout (53.33, never 0.5333): the bands of rules are, and so is what people enter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.errors import Message
from core.model.measure import POINTS_OF_RATIO, RATIO, Measure, Measures
from core.text import numbers, word


@dataclass(frozen=True)
class RuleFigure:
    """Figure of a rule. `measure` is the id of its measure where that is another word, `basis` the measure's basis."""

    label: str
    unit: str
    measure: str = ""
    basis: str | None = None


FIGURES: Mapping[str, RuleFigure] = {
    "ticks": RuleFigure(word("要点勾选"), ""),
    "faults": RuleFigure(word("问题类别数"), word("类")),
    "answers": RuleFigure(word("问卷各档人数或满意度"), ""),
    "funds_arrived": RuleFigure(word("到位资金"), "万元"),
    "funds_due": RuleFigure(word("应到位资金"), "万元"),
    "paid": RuleFigure(word("支出"), "万元"),
    "paid_rate": RuleFigure(word("支付率"), "%", basis="estimate"),
    "execution_rate": RuleFigure(word("预算执行率"), "%"),
    "time_elapsed": RuleFigure(word("工期已过"), "%"),
    "physical_progress": RuleFigure(word("形象进度"), "%"),
    "communities_started": RuleFigure(word("已开工小区数"), "个"),
    "communities_planned": RuleFigure(word("计划小区数"), "个", "communities"),
    "stage_done": RuleFigure(word("阶段完成量"), ""),
    "stage_target": RuleFigure(word("阶段目标量"), ""),
    "households_done": RuleFigure(word("已完工户数"), "户", "households_finished"),
    "households_planned": RuleFigure(word("计划户数"), "户", "households"),
    "passed": RuleFigure(word("合格数"), "", "qualified"),
    "inspected": RuleFigure(word("已验收数"), ""),
    "items_done": RuleFigure(word("已实施项"), "项"),
    "items_approved": RuleFigure(word("批复项"), "项"),
    "months_late": RuleFigure(word("迟开工月数"), word("个月")),
    "overrun_pct": RuleFigure(word("超概算幅度"), "%"),
    "coverage": RuleFigure(word("本息覆盖倍数"), word("倍")),
    "satisfaction": RuleFigure(word("居民满意度"), "%"),
}
"""Figures by the names in use. A name that is not here is its own label, and the id of the measure that gives it."""

_RATES: Mapping[str, str] = {"stage_done": word("阶段完成率"), "paid_rate": word("支付进度比")}
"""Names of rates by their numerator, where that is not the indicator's own name."""

_PRINTED_UNITS: Mapping[str, str] = {"pp": word("个百分点"), "月": word("个月")}
_TWO_PLACES = frozenset({"%", "万元", "pp"})

OWN_BASIS: Mapping[str, str] = {"funds_arrived": "arrived"}
"""Basis that a rule means by a name that has several: its value counts once it is reported."""

_MONEY = (("estimate", "estimate", None), ("bond", "funding_planned", "bond"))
_RATES_BY_BASIS = tuple((basis, "paid_rate", basis) for basis in ("estimate", "bond", "arrived"))
"""Basis, measure, and the measure's basis."""


@dataclass(frozen=True)
class FigureReading:
    """Known value of a figure, and the measure it came from; None: entered, or fixed by the rule."""

    value: Fraction
    measure: Measure | None = None

    @property
    def scenario(self) -> str | None:
        """Assumption that the figure rests on, if any."""
        return self.measure.scenario if self.measure and self.measure.is_estimate else None


def label(name: str) -> str:
    """Name the figure as people do."""
    return FIGURES[name].label if name in FIGURES else name


def unit(name: str) -> str:
    """Unit that a figure of that name is entered in; "" for a bare number."""
    return FIGURES[name].unit if name in FIGURES else ""


def rate_label(numerator: str, otherwise: str) -> str:
    """Name the rate with that numerator."""
    return _RATES.get(numerator, otherwise)


def percent(share: Fraction) -> str:
    """Print a share (0..1) as per cent: 53.33%."""
    return numbers.percent(numbers.of_fraction(share))


def plain(value: Fraction) -> str:
    """Print at most two decimals, none that are 0: 3, 1.2, 26,310."""
    text = numbers.decimal(numbers.of_fraction(value), 2)
    return text.rstrip("0").rstrip(".")


def printed_unit(name: str) -> str:
    """Print a rule's unit: pp is 个百分点."""
    return _PRINTED_UNITS.get(name, name)


def shown(value: Fraction, unit: str) -> str:
    """Print a value in that unit, without the unit (but with the sign %): 8,000.00 and 53.33% and 28."""
    text = numbers.decimal(numbers.of_fraction(value), 2) if unit in _TWO_PLACES else plain(value)
    return f"{text}%" if unit == "%" else text


def edge(value: Fraction, unit: str) -> str:
    """Print the edge of a band as the rule has it: 80%, 1.2."""
    return f"{plain(value)}%" if unit == "%" else plain(value)


@dataclass(frozen=True)
class Term:
    """Input of a banded or linear rule: one figure, or the distance of two, as `abs(a-b)`."""

    names: tuple[str, ...]

    def value(self, known: Mapping[str, Fraction]) -> Fraction | None:
        """Work out its value, or None while one of its figures is unknown."""
        if any(name not in known for name in self.names):
            return None
        first, *second = (known[name] for name in self.names)
        return abs(first - second[0]) if second else first

    @property
    def label(self) -> Message | str:
        """Name of the figure, or of the difference of two."""
        if len(self.names) == 1:
            return label(self.names[0])
        first, second = self.names
        return Message("{first}与{second}之差", {"first": label(first), "second": label(second)})


_GAP = re.compile(r"abs\(\s*(\w+)\s*-\s*(\w+)\s*\)")


def read_term(text: str) -> Term:
    """Read `name` or `abs(name-name)`. Raises ValueError for anything else."""
    if gap := _GAP.fullmatch(text):
        return Term(gap.groups())
    if not re.fullmatch(r"\w+", text):
        raise ValueError(text)
    return Term((text,))


def read_figure(name: str, measures: Measures) -> FigureReading | None:
    """Find a figure among the project's measures; None where they do not have it."""
    if name == "funds_arrived":
        return _funds_arrived(measures)
    figure = FIGURES.get(name, RuleFigure(name, ""))
    return _of_measure(figure.measure or name, figure.basis, measures)


def read_by_basis(name: str, found: Mapping[str, FigureReading], measures: Measures) -> dict[str, FigureReading]:
    """Read the figure by each basis that is known, as they are shown side by side; empty for a name with one basis.

    Money due or arrived, and a rate of execution, may be meant by either basis; satisfaction may be reported by the
    places and asked in several questionnaires. `found`: figures that are known already, of which the funds arrived are
    one basis.
    """
    if name == "satisfaction":
        asked = [m.basis for m in measures.all if m.id == name and m.place is None and m.basis is not None]
        several = {basis: _of_measure(name, basis, measures) for basis in asked if len(asked) > 1}
        return {basis: reading for basis, reading in several.items() if reading is not None}
    money = name in {"funds_due", "funds_arrived"}
    rows = _MONEY if money else _RATES_BY_BASIS if name == "execution_rate" else ()
    readings = {basis: _of_measure(identity, of, measures) for basis, identity, of in rows}
    if money:
        readings["arrived"] = found.get("funds_arrived")
    return {basis: reading for basis, reading in readings.items() if reading is not None}


def _find(name: str, basis: str | None, measures: Measures) -> Measure | None:
    found = [m for m in measures.all if m.id == name and m.place is None and m.basis in {basis, basis or m.basis}]
    return found[0] if len(found) == 1 else None


def _of_measure(name: str, basis: str | None, measures: Measures) -> FigureReading | None:
    measure = _find(name, basis, measures)
    if measure is None or not isinstance(measure.value, Decimal):
        return None
    value = Fraction(measure.value)
    if measure.numerator is not None and measure.denominator:
        # The value is rounded to 12 places; its operands are exact.
        value = Fraction(measure.numerator) / Fraction(measure.denominator)
    return FigureReading(value * 100 if measure.unit in {RATIO, POINTS_OF_RATIO} else value, measure)


def _funds_arrived(measures: Measures) -> FigureReading | None:
    """Denominator of the rate of paid to arrived funds: reported, or as a stated utilisation implies."""
    rate = _find("paid_rate", "arrived", measures)
    if rate is None:
        return None
    if rate.denominator is not None:
        return FigureReading(Fraction(rate.denominator), rate)
    # An implied amount without an end to its decimals (8,000 ÷ 0.97) is not kept there: divide again.
    bond = _of_measure("funding_paid", "bond", measures)
    used = bond or _of_measure("paid", None, measures)
    if used is None or not isinstance(rate.value, Decimal) or not rate.value:
        return None
    return FigureReading(used.value / Fraction(rate.value), rate)
