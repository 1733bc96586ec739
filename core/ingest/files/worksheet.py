"""The worksheets of a workbook, row by row: openpyxl's own parser of cells, without an object for every cell.

One pass gives values, merges and the formulas that have no value; the ordinary way opens the file twice, holds all of
it, and stumbles over styles that no program minds. What is formatted and empty costs nothing.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, WINDOWS_EPOCH
from openpyxl.worksheet._reader import COL_TAG, FORMULA_TAG, INLINE_STRING, MERGE_TAG, ROW_TAG, WorkSheetParser
from openpyxl.worksheet.merge import MergeCells
from openpyxl.xml.functions import iterparse

from core.ingest.files.csv_file import AT_ONCE, Progress, untold
from core.ingest.files.hidden import NOTHING_HIDDEN, Hidden, hidden_by
from core.ingest.files.number_format import Format, NumberLook, is_day, read_format
from core.ingest.files.package import Package, Sheet, text_of
from core.ingest.files.table import Place
from core.text.file_text import CONTROL


@dataclass
class Worksheet:
    """One worksheet; see `core.ingest.files.table.Table`."""

    title: str
    lines: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: dict[Place, Place] = field(default_factory=dict)
    uncalculated: set[Place] = field(default_factory=set)
    spaced: dict[Place, str] = field(default_factory=dict)
    scaled: dict[Place, str] = field(default_factory=dict)
    hidden: Hidden = NOTHING_HIDDEN
    """Rows and columns out of sight; `lines` has them nevertheless."""
    visible: bool = True
    """False for a sheet that is hidden itself; it has no lines."""


@dataclass(frozen=True)
class _Styles:
    """The cell styles of a workbook that do something to numbers."""

    days: frozenset[int]
    """Styles that show a day or a time."""
    spans: frozenset[int]
    """Those of them that show how long something takes."""
    formats: Mapping[int, Format]
    """Style -> its format, where it shows some number otherwise than it is."""


class _Parser(WorkSheetParser):  # type: ignore[misc]
    """Reads rows, columns and merges, nothing else, and notices formulas without a value."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.uncalculated: set[Place] = set()

    def parse(self) -> Iterator[tuple[int, list[Any]]]:
        for _, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                row = self.parse_row(element)
                element.clear()
                yield row
            elif element.tag == COL_TAG:
                self.parse_column_dimensions(element)
            elif element.tag == MERGE_TAG:
                self.merged_cells = MergeCells.from_tree(element)

    def parse_cell(self, element: Any) -> Any:
        inline = element.find(INLINE_STRING) if element.get("t") == "inlineStr" else None
        if inline is not None:
            element.remove(inline)  # openpyxl looks at how its letters are drawn, and stumbles
        cell = super().parse_cell(element)
        if inline is not None:
            cell["value"], cell["data_type"] = text_of(inline), "s"
        if cell["value"] is None and element.find(FORMULA_TAG) is not None:
            self.uncalculated.add((cell["row"], cell["column"]))
        return cell


def read_sheets(content: bytes, progress: Progress = untold, *, hidden: bool = False) -> Iterator[Worksheet]:
    """The worksheets in their order; `hidden`: hidden sheets as well.

    Raises whatever openpyxl and zipfile raise over a broken file (`table_file.BROKEN`).
    """
    with warnings.catch_warnings(), Package(io.BytesIO(content)) as package:
        # openpyxl warns of a day outside its calendar: its cell reads as an error, and is told as one.
        warnings.simplefilter("ignore")
        texts, styles = package.texts(), _styles(package)
        sheets = [
            _sheet(package, sheet, texts, styles, progress)
            if hidden or sheet.visible
            else Worksheet(sheet.title, visible=False)
            for sheet in package.sheets()
        ]
    yield from sheets


