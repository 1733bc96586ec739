"""A worksheet of the evaluation: title, table with a repeated heading, live sums, source of the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.briefing.content import BriefingContent, RoundScore
from core.briefing.excel import A3, A4, FONT, Book, Cell, Formula, Page, area, height_of, worth
from core.briefing.headlines import running
from core.briefing.spreadsheet import in_points
from core.errors import Message
from core.text import render
from core.text.file_text import printable
from core.text.numbers import MISSING

_DATE = "yyyy-mm-dd"


@dataclass(frozen=True)
class Column:
    """A column of a table; `places` are the decimals of its figures."""

    heading: str | Message
    width: int
    places: int = 2
    summed: bool = False
    """True where a live sum stands below it."""
    style: str = "number"
    """Of its live cells."""


class EvaluationBook(Book):
    """The workbook of an evaluation."""

    def __init__(self, found: BriefingContent) -> None:
        super().__init__(language=found.language)
        self.found = found


class WorkbookPage(Page):
    """A worksheet of the evaluation: one table, between its title and where its figures come from."""

    def __init__(
        self, book: EvaluationBook, name: str, title: Message, about: Message, columns: Sequence[Column],
        *, large: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(book, book.say(name), [column.width for column in columns])
        self._found, self._columns = book.found, columns
        self.line(book.say(title), "title")
        self.room(0, 30)
        self.line(book.say(about), "about")
        self.spread([book.say(column.heading) for column in columns], [1] * len(columns), "head")
        self.printed(A3 if large else A4)
        self.headed(self.row)
        running_head(self.worksheet, book.found)

    def add(self, cells: Sequence[Cell], places: Sequence[str | None] = ()) -> None:
        """A row of the table; `places`: number formats of this row alone, None where the column's holds."""
        for number, cell in enumerate(cells):
            own = places[number] if places else None
            self._write(number, cell, own or _format(self._columns[number].places))
        self.row += 1

    def spread(self, texts: Sequence[str], spans: Sequence[int], style: str = "left") -> None:
        """A row of texts of which each goes over so many columns."""
        number = 0
        for text, span in zip(texts, spans, strict=True):
            self.across(number, number + span - 1, text, style)
            number += span
        self.row += 1

    def sums(self, label: str, first: int, rows: Sequence[Sequence[Cell]]) -> None:
        """Live sums of the columns that have them, over `rows` from row `first`; — where there is nothing to add."""
        for number, column in enumerate(self._columns):
            if not column.summed:
                self.text(self.row, number, self.book.say(label) if number == 0 else "", "sum_label")
                continue
            known = [each for each in (worth(row[number]) for row in rows) if isinstance(each, Decimal)]
            cells = area(first, number, first + len(rows) - 1, number)
            value = sum(known, Decimal(0)) if known else MISSING
            self.live(number, Formula(f'IF(COUNT({cells})=0,"{MISSING}",SUM({cells}))', value), "sum")
        self.row += 1

    def live(self, number: int, cell: Formula, style: str = "number", form: str = "") -> None:
        """A live cell of the present row, in a style of its own."""
        self.formula(self.row, number, cell, style, form or _format(self._columns[number].places))
        if isinstance(cell.value, str):
            self.room(self.row, height_of(cell.value, self.widths[number], "left"))

    def beside(self, number: int, cell: str | Decimal | Formula) -> None:
        """A cell of the present row to the right of the table, where nobody reads: see `listed`."""
        if isinstance(cell, Formula):
            self.formula(self.row, number, cell, None)
        elif isinstance(cell, str):
            self.worksheet.write_string(self.row, number, printable(cell))
        else:
            self.worksheet.write_number(self.row, number, float(cell))

    def listed(self, first: int, last: int, hidden: int) -> None:
        """Rows that show something only now and then: lines around what they show; what is beside hides."""
        ruled = self.book.raw.add_format({"border": 1})
        rule = {"type": "formula", "criteria": f'=$A{first + 1}<>""', "format": ruled}
        self.worksheet.conditional_format(first, 0, last, len(self._columns) - 1, rule)
        self.worksheet.set_column(len(self._columns), hidden, None, None, {"hidden": True})

    def end(self, remark: str = "") -> None:
        """The last lines: source and day of the figures, and what is to be known of them."""
        facts = self._found.facts
        params = {"source": facts.project.source, "day": facts.as_of}
        self.line(self.book.say(Message("数据来源：{source} · 截至{day}", params)))
        if remark:
            self.line(remark)
        self.worksheet.print_area(0, 0, self.row - 1, len(self._columns) - 1)
        self.fitted()

    def _write(self, number: int, cell: Cell, form: str) -> None:
        if cell is None:
            self.text(self.row, number, MISSING, "centre")
        elif isinstance(cell, str):
            self.text(self.row, number, cell, "left")
        elif isinstance(cell, date):
            self.worksheet.write_datetime(self.row, number, cell, self.book.style("centre", _DATE))
        elif isinstance(cell, Formula) and isinstance(cell.value, date):
            self.live(number, cell, "centre", _DATE)
        elif isinstance(cell, Formula):
            self.live(number, cell, self._columns[number].style, form)
        else:
            self.number(self.row, number, cell, form=form)


def about_scores(score: RoundScore) -> Message:
    """What a table of scores is about: round, sheet and unit."""
    params = {"round": score.round, "sheet": score.sheet.name, "unit": in_points()}
    return Message("{round} · {sheet} · {unit}", params)


def running_head(worksheet: Any, found: BriefingContent) -> None:
    """Put the words that stand on every page into its head: left who may read it, in the middle who asked for it (a
    spreadsheet has no watermark), right 还原稿·非原表、草稿、查验码。
    """
    said = running(found)
    line = render(found.confidentiality, found.language)
    left = f'&L&"{FONT},Bold"{_in_head(line)}' if line else ""
    middle = f'&C&"{FONT},Regular"{_in_head(found.watermark)}' if found.watermark else ""
    right = "&R" + " · ".join(said) if said else ""
    if left or middle or right:
        worksheet.set_header(left + middle + right)


def _in_head(text: str) -> str:
    """A text as a head says it: what begins with & is a command there."""
    return printable(text).replace("&", "&&")


def _format(places: int) -> str:
    return "#,##0" + (f".{'0' * places}" if places else "")
