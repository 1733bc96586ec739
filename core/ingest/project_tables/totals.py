"""Rows that are sums of others or parts of them, told by their figures first, then by their words.

A row is a sum when each of its figures is the sum of the other rows, whatever it is called; words that can only mean
all (合计, 全区) make it one even where the figures differ, which is then a problem. A row 其中… that the total does not
count is a second view of rows that are there already. What only the figures say is asked about.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from core.errors import Message
from core.ingest.files.total_words import is_mean, is_part, is_placelike, is_subtotal

_MOST_ROWS = 1000
"""Rows of a table that are held against each other without a word that says so."""
_MOST_TRIED = 400
"""Stretches above a row of sums, and below it, that are tried: so many rows of sums has no table that people read."""
_FEWEST = 3
"""Rows of a table of which one can be the sum of the others: that one row equals another proves nothing."""
_SMALL, _FEW = 100, 2
"""One or two counts below a hundred may be a sum by chance."""
_DIGITS = 6
"""Digits that two figures or more need together before a row in the middle is taken for the sum of rows beside it."""
_NIL = Decimal(0)

_KEPT = Message("“{name}”的各数正好是另外{count}行之和，按单独的一行计入。如果它是合计行，请把名称改为“合计”。")
_TAKEN = Message("“{name}”的各数正好是另外{count}行之和，按合计行读取，不另计入。请核对。")
_PART = Message("“{name}”是已列出各行中的一部分，不另计入。请核对。")


class TotalsRow(NamedTuple):
    """A row that is no remark: its number in the sheet, what it is called, and its figures."""

    row: int
    label: str
    figures: tuple[Decimal | None, ...]
    """One for each of the columns that are summed; None where there is none."""


@dataclass(frozen=True)
class Columns:
    """The columns of a table that are summed."""

    tolerances: tuple[Decimal, ...]
    """The most that a printed sum may be off."""
    blanks: tuple[bool, ...]
    """True when a blank cell is no gap: an amount over many rows stands in the first of them."""


class Sum(NamedTuple):
    """A row of sums, and which of the rows of data it covers."""

    row: int
    label: str
    start: int
    stop: int


class Layout(NamedTuple):
    """The rows of a table by their kind."""

    data: list[int]
    sums: list[Sum]
    asked: list[tuple[int, Message]]
    """Row and question."""


def lay_out(
    rows: Sequence[TotalsRow],
    sums: Sequence[TotalsRow],
    columns: Columns,
    known: Callable[[str], bool],
    *,
    by_figures: bool,
    dated: Collection[int] = (),
) -> Layout:
    """Rows of data, of sums and of parts. `sums`: the rows whose words say so; `dated`: those of a day, which are none.

    `by_figures`: the others are tried as well. `known`: whether a label is that of a place known before.
    """
    asked: list[tuple[int, Message]] = []
    shown: dict[int, tuple[int, int]] = {}
    data, found = list(rows), list(sums)
    if by_figures and len(rows) <= _MOST_ROWS:
        parts = _parts(rows, sums, columns)
        data = [row for row in rows if row not in parts]
        asked += [(part.row, _said(_PART, part)) for part in parts]
        for row, others, kept in list(_shown(data, sums, columns, known, dated)):
            asked.append((row.row, _said(_KEPT if kept else _TAKEN, row, len(others))))
            if not kept:
                data.remove(row)
                found.append(row)
                shown[row.row] = (others[0].row, others[-1].row)
    found.sort(key=lambda each: each.row)
    numbers, added = [row.row for row in data], _Added(data, columns)
    borders = [bisect_left(numbers, each.row) for each in found]
    ends = sorted({0, added.size, *borders})
    spans = [
        (bisect_left(numbers, shown[each.row][0]), bisect_right(numbers, shown[each.row][1]))
        if each.row in shown
        else _covered(each, at, ends, added)
        for each, at in zip(found, borders, strict=True)
    ]
    return Layout(numbers, [Sum(each.row, each.label, *span) for each, span in zip(found, spans, strict=True)], asked)


def _said(text: Message, row: TotalsRow, count: int = 0) -> Message:
    return Message(text.text, {"name": row.label, "count": count} if count else {"name": row.label})


# -- adding up ----------------------------------------------------------------


class _Match(NamedTuple):
    """A row compared with the sum of others."""

    wrong: int
    """Figures that differ."""
    same: int
    """Figures that are the sum, and not 0."""
    telling: frozenset[Decimal]
    """Those of them that are the sum of two others or more."""

    @property
    def adds_up(self) -> bool:
        return not self.wrong and self.same > 0

    @property
    def proves(self) -> bool:
        return not self.wrong and bool(self.telling)

    @property
    def weak(self) -> bool:
        return len(self.telling) <= _FEW and all(each < _SMALL and each == int(each) for each in self.telling)

    @property
    def strong(self) -> bool:
        digits = sum(len(each.normalize().as_tuple().digits) for each in self.telling)
        return self.proves and len(self.telling) >= _FEW and digits >= _DIGITS


class _Added:
    """Rows of which any stretch can be added up."""

    def __init__(self, rows: Sequence[TotalsRow], columns: Columns) -> None:
        self.size, self.columns = len(rows), columns
        every = list(zip(*(row.figures for row in rows), strict=True)) if rows else [() for _ in columns.blanks]
        self._sums = [list(accumulate((each or _NIL for each in values), initial=_NIL)) for values in every]
        self._gaps = [list(accumulate((each is None for each in values), initial=0)) for values in every]
        self._filled = [list(accumulate((bool(each) for each in values), initial=0)) for values in every]

    def match(self, one: TotalsRow, start: int, stop: int) -> _Match:
        """Compare a row with the sum of a stretch."""
        wrong, same, telling = 0, 0, set[Decimal]()
        for at, figure in enumerate(one.figures):
            gap = self._gaps[at][stop] - self._gaps[at][start]
            if figure is None or (gap and not self.columns.blanks[at]):
                continue
            due = self._sums[at][stop] - self._sums[at][start]
            filled = self._filled[at][stop] - self._filled[at][start]
            if abs(due - figure) > self.columns.tolerances[at]:
                wrong += 1
            elif figure:
                same += 1
                if filled > 1:
                    telling.add(figure)
        return _Match(wrong, same, frozenset(telling))

    def ends(self, one: TotalsRow, border: int, way: int) -> Iterator[int]:
        """Find ends of a stretch that begins at a border and makes up the row's first figure."""
        at = next((at for at, figure in enumerate(one.figures) if figure), None)
        if at is None:
            return
        sums, tolerance = self._sums[at], self.columns.tolerances[at]
        due = sums[border] + way * (one.figures[at] or _NIL)
        yield bisect_left(sums, due - tolerance)
        yield bisect_right(sums, due + tolerance) - 1


