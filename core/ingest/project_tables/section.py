"""One table on a sheet: its heading of one row or more, and the rows under it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.errors import Message
from core.ingest.files.labels import one_line
from core.ingest.files.table import Table, letters
from core.ingest.project_tables.heading_words import Month, undated
from core.ingest.project_tables.own_columns import compares, lists_payments
from core.model.fields import COLUMNS, FIELDS, TableId, source_of

BY_PLACE: tuple[TableId, ...] = ("spend", "renovation", "delivery", "split", "sources")
"""The tables with one row a place."""
IN_SEVERAL: tuple[TableId, ...] = ("communities", "payments")
"""Lists that may go on in another table: a sheet a street, a sheet a month."""
BETWEEN = "|"
"""Parts the headings of a column: 户数|计划."""


def layout_of(paths: Mapping[int, tuple[str, ...]]) -> str:
    """The digest of a heading's columns: the same for each file that is filled in on one form."""
    columns = [f"{letters(column)} {BETWEEN.join(map(undated, path))}" for column, path in sorted(paths.items())]
    return hashlib.sha256("\n".join(columns).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class HeadingDoubt:
    """A problem or question about a column's heading."""

    column: int
    message: Message
    wrong: bool = False
    """A problem; else it is read so, and asked."""


@dataclass(frozen=True)
class TableSection:
    """One table: its heading and the rows under it."""

    table: Table
    top: int
    """The heading's first row."""
    row: int
    """The heading's last row."""
    last: int
    columns: Mapping[str, int]
    """Field -> column."""
    words: Mapping[int, str]
    """Column -> its heading as it stands."""
    twice: tuple[tuple[str, int], ...]
    """Fields that another column claims as well, with that column."""
    paths: Mapping[int, tuple[str, ...]]
    """Column -> all headings over it, from the outermost group to its own: ("户数", "计划"). A merged cell stands once;
    a group without merges goes on to the right. Columns under one group have the same texts before their own, so that
    `paths[column][:-1]` is the group; of it the column with 小计 holds the group's amount."""
    doubts: tuple[HeadingDoubt, ...] = ()
    """Columns that were read so only with a question, or could not be told apart."""
    months: Mapping[str, Mapping[int, Month]] = field(default_factory=dict)
    """Fields that have columns by month, with these."""
    of_other_days: frozenset[str] = frozenset()
    """Fields whose columns are of other days than that of this snapshot of a series."""
    elsewhere: frozenset[int] = frozenset()
    """Columns that are read for another snapshot of the series."""
    in_rows: bool = False
    """True for money by source with a row for each source of a place."""

    @property
    def parts(self) -> tuple[TableId, ...]:
        """The tables that it is: several may stand side by side."""
        return parts_of(self.columns)

    @property
    def understood(self) -> int:
        """How many fields its heading has, whether or not they are of this snapshot."""
        return len(self.columns) + len(self.of_other_days)

    @property
    def read(self) -> tuple[str, ...]:
        """Its fields that its tables have, with the labels: a field of another table is not read from this one."""
        mine = {name for part in self.parts for name in fields_of(part, self.columns)}
        return tuple(name for name in self.columns if name in mine or (name in FIELDS and FIELDS[name].is_label))

    @property
    def figures(self) -> tuple[str, ...]:
        """Its fields that are no labels."""
        return tuple(name for name in self.columns if name in FIELDS and not FIELDS[name].is_label)

    @property
    def layout(self) -> str:
        """The layout of its heading: what columns there are, in which order, whatever month or year they name."""
        return layout_of(self.paths)

    def cell(self, column: int) -> str:
        """The cell of a column's heading, by which it is addressed: Sheet1!C3."""
        at = self.table.address(self.row, column)
        return f"{self.table.sheet}!{at}" if self.table.sheet else at

    def heading(self, field: str) -> str:
        """The heading over that field, as the file has it; with its groups where there are any."""
        return self.named(self.columns[field])

    def named(self, column: int) -> str:
        """The heading of a column with the groups over it: 户数|计划."""
        path = self.paths[column]
        return path[0] if len(path) == 1 else BETWEEN.join(one_line(text) for text in path)

    def lettered(self, field: str) -> str:
        """The heading with its column, as a spreadsheet shows it: C:户数."""
        return f"{letters(self.columns[field])}:{self.heading(field)}"


def fields_of(part: TableId, columns: Iterable[str]) -> tuple[str, ...]:
    """The fields of a table among those that there are columns of; of money by source each source has its own."""
    sources = tuple(name for name in columns if source_of(name) is not None)
    return {"sources": sources, "communities": (*COLUMNS["communities"], *sources)}.get(part) or COLUMNS[part]


def parts_of(columns: Mapping[str, int]) -> tuple[TableId, ...]:
    """The tables that these fields make up; several may stand side by side."""
    if lists_payments(columns):
        return ("payments",)
    if compares(columns):
        return ("comparisons",)
    if "community" in columns:
        return ("communities",) if any(field in columns for field in fields_of("communities", columns)[1:]) else ()
    if "funding" in columns and ("arrived" in columns or "arrived_on" in columns):
        return ("arrivals",)
    if "milestone" in columns:
        return ("milestones",) if "planned" in columns or "actual" in columns else ()
    if "place" not in columns:
        return ("sources",) if "funding" in columns and fields_of("sources", columns) else ()
    return tuple(part for part in BY_PLACE if any(field in columns for field in fields_of(part, columns)))
