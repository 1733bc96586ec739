"""Figures of the households' life before and after the renovation (改造前后)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.errors import Message
from core.figures.figure import Figure, Pair, Pairs, Words, of_project
from core.model.project import Comparison, Facts
from core.progress.facts_by_place import span
from core.text import word
from core.text.numbers import MISSING, number

MOST = 12
"""Rows that are drawn; all stand in the table."""


def before_and_after(facts: Facts, place: str | None) -> Figure | None:
    """A row each figure, before hollow and after filled; of one place, or of all. None where none is reported."""
    rows = [each for each in facts.comparisons if place in (None, each.place)]
    if not rows:
        return None
    drawn = tuple(_pair(each) for each in rows if each.before is not None and each.after is not None)[:MOST]
    figure = of_project(
        facts,
        "before_and_after",
        Message("改造前后对比"),
        _finding(rows, len(drawn)),
        "",
        Message("空心：改造前；实心：改造后。各行单位不同，每行自成刻度，从0到两数中较大的一个"),
        Pairs(Message("改造前后对比"), drawn),
        (word("街镇"), word("小区"), word("指标"), word("单位"), word("改造前"), word("改造后"), word("变化")),
        [
            (
                each.place or word("全项目"),
                each.community or MISSING,
                each.name,
                each.unit or MISSING,
                number(each.before),
                number(each.after),
                _change(each),
            )
            for each in rows
        ],
        (),
    )
    return replace(figure, source=span([each.source for each in rows]))


def counted(rows: Sequence[Comparison]) -> Message:
    """How many there are, and how many of them rose and fell."""
    return Message("{all}项改造前后对比：{up}项增加，{down}项减少", _counts(rows))


def _counts(rows: Sequence[Comparison]) -> dict[str, int]:
    up = sum(each.before is not None and each.after is not None and each.after > each.before for each in rows)
    down = sum(each.before is not None and each.after is not None and each.after < each.before for each in rows)
    return {"all": len(rows), "up": up, "down": down}


def _finding(rows: Sequence[Comparison], drawn: int) -> Message:
    if len(rows) > drawn:
        params = {**_counts(rows), "drawn": drawn}
        return Message("{all}项改造前后对比：{up}项增加，{down}项减少；图中{drawn}项，其余见表", params)
    return counted(rows)


def _pair(each: Comparison) -> Pair:
    before, after = each.before, each.after
    assert before is not None
    assert after is not None
    return Pair(_name(each), before, after, f"{number(before)} → {number(after)}{each.unit}")


def _name(each: Comparison) -> Words:
    if each.place is None:
        return each.name
    return Message("{place}{name}", {"place": each.community or each.place, "name": each.name})


def _change(each: Comparison) -> str:
    if each.before is None or each.after is None:
        return MISSING
    change = each.after - each.before
    return f"+{number(change)}" if change > 0 else number(change)