# -- sums that only the figures show ------------------------------------------


class _Shown(NamedTuple):
    row: TotalsRow
    match: _Match
    others: Sequence[TotalsRow]
    """The rows that it is the sum of."""


def _shown(
    rows: Sequence[TotalsRow],
    sums: Sequence[TotalsRow],
    columns: Columns,
    known: Callable[[str], bool],
    dated: Collection[int],
) -> Iterator[tuple[TotalsRow, Sequence[TotalsRow], bool]]:
    """The rows that are sums by their figures alone, of which rows, and whether the name lets it stay data."""
    data, tried = list(rows), set(dated)
    while (shown := _whole(data, tried, columns) or _run(data, tried, sums, columns)) is not None:
        row, match, others = shown
        tried.add(row.row)
        kept = known(row.label) or (is_placelike(row.label) and match.weak)
        if not kept:
            data.remove(row)
        yield row, others, kept


def _whole(data: Sequence[TotalsRow], tried: Collection[int], columns: Columns) -> _Shown | None:
    """The last or the first row, when it is the sum of all others."""
    if len(data) < _FEWEST:
        return None
    for one, others in ((data[-1], data[:-1]), (data[0], data[1:])):
        match = _Added(others, columns).match(one, 0, len(others))
        if match.proves and one.row not in tried:
            return _Shown(one, match, others)
    return None


