"""Tables that stand beside each other on one sheet: each becomes a table of its own, halves of one list become one.

They are known by a heading that names the rows of a table (街镇, 三级指标 …) and stands more than once in one row.
Cells keep their addresses: a table cut out of a sheet has its columns where they are, and a half that is put under the
other one knows where each of its rows stands (`Table.moved`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from core.ingest.files.labels import compact, plain
from core.ingest.files.table import Place, Table
from core.ingest.files.total_words import is_total

_SEARCHED = 40
"""Rows of a sheet in which the first heading of tables side by side is looked for."""
_LONGEST = 20
"""Letters of such a heading."""
_FEWEST = 2
"""Headings of a table."""


@dataclass(frozen=True)
class RowLabels:
    """Headings, in plain words, by which tables of a kind are known."""

    names: frozenset[str]
    """Of what the rows of a table are of."""
    before: frozenset[str]
    """Of what else may stand before those: 序号."""


@dataclass(frozen=True)
class _Blocks:
    """A row of headings and the first column of each table in it."""

    row: int
    starts: tuple[int, ...]


def apart(table: Table, labels: RowLabels) -> list[Table]:
    """The tables that stand side by side on the sheet, each alone; else the sheet as it is."""
    first = _first(table, labels)
    if first is None:
        return [table]
    whole = table.unfolded()
    stretches = list(_stretches(whole, first, labels))
    ends = [*(top - 1 for top, _ in stretches[1:]), whole.rows]
    found: list[Table] = []
    for (top, blocks), end in zip(stretches, ends, strict=True):
        part = _rows(whole, top, end)
        found += [part] if blocks is None else _joined(part, blocks)
    return found


def columns_apart(table: Table, labels: RowLabels, most_title: int) -> list[Table]:
    """The same where tables go down the whole sheet and are no halves, whatever their headings.

    A line over the headings that has at most so many cells, all over one of the tables, is a title over all of them.
    """
    first = _first(table, labels)
    if first is None:
        return [table]
    whole = table.unfolded()
    return [_cut(whole, first, number, most_title) for number in range(len(first.starts))]


def _first(table: Table, labels: RowLabels) -> _Blocks | None:
    return next(filter(None, (_blocks(table, row, labels) for row in sorted(table.lines)[:_SEARCHED])), None)


def _blocks(table: Table, row: int, labels: RowLabels) -> _Blocks | None:
    """Tables side by side with their headings in that row; None: there is one table at most."""
    cells = table.lines[row]
    names = {column: text for column, text in cells.items() if _label(text, labels.names)}
    columns = sorted(cells)
    for name in dict.fromkeys(compact(text) for text in names.values()):
        at = [column for column in sorted(names) if compact(names[column]) == name]
        if len(at) < _FEWEST:
            continue
        starts = _periods(cells, len(at)) or tuple(_opening(cells, columns, column, labels) for column in at)
        counts = [sum(start <= column < stop for column in columns) for start, stop in pairwise((*starts, 10**6))]
        if starts[0] <= at[0] and min(counts) >= _FEWEST and all(one < other for one, other in pairwise(starts)):
            return _Blocks(row, (1, *starts[1:]))
    return None


def _periods(cells: Mapping[int, str], count: int) -> tuple[int, ...] | None:
    """The first columns of so many tables with the same headings."""
    columns = sorted(cells)
    words = [compact(cells[column]) for column in columns]
    width = len(words) // count
    return tuple(columns[::width]) if width and words == words[:width] * count else None


def _opening(cells: Mapping[int, str], columns: Sequence[int], column: int, labels: RowLabels) -> int:
    """The first column of the table that a label is of: other labels may stand before it (序号 街镇 小区)."""
    known = labels.names | labels.before
    seen = {compact(cells[column])}
    at = columns.index(column)
    while at and _label(text := cells[columns[at - 1]], known) and compact(text) not in seen:
        seen.add(compact(text))
        at -= 1
    return columns[at]


def _label(text: str, words: frozenset[str]) -> bool:
    return len(text) <= _LONGEST and plain(text) in words


def _stretches(table: Table, first: _Blocks, labels: RowLabels) -> Iterator[tuple[int, _Blocks | None]]:
    """The first row of each stretch of the sheet, with the tables side by side in it; None: not side by side."""
    top = _top(table, first.row)
    above = any(len(cells) >= _FEWEST for row, cells in table.lines.items() if row < top)
    yield from [(1, None), (top, first)] if above else [(1, first)]
    starts: tuple[int, ...] | None = first.starts
    heading = first.row
    for row in sorted(row for row in table.lines if row > first.row):
        cells = table.lines[row]
        if len(cells) >= _FEWEST and any(_label(text, labels.names) for text in cells.values()):
            here = _blocks(table, row, labels)
            if (new := here.starts if here else None) != starts:
                # Of headings with nothing between them each has its own rows.
                yield max(_top(table, row), heading + 1), here
                starts, heading = new, row


def _top(table: Table, row: int) -> int:
    """The first row of what belongs to a heading: its groups and the titles over it."""
    while row > 1 and not _is_data(table.line(row - 1)):
        row -= 1
    return row


def _is_data(cells: Mapping[int, str]) -> bool:
    return len(cells) >= _FEWEST and any(text[-1:].isdigit() or is_total(text) for text in cells.values())


def _cut(table: Table, blocks: _Blocks, number: int, most_title: int | None = None) -> Table:
    """One of the tables: its own columns; of what stands over the headings also the lines that are of all of them."""

    def of(column: int) -> int:
        return bisect_right(blocks.starts, column) - 1

    above = ((row, cells) for row, cells in table.lines.items() if row < blocks.row)
    shared = {
        row
        for row, cells in above
        if len({of(column) for column in cells}) == 1 and (most_title is None or len(cells) <= most_title)
    }
    return _moved(table, lambda place: place if place[0] in shared or of(place[1]) == number else None)


def _rows(table: Table, first: int, last: int) -> Table:
    return _moved(table, lambda place: place if first <= place[0] <= last else None)


def _moved(table: Table, to: Callable[[Place], Place | None]) -> Table:
    """The table with its cells elsewhere; None: left out."""
    places = {(row, column): to((row, column)) for row, cells in table.lines.items() for column in cells}
    lines: dict[int, dict[int, str]] = {}
    for (row, column), new in places.items():
        if new is not None:
            lines.setdefault(new[0], {})[new[1]] = table.lines[row][column]
    merged = ((to(place), to(top)) for place, top in table.merged.items())
    return replace(
        table,
        lines=dict(sorted(lines.items())),
        merged={place: top for place, top in merged if place is not None and top is not None},
        uncalculated=frozenset(new for place in table.uncalculated if (new := to(place)) is not None),
        spaced={new: text for place, text in table.spaced.items() if (new := to(place)) is not None},
        scaled={new: text for place, text in table.scaled.items() if (new := to(place)) is not None},
    )


def _joined(table: Table, blocks: _Blocks) -> Iterator[Table]:
    """Cut the tables out; those with the same headings as the one before are halves of one list, and put under it."""
    lists: list[list[tuple[Table, int]]] = []
    for number, start in enumerate(blocks.starts):
        part = _cut(table, blocks, number)
        heading = [(column - start, compact(text)) for column, text in part.row(blocks.row)]
        before = lists[-1][-1] if lists else (part, 0)
        if heading == [(column - before[1], compact(text)) for column, text in before[0].row(blocks.row)]:
            lists[-1].append((part, start))
        else:
            lists.append([(part, start)])
    yield from (_one_list(halves, blocks.row) for halves in lists)


def _one_list(halves: Sequence[tuple[Table, int]], heading: int) -> Table:
    """Halves of one list as one table: the rows of each under those of the one before, a sum of all at the end."""
    (first, start), *others = halves
    if not others:
        return first
    under = max(part.rows for part, _ in halves)
    whole = first.rows if _is_sum(first, first.rows) and not any(_is_sum(part, part.rows) for part, _ in others) else 0

    def to_row(half: int, row: int) -> int:
        return row + under * (len(halves) if half == 0 and row == whole else half)

    found = _moved(first, lambda place: (to_row(0, place[0]), place[1]))
    moved = {to_row(0, whole): (whole, 0)} if whole else {}
    for half, (part, begin) in enumerate(others, start=1):
        shift = begin - start
        units = _under(first, heading, 0)
        top = heading + 1 if units and units == _under(part, heading, shift) else heading

        def to(place: Place, half: int = half, shift: int = shift, top: int = top) -> Place | None:
            return (to_row(half, place[0]), place[1] - shift) if place[0] > top else None

        here = _moved(part, to)
        moved |= {to_row(half, row): (row, shift) for row in part.lines if row > top}
        found = replace(
            found,
            lines=dict(sorted({**found.lines, **here.lines}.items())),
            merged={**found.merged, **here.merged},
            uncalculated=found.uncalculated | here.uncalculated,
            spaced={**found.spaced, **here.spaced},
            scaled={**found.scaled, **here.scaled},
        )
    return replace(found, moved=moved)


def _under(part: Table, heading: int, shift: int) -> Mapping[int, str]:
    """The row under the heading, where it is one of units and holds no figures."""
    cells = part.line(heading + 1)
    return {} if _is_data(cells) else {column - shift: text for column, text in cells.items()}


def _is_sum(part: Table, row: int) -> bool:
    return any(is_total(text) for _, text in part.row(row)[:_FEWEST])
