"""Which rows under a heading are data, which are sums, and which are remarks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from core.ingest.fact_headings import Section, is_total
from core.ingest.headings import plain

_NOTE = re.compile(r"(?:注|备注|说明|数据来源|资料来源|填表|填报|制表|审核|复核|负责人|单位|截至|※|\*)")
_LABELS = ("serial", "place", "community")


class Sum(NamedTuple):
    """A row of sums."""

    row: int
    label: str
    above: int
    """How many rows of data stand above it."""


def sort_rows(section: Section) -> tuple[list[int], list[Sum]]:
    """The rows of data and those of sums. Rows that are folded are data, and are not among them."""
    table = section.table
    labels = {section.columns[name] for name in _LABELS if name in section.columns} | {min(section.words)}
    words = list(section.words.values())
    extra = {row for row, _ in table.uncalculated}
    data: list[int] = []
    sums: list[Sum] = []
    for row in sorted(extra.union(table.lines) if extra else table.lines):
        if not section.row < row <= section.last:
            continue
        cells = table.lines.get(row, {})
        label = next((text for column in labels if "计" in (text := cells.get(column, "")) and is_total(text)), "")
        if label:
            sums.append(Sum(row, label, len(data)))
        elif not _left_out(section, row, cells, words):
            data.append(row)
    return data, sums


def _left_out(section: Section, row: int, cells: Mapping[int, str], words: list[str]) -> bool:
    """Remarks, lower halves of the heading, the heading again."""
    if not cells:
        return not any((row, column) in section.table.uncalculated for column in section.columns.values())
    if len(cells) < 3:
        first = cells[min(cells)]
        if _NOTE.match(plain(first)):
            return True
        known = set(section.columns.values())
        if known.isdisjoint(cells) or (len(cells) == 1 and _across(section, row, min(cells))):
            return True
    if section.table.merged and _of_heading(section, row):
        return True
    return len(cells) == len(words) and list(cells.values()) == words


def _across(section: Section, row: int, column: int) -> bool:
    """Whether the cell lies over most of the table's width: a remark."""
    covered = sum(section.table.merged.get((row, each)) == (row, column) for each in section.words)
    return covered > len(section.words) / 2


def _of_heading(section: Section, row: int) -> bool:
    merged = section.table.merged
    return any((row, column) in merged and merged[row, column][0] <= section.row for column in section.words)