def _run(
    data: Sequence[TotalsRow], tried: Collection[int], sums: Sequence[TotalsRow], columns: Columns
) -> _Shown | None:
    """A row that is the sum of two rows or more right above it or right below, as far as the next row of sums."""
    added = _Added(data, columns)
    numbers = [row.row for row in data]
    borders = [0, *(bisect_left(numbers, each.row) for each in sums), len(data)]
    for at, one in enumerate(data):
        if one.row in tried:
            continue
        first = max(border for border in borders if border <= at)
        last = min(border for border in borders if border > at)
        spans = [(start, at) for start in added.ends(one, at, -1) if first <= start <= at - 2]
        spans += [(at + 1, stop) for stop in added.ends(one, at + 1, 1) if at + 3 <= stop <= last]
        for start, stop in spans:
            match = added.match(one, start, stop)
            if match.strong:
                return _Shown(one, match, data[start:stop])
    return None


# -- parts: 其中 --------------------------------------------------------------


def _parts(rows: Sequence[TotalsRow], sums: Sequence[TotalsRow], columns: Columns) -> list[TotalsRow]:
    """The rows that say of themselves that they are a part (其中…) and that the total does not count.

    Where the total holds with them, they are the places. The rows behind one may be meant with it.
    """
    named = [at for at, row in enumerate(rows) if is_part(row.label)]
    if not named:
        return []
    alone = [rows[at] for at in named]
    under = [row for at in named for row in _under(rows, at, columns)]
    for parts in ([], alone, under, list(rows[named[0] :])):
        if _holds([row for row in rows if row not in parts], sums, columns):
            return parts
    if any(not is_mean(each.label) for each in sums):
        return []  # that the total does not hold will be told
    return under if named[0] else []


def _under(rows: Sequence[TotalsRow], at: int, columns: Columns) -> Sequence[TotalsRow]:
    """The row 其中… and those behind it that are together the row above it; itself when none are."""
    added = _Added(rows, columns)
    stops = (stop for stop in range(at + 1, len(rows) + 1) if at and added.match(rows[at - 1], at, stop).adds_up)
    return rows[at : next(stops, at + 1)]


def _holds(data: Sequence[TotalsRow], sums: Sequence[TotalsRow], columns: Columns) -> bool:
    """True when a row of sums, or one that its figures show to be one, is the sum of all the data."""
    added = _Added(data, columns)
    printed = (added.match(each, 0, len(data)) for each in sums if not is_mean(each.label))
    return any(match.adds_up for match in printed) or _whole(data, (), columns) is not None


# -- what a row of sums covers ------------------------------------------------


def _covered(one: TotalsRow, at: int, ends: Sequence[int], added: _Added) -> tuple[int, int]:
    """The rows of data that a row of sums at that place covers: above it, else below it; 小计 the nearest.

    `ends`: the places where a stretch may end, in order, each once. Where no stretch adds up, the one that is most
    likely meant.
    """
    above, below = ends[: bisect_left(ends, at)], ends[bisect_right(ends, at) :]
    if is_subtotal(one.label):
        above, below = above[: -_MOST_TRIED - 1 : -1], below[:_MOST_TRIED]
    else:
        above, below = above[:_MOST_TRIED], below[: -_MOST_TRIED - 1 : -1]
    spans = [*((start, at) for start in above), *((at, stop) for stop in below)]
    return next((span for span in spans if added.match(one, *span).adds_up), spans[0] if spans else (at, at))
