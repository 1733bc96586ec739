"""A score table of ours in English, put into the words of the Chinese one, which are those that the import knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from core.errors import Message
from core.ingest.files.table import Table
from core.ingest.score_tables.headings import NAMES
from core.ingest.score_tables.item_cells import STATUS_WORDS
from core.text import render, word

SCORE_TITLE = word("{project}绩效评价指标评分表")
"""The title of a score table."""
AS_OF = word("数据截至{day}")
RATE = word("得分率")
TOTAL, SUBTOTAL = word("合计"), word("小计")
_NEEDED = ("l1", "l3", "weight")
_SEARCHED = 40
"""Rows in which a heading is looked for."""
_MONTHS = 12
_LINES = ((SCORE_TITLE, "project"), (AS_OF, "day"))


def in_chinese(table: Table) -> Table:
    """The table with our own words in Chinese: title, day, heading, sums and what stands for points. Any other table,
    and the names of items, are left as they are.
    """
    known = _known()
    head = next((row for row in sorted(table.lines)[:_SEARCHED] if _is_heading(table.lines[row], known)), None)
    if head is None:
        return table
    lines = {}
    for row, cells in table.lines.items():
        read = _line if row < head else known.get
        lines[row] = {column: read(text) or text for column, text in cells.items()}
    return replace(table, lines=lines)


def _is_heading(cells: Mapping[int, str], known: Mapping[str, str]) -> bool:
    found = {known.get(text, "") for text in cells.values()}
    return all(NAMES[field] in found for field in _NEEDED)


@cache
def _known() -> Mapping[str, str]:
    """English -> Chinese."""
    words = (*NAMES.values(), RATE, TOTAL, SUBTOTAL, *STATUS_WORDS.values())
    return {render(each, "en"): each for each in words}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], Mapping[str, int]]:
    """The title, the day of the figures, and the months by their names."""
    title, day = (re.escape(render(Message(text, {name: "\0"}), "en")) for text, name in _LINES)
    months = {render(date(2000, month, 1), "en").split()[1]: month for month in range(1, _MONTHS + 1)}
    of_day = rf"(\d{{1,2}}) ({'|'.join(months)}) (\d{{4}})"
    return re.compile(title.replace("\0", "(.+)")), re.compile(day.replace("\0", of_day), re.IGNORECASE), months


def _line(text: str) -> str | None:
    """A line over the heading: its title, or the day that stands in it."""
    title, day, months = _patterns()
    if found := title.fullmatch(text):
        return SCORE_TITLE.format(project=found[1])
    if found := day.search(text):
        return AS_OF.format(day=f"{found[3]}年{months[found[2]]}月{found[1]}日")
    return None
