"""A table of a file as people see it: text cells by row and column, and which cells are merged.

It is kept by rows: a file of 200,000 rows fits, and a row is found without going through the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from core.errors import CellProblem, Message, RowProblem
from core.ingest.files.csv_file import Fold

Place = tuple[int, int]
"""Row and column, both from 1."""
_NOTHING: Mapping[int, str] = {}


def address(row: int, column: int) -> str:
    """A cell as spreadsheets name it: (12, 5) is E12."""
    return f"{letters(column)}{row}"


def letters(column: int) -> str:
    """A column as spreadsheets name it: 28 is AB."""
    from xlsxwriter.utility import xl_col_to_name  # a large library, and most files have nothing to be told of

    return str(xl_col_to_name(column - 1))


@dataclass(frozen=True)
class Table:
    """One worksheet, or the one table of a .csv."""

    file: str
    sheet: str
    """"" in a .csv."""
    lines: Mapping[int, Mapping[int, str]]
    """Row -> column -> what is not blank, as people see it: numbers plain, rates with their %, dates as 2024-12-31."""
    merged: Mapping[Place, Place]
    """Cells that a merge covers -> its top left cell, where the value stands."""
    uncalculated: frozenset[Place] = frozenset()
    """Formulas that no program has ever computed."""
    spaced: Mapping[Place, str] = field(default_factory=dict)
    """The texts of `lines` that have spaces around them, with these."""
    scaled: Mapping[Place, str] = field(default_factory=dict)
    """Numbers that their format shows as another power of ten, as they are stored; `lines` has what is shown."""
    above: tuple[str, ...] = ()
    """Paragraphs right over the table in a document: its title, 单位:万元."""
    below: tuple[str, ...] = ()
    """The paragraph right under the table in a document, where it is not of the next table."""
    section: str = ""
    """The part of the document that it stands in."""
    folds: tuple[Fold, ...] = ()
    """Rows of data that are not in `lines`."""
    moved: Mapping[int, Place] = field(default_factory=dict)
    """Rows of a half that stood beside the other one -> the row where they stand, and columns to the right of here."""
    stood: Mapping[Place, Place] = field(default_factory=dict)
    """Cells that were laid out anew -> the cell of the sheet that they are."""
    questions: tuple[RowProblem, ...] = ()
    """Parts left out or read otherwise than they are stored: told before anything counts."""

    @property
    def rows(self) -> int:
        """The last row with anything in it."""
        return max(
            max(self.lines, default=0),
            max((row for row, _ in self.uncalculated), default=0),
            int(self.folds[-1].rows[-1]) if self.folds else 0,
        )

    def ends(self, most: int) -> list[int]:
        """The first and last rows with anything in them, so many of each."""
        folded = (row for fold in self.folds for row in (*fold.rows[:most].tolist(), *fold.rows[-most:].tolist()))
        numbers = sorted([*self.lines, *folded])
        return list(dict.fromkeys([*numbers[:most], *numbers[-most:]]))

    def line(self, row: int) -> Mapping[int, str]:
        """The cells of a row that are not blank, folded or not."""
        if (alone := self.lines.get(row)) is not None:
            return alone
        for fold in self.folds:
            if fold.rows[0] <= row <= fold.rows[-1]:
                return dict(fold.lines(row, row)).get(row, _NOTHING)
        return _NOTHING

    def unfolded(self, last: int | None = None) -> Table:
        """The table with every row (down to `last`) in `lines`."""
        if not self.folds:
            return self
        end = self.rows if last is None else last
        lines = {row: cells for row, cells in self.lines.items() if row <= end}
        lines.update(line for fold in self.folds for line in fold.lines(1, end))
        return replace(self, lines=lines, folds=())

    def own(self, row: int, column: int) -> str:
        """The text of the cell itself."""
        return self.line(row).get(column, "")

    def raw(self, row: int, column: int) -> str:
        """The text of the cell itself, spaces and all."""
        return self.spaced.get((row, column)) or self.own(row, column)

    def over(self, row: int, column: int) -> str:
        """The text of the cell, or of the merge that covers it: for labels, never for amounts."""
        return self.own(*self.merged.get((row, column), (row, column)))

    def row(self, row: int) -> list[tuple[int, str]]:
        """The cells of a row that are not blank, with their columns."""
        return sorted(self.line(row).items())

    def where(self, row: int) -> int:
        """The row of the sheet where a row stands."""
        return self.moved.get(row, (row, 0))[0]

    def cell(self, row: int, column: int) -> Place:
        """The cell of the sheet that a cell is."""
        stands, right = self.moved.get(row, (row, 0))
        return self.stood.get((row, column), (stands, column + right))

    def address(self, row: int, column: int) -> str:
        """A cell as the sheet names it."""
        return address(*self.cell(row, column))

    def problem(self, row: int, column: int, heading: str | None, message: Message, last: int = 0) -> CellProblem:
        """A problem of a cell, or of the cells down to the row `last`."""
        cell = self.address(row, column) + (f":{self.address(last, column)}" if last > row else "")
        return CellProblem(self.file, self.cell(row, column)[0], heading, message, self.sheet, cell)
