"""Full marks that are relative to their level: converted, so that all items add up to 100.

Below a level of weight 50 the items may add up to 50 (then they are the item's own), or to 100 (then they are shares of
the 50). Which it is, the sums decide, level by level; where they do not decide, nothing is converted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from core.errors import Message, RowProblem
from core.ingest.files.table import Table
from core.ingest.score_tables.headings import LEVELS, Heading
from core.ingest.score_tables.items import Items, ScoreRow
from core.ingest.score_tables.scheme import FULL_MARKS
from core.text.numbers import half_up

_Row = tuple[ScoreRow, Mapping[str, tuple[str, Decimal]]]
"""An item, and by level the name over it with the weight that is written beside that."""


def convert(table: Table, heading: Heading, items: Items) -> tuple[ScoreRow, ...]:
    """Convert the items where their weights are relative, and say so; the items as they were, none where they stay."""
    # 扣分项 are no share of anything: they stay as they are.
    weighted = [not row.indicator.minus for row in items.rows]
    rows = [row for row, has in zip(zip(items.rows, items.stated, strict=True), weighted, strict=True) if has]
    scales = factors(rows)
    total = sum((row.indicator.weight for row in items.rows), Decimal(0))
    column = heading.columns["weight"]
    if total == FULL_MARKS:
        items.notes += _disagreeing(table, heading, items, rows)
        return ()
    if scales is None:
        return ()
    before = tuple(items.rows)
    each = iter(scales)
    items.rows[:] = [_scaled(row, next(each)) if has else row for row, has in zip(items.rows, weighted, strict=True)]
    params = {"total": f"{total:f}", "scales": tuple(_groups(items.rows))}
    text = Message("分值是相对于上一级权重的（合计{total}），已按权重折算成100分：{scales}。对吗？", params)
    place = table.problem(items.places[0], column, heading.words.get(column), text, last=items.places[-1])
    items.notes.append(place)
    return before


def factors(rows: Sequence[_Row]) -> list[Decimal] | None:
    """The factor of each item's full marks; None where the weights that are written do not say."""
    return _under(rows, FULL_MARKS, FULL_MARKS, 0)


def _under(rows: Sequence[_Row], written: Decimal, real: Decimal, depth: int) -> list[Decimal] | None:
    """The factors below a level that is written as `written` and worth `real` of the 100."""
    if depth == len(LEVELS) - 1:
        return _at_items(rows, written, real)
    level = LEVELS[depth]
    if any(level not in stated for _, stated in rows):
        return _under(rows, written, real, depth + 1)
    groups = [list(each) for _, each in groupby(rows, key=lambda row: row[1][level])]
    weights = [group[0][1][level][1] for group in groups]
    scale = _scale(sum(weights, Decimal(0)), written, real)
    if scale is None or not all(weights):
        return None
    found: list[Decimal] = []
    for group, weight in zip(groups, weights, strict=True):
        below = _under(group, weight, weight * scale, depth + 1)
        if below is None:
            return None
        found += below
    return found


def _at_items(rows: Sequence[_Row], written: Decimal, real: Decimal) -> list[Decimal] | None:
    scale = _scale(sum((row.indicator.weight for row, _ in rows), Decimal(0)), written, real)
    return None if scale is None else [scale] * len(rows)


def _scale(total: Decimal, written: Decimal, real: Decimal) -> Decimal | None:
    """Real points for a written one: the parts add up to what is written over them, or to 100 of it."""
    if total == written and written:
        return real / written
    return real / FULL_MARKS if total == FULL_MARKS else None


def _scaled(row: ScoreRow, scale: Decimal) -> ScoreRow:
    weight = half_up(row.indicator.weight * scale, 2)
    points = None if row.points is None else half_up(row.points * scale, 2)
    return replace(row, indicator=replace(row.indicator, weight=weight), points=points)


def _groups(rows: Sequence[ScoreRow]) -> list[Message]:
    found = []
    for name, group in groupby(rows, key=lambda row: row.indicator.l1):
        weight = sum((row.indicator.weight for row in group), Decimal(0))
        found.append(Message("{name}{weight}分", {"name": name, "weight": f"{weight.normalize():f}"}))
    return found


def _disagreeing(table: Table, heading: Heading, items: Items, rows: Sequence[_Row]) -> list[RowProblem]:
    """The weights written beside level 1 and 2 that are not the sums of their items, where these add up to 100."""
    found: list[RowProblem] = []
    places = [place for place, row in zip(items.places, items.rows, strict=True) if not row.indicator.minus]
    numbered = list(zip(places, rows, strict=True))
    for level in LEVELS[:2]:
        for over, each in groupby(numbered, key=lambda one: (one[1][0].indicator.l1, one[1][1].get(level))):
            group = list(each)
            total = sum((row.indicator.weight for _, (row, _) in group), Decimal(0))
            if over[1] is None or over[1][1] == total:
                continue
            params = {"name": over[1][0], "stated": f"{over[1][1]:f}", "sum": f"{total:f}"}
            text = Message("“{name}”写明{stated}分，其下各项合计{sum}分；按各项的分值计。对吗？", params)
            column = heading.stated.get(level, heading.columns.get(level, heading.leaf))
            found.append(table.problem(group[0][0], column, heading.words.get(column), text))
    return found
