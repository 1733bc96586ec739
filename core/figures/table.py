"""A table as a figure: rows with numbers, bars and ranges in their cells, described once for any renderer."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.figures.figure import Words


@dataclass(frozen=True)
class TableColumn:
    """A column with its heading and its unit ("": none)."""

    name: Words
    unit: Words = ""
    assumed: bool = False
    """测算: its values rest on an assumption, and its ranges are hatched."""
    wide: bool = False
    """Its bars and ranges are long: they are what the table is about."""
    under: Words = ""
    """Heading of the level above, which it shares with the columns beside it that have it too; "": it has none."""
    short: Words = ""
    """What its own heading says there, where the one above says the rest of its name; "": its name."""


@dataclass(frozen=True)
class TableCell:
    """A figure as printed, with the mark beside it; shares are of the column's scale, 0..1."""

    text: Words = ""
    bar: Decimal | None = None
    """Share up to which its bar goes; None: it has none."""
    span: tuple[Decimal, Decimal] | None = None
    """Shares between which its range lies."""
    track: Decimal | None = None
    """Share up to which the track of its bar goes; None: over the whole scale."""
    rows: int = 1
    """Rows that it goes over; 0: it lies under the cell that goes over its row."""
    note: Words = ""
    """Small words under it."""
    source: Words = ""
    """Where it stands in the documents, for those who point at it."""
    dot: tuple[Decimal, Decimal] | None = None
    """Shares at which its dot stands: that of the value which all are held against, then its own."""
    flag: Words = ""
    """A word that asks for attention, before the figure."""
    warned: bool = False
    """True where it asks for attention."""


@dataclass(frozen=True)
class TableRow:
    """A row: its name, then a cell a column."""

    name: Words
    cells: tuple[TableCell, ...]
    key: str | None = None
    """Id of what the row is about, which a click on it chooses; None: the total."""
    colour: str = ""
    assumed: Words = ""
    """On what it rests where that is an assumption, in a word; hatched."""


@dataclass(frozen=True)
class RowTable:
    """Rows under columns; the first column names the rows."""

    id: str
    finding: Words
    heading: Words
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    total: TableRow | None
    """The row at the foot; None: its rows do not add up to anything."""
    rule: Decimal | None = None
    """Share at which a line crosses the ranges."""

    @property
    def every(self) -> tuple[TableRow, ...]:
        """The rows, and the one at the foot."""
        return self.rows if self.total is None else (*self.rows, self.total)
