"""Checks of a scheme before it is taken over: rules that compute, bands without gaps, grades in order.

Bands and grades are half-open: [edge, next edge). Sources: 财预〔2020〕10号 (产出 and 效益 weigh 60 or more in an
evaluation by the department or the finance bureau; three bands 100–80, 80–60, 60–0 %).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, NoReturn

from core.errors import Message
from core.ingest.score_tables.headings import NAMES
from core.model.scorecard import STEPS, Grade, Indicator
from core.model.storable import too_long
from core.scoring.entry import plain
from core.scoring.read_rule import KINDS, NO_RULE, read_rule

FULL_MARKS = Decimal(100)
MOST_ITEMS = 300
MOST_LABEL = 100
MOST_CODE = 20
MOST_TEXT = 2000
LEAST_RESULTS = Decimal(60)
_LONGEST_PARAMS = 2000
_MOST_DIGITS = 12
"""Before the point of a figure, and after it."""
_MOST_POINTS = 30
"""Points of a checklist: more do not fit on a screen."""


def read_kind(text: str) -> str | Message:
    """A kind of rule by either of its names."""
    by_name = {each.called: kind for kind, each in KINDS.items()}
    kind = by_name.get(text.strip(), text.strip())
    if kind in KINDS:
        return kind
    return Message("应为{names}之一，读到“{cell}”。", {"names": tuple(by_name), "cell": text})


def read_step(text: str) -> Decimal | Message:
    """Read the step in which points are given: 0.5, also 0.5分."""
    try:
        found = Decimal(text.strip().removesuffix("分").strip())
    except ArithmeticError:
        found = Decimal(0)
    if found in STEPS:
        return next(step for step in STEPS if step == found)
    params = {"names": tuple(plain(step) for step in STEPS), "cell": text[:20]}
    return Message("计分单位应为{names}之一（分），读到“{cell}”。", params)


def read_params(text: str) -> dict[str, Any] | Message:
    """The params of a rule: a JSON object whose numbers are decimals of a sensible size."""
    wrong = Message("应为JSON对象（如{example}），读到“{cell}”。", {"example": '{"points": 5}', "cell": text[:80]})
    if len(text) > _LONGEST_PARAMS:
        return wrong

    def no_constant(_: str) -> NoReturn:
        raise ValueError("NaN and Infinity are no figures of a rule")

    try:
        found = json.loads(text, parse_float=Decimal, parse_constant=no_constant)
    except (ValueError, ArithmeticError, RecursionError):
        return wrong
    if not isinstance(found, dict) or not all(map(_sensible, _leaves(found))):
        return wrong
    return found


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for part in value.values():
            yield from _leaves(part)
    elif isinstance(value, list):
        for part in value:
            yield from _leaves(part)
    else:
        yield value


def _sensible(value: Any) -> bool:
    """No 1e999999999, as a number or in a string: a rule would make an exact fraction of it."""
    if isinstance(value, str):
        try:
            value = Decimal(value)
        except ArithmeticError:
            return True
        if not value.is_finite():
            return True  # a text; where a figure belongs the rule's own reader refuses it
    if isinstance(value, Decimal):
        return -_MOST_DIGITS <= value.adjusted() <= _MOST_DIGITS
    return not isinstance(value, int) or abs(value) < 10**_MOST_DIGITS


def rule_problem(kind: str, params: Mapping[str, Any]) -> Message | None:
    """Tell why the rule cannot be used; None when it can."""
    if kind == NO_RULE and not params:
        return None
    rule = read_rule(kind, params)
    if isinstance(rule, Message):
        return rule
    if kind == "checklist" and int(params["points"]) > _MOST_POINTS:
        return Message("要点最多{most}个，读到{found}个。", {"most": _MOST_POINTS, "found": str(params["points"])})
    if kind == "judgement":
        edges = [(Decimal(str(high)), Decimal(str(low))) for _, high, low in params["bands"]]
        joined = all(above[1] == below[0] for above, below in pairwise(edges))
        if edges[0][0] != 1 or edges[-1][1] != 0 or not joined:
            return Message("各档须从1到0首尾相接，中间不留空档。")
    return None


def weight_problem(weights: Iterable[Decimal]) -> Message | None:
    """Full marks add up to 100."""
    total = sum(weights, Decimal(0))
    if total == FULL_MARKS:
        return None
    return Message("分值合计应为100，现为{total}。", {"total": f"{total:.2f}"})


def item_problems(item: Indicator) -> Iterator[Message]:
    """What an item that was typed lacks, or has too much of; its rule too."""
    names = {"l1": item.l1, "l2": item.l2, "l3": item.l3}
    for name, text in names.items():
        if not text.strip():
            yield missing(name)
    texts = [(MOST_LABEL, text) for text in names.values()]
    texts += [(MOST_TEXT, text) for text in (item.rule, item.inputs, item.evidence_needed, item.source_section)]
    for most, text in texts:
        if (long := too_long(text, most)) is not None:
            yield long
    if (wrong := code_problem(item.code)) is not None:
        yield wrong
    if not item.minus and item.weight <= 0:
        yield Message("分值应大于0。")
    if item.minus and item.least >= 0:
        yield Message("最多扣的分应大于0。")
    if (wrong := rule_problem(item.kind, item.params)) is not None:
        yield wrong


def missing(name: str) -> Message:
    """Say that an item has no label of that level."""
    return Message("缺少{name}，不能为空。", {"name": NAMES[name]})


def code_problem(code: str) -> Message | None:
    """Tell why it cannot be an item's code."""
    if not code:
        return Message("缺少编号，每项指标须有自己的编号。")
    if len(code) > MOST_CODE or re.search(r"\s", code):
        return Message("编号最多{most}字，不含空格，读到“{cell}”。", {"most": MOST_CODE, "cell": code[:40]})
    return None


