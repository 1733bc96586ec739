"""Rules read from a scheme's `kind` and `params`, or the sentence that says why they are none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from core.errors import Message
from core.scoring.rule_figures import read_term
from core.scoring.rules import (
    Band,
    Checklist,
    Interval,
    Judgement,
    Level,
    Linear,
    PerFault,
    Ratio,
    Rule,
    Survey,
)
from core.text import word

Params = Mapping[str, Any]
_MOST_DIGITS = 15
NO_RULE = "judgement"
"""The kind of an item that states no rule, with no params: all of its points are the evaluator's to judge."""
PARAMS: Mapping[str, str] = {
    "points": word("要点个数"),
    "veto": word("一票否决情形"),
    "veto_share": word("一票否决后的得分比例"),
    "numerator": word("分子"),
    "denominator": word("分母"),
    "preferred_numerator": word("优先采用的分子"),
    "floor": word("下限"),
    "cap": word("上限"),
    "input": word("依据的数据"),
    "unit": word("单位"),
    "bands": word("分档"),
    "bands_min": word("分档"),
    "per_unit": word("每一单位扣的比例"),
    "per_fault": word("每类问题扣分"),
    "max_deduction": word("最多扣分"),
    "survey_weights": word("问卷各档折算比例"),
}
"""Params by their name in a scheme, as people call them."""


@dataclass(frozen=True)
class Veto:
    """A one-vote veto (一票否决): its ground, and its effect on item and sheet."""

    ground: str
    share: Fraction
    """Share left of the item's full marks: 0 unless `veto_share` says otherwise."""
    grade: str | None
    """Grade that the sheet falls to (`veto_grade`); None: the lowest of its grade scheme."""


def read_veto(params: Params) -> Veto | None:
    """Read the item's veto, if it has one."""
    ground = params.get("veto")
    if not isinstance(ground, str) or not ground.strip():
        return None
    grade = params.get("veto_grade")
    return Veto(ground, _share(params.get("veto_share", 0), "veto_share"), None if grade is None else str(grade))


def read_rule(kind: str, params: Params) -> Rule | Message:
    """Read a rule of that kind. Never raises: a scheme that somebody imported may hold anything."""
    known = KINDS.get(kind)
    if known is None:
        return Message("没有“{kind}”这种计分规则。", {"kind": kind})
    try:
        read_veto(params)
        return known.read(params)
    except KeyError as error:
        return Message("计分规则“{kind}”缺少{name}。", {"kind": known.called, "name": _called(str(error.args[0]))})
    except (TypeError, ValueError, ArithmeticError) as error:
        return Message("计分规则“{kind}”有误：{what}。", {"kind": known.called, "what": _called(str(error))})


def _called(name: str) -> Message | str:
    """A param as people call it, with its name in a file; what is no param's name stays as it is."""
    return Message("{words}（{name}）", {"words": PARAMS[name], "name": name}) if name in PARAMS else name


def _fraction(value: Any) -> Fraction:
    """Read a parameter as it was written: 0.1 is one tenth, not the nearest binary number."""
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        raise ValueError("—" if value is None else str(value)) from None
    # 1e999999 is a number too, but not one to write out.
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise ValueError(str(value))
    return Fraction(number)


def _share(value: Any, name: str) -> Fraction:
    if value is None:
        raise ValueError(name)
    share = _fraction(value)
    if not 0 <= share <= 1:
        raise ValueError(name)
    return share


def _above_zero(value: Any, name: str) -> Fraction:
    number = _fraction(value)
    if number <= 0:
        raise ValueError(name)
    return number


def _points(value: Any, name: str) -> Decimal:
    """Read points to take off: not below 0, two decimals at most."""
    number = _fraction(value)
    if number < 0 or (number * 100).denominator != 1:
        raise ValueError(name)
    return Decimal(str(value))


def _checklist(params: Params) -> Checklist:
    """Read `points`: the number of them."""
    count = _above_zero(params["points"], "points")
    if count.denominator != 1:
        raise ValueError("points")
    return Checklist(int(count))


def _name(value: Any) -> str:
    (name,) = read_term(str(value)).names
    return name


