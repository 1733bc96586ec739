"""Comparisons written wide: a row a street, under each measure 改造前 beside 改造后. Each becomes rows of a long table.

The measures stand in the row over 改造前 and 改造后. Cells keep their addresses (`Table.stood`), so that what is told
of one names it where it is on the sheet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from core.ingest.files.labels import plain
from core.ingest.files.table import Place, Table
from core.model.fields import FIELDS

_SEARCHED = 40
"""Rows of a sheet in which the heading is looked for."""
_FEWEST = 2
"""Measures side by side; one alone is a table like any other."""
_BEFORE, _AFTER = (frozenset(FIELDS[name].spellings) for name in ("before", "after"))
_UNIT = re.compile(r"(?P<name>.+)[(（](?P<unit>[^()（）]{1,3}|[^()（）]*平方米|[^()（）]*立方米)[)）]")
"""停车位（个）. A longer word in brackets says more of the measure: 绿地（不含水面）."""


@dataclass(frozen=True)
class _Pair:
    """The columns of one measure, and the cell that names it."""

    before: int
    after: int
    named: Place


def lengthened(table: Table) -> Table:
    """The table with a row a street and measure where it is a wide one; else as it is."""
    for heading in sorted(table.lines)[:_SEARCHED]:
        if pairs := _pairs(table, heading):
            return _Long(table.unfolded(), heading, pairs).table()
    return table


def _pairs(table: Table, heading: int) -> tuple[_Pair, ...]:
    """The measures whose figures before and after stand under that heading; () where there are fewer than two."""
    cells = {column: plain(text) for column, text in table.row(heading)}
    found = [
        _Pair(one, other, _group(table, heading - 1, one))
        for one, other in pairwise(cells)
        if cells[one] in _BEFORE and cells[other] in _AFTER
    ]
    names = [table.own(*pair.named) for pair in found]
    return tuple(found) if len(found) >= _FEWEST and all(names) and len(set(names)) == len(names) else ()


def _group(table: Table, row: int, column: int) -> Place:
    """The cell over a column: its own, or the top left one of the merge that covers it."""
    return table.merged.get((row, column), (row, column))


class _Long:
    """One wide table on its way to a long one. Its heading stands in the upper of the two rows."""

    def __init__(self, table: Table, heading: int, pairs: tuple[_Pair, ...]) -> None:
        self._table, self._heading, self._pairs = table, heading, pairs
        last = max(column for cells in table.lines.values() for column in cells)
        self._compared, self._unit = last + 1, last + 2
        self._columns = {column for pair in pairs for column in (pair.before, pair.after)}
        self._lines: dict[int, dict[int, str]] = {}
        self._moved: dict[int, Place] = {}
        self._stood: dict[Place, Place] = {}
        self._places: dict[Place, list[Place]] = {}
        """Where each cell went."""

    def table(self) -> Table:
        """The long table."""
        heading = self._heading
        for row in sorted({*self._table.lines, *(row for row, _ in self._table.uncalculated)}):
            if row < heading - 1:
                self._put_row(row, row)
            elif row > heading:
                self._put_data(row)
        self._put_heading()
        table, to = self._table, self._places
        return replace(
            table,
            lines=dict(sorted(self._lines.items())),
            merged={new: to[top][0] for place, top in table.merged.items() if top in to for new in self._where(place)},
            uncalculated=frozenset(new for place in table.uncalculated for new in to.get(place, ())),
            spaced={new: text for place, text in table.spaced.items() for new in to.get(place, ())},
            scaled={new: text for place, text in table.scaled.items() for new in to.get(place, ())},
            moved=self._moved,
            stood={new: table.cell(*place) for new, place in self._stood.items()},
        )

    def _where(self, place: Place) -> list[Place]:
        """Where a cell that a merge covers went; it holds no text, and so was not moved by itself."""
        row, column = place
        if row < self._heading - 1:
            return [place]
        if row <= self._heading:
            return []
        return self._places.get(place) or [(new, column) for new in self._rows_of(row)]

    def _rows_of(self, row: int) -> list[int]:
        """The rows that a row of the sheet has become."""
        count = len(self._pairs) if self._compares(row) else 1
        first = self._heading + (row - self._heading - 1) * len(self._pairs) + 1
        return list(range(first, first + count))

    def _compares(self, row: int) -> bool:
        """True where a figure before or after stands in the row: it is no remark."""
        cells = self._table.line(row)
        return any(column in cells or (row, column) in self._table.uncalculated for column in self._columns)

    def _put(self, place: Place, new: Place) -> None:
        if text := self._table.own(*place):
            self._lines.setdefault(new[0], {})[new[1]] = text
        self._places.setdefault(place, []).append(new)
        self._stood[new] = place

    def _put_row(self, row: int, new: int) -> None:
        for column in self._table.line(row):
            self._put((row, column), (new, column))
        self._moved[new] = self._table.moved.get(row, (row, 0))

    def _put_data(self, row: int) -> None:
        rows = self._rows_of(row)
        if not self._compares(row):
            self._put_row(row, rows[0])
            return
        first = self._pairs[0]
        for new, pair in zip(rows, self._pairs, strict=True):
            self._moved[new] = self._table.moved.get(row, (row, 0))
            for column in self._table.line(row).keys() - self._columns:
                self._put((row, column), (new, column))
            self._put((row, pair.before), (new, first.before))
            self._put((row, pair.after), (new, first.after))
            self._say(pair, new, (row, pair.before))

    def _say(self, pair: _Pair, row: int, at: Place) -> None:
        """Name the measure and its unit in a row."""
        name = self._table.own(*pair.named)
        parts = _UNIT.fullmatch(name)
        said: Mapping[int, str] = {self._compared: name}
        if parts is not None:
            said = {self._compared: parts["name"].strip(), self._unit: parts["unit"]}
        self._lines.setdefault(row, {}).update(said)
        self._stood |= {(row, column): at for column in said}

    def _put_heading(self) -> None:
        heading, first = self._heading, self._pairs[0]
        top = heading - 1
        groups = {pair.named for pair in self._pairs}
        for row in (top, heading):  # a label stands in either row; the lower one is nearer
            for column in self._table.line(row):
                if column not in self._columns and (row, column) not in groups:
                    self._put((row, column), (top, column))
        for column in (first.before, first.after):
            self._put((heading, column), (top, column))
        for column, field in ((self._compared, "compared"), (self._unit, "unit")):
            self._lines.setdefault(top, {})[column] = FIELDS[field].name
            self._stood[top, column] = first.named
        self._moved[top] = (heading, 0)
