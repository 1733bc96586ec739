"""An Excel workbook, page by page: formats, widths, merged cells, heights of rows, live cells and how it prints.

Figures are numbers, sums are live formulas stored with their values of the moment; text is text, also a name that
begins with = + - @.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from core.briefing.wrapping import LINE_HEIGHT, broken
from core.errors import Message
from core.model.context import Language
from core.text import render
from core.text.amounts import usual
from core.text.file_text import printable

FONT = "微软雅黑"
UNIT, PADDING, INDENT = 5.25, 5.0, 9.0
"""Points of a column's width of 1, of what a cell keeps free at its sides, of an indent."""
ROW, _HIGHEST = 15.0, 400.0
"""Points: a row of one line, and one as high as a spreadsheet takes it."""
A4, A3 = 9, 8
_PAGES = {A4: 500.0, A3: 745.0}
"""Points of rows that a sheet of paper sideways shows in full size."""
_LEAST_SCALE = 0.7
"""The smallest scale at which they are printed."""
_MOST_NAME = 31
"""UTF-16 units of a worksheet's name."""
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_DAY_0 = date(1899, 12, 30)
"""From which a spreadsheet counts its days."""
_MOST = 1.2
"""Sizes that a character takes at most, with what is put beside it."""


def _bordered(**more: object) -> dict[str, object]:
    return {"border": 1, "valign": "vcenter", "font_size": 10, "text_wrap": True, **more}


