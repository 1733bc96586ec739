"""Printed sums of a table of indicators, held against the sums of their items: compared, never adopted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from core.errors import Message, RowProblem
from core.ingest.files.labels import plain
from core.ingest.files.table import Table
from core.ingest.score_tables.headings import Heading
from core.ingest.score_tables.item_cells import figure
from core.ingest.score_tables.items import Items, ScoreRow

_SCORE = re.compile("(总|合计|最终|评价|自评)?得分")


def sums_that_differ(
    table: Table, heading: Heading, found: Items, before_conversion: Sequence[ScoreRow] = ()
) -> Iterator[RowProblem]:
    """Printed sums that are not the sums of their items: 合计 of all of them, 小计 of a group before it.

    `before_conversion`: the items as they are written, where they were converted: a printed sum may be of either.
    """
    after = 0
    fields = ("weight", "points") if found.scored else ("weight",)
    for row, kind, before in found.printed:
        groups = [range(before)] if kind == "合计" else list(_groups(found.rows[:before], after))
        after = before if kind == "小计" else after
        for name in fields:
            column = heading.columns.get(name)
            if column is not None and name == "points" and kind == "合计" and not table.own(row, column):
                column = _beside(table, row) or column
            printed = None if column is None else figure(table.own(row, column))
            sums = [_sum(rows, group, name) for rows in (found.rows, before_conversion) if rows for group in groups]
            if column is None or printed is None or printed in sums:
                continue
            figures = {"kind": kind, "printed": f"{printed:.2f}", "sum": f"{sums[0] if sums else 0:.2f}"}
            text = Message("{kind}印为{printed}，各项相加是{sum}；未采用印出的数。", figures)
            yield table.problem(row, column, heading.words.get(column), text)


def _beside(table: Table, row: int) -> int | None:
    """The column of a sum that has its own label in the row of 总分: 总分 100 得分 91.25."""
    line = table.row(row)
    for (_, label), (column, text) in pairwise(line):
        if _SCORE.fullmatch(plain(label)) and figure(text) is not None:
            return column
    return None


def _groups(before: Sequence[ScoreRow], after: int) -> Iterator[Sequence[int]]:
    """Items that a 小计 may be the sum of: those since the last one, their level 1, their level 2; by their numbers."""
    yield range(after, len(before)) if after < len(before) else range(len(before))
    if before:
        last = before[-1].indicator
        levels = [(row.indicator.l1, row.indicator.l2) for row in before]
        yield [number for number, (l1, _) in enumerate(levels) if l1 == last.l1]
        yield [number for number, each in enumerate(levels) if each == (last.l1, last.l2)]


def _sum(rows: Sequence[ScoreRow], numbers: Iterable[int], name: str) -> Decimal:
    chosen = [rows[number] for number in numbers]
    if name == "weight":
        return sum((row.indicator.weight for row in chosen), Decimal(0))
    return sum((row.points for row in chosen if row.points is not None), Decimal(0))
