"""反推值: the value of a rule's input that a score by an evaluator implies."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.errors import Message
from core.model.scorecard import Indicator
from core.scoring.rule_figures import percent, plain, rate_label, shown
from core.scoring.rules import Checklist, Interval, Judgement, Linear, PerFault, Ratio, Rule, Survey, award
from core.scoring.suggest import Suggestion, rule_of
from core.text.numbers import points


@dataclass(frozen=True)
class Implied:
    """Values of the rule's input (as `Ruling.value`) that give a score.

    From `low` to `high`, None being endless; a single value is the middle of those that round to these points.
    """

    sentence: Message
    low: Fraction | None = None
    high: Fraction | None = None
    reachable: bool = True
    """False: the rule cannot give this score."""


def implied(indicator: Indicator, score: Decimal, suggestion: Suggestion | None = None) -> Implied | None:
    """Infer the rule's input from a score at that indicator; with its suggestion also compare it with the known value.

    None where the rule says nothing: there is none, or full marks are the evaluator's to judge freely.
    """
    rule = rule_of(indicator)
    if rule == Judgement():
        return None
    found = _of(rule, indicator, score)
    if suggestion is None or not found.reachable or isinstance(rule, Judgement):
        return found
    known = [suggestion.value] if suggestion.value is not None else [each.value for each in suggestion.alternatives]
    values = [_value(rule, value) for value in known if value is not None]
    params: dict[str, object] = {"implied": found.sentence, "known": "/".join(dict.fromkeys(values))}
    text = Message("{implied}，按现有数据为{known}", params) if values else Message("{implied}，报告未给出", params)
    return Implied(text, found.low, found.high)


def _of(rule: Rule, indicator: Indicator, score: Decimal) -> Implied:
    match rule:
        case Checklist():
            return _checklist(rule, indicator.weight, score)
        case Ratio():
            return _ratio(rule, indicator, score)
        case Linear():
            return _linear(rule, indicator.weight, score)
        case PerFault():
            return _per_fault(rule, indicator.weight, score)
        case Interval() | Survey():
            return _interval(_bands(rule), indicator.weight, score)
        case Judgement():
            return _judgement(rule, indicator.weight, score)


def _value(rule: Rule, value: Fraction) -> str:
    """Print a known value of the rule's input as its implied value is printed."""
    match rule:
        case Ratio():
            return percent(value)
        case Linear():
            return shown(value, rule.unit)
        case Interval() | Survey():
            return shown(value, _bands(rule).unit)
        case Checklist() | PerFault() | Judgement():
            return plain(value)


def _bands(rule: Interval | Survey) -> Interval:
    return rule.interval if isinstance(rule, Survey) else rule


def _unreachable() -> Implied:
    return Implied(Message("该规则得不出此分"), reachable=False)


def _checklist(rule: Checklist, weight: Decimal, score: Decimal) -> Implied:
    met = next((n for n in range(rule.count + 1) if award(weight, Fraction(n, rule.count)) == score), None)
    if met is None:
        return _unreachable()
    params = {"points": points(score), "count": rule.count, "met": met}
    return Implied(Message("{points}分相当于{count}个要点符合{met}个", params), Fraction(met), Fraction(met))


def _ratio(rule: Ratio, indicator: Indicator, score: Decimal) -> Implied:
    weight = indicator.weight
    if not 0 <= score <= award(weight, rule.share(rule.cap)):
        return _unreachable()
    name = rate_label(rule.numerator, indicator.l3)
    rate = min(rule.cap, rule.floor + Fraction(score) / Fraction(weight) * (1 - rule.floor))
    params: dict[str, object] = {"points": points(score), "name": name, "rate": percent(rate)}
    if score == award(weight, rule.share(rule.cap)):
        return Implied(Message("{points}分相当于{name}不低于{rate}", params), rate, None)
    if score == 0 and rule.floor:
        return Implied(Message("{points}分相当于{name}不超过{rate}", params), None, rate)
    return Implied(Message("{points}分相当于{name}{rate}", params), rate, rate)


def _linear(rule: Linear, weight: Decimal, score: Decimal) -> Implied:
    least = award(weight, rule.floor)
    if not least <= score <= weight:
        return _unreachable()
    amount = min(1 - rule.floor, 1 - Fraction(score) / Fraction(weight)) / rule.per_unit
    value = shown(amount, rule.unit)
    params: dict[str, object] = {"points": points(score), "name": rule.term.label, "unit": rule.printed_unit}
    params |= {"value": value, "worse": value}
    if score == least:
        return Implied(_range(True, True, False, params), amount, None)
    if amount == 0:
        return Implied(_range(False, True, False, params), None, amount)
    return Implied(Message("{points}分相当于{name}{value}{unit}", params), amount, amount)


def _per_fault(rule: PerFault, weight: Decimal, score: Decimal) -> Implied:
    most, deducted = rule.limit(weight), weight - score
    faults = -(-Fraction(deducted) // Fraction(rule.per_fault))
    if not 0 <= deducted <= most or (deducted != most and deducted != faults * rule.per_fault):
        return _unreachable()
    params = {"points": points(score), "faults": int(faults)}
    if deducted == most:
        return Implied(Message("{points}分相当于{faults}类以上问题", params), Fraction(faults), None)
    return Implied(Message("{points}分相当于{faults}类问题", params), Fraction(faults), Fraction(faults))


def _interval(rule: Interval, weight: Decimal, score: Decimal) -> Implied:
    """Take the bands that give the score; neighbours of one score are one range."""
    which = [n for n, band in enumerate(rule.bands) if award(weight, band.share) == score]
    if not which:
        return _unreachable()
    worse = rule.bands[which[-1]].edge
    better = rule.bands[which[0] - 1].edge if which[0] else None
    params: dict[str, object] = {"points": points(score), "name": rule.term.label, "unit": rule.printed_unit}
    if worse is not None:
        params["worse"] = rule.edge(worse)
    if better is not None:
        params["better"] = rule.edge(better)
    low, high = (worse, better) if rule.at_least else (better, worse)
    return Implied(_range(rule.at_least, worse is not None, better is not None, params), low, high)


def _range(at_least: bool, worse: bool, better: bool, params: dict[str, object]) -> Message:
    """Word a range by the edges that it has: the worse edge belongs to it, the better one to the band above."""
    if at_least:
        if worse and better:
            return Message("{points}分相当于{name}不低于{worse}{unit}且低于{better}{unit}", params)
        if worse:
            return Message("{points}分相当于{name}不低于{worse}{unit}", params)
        if better:
            return Message("{points}分相当于{name}低于{better}{unit}", params)
    elif worse and better:
        return Message("{points}分相当于{name}超过{better}{unit}且不超过{worse}{unit}", params)
    elif worse:
        return Message("{points}分相当于{name}不超过{worse}{unit}", params)
    elif better:
        return Message("{points}分相当于{name}超过{better}{unit}", params)
    return Message("{points}分与{name}无关", params)


def _judgement(rule: Judgement, weight: Decimal, score: Decimal) -> Implied:
    """Take the best band that the score lies in."""
    for level in rule.levels:
        if award(weight, level.low) <= score <= award(weight, level.high):
            params = {"points": points(score), "level": level.name}
            return Implied(Message("{points}分属于“{level}”档", params))
    return _unreachable()