def _styles(package: Package) -> _Styles:
    days: set[int] = set()
    spans: set[int] = set()
    formats: dict[int, Format] = {}
    for at, style in enumerate(package.number_styles()):
        code = style.code or BUILTIN_FORMATS.get(style.number, "General")
        # openpyxl takes any m, d or y for a part of a day: 0.00万m2 would be one.
        if is_day(code, 0 if style.code else style.number):
            days.add(at)
            if is_timedelta_format(code):
                spans.add(at)
        elif not (form := read_format(code)).plain:
            formats[at] = form
    return _Styles(frozenset(days), frozenset(spans), formats)


def _sheet(package: Package, sheet: Sheet, texts: list[str], styles: _Styles, progress: Progress) -> Worksheet:
    found = Worksheet(sheet.title)
    with package.open(sheet.part) as stream:
        parser = _Parser(
            stream,
            texts,
            data_only=True,
            epoch=CALENDAR_MAC_1904 if package.from_1904 else WINDOWS_EPOCH,
            date_formats=styles.days,
            timedelta_formats=styles.spans,
        )
        for number, (_, cells) in enumerate(parser.parse(), start=1):
            if number % AT_ONCE == 0:
                progress(number, stream.share)
            for cell in cells:
                value = cell["value"]
                if value is None:
                    continue
                row, column = cell["row"], cell["column"]
                text = value if isinstance(value, str) else _text(value)
                form = styles.formats.get(cell["style_id"])
                if form is not None and cell["data_type"] == "n" and _is_number(text):
                    look, stored = form.look(Decimal(text)), text
                    text = _shown(Decimal(text), look)
                    if look.power:
                        found.scaled[row, column] = stored
                text = CONTROL.sub("", text)
                if plain := text.strip():
                    found.lines.setdefault(row, {})[column] = plain
                    if plain is not text:
                        found.spaced[row, column] = text
    found.uncalculated = parser.uncalculated
    for area in parser.merged_cells.mergeCell if parser.merged_cells else ():
        _cover(found, area)
    found.hidden = hidden_by(parser.row_dimensions, parser.column_dimensions)
    return found


def without_hidden(sheet: Worksheet) -> Worksheet:
    """The sheet as it is on the screen: a merge shows its text in the first of its cells that is not hidden."""
    if sheet.hidden == NOTHING_HIDDEN:
        return sheet
    hides = sheet.hidden.hides
    shown = {top: top for top in sheet.merged.values() if not hides(*top)}
    for place in sorted(sheet.merged):
        if not hides(*place):
            shown.setdefault(sheet.merged[place], place)
    lines: dict[int, dict[int, str]] = {}
    for row, cells in sheet.lines.items():
        for column, text in cells.items():
            at = shown.get((row, column), (row, column))
            if not hides(*at):
                lines.setdefault(at[0], {})[at[1]] = text
    return replace(
        sheet,
        lines=lines,
        merged={at: shown[top] for at, top in sheet.merged.items() if not hides(*at) and shown[top] != at},
        uncalculated={at for at in sheet.uncalculated if not hides(*at)},
        scaled={shown.get(at, at): text for at, text in sheet.scaled.items() if not hides(*shown.get(at, at))},
    )


def _cover(found: Worksheet, area: Any) -> None:
    """A merge shows the text of its first cell: what the others may still hold was left there by a program."""
    top = (area.min_row, area.min_col)
    for row in range(area.min_row, area.max_row + 1):
        for column in range(area.min_col, area.max_col + 1):
            if (row, column) != top:
                found.merged[row, column] = top
                found.lines.get(row, {}).pop(column, None)
                found.uncalculated.discard((row, column))
                found.scaled.pop((row, column), None)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        # Spreadsheets keep 15 digits: 0.1 + 0.2 shows as 0.3 there, and is.
        number = Decimal(f"{value:.15g}")
        return _plain(number) if number.is_finite() else str(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _is_number(text: str) -> bool:
    return text[-1:].isdigit() and text.isascii()


def _shown(number: Decimal, look: NumberLook) -> str:
    shown = _plain(number.scaleb(look.power + 2 * look.rate))
    return f"{shown}%" if look.rate else f"{shown}{look.unit}"


def _plain(number: Decimal) -> str:
    """Without an exponent and without zeros at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
