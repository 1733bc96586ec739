"""What the worksheets share: a title, a table with a repeated heading, live sums, and how they print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.briefing.evaluation import Evaluation
from core.briefing.spreadsheet import FONT, ROW, STYLES, height_of, pages_high, printable
from core.errors import chinese
from core.text.numbers import MISSING

Cell = str | int | Decimal | date | None
"""None prints —: undefined, never 0."""

_A4, _A3 = 9, 8
_DATE = "yyyy-mm-dd"


@dataclass(frozen=True)
class Column:
    """A column of a table; `places` are the decimals of its figures."""

    heading: str
    width: int
    places: int = 2
    summed: bool = False
    """Whether a live sum stands below it."""


class Book:
    """The workbook with its formats."""

    def __init__(self, raw: Any, found: Evaluation) -> None:
        self.raw = raw
        self.found = found
        self._formats: dict[tuple[str, str], Any] = {}

    def style(self, name: str, number: str = "") -> Any:
        """A format by its name, with a number format where one is given; made once."""
        if (name, number) not in self._formats:
            more = {"num_format": number} if number else {}
            self._formats[name, number] = self.raw.add_format({"font_name": FONT, **STYLES[name], **more})
        return self._formats[name, number]


class Page:
    """A worksheet, filled from top to bottom; rows and columns from 0 as the library counts them."""

    def __init__(
        self, book: Book, name: str, title: str, about: str, columns: Sequence[Column], *, large: bool = False
    ) -> None:
        self._book, self._columns = book, columns
        self._heights: dict[int, float] = {}
        """Of the rows that are not one line high."""
        self.worksheet = book.raw.add_worksheet(name)
        for number, column in enumerate(columns):
            self.worksheet.set_column(number, number, column.width)
        self.row = 0
        self.line(title, "title")
        self._room(0, 30)
        self.line(about, "about")
        self.across([column.heading for column in columns], [1] * len(columns), "head")
        self.worksheet.repeat_rows(self.row - 1)
        self.worksheet.freeze_panes(self.row, 0)
        _printed(self.worksheet, _A3 if large else _A4)
        running_head(self.worksheet, book.found)

    def add(self, cells: Sequence[Cell], places: Sequence[str | None] = ()) -> None:
        """A row of the table; `places`: number formats of this row alone, None where the column's holds."""
        for number, cell in enumerate(cells):
            own = places[number] if places else None
            self._write(number, cell, own or _format(self._columns[number].places))
        self.row += 1

    def across(self, texts: Sequence[str], spans: Sequence[int], style: str = "left") -> None:
        """A row of texts of which each goes over so many columns."""
        number = 0
        for text, span in zip(texts, spans, strict=True):
            self._over(number, number + span - 1, text, style)
            number += span
        self.row += 1

    def sums(self, label: str, first: int, rows: Sequence[Sequence[Cell]]) -> None:
        """Live sums of the columns that have them, over `rows` from row `first`, stored with their values."""
        for number, column in enumerate(self._columns):
            if not column.summed:
                self._text(number, label if number == 0 else "", "sum_label")
                continue
            figures = [row[number] for row in rows]
            value = sum((each for each in figures if isinstance(each, Decimal)), Decimal(0))
            letter = letters(number)
            formula = f"=SUM({letter}{first + 1}:{letter}{self.row})"
            style = self._book.style("sum", _format(column.places))
            self.worksheet.write_formula(self.row, number, formula, style, float(value))
        self.row += 1

    def line(self, text: str, style: str = "remark") -> None:
        """A line over the whole width."""
        self._over(0, len(self._columns) - 1, text, style)
        self.row += 1

    def end(self, remark: str = "") -> None:
        """Where the figures come from, as of when, and what is to be known of them: the last lines."""
        facts = self._book.found.facts
        self.line(f"数据来源:{facts.project.source} · 截至{chinese(facts.as_of)}")
        if remark:
            self.line(remark)
        self.worksheet.fit_to_pages(1, pages_high(self.row, self._heights.values()))

    def _over(self, first: int, last: int, text: str, style: str) -> None:
        if last == first:
            self._text(first, text, style)
            return
        # merge_range() guesses what a text is; only the cell that is written afterwards is sure to stay text.
        self.worksheet.merge_range(self.row, first, self.row, last, "", self._book.style(style))
        self.worksheet.write_string(self.row, first, printable(text), self._book.style(style))
        width = sum(column.width for column in self._columns[first : last + 1])
        self._room(self.row, height_of(text, width, style))

    def _room(self, row: int, height: float) -> None:
        if height > self._heights.get(row, ROW):
            self._heights[row] = height
            self.worksheet.set_row(row, height)

    def _write(self, number: int, cell: Cell, form: str) -> None:
        if cell is None:
            self._text(number, MISSING, "centre")
        elif isinstance(cell, str):
            self._text(number, cell, "left")
        elif isinstance(cell, date):
            self.worksheet.write_datetime(self.row, number, cell, self._book.style("centre", _DATE))
        else:
            self.worksheet.write_number(self.row, number, float(cell), self._book.style("number", form))

    def _text(self, number: int, text: str, style: str) -> None:
        self.worksheet.write_string(self.row, number, printable(text), self._book.style(style))
        self._room(self.row, height_of(text, self._columns[number].width, style))


def letters(column: int) -> str:
    """A column as a spreadsheet calls it: A, Z, AA."""
    over, rest = divmod(column, 26)
    return (letters(over - 1) if over else "") + chr(ord("A") + rest)


def running_head(worksheet: Any, found: Evaluation) -> None:
    """What has to stand on every page (还原稿·非原表, 草稿, 查验码)."""
    if found.running:
        worksheet.set_header("&R" + " · ".join(found.running))


def _format(places: int) -> str:
    return "#,##0" + (f".{'0' * places}" if places else "")


def _printed(worksheet: Any, paper: int) -> None:
    worksheet.set_landscape()
    worksheet.set_paper(paper)
    worksheet.center_horizontally()
    worksheet.fit_to_pages(1, 0)
    worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    worksheet.set_footer("&C第&P页,共&N页")
