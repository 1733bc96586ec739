"""怎么算: the making of figures in words, one row a measure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core.errors import Message
from core.model.context import AmountUnit, Language
from core.model.measure import POINTS_OF_RATIO, RATIO, Measure
from core.text import amounts, render, word
from core.text.numbers import MISSING
from core.text.numbers import measure as value_of

BASES = {
    "estimate": word("概算"),
    "bond": word("专项债"),
    "budget": word("财政预算资金"),
    "arrived": word("到位资金"),
    "household": word("户数"),
    "m2": word("面积"),
    "building": word("栋数"),
    "community": word("小区数"),
    "funding": word("计划资金"),
    "answers": word("有效问卷数"),
    "inspection": word("已验收数"),
    "reporting": word("已填报的街镇"),
}
"""计算口径: names of denominators by basis."""


def formula(m: Measure) -> Message | str:
    """The sentence that says how it comes about."""
    return m.formula or Message("取自原表")


def basis(m: Measure) -> str:
    """计算口径 in a word; "—" where there is none."""
    return BASES.get(m.basis or "", m.basis or MISSING)


def printed(m: Measure) -> Message | str:
    """Print the value with its unit."""
    if m.value is None:
        return MISSING
    if isinstance(m.value, date):
        return Message("{day}", {"day": m.value})
    if m.unit == RATIO or not m.unit:
        return value_of(m)
    if amounts.is_amount(m.unit):
        return amounts.said(m.number, per=m.unit.removeprefix(amounts.MONEY))
    unit = word("个百分点") if m.unit == POINTS_OF_RATIO else m.unit
    return Message("{value}{unit}", {"value": value_of(m), "unit": unit})


def condition(m: Measure) -> Message | str:
    """Word the assumption that the figure rests on; "—" where there is none."""
    if m.scenario is None:
        return MISSING
    kind, _, key = m.scenario.partition(":")
    if kind == "baseline":
        start, _, end = key.partition("-")
        return Message("计划工期{start}—{end}", {"start": _month(start), "end": _month(end)})
    if kind == "allocated":
        return Message("测算值·非批复数（按{key}分摊概算）", {"key": BASES.get(key, key)})
    if kind == "pace":
        return Message("测算值·非批复数（按各段月均支付外推）")
    return Message("测算值·非批复数（到位资金由报告推算）")


def _month(code: str) -> str:
    return f"20{code[:2]}.{code[2:]}" if len(code) == 4 and code.isdigit() else code


def rows(
    measures: Iterable[Measure], language: Language, unit: AmountUnit = amounts.STORED
) -> tuple[tuple[str, ...], ...]:
    """Make a heading and a row for each measure: name, value, formula, basis, source, as-of date, assumption."""
    headings = (
        word("指标"), word("数值"), word("怎么算"), word("口径"), word("来源"), word("截至"), word("条件"),
    )  # fmt: skip
    out = [tuple(render(heading, language) for heading in headings)]
    for m in measures:
        name: Message | str = (
            m.name if m.place is None else Message("{place}{name}", {"place": m.place, "name": m.name})
        )
        cells: tuple[Message | str | date, ...] = (
            name,
            printed(m),
            formula(m),
            basis(m),
            m.source,
            m.as_of,
            condition(m),
        )
        out.append(tuple(render(cell, language, unit) for cell in cells))
    return tuple(out)
