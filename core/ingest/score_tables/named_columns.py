"""Columns of a table by their headings, where a field's column may be called in several ways."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from core.errors import CellProblem, Message, RowProblem
from core.ingest.files.labels import plain
from core.ingest.files.table import Table
from core.ingest.files.table_file import read_tables
from core.ingest.score_tables.forms import ANOTHER_SHEET, MOST_TITLE

Fields = Mapping[str, tuple[str, str]]
"""Field -> what we call its column, and how else it may be called."""
_SEARCHED = 40
"""Rows in which a heading is looked for."""


@dataclass(frozen=True)
class NamedColumns:
    """The heading of a table."""

    row: int
    of: Mapping[str, int]
    """Field -> column."""
    words: Mapping[int, str]
    """Column -> its heading as it stands."""
    twice: tuple[int, ...]
    """Columns with a heading that another one has as well."""

    def repeated(self, table: Table) -> Iterator[CellProblem]:
        """Name the columns of a field that stand there more than once."""
        known = {plain(self.words[column]) for column in self.of.values()}
        for column in self.twice:
            if plain(self.words[column]) in known:
                yield table.problem(self.row, column, self.words[column], Message("这一列出现了不止一次。"))


def find_columns(table: Table, fields: Fields, needed: Collection[str]) -> NamedColumns | None:
    """Find the row with most known columns, the needed ones among them and at least two; None: there is none."""
    best: NamedColumns | None = None
    for number in range(1, min(_SEARCHED, table.rows) + 1):
        row = table.row(number)
        labels = [(column, plain(text).lower()) for column, text in row]
        found: dict[str, int] = {}
        for name, (first, more) in fields.items():
            for spelling in (first, *more.split()):
                places = [column for column, label in labels if label == spelling and column not in found.values()]
                if places:
                    found[name] = places[0]
                    break
        if found.keys() >= set(needed) and len(found) > max(1, len(best.of) if best else 0):
            words = {plain(text).lower(): column for column, text in reversed(row)}
            twice = tuple(column for column, label in labels if words[label] != column)
            best = NamedColumns(number, found, dict(row), twice)
    return best


@dataclass(frozen=True)
class NamedTable:
    """The first table of a file that has such columns."""

    table: Table
    heading: NamedColumns
    title: str
    """What stands over the heading, or the file's name."""
    notes: tuple[RowProblem, ...]
    """Questions on the file's tables, and other tables with such a heading, which are not read."""


def find_table(
    name: str, content: bytes, fields: Fields, needed: Collection[str], missing: Message
) -> tuple[NamedTable | None, tuple[RowProblem, ...]]:
    """Find the table in a file, or say why there is none: `missing` where no table has the columns. Never raises."""
    tables, problems = read_tables(name, content)
    if problems:
        return None, problems
    found = [(each, heading) for each in tables if (heading := find_columns(each, fields, needed)) is not None]
    if not found:
        return None, (RowProblem(PurePath(name).name, None, None, missing),)
    table, heading = found[0]
    others = (other.problem(head.row, 1, None, ANOTHER_SHEET) for other, head in found[1:])
    asked = (question for each in tables for question in each.questions)
    title = title_above(table, heading) or PurePath(name).stem
    return NamedTable(table, heading, title, (*asked, *others)), ()


def title_above(table: Table, heading: NamedColumns) -> str:
    """The first text of some length over the heading; "" without."""
    above = (" ".join(text.split()) for row in range(1, heading.row) for _, text in table.row(row))
    return next((text for text in above if len(text) > 3), "")[:MOST_TITLE]
