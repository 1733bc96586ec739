"""The forms of a file: one table may hold several, one below or beside the other, each with its heading and its 总分.

What is said of a form stands above its heading: a title, 项目名称, 截至….
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from core.errors import Message, RowProblem
from core.ingest.files.labels import compact, plain
from core.ingest.files.side_by_side import apart, columns_apart
from core.ingest.files.table import Table
from core.ingest.score_tables.headings import ROW_LABELS, Heading, find_heading, weight_in_name
from core.ingest.score_tables.item_cells import figure
from core.ingest.score_tables.scheme import FULL_MARKS

TOTAL = re.compile(r"合计|总计|总分|总得分|合计得分|合计分值?")
MOST_TITLE = 100
ANOTHER_SHEET = Message("这张工作表也有表头，未读取。")
_MOST_TITLE_CELLS = 2
"""Cells of a line over tables side by side that is of all of them: 项目名称 and the name; more are a budget block."""
_DATE = re.compile(r"(\d{4})(?:年|-|/|\.)(\d{1,2})(?:月|-|/|\.)(\d{1,2})")
_PROJECT = re.compile(r"项目名称[::]\s*(.+)")


@dataclass(frozen=True)
class Form:
    """A table of indicators with its heading; the rows of other forms are not in it."""

    table: Table
    heading: Heading
    problems: tuple[RowProblem, ...]
    """Problems of its heading."""
    together: int
    """Number of forms in the table that it is of."""

    @property
    def above(self) -> list[str]:
        """The texts over its heading, one a cell."""
        cells = (text for row in range(1, self.heading.row) for _, text in self.table.row(row))
        return [" ".join(text.split()) for text in (*self.table.above, *cells)]

    @property
    def title(self) -> str:
        """The first line above the heading that is a name: not a remark like 单位:分."""
        names = (text for text in self.above if len(text) > 3 and not re.search("[:：]|^附[件表]|^[(（]", text))
        return next(names, "")[:MOST_TITLE]

    @property
    def project(self) -> str:
        """The words behind 项目名称, in its cell or in the next one; or ""."""
        for row in range(1, self.heading.row):
            cells = self.table.row(row)
            for (_, label), (_, text) in pairwise(cells):
                if plain(label) == "项目名称":
                    return " ".join(text.split())[:MOST_TITLE]
        found = (_PROJECT.search(text) for text in self.above)
        return next((match[1].split()[0][:MOST_TITLE] for match in found if match), "")

    @property
    def name(self) -> str:
        """What tells it from the other forms of its file."""
        return self.project or self.title or self.table.sheet or self.table.file

    def as_of(self, last: int) -> date | None:
        """The date that the page states for itself, above the heading or under the row `last`."""
        rows = [row for row in range(1, self.table.rows + 1) if row < self.heading.row or row > last]
        lines = [*self.table.above, *(" ".join(text for _, text in self.table.row(row)) for row in rows)]
        for line in (unicodedata.normalize("NFKC", each) for each in lines):
            match = _DATE.search(line) if re.search(r"截至|日期", line) else None
            if match is None:
                continue
            try:
                return date(*(int(part) for part in match.groups()))
            except ValueError:
                continue  # 2024-02-30: nobody's day
        return None


def find_forms(tables: Iterable[Table], needed: Iterable[str]) -> tuple[Form, ...]:
    """Every form of the tables in its order. A table without a heading of indicators is another table."""
    wanted = tuple(needed)
    found: list[Form] = []
    for table in tables:
        headed = [(piece, *find_heading(piece, wanted)) for part in _beside(table, wanted) for piece in _pieces(part)]
        forms = [(piece, heading, wrong) for piece, heading, wrong in headed if heading is not None]
        found += [Form(piece, heading, tuple(wrong), len(forms)) for piece, heading, wrong in forms]
    return tuple(found)


def _beside(table: Table, needed: Iterable[str]) -> list[Table]:
    """The tables that stand side by side, where the heading of each is complete; else the table as it is.

    Of those that have no more than a hundred full marks together each is a part of one list, which is put together.
    """
    parts = columns_apart(table, ROW_LABELS, _MOST_TITLE_CELLS)
    if len(parts) == 1:
        return parts
    marks = Decimal(0)
    for part in parts:
        heading, wrong = find_heading(part, needed)
        if heading is None or wrong:
            return [table]
        marks += _full_marks(part, heading)
    if marks > FULL_MARKS:
        return parts
    joined = apart(table, ROW_LABELS)
    return joined if sum(find_heading(part, needed)[0] is not None for part in joined) == 1 else [table]


def _full_marks(table: Table, heading: Heading) -> Decimal:
    """The full marks of all items, without sums."""
    rows = (row for row in range(heading.last + 1, table.rows + 1) if not _is_sum(table, heading, row))
    found = (_weight(table, heading, row) for row in rows)
    return sum((each for each in found if each is not None), Decimal(0))


def _is_sum(table: Table, heading: Heading, row: int) -> bool:
    cells = (plain(text) for column, text in table.row(row) if column <= heading.names_end)
    return any(TOTAL.fullmatch(text) or text.endswith("小计") for text in cells)


def _weight(table: Table, heading: Heading, row: int) -> Decimal | None:
    text = table.own(row, heading.columns["weight"])
    return figure(weight_in_name(text) if heading.weights_in_names else re.sub(r"[分%％]$", "", text))


def _pieces(table: Table) -> Iterator[Table]:
    """The table, cut behind each 总分 below which another heading stands."""
    first = 1
    while (cut := _cut(table, first)) is not None:
        yield _rows(table, first, cut - 1)
        first = cut
    yield _rows(table, first, table.rows) if first > 1 else table


def _cut(table: Table, first: int) -> int | None:
    """The row at which the next form begins: at its title, which is that of the first one, else behind the 总分."""
    heading, _ = find_heading(_rows(table, first, table.rows), ())
    if heading is None:
        return None
    totals = (
        row
        for row in range(heading.last + 1, table.rows + 1)
        if any(TOTAL.fullmatch(plain(text)) for column, text in table.row(row) if column <= heading.names_end)
    )
    total = next(totals, None)
    if total is None:
        return None
    below = _rows(table, total + 1, table.rows)
    again, _ = find_heading(below, ())
    if again is None or not _same(heading, again) or not _has_items(below, again):
        return None
    title = _first_text(table, first)
    starts = [row for row in range(total + 1, again.row) if title and _first_text(table, row) == title]
    return starts[0] if starts else total + 1


def _same(one: Heading, other: Heading) -> bool:
    return {"l3", "weight"} <= set(one.columns) & set(other.columns)


def _has_items(table: Table, heading: Heading) -> bool:
    """False for a heading that is only printed once more at the end."""
    return any(_weight(table, heading, row) is not None for row in range(heading.last + 1, table.rows + 1))


def _first_text(table: Table, row: int) -> str:
    cells = table.row(row)
    return compact(cells[0][1]) if cells else ""


def _rows(table: Table, first: int, last: int) -> Table:
    """The table with only those rows, under their own numbers."""
    inside = {row: cells for row, cells in table.lines.items() if first <= row <= last}
    merged = {place: top for place, top in table.merged.items() if first <= place[0] <= last}
    return replace(
        table,
        lines=inside,
        merged=merged,
        uncalculated=frozenset(place for place in table.uncalculated if first <= place[0] <= last),
        above=table.above if first == 1 else (),
        below=table.below if last == table.rows else (),
    )