def scheme_problems(items: Sequence[Indicator]) -> tuple[tuple[int | None, Message], ...]:
    """(position of the item, what is wrong there), None for the scheme as a whole: of items that were typed."""
    found: list[tuple[int | None, Message]] = []
    first: dict[str, int] = {}
    for at, item in enumerate(items):
        found += [(at, problem) for problem in item_problems(item)]
        if item.code in first:
            params = {"code": item.code, "name": items[first[item.code]].l3}
            found.append((at, Message("编号“{code}”与“{name}”重复。", params)))
        first.setdefault(item.code, at)
    if len(items) > MOST_ITEMS:
        found.append((None, Message("指标最多{most}项，现有{count}项。", {"most": MOST_ITEMS, "count": len(items)})))
    if (wrong := weight_problem(item.weight for item in items)) is not None:
        found.append((None, wrong))
    return tuple(found)


def results_warning(weights: Iterable[tuple[str, Decimal]]) -> Message | None:
    """产出 and 效益 should weigh 60 together; `weights` are (level 1 name, full marks). A warning, not a problem.

    A scheme that knows neither word is of another frame. 满意度 as a group of its own counts as 效益.
    """
    parts = [(name, weight) for name, weight in weights]
    results = [w for name, w in parts if any(part in name for part in ("产出", "效益", "效果", "满意度"))]
    if not results or sum(results) >= LEAST_RESULTS:
        return None
    return Message("产出与效益合计{sum}分，通常不低于60分（财预〔2020〕10号）。", {"sum": f"{sum(results):.2f}"})


def grade_problems(grades: Sequence[Grade]) -> tuple[tuple[int, Message], ...]:
    """(position, what is wrong there): floors fall from grade to grade down to 0, so that every total has one grade."""
    found = [
        (position, Message("等级应从高到低，下限须低于上一行。"))
        for position, (above, below) in enumerate(pairwise(grades), start=1)
        if below.floor >= above.floor
    ]
    if grades and grades[-1].floor != 0:
        found.append((len(grades) - 1, Message("最低一级的下限应为0。")))
    names = [grade.name for grade in grades]
    found += [(n, Message("等级“{name}”重复。", {"name": name})) for n, name in enumerate(names) if name in names[:n]]
    found += [(n, Message("下限不能高于100。")) for n, grade in enumerate(grades) if grade.floor > FULL_MARKS]
    return tuple(found)
