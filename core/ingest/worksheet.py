"""The visible worksheets of a workbook, row by row: openpyxl's own parser, without an object for every cell.

One pass gives values, merges and the formulas that have no value; the ordinary way opens the file twice and holds all
of it. What is formatted and empty costs nothing.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

Place = tuple[int, int]


@dataclass
class Sheet:
    """One worksheet; see `core.ingest.table_file.Table`."""

    title: str
    lines: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: dict[Place, Place] = field(default_factory=dict)
    uncalculated: set[Place] = field(default_factory=set)
    spaced: dict[Place, str] = field(default_factory=dict)


class _Parser(WorkSheetParser):  # type: ignore[misc]
    """Notices formulas without a value."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.uncalculated: set[Place] = set()

    def parse_cell(self, element: Any) -> Any:
        cell = super().parse_cell(element)
        if cell["value"] is None and element.find(FORMULA_TAG) is not None:
            self.uncalculated.add((cell["row"], cell["column"]))
        return cell


def read_sheets(content: bytes, control: re.Pattern[str]) -> Iterator[Sheet]:
    """The visible worksheets in their order; `control` matches what no text may hold.

    Raises whatever openpyxl and zipfile raise over a broken file (`table_file.BROKEN`).
    """
    with warnings.catch_warnings():
        # openpyxl announces what it leaves out (data validation, missing styles): nothing that is read here.
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            percent = _percent_styles(book)
            sheets = [
                _sheet(book, sheet, percent, control) for sheet in book.worksheets if sheet.sheet_state == "visible"
            ]
        finally:
            book.close()
    yield from sheets


def _percent_styles(book: Any) -> frozenset[int]:
    """Styles that show their number as a rate."""
    own = book._number_formats

    def shows(number: int) -> bool:
        custom = number - BUILTIN_FORMATS_MAX_SIZE
        return "%" in str(own[custom] if 0 <= custom < len(own) else BUILTIN_FORMATS.get(number, ""))

    return frozenset(at for at, style in enumerate(book._cell_styles) if shows(style.numFmtId))


def _sheet(book: Any, sheet: Any, percent: frozenset[int], control: re.Pattern[str]) -> Sheet:
    found = Sheet(sheet.title)
    with sheet._get_source() as stream:
        parser = _Parser(
            stream,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for _, cells in parser.parse():
            for cell in cells:
                value = cell["value"]
                if value is None:
                    continue
                row, column = cell["row"], cell["column"]
                text = value if isinstance(value, str) else _text(value, cell["style_id"] in percent)
                text = control.sub("", text)
                if plain := text.strip():
                    found.lines.setdefault(row, {})[column] = plain
                    if plain is not text:
                        found.spaced[row, column] = text
    found.uncalculated = parser.uncalculated
    for area in parser.merged_cells.mergeCell if parser.merged_cells else ():
        _cover(found, area)
    return found


def _cover(found: Sheet, area: Any) -> None:
    """A merge shows the text of its first cell: what the others may still hold was left there by a program."""
    top = (area.min_row, area.min_col)
    for row in range(area.min_row, area.max_row + 1):
        for column in range(area.min_col, area.max_col + 1):
            if (row, column) != top:
                found.merged[row, column] = top
                found.lines.get(row, {}).pop(column, None)
                found.uncalculated.discard((row, column))


def _text(value: Any, rate: bool) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        # Spreadsheets keep 15 digits: 0.1 + 0.2 shows as 0.3 there, and is.
        number = Decimal(f"{value:.15g}")
        if not number.is_finite():
            return str(value)
        return f"{_plain(number * 100)}%" if rate else _plain(number)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _plain(number: Decimal) -> str:
    """Without an exponent and without zeros at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
