"""Suggestion (建议分) of an item by its rule, from the project's measures and the entries at the item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from core.errors import Message
from core.model.item_input import ItemInput
from core.model.measure import Measure, Measures
from core.model.scorecard import Indicator
from core.scoring import rule_figures
from core.scoring.read_rule import Veto, read_rule, read_veto
from core.scoring.rule_figures import FigureReading
from core.scoring.rules import Judgement, Rule, Ruling, award
from core.text.numbers import points


@dataclass(frozen=True)
class Alternative:
    """Points by the rule with its figure read by one basis (estimate, bond, arrived)."""

    basis: str
    points: Decimal
    sentence: Message
    scenario: str | None
    """Assumption it rests on: shown as 测算. None: it rests on the documents alone."""
    value: Fraction | None = None
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """Suggestion of the rule for an item, and its reason."""

    points: Decimal | None
    """Points (分); None: several values side by side, a judgement, or something is missing."""
    sentence: Message
    """Arithmetic of the rule, or why there is none."""
    alternatives: tuple[Alternative, ...] = ()
    missing: tuple[str, ...] = ()
    """Figures to ask the unit for, in Chinese words. May stand beside alternatives: it would settle them."""
    low: Decimal | None = None
    high: Decimal | None = None
    """Range of a judgement (分)."""
    veto: Veto | None = None
    """One-vote veto that was found."""
    measures: tuple[Measure, ...] = ()
    """Measures of the project that were used."""
    value: Fraction | None = None
    """Figure that decided, as `Ruling.value`."""

    @property
    def state(self) -> Literal["points", "alternatives", "judgement", "waiting", "undefined"]:
        """Kind of suggestion to show; waiting is 待补佐证."""
        if self.points is not None:
            return "points"
        if self.alternatives:
            return "alternatives"
        if self.low is not None:
            return "judgement"
        return "waiting" if self.missing else "undefined"


def rule_of(indicator: Indicator) -> Rule:
    """Read the indicator's rule; without a usable one, all of its points are the evaluator's to judge."""
    rule = read_rule(indicator.kind, indicator.params)
    return Judgement() if isinstance(rule, Message) else rule


def suggest(indicator: Indicator, measures: Measures, inputs: ItemInput | None = None) -> Suggestion:
    """Suggest points for one item. Never raises; unknown figures are named in `missing`.

    An entered figure goes before one that the rule itself fixes (`given` in its params), that before a measure.
    """
    given = inputs or ItemInput()
    rule = rule_of(indicator)
    veto = _veto(indicator, given)
    if veto is not None:
        return veto
    readings = {name: _read(name, indicator, measures, given) for name in rule.names}
    found = {name: reading for name, reading in readings.items() if reading is not None}
    by_basis = rule_figures.read_by_basis(rule.several, found, measures)
    if given.answers or (rule.several in found and rule.several not in rule_figures.OWN_BASIS):
        by_basis = {}  # somebody has entered the figure, or what it is made from: its basis is settled
    alternatives: list[Alternative] = []
    for basis, reading in by_basis.items():
        known = found | {rule.several: reading}
        ruling = _compute(rule, indicator, given, known)
        if ruling.points is not None:
            used = [known[name] for name in ruling.used]
            scenario = next((each.scenario for each in used if each.scenario), None)
            alternatives.append(
                Alternative(basis, ruling.points, ruling.sentence, scenario, ruling.value, _measures(used))
            )
    if alternatives:
        return _side_by_side(indicator, rule, found, tuple(alternatives))
    ruling = _compute(rule, indicator, given, found)
    assumed = ruling.points is not None and any(found[name].scenario for name in ruling.used)
    return Suggestion(
        points=ruling.points,
        sentence=Message("{sentence}（测算值·非批复数）", {"sentence": ruling.sentence})
        if assumed
        else ruling.sentence,
        missing=_words(indicator, rule, ruling.missing),
        low=ruling.low,
        high=ruling.high,
        measures=_measures(found[name] for name in ruling.used),
        value=ruling.value,
    )


def _veto(indicator: Indicator, given: ItemInput) -> Suggestion | None:
    if not given.veto or isinstance(read_rule(indicator.kind, indicator.params), Message):
        return None
    veto = read_veto(indicator.params)
    if veto is None:
        return None
    score = award(indicator.weight, veto.share)
    known = {"ground": veto.ground, "points": points(score), "grade": veto.grade}
    text = Message("一票否决（{ground}）：本项{points}分，总评定为最低等级", known)
    if veto.grade is not None:
        text = Message("一票否决（{ground}）：本项{points}分，总评定为“{grade}”", known)
    return Suggestion(score, text, veto=veto)


def _read(name: str, indicator: Indicator, measures: Measures, given: ItemInput) -> FigureReading | None:
    if name in given.figures:
        return FigureReading(Fraction(given.figures[name]))
    fixed = indicator.params.get("given")
    if isinstance(fixed, Mapping) and isinstance(fixed.get(name), int | Decimal):
        return FigureReading(Fraction(fixed[name]))
    return rule_figures.read_figure(name, measures)


def _compute(rule: Rule, indicator: Indicator, given: ItemInput, readings: Mapping[str, FigureReading]) -> Ruling:
    return rule.compute(indicator.weight, given, {name: reading.value for name, reading in readings.items()})


def _measures(readings: Iterable[FigureReading]) -> tuple[Measure, ...]:
    found = (reading.measure for reading in readings)
    return tuple(dict.fromkeys(measure for measure in found if measure is not None))


def _side_by_side(
    indicator: Indicator, rule: Rule, found: Mapping[str, FigureReading], alternatives: tuple[Alternative, ...]
) -> Suggestion:
    """Suggest points only where the rule's own basis is known without an assumption; else a person has to choose."""
    used = tuple(dict.fromkeys(measure for each in alternatives for measure in each.measures))
    own = rule_figures.OWN_BASIS.get(rule.several)
    for each in alternatives:
        if each.basis == own and each.scenario is None:
            return Suggestion(each.points, each.sentence, alternatives, measures=used, value=each.value)
    unsure = [name for name, reading in found.items() if reading.scenario]
    unknown = [] if rule.several in found else [rule.several]
    text = Message("按{count}种口径各有得分，请先选定口径", {"count": len(alternatives)})
    return Suggestion(None, text, alternatives, _words(indicator, rule, [*unsure, *unknown]), measures=used)


def _words(indicator: Indicator, rule: Rule, names: Iterable[str]) -> tuple[str, ...]:
    """Name the missing figures as people do; those of a foreign scheme by the scheme's own words for its inputs."""
    own = [text.strip() for text in indicator.inputs.split("、") if text.strip()]
    words = dict(zip(rule.names, own, strict=False)) if len(own) == len(rule.names) else {}
    return tuple(
        dict.fromkeys(
            words.get(name, name) if name not in rule_figures.FIGURES else rule_figures.label(name) for name in names
        )
    )