def _ratio(params: Params) -> Ratio:
    """Read `numerator`, `denominator`: names of figures; `floor`, `cap` (shares), `preferred_numerator` if need be."""
    floor, cap = _share(params.get("floor", 0), "floor"), _share(params.get("cap", 1), "cap")
    if floor >= cap:
        raise ValueError("floor")
    preferred = params.get("preferred_numerator")
    return Ratio(
        _name(params["numerator"]),
        _name(params["denominator"]),
        floor,
        cap,
        "" if preferred is None else _name(preferred),
    )


def _ratio_floor(params: Params) -> Ratio:
    """Read a ratio with its `floor`."""
    return _ratio({**params, "floor": params["floor"]})


def _interval(params: Params) -> Interval:
    """Read `input`, `unit`; `bands` or `bands_min`: [edge, share], the best first, the last edge null."""
    at_least = "bands_min" in params
    name = "bands_min" if at_least else "bands"
    bands = tuple(Band(None if edge is None else _fraction(edge), _share(share, name)) for edge, share in params[name])
    edges = [band.edge for band in bands]
    finite = [edge for edge in edges if edge is not None]
    ordered = all(a > b if at_least else a < b for a, b in pairwise(finite))
    falling = all(a.share >= b.share for a, b in pairwise(bands))
    # Only the last band is open: every value lies in exactly one, and the better value never in the worse one.
    if not bands or edges[-1] is not None or len(finite) != len(edges) - 1 or not ordered or not falling:
        raise ValueError(name)
    return Interval(read_term(str(params["input"])), str(params.get("unit", "")), bands, at_least)


def _survey(params: Params) -> Survey:
    """Read an interval with `survey_weights`: the weight of an answer of each grade."""
    interval = _interval(params)
    weights = tuple(_share(weight, "survey_weights") for weight in params["survey_weights"])
    if not weights or len(interval.names) != 1:
        raise ValueError("survey_weights")
    return Survey(interval, weights)


def _linear(params: Params) -> Linear:
    """Read `input`, `unit`, `per_unit`: the share of full marks that each unit takes off, down to `floor`."""
    return Linear(
        read_term(str(params["input"])),
        str(params.get("unit", "")),
        _above_zero(params["per_unit"], "per_unit"),
        _share(params.get("floor", 0), "floor"),
    )


def _per_fault(params: Params) -> PerFault:
    """Read `per_fault`, `max_deduction`, `floor`: points."""
    most = params.get("max_deduction")
    per = _points(params["per_fault"], "per_fault")
    if not per:
        raise ValueError("per_fault")
    return PerFault(
        per, None if most is None else _points(most, "max_deduction"), _points(params.get("floor", 0), "floor")
    )


def _judgement(params: Params) -> Judgement:
    """Read `bands`: [name, high, low], shares of full marks, the best first."""
    levels = tuple(Level(str(name), _share(high, "bands"), _share(low, "bands")) for name, high, low in params["bands"])
    edges = [edge for level in levels for edge in (level.high, level.low)]
    if not levels or any(a < b for a, b in pairwise(edges)):
        raise ValueError("bands")
    return Judgement(levels)


@dataclass(frozen=True)
class Kind:
    """A kind of rule that a scheme can use."""

    called: str
    """Name in files; they may use the short English name as well."""
    read: Callable[[Params], Rule]
    """Raises KeyError for a param that is missing, ValueError, TypeError or ArithmeticError for one that is wrong."""


KINDS: Mapping[str, Kind] = {
    "checklist": Kind(word("要点勾选"), _checklist),
    "ratio": Kind(word("比率"), _ratio),
    "ratio_floor": Kind(word("有下限的比率"), _ratio_floor),
    "interval": Kind(word("分段"), _interval),
    "linear_deduction": Kind(word("按单位扣分"), _linear),
    "deduct_per_fault": Kind(word("按类扣分"), _per_fault),
    "judgement": Kind(word("分档评判"), _judgement),
    "survey": Kind(word("问卷"), _survey),
}
"""Kinds by their name in a scheme: the one list. Each is a class of `rules` and a function of `implied`."""
