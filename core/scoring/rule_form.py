"""The params of a rule as fields that people fill in: in words, shares in per cent, bands as a table.

What the fields do not know of (`given`, `contradicted_by` …) stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from core.scoring.read_rule import NO_RULE, PARAMS
from core.scoring.rule_figures import read_term
from core.text import word

Holds = Literal["count", "figure", "percent", "points", "text", "unit", "direction", "bands", "levels", "weights"]
"""What a field holds: a whole number, a figure's name, per cent, points, a text, a unit, whether more is better; tables
of [edge, per cent], of [name, highest, lowest per cent] and of per cents."""
Typed = Mapping[str, Any]
"""Field -> Decimal, text, "more" or "less", a list of rows; None: left blank."""

_HUNDRED = Decimal(100)
UNITS = ("%", "倍", "pp", "月", "户", "个", "万元", "")
"""Units of a banded figure; as `rule_figures` prints them."""


@dataclass(frozen=True)
class RuleField:
    """A field of a rule's form."""

    name: str
    label: str
    holds: Holds
    begins: Any = None
    """Value in a new rule; None: blank."""
    needed: bool = True


def _field(name: str, holds: Holds, begins: Any = None, *, needed: bool = True) -> RuleField:
    return RuleField(name, PARAMS[name], holds, begins, needed)


_VETO = _field("veto", "text", needed=False)
_BANDED = (
    _field("input", "figure", "paid_rate"),
    RuleField("less", word("减去（求两项之差时选）"), "figure", needed=False),
    _field("unit", "unit", "%", needed=False),
    RuleField("better", word("方向"), "direction", "more"),
    _field("bands", "bands", [[Decimal(100), _HUNDRED], [Decimal(80), Decimal(60)], [None, Decimal(0)]]),
)
FORMS: Mapping[str, tuple[RuleField, ...]] = {
    "checklist": (_field("points", "count", Decimal(3)), _VETO),
    "ratio": (
        _field("numerator", "figure", "paid"),
        _field("denominator", "figure", "funds_arrived"),
        _field("cap", "percent", _HUNDRED, needed=False),
    ),
    "ratio_floor": (
        _field("numerator", "figure", "stage_done"),
        _field("denominator", "figure", "stage_target"),
        _field("floor", "percent", Decimal(60)),
        _field("cap", "percent", _HUNDRED, needed=False),
    ),
    "interval": _BANDED,
    "linear_deduction": (
        _field("input", "figure", "months_late"),
        RuleField("less", word("减去（求两项之差时选）"), "figure", needed=False),
        _field("unit", "unit", "月", needed=False),
        _field("per_unit", "percent", Decimal(10)),
        _field("floor", "percent", Decimal(0), needed=False),
    ),
    "deduct_per_fault": (
        _field("per_fault", "points", Decimal("0.5")),
        _field("max_deduction", "points", needed=False),
    ),
    "judgement": (
        RuleField(
            "levels", PARAMS["bands"], "levels",
            [["高", _HUNDRED, Decimal(80)], ["中", Decimal(80), Decimal(60)], ["低", Decimal(60), Decimal(0)]],
        ),
    ),
    "survey": (
        _field("input", "figure", "satisfaction"),
        _field("unit", "unit", "%", needed=False),
        RuleField("better", word("方向"), "direction", "more"),
        _field("bands", "bands", [[Decimal(90), _HUNDRED], [Decimal(80), Decimal(80)], [None, Decimal(0)]]),
        _field("survey_weights", "weights", [[_HUNDRED], [Decimal(75)], [Decimal(50)], [Decimal(25)], [Decimal(0)]]),
    ),
}  # fmt: skip
"""Fields by the kind of rule."""


def begun(kind: str) -> dict[str, Any]:
    """The params of a new rule of that kind."""
    return params_of(kind, {field.name: field.begins for field in FORMS[kind]})


def typed_of(kind: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in each field of a rule; None where it says nothing. An item without a rule is judged freely."""
    if kind == NO_RULE and not params:
        return {}
    return {field.name: _typed(field, params) for field in FORMS[kind]}


def params_of(kind: str, typed: Typed, before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The params that the fields say; those that no field knows are kept as they were `before`.

    A field that is blank is no param, so that the rule's own reader says what is missing.
    """
    known = {name for field in FORMS[kind] for name in _names(field)}
    kept = {name: value for name, value in (before or {}).items() if name not in known}
    found: dict[str, Any] = {}
    for field in FORMS[kind]:
        value = typed.get(field.name)
        if field.name in ("less", "better") or value is None or value == "":
            continue
        found[_name(field, typed)] = _param(field, value, typed)
    return {**found, **kept}


def _names(field: RuleField) -> tuple[str, ...]:
    """The params that a field is made of."""
    return {"bands": ("bands", "bands_min"), "levels": ("bands",)}.get(field.holds, (field.name,))


def _name(field: RuleField, typed: Typed) -> str:
    if field.holds == "levels":
        return "bands"
    return "bands_min" if field.holds == "bands" and typed.get("better") == "more" else field.name


def _decimal(value: Any) -> Decimal:
    return Decimal(str(value))


def _percent(share: Any) -> Decimal | None:
    return None if share is None else plain(_decimal(share) * _HUNDRED)


def _share(percent: Any) -> Decimal | None:
    return None if percent is None else plain(_decimal(percent) / _HUNDRED)


def plain(value: Decimal) -> Decimal:
    """The value without zeros at its end: 80, not 80.00 or 8E+1."""
    short = value.normalize()
    return short if int(short.as_tuple().exponent) <= 0 else short.quantize(Decimal(1))


def _typed(field: RuleField, params: Mapping[str, Any]) -> Any:
    if field.holds == "direction":
        return "less" if "bands" in params else "more"
    if field.name in ("input", "less"):
        one, *other = read_term(str(params["input"])).names if "input" in params else (None,)
        return one if field.name == "input" else other[0] if other else None
    value = next((params[name] for name in _names(field) if name in params), None)
    if value is None:
        return None
    match field.holds:
        case "percent":
            return _percent(value)
        case "points" | "count":
            return plain(_decimal(value))
        case "bands":
            return [[None if edge is None else plain(_decimal(edge)), _percent(share)] for edge, share in value]
        case "levels":
            return [[name, _percent(high), _percent(low)] for name, high, low in value]
        case "weights":
            return [[_percent(share)] for share in value]
    return value


def _param(field: RuleField, value: Any, typed: Typed) -> Any:
    if field.name == "input" and typed.get("less"):
        return f"abs({value}-{typed['less']})"
    match field.holds:
        case "percent":
            return _share(value)
        case "count":
            return int(value) if value == int(value) else value
        case "bands":
            return [[edge, _share(share)] for edge, share in value]
        case "levels":
            return [[name or "", _share(high), _share(low)] for name, high, low in value]
        case "weights":
            return [_share(share) for (share,) in value]
    return value