_SUM = {"bold": True, "bg_color": "#F2F5F8"}
STYLES: Mapping[str, Mapping[str, object]] = {
    "title": {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter", "text_wrap": True},
    "about": {"font_size": 9, "align": "right", "valign": "vcenter", "text_wrap": True},
    "remark": {"font_size": 9, "align": "left", "valign": "vcenter", "text_wrap": True},
    "head": _bordered(bold=True, align="center", bg_color="#F2F5F8"),
    "label": _bordered(align="center"),
    "centre": _bordered(align="center"),
    "left": _bordered(align="left", indent=1),
    "number": _bordered(align="right", num_format="0.00"),
    "plain": _bordered(align="left", indent=1, border=0),
    "plain_number": _bordered(align="right", num_format="0.00", border=0),
    "rate": _bordered(align="right", num_format="0.00%"),
    "sum": _bordered(align="right", num_format="0.00", **_SUM),
    "sum_rate": _bordered(align="right", num_format="0.00%", **_SUM),
    "sum_label": _bordered(align="center", **_SUM),
    "grade": _bordered(align="left", **_SUM),
    "signature": {"font_size": 10, "valign": "bottom"},
}
"""Formats of a document to print, by name; a page to fill in has its own (core.briefing.data_sheet)."""
_LOOKS = {
    name: (float(str(look["font_size"])), bool(look.get("bold")), INDENT if "indent" in look else 0.0)
    for name, look in STYLES.items()
}


@dataclass(frozen=True)
class Formula:
    """A live cell, with what it comes to now; a text stands for what is undefined."""

    text: str
    """Without =."""
    value: Decimal | float | str | date


@dataclass(frozen=True)
class Live:
    """A part of a sentence that a formula works out."""

    text: str


Cell = str | int | Decimal | date | Formula | None
"""None prints —: undefined, never 0."""


class Book:
    """A workbook with its formats, whose texts stay texts."""

    def __init__(self, styles: Mapping[str, Mapping[str, object]] = STYLES, language: Language = "zh_CN") -> None:
        from xlsxwriter import Workbook  # only here: a large library, of which most calls need nothing

        self._stream = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.raw = Workbook(self._stream, options)
        self.language = language
        self._styles = styles
        self._formats: dict[tuple[str, str], Any] = {}

    def style(self, name: str, form: str = "") -> Any:
        """A format by its name, with a number format where one is given; made once."""
        if (name, form) not in self._formats:
            more = {"num_format": form} if form else {}
            self._formats[name, form] = self.raw.add_format({"font_name": FONT, **self._styles[name], **more})
        return self._formats[name, form]

    def say(self, words: Message | str | date) -> str:
        """Words in the workbook's language, amounts in its usual unit."""
        return render(words, self.language, usual(self.language))

    def label(self, words: Message | str) -> str:
        """Words that stand by themselves: in English they begin with a capital."""
        text = self.say(words)
        return text[:1].upper() + text[1:]

    def said(self, words: Message) -> str:
        """A sentence as a formula says it: a parameter that is `Live` is worked out anew."""
        live = {name: each for name, each in words.params.items() if isinstance(each, Live)}
        marks = {name: f"\x00{number}\x00" for number, name in enumerate(live)}
        parts = self.say(Message(words.text, {**words.params, **marks})).split("\x00")
        # Between the marks stand their numbers.
        cells = list(live.values())
        return "&".join(cells[int(part)].text if n % 2 else quoted(part) for n, part in enumerate(parts) if part)

    def content(self) -> bytes:
        """The finished file; nothing can be added afterwards."""
        self.raw.close()
        return self._stream.getvalue()


class Page:
    """A worksheet, filled from top to bottom; rows and columns from 0 as the library counts them."""

    def __init__(self, book: Book, name: str, widths: Sequence[float]) -> None:
        self.book, self.widths = book, widths
        self.worksheet = book.raw.add_worksheet(name)
        for column, width in enumerate(widths):
            self.worksheet.set_column(column, column, width)
        self.row = 0
        self._heights: dict[int, float] = {}
        """Of the rows that are not one line high, in points."""

    def text(self, row: int, column: int, text: str, style: str) -> None:
        """A text cell, in a row that is high enough for it."""
        self.worksheet.write_string(row, column, printable(text), self.book.style(style))
        self.room(row, height_of(text, self.widths[column], style))

    def number(self, row: int, column: int, value: float | Decimal, style: str = "number", form: str = "") -> None:
        """A figure; `form`: a number format of its own."""
        self.worksheet.write_number(row, column, float(value), self.book.style(style, form))

    def formula(self, row: int, column: int, cell: Formula, style: str | None = "number", form: str = "") -> None:
        """A live cell; without a style it looks as nothing, to the right of what is read."""
        value = cell.value
        if isinstance(value, date):
            value = (value - _DAY_0).days
        elif not isinstance(value, str):
            value = float(value)
        look = None if style is None else self.book.style(style, form)
        self.worksheet.write_formula(row, column, f"={cell.text}", look, value)

    def over(self, top: int, left: int, bottom: int, right: int, text: str, style: str) -> None:
        """A text in one cell over others; the row keeps its height."""
        if (top, left) != (bottom, right):
            # merge_range() guesses what a text is; only the cell that is written afterwards is sure to stay text.
            self.worksheet.merge_range(top, left, bottom, right, "", self.book.style(style))
        self.worksheet.write_string(top, left, printable(text), self.book.style(style))

    def across(self, first: int, last: int, text: str, style: str) -> None:
        """A text of the present row over so many of its columns; the row is high enough for it."""
        self.over(self.row, first, self.row, last, text, style)
        self.room(self.row, height_of(text, sum(self.widths[first : last + 1]), style))

    def line(self, text: str, style: str = "remark") -> None:
        """A row of one text over the whole width."""
        self.across(0, len(self.widths) - 1, text, style)
        self.row += 1

    def room(self, row: int, height: float) -> None:
        """Make a row at least so many points high."""
        if height > self._heights.get(row, ROW):
            self._heights[row] = height
            self.worksheet.set_row(row, height)

    def printed(self, paper: int = A4) -> None:
        """Sideways, one page wide and in its middle, with the numbers of the pages at the foot."""
        self.worksheet.set_landscape()
        self.worksheet.set_paper(paper)
        self.worksheet.fit_to_pages(1, 0)
        self.worksheet.center_horizontally()
        self.worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        numbers = self.book.say(Message("第{page}页，共{pages}页", {"page": "&P", "pages": "&N"}))
        self.worksheet.set_footer(f"&C{numbers}")

    def headed(self, rows: int) -> None:
        """The rows down to here stay in sight; the last of them stands on every page that is printed."""
        self.worksheet.repeat_rows(rows - 1)
        self.worksheet.freeze_panes(rows, 0)

    def fitted(self, paper: int = A4) -> None:
        """On one page, where that can still be read."""
        self.worksheet.fit_to_pages(1, pages_high(self.row, self._heights.values(), paper))


def area(top: int, left: int, bottom: int, right: int, *, fixed: bool = False) -> str:
    """A range as a formula says it: F4:F9; `fixed`: $F$4:$F$9."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    ends = (xl_rowcol_to_cell(row, column, fixed, fixed) for row, column in ((top, left), (bottom, right)))
    return ":".join(ends)


def height_of(text: str, width: float, style: str) -> float:
    """Points that a row needs for a text in a column of that width, which no spreadsheet finds out when it prints."""
    size, bold, indent = _LOOKS[style]
    room = width * UNIT - PADDING - indent
    if len(text) * size * _MOST <= room and "\n" not in text:
        return ROW
    lines = len(broken(printable(text), size, room, bold=bold))
    return ROW if lines == 1 else min(lines * size * LINE_HEIGHT + 3, _HIGHEST)


def wide_enough(text: str, width: int, style: str) -> int:
    """A column's width, as far widened as the text needs to stand on one line."""
    return next(each for each in count(width) if height_of(text, each, style) == ROW)


def room_for(texts: Iterable[str], least: int, most: int) -> int:
    """A column's width between these two: texts that can stand on one line do."""
    return min(max((wide_enough(each, least, "left") for each in texts), default=least), most)


def pages_high(rows: int, higher: Iterable[float], paper: int = A4) -> int:
    """1 for what can still be read on one page, else 0: as many as it takes. `higher`: heights other than a line's."""
    height = rows * ROW + sum(each - ROW for each in higher)
    return 1 if height * _LEAST_SCALE <= _PAGES[paper] else 0


def quoted(text: str) -> str:
    """A text as a formula says it."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def worksheet_names(names: Iterable[str], taken: Iterable[str]) -> list[str]:
    """Name a worksheet after each of these: with what a spreadsheet takes only, none as another or as one `taken`."""
    used = {each.casefold() for each in taken} | {"history"}  # Excel keeps that name for itself
    found = []
    for name in names:
        clean = _NOT_IN_NAMES.sub("_", printable(name)).strip().strip("'") or "_"
        number, free = 1, _cut(clean, _MOST_NAME)
        while free.casefold() in used:
            number += 1
            free = _cut(clean, _MOST_NAME - len(f"（{number}）")) + f"（{number}）"
        used.add(free.casefold())
        found.append(free)
    return found


def _cut(text: str, most: int) -> str:
    """As much of a text as takes at most so many UTF-16 units, without an apostrophe at its end."""
    return text.encode("utf-16-le")[: most * 2].decode("utf-16-le", errors="ignore").strip("'")


def worth(cell: Cell) -> object:
    """The present value of a cell."""
    return cell.value if isinstance(cell, Formula) else cell
