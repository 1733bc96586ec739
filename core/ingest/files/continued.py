"""Tables of a report that go on in the next table: on another page, with the heading again or without.

A table that ends without its total and one right behind it, with as many columns and nothing between but the page's
title or 续表, are one table. A table with another heading, and one that text stands before, are others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from core.errors import Message
from core.ingest.files.labels import compact
from core.ingest.files.table import Place, Table
from core.ingest.files.total_words import is_subtotal, is_total

_PAGE = re.compile(
    r".{0,30}(?:续(?:上|前)?表|接(?:上|前)表|表\d*续|\(续\d*\)|续\d*$).{0,30}|第?\d+页?|-\d+-|\(?(?:金额|计量|货币)?单位[::]?.{0,20}"
)
"""Lines on the top of a page, without spaces: 续表1, 表1(续), 第3页, 单位:万元."""
_FIGURE = re.compile(r"\(?[+-]?¥?\d[\d,.]*\)?[^\d]{0,6}")
_NOTHING = re.compile(r"[-—–/]*")


def join_continued(tables: Iterable[Table]) -> tuple[Table, ...]:
    """The tables in their order, each with all that goes on with it."""
    found: list[Table] = []
    for table in tables:
        over = found[-1] if found else None
        if over is None or not _may_go_on(over, table):
            found.append(table)
        elif lead := _heading_again(over, table):
            found[-1] = _appended(over, table, lead)
        elif looks_headless(table) and _alike(over, table):
            found[-1] = _told(_appended(over, table, 0), table)
        else:
            found.append(table)
    return tuple(found)


def looks_headless(table: Table) -> bool:
    """True when the first row holds figures already."""
    first = table.line(min(table.lines, default=0))
    return any(_is_figure(text) for column, text in first.items() if column > 1)


def _may_go_on(over: Table, table: Table) -> bool:
    if not over.lines or not table.lines or _columns(over) != _columns(table) or _has_total(over):
        return False
    titles = {compact(text) for text in over.above}
    return all(compact(text) in titles or _PAGE.fullmatch(compact(text)) for text in table.above)


def _columns(table: Table) -> int:
    widest = max((max(cells) for cells in table.lines.values() if cells), default=0)
    return max(widest, max((column for _, column in table.merged), default=0))


def _has_total(table: Table) -> bool:
    """True when the table ends with its total; 小计 is one of a part."""
    return any(is_total(text) and not is_subtotal(text) for text in table.line(max(table.lines)).values())


def _heading_again(over: Table, table: Table) -> int:
    """Count the rows of the heading that stand again over the rows that go on."""
    count = 0
    for row in range(1, min(over.rows, table.rows) + 1):
        one, other = ({at: compact(text) for at, text in each.line(row).items()} for each in (over, table))
        if not one or one != other:
            break
        count = row
    return count


def _alike(over: Table, table: Table) -> bool:
    """True when figures stand under figures, words under words, and the upper table has a heading of words."""
    last, first = over.line(max(over.lines)), table.line(min(table.lines))
    both = [column for column in first if column in last]
    same = all(
        _is_figure(first[column]) == _is_figure(last[column])
        for column in both
        if not _NOTHING.fullmatch(first[column]) and not _NOTHING.fullmatch(last[column])
    )
    return same and any(_is_figure(first[column]) for column in both if column > 1) and not looks_headless(over)


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(compact(text)) is not None


def _appended(over: Table, table: Table, lead: int) -> Table:
    """The upper table with the rows of the lower one under it, without the first `lead` of them."""
    shift = over.rows - lead
    lines = {row + shift: cells for row, cells in table.lines.items() if row > lead}
    spaced = {_moved(place, shift): text for place, text in table.spaced.items() if place[0] > lead}
    merged = {
        _moved(place, shift): _moved(top, shift) for place, top in table.merged.items() if min(place[0], top[0]) > lead
    }
    return replace(
        over,
        lines={**over.lines, **lines},
        spaced={**over.spaced, **spaced},
        merged={**over.merged, **merged},
        below=table.below,
    )


def _moved(place: Place, shift: int) -> Place:
    return place[0] + shift, place[1]


def _told(joined: Table, table: Table) -> Table:
    """Asks about rows without a heading, unless a printed total proves them."""
    if _has_total(table):
        return joined
    text = Message(
        "没有表头，作为“{sheet}”的续表读取（{count}行，第一行是“{first}”）。请核对。",
        {"sheet": joined.sheet, "count": len(table.lines), "first": first_cells(table)},
    )
    return replace(joined, questions=(*joined.questions, table.problem(min(table.lines), 1, None, text)))


def first_cells(table: Table, row: int = 0) -> str:
    """The first cells of a row, for people; of the first row where none is said."""
    cells = table.row(row or min(table.lines, default=0))
    return " ".join(" ".join(text.split()) for _, text in cells[:4])[:60]
