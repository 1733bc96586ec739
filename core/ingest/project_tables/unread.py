"""Parts of a file's tables that were not read as data: nothing is dropped without a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from core.errors import Message, RowProblem
from core.ingest.files.continued import first_cells, looks_headless
from core.ingest.files.table import Table
from core.ingest.project_tables.row_kinds import sort_rows
from core.ingest.project_tables.section import TableSection
from core.ingest.project_tables.units import is_unit_row

_MOST_NAMED = 10
"""Columns."""
_FEW = 2
"""Filled cells of a line of text."""


def unread_table(table: Table) -> RowProblem:
    """A table of which no heading was recognised."""
    params = {"count": len(table.lines), "first": first_cells(table)}
    text = Message("这张表没有读取：没有可以识别的表头（共{count}行，第一行是“{first}”）。", params)
    return table.problem(min(table.lines), 1, None, text)


def apart_from_blank(sections: Sequence[TableSection]) -> tuple[list[TableSection], list[TableSection]]:
    """The tables, and those with nothing under their heading: sheets of a template that were not needed.

    Where no table has anything, all are tables: each is told as one without data.
    """
    filled = [section for section in sections if _has_rows(section)]
    return (filled, [each for each in sections if not _has_rows(each)]) if filled else (list(sections), [])


def blank_table(section: TableSection) -> RowProblem:
    """A table with nothing under its heading."""
    text = Message("这张表只有表头，没有数据，没有读取。")
    return section.table.problem(section.row, min(section.words), None, text)


def _has_rows(section: TableSection) -> bool:
    table = section.table
    alone = chain(table.lines, (row for row, _ in table.uncalculated))
    return any(section.row < row <= section.last for row in alone) or any(
        fold.within(section.row + 1, section.last) for fold in table.folds
    )


def is_asked(table: Table) -> bool:
    """True when a table that was not read begins with figures: rows of data that have lost their heading."""
    return looks_headless(table)


def unread_rows(table: Table, sections: Sequence[TableSection]) -> Iterator[RowProblem]:
    """Columns of a sheet that have no meaning, and rows that are neither data nor sums nor headings."""
    for section in sections:
        yield from _columns(section)
        data, sums = sort_rows(section)
        read = {*data, *(row for row, *_ in sums)}
        own = section.table
        rest = [row for row in _filled(own, section.row + 1, section.last) if row not in read]
        yield from _told(own, [row for row in rest if not _of_heading(section, own.line(row))])
    heads = [row for section in sections for row in range(section.top, section.last + 1)]
    outside = set(_filled(table, 1, table.rows)).difference(heads)
    yield from _told(table, [row for row in sorted(outside) if len(table.line(row)) > _FEW])


def _columns(section: TableSection) -> Iterator[RowProblem]:
    """The columns whose heading was not understood."""
    known = {section.columns[name] for name in section.read} | section.elsewhere
    unknown = {column: section.named(column) for column in section.words if column not in known}
    if unknown:
        text = Message(
            "有{count}列没有读取：{names}。", {"count": len(unknown), "names": tuple(unknown.values())[:_MOST_NAMED]}
        )
        yield section.table.problem(section.row, min(unknown), None, text)


def _of_heading(section: TableSection, cells: Mapping[int, str]) -> bool:
    """The heading on another page, its lower half, or its units."""
    words = {*section.words.values(), *(text for path in section.paths.values() for text in path)}
    return is_unit_row(cells) or words.issuperset(cells.values())


def _filled(table: Table, first: int, last: int) -> list[int]:
    return sorted(row for row, cells in table.lines.items() if cells and first <= row <= last)


def _told(table: Table, rows: Sequence[int]) -> Iterator[RowProblem]:
    if rows:
        params = {"row": table.where(rows[0]), "count": len(rows), "first": first_cells(table, rows[0])}
        text = Message("第{row}行等{count}行没有作为数据读取（开头是“{first}”）。", params)
        yield table.problem(rows[0], 1, None, text)
