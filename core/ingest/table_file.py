"""Tables out of .xlsx and .csv files as people see them: text cells by row and column, and which cells are merged.

A file is somebody's: it is looked at before it is opened. What unpacks to too much, holds macros or a password, or
merges a million cells is refused in a sentence. What it is shows its first bytes, not its name.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from core.errors import CellProblem, Message, RowProblem

MOST_BYTES = 10 * 2**20
MOST_UNPACKED = 100 * 2**20
"""Bytes of all that a workbook unpacks to, pictures and all."""
MOST_XML = 30 * 2**20
"""Bytes of what has to be read of it."""
MOST_RATIO = 100
HARMLESS = 2**20
"""Bytes that may be packed as tightly as they like."""
MOST_ENTRIES = 2000
MOST_CELLS = 200_000
"""Cells in use or formatted, and cells that merges cover."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")

Place = tuple[int, int]
"""Row and column, both from 1."""


@dataclass(frozen=True)
class Table:
    """One worksheet, or the one table of a .csv."""

    file: str
    sheet: str
    """"" in a .csv."""
    texts: Mapping[Place, str]
    """What is not blank, as people see it: numbers plain, rates with their %, dates as 2024-12-31."""
    merged: Mapping[Place, Place]
    """Cells that a merge covers -> its top left cell, where the value stands."""
    uncalculated: frozenset[Place] = frozenset()
    """Formulas that no program has ever computed."""

    @property
    def rows(self) -> int:
        """The last row with anything in it."""
        return max((row for row, _ in [*self.texts, *self.uncalculated]), default=0)

    def own(self, row: int, column: int) -> str:
        """What stands in the cell itself."""
        return self.texts.get((row, column), "")

    def over(self, row: int, column: int) -> str:
        """What stands in the cell, or in the merge that covers it: for labels, never for amounts."""
        return self.texts.get(self.merged.get((row, column), (row, column)), "")

    def row(self, row: int) -> list[tuple[int, str]]:
        """The cells of a row that are not blank, with their columns."""
        return sorted((column, text) for (at, column), text in self.texts.items() if at == row)

    def problem(self, row: int, column: int, heading: str | None, message: Message, last: int = 0) -> CellProblem:
        """A problem of a cell, or of the cells down to the row `last`."""
        cell = address(row, column) + (f":{address(last, column)}" if last > row else "")
        return CellProblem(self.file, row, heading, message, self.sheet, cell)


def address(row: int, column: int) -> str:
    """A cell as spreadsheets name it: (12, 5) is E12."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def read_tables(name: str, content: bytes) -> tuple[tuple[Table, ...], tuple[RowProblem, ...]]:
    """The file's tables, visible worksheets in their order; or the problem why there are none. `name` is for sentences.

    Never raises, whatever the bytes are.
    """
    file = PurePath(name).name
    found = _tables(file, content)
    if isinstance(found, Message):
        return (), (RowProblem(file, None, None, found),)
    return found, ()


def _tables(file: str, content: bytes) -> tuple[Table, ...] | Message:
    if len(content) > MOST_BYTES:
        return Message("文件超过{most}MB,未读取。请删去图片和无关的工作表。", {"most": MOST_BYTES // 2**20})
    if not content.strip():
        return Message("文件是空的。")
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            return Message("文件有密码,无法读取。请取消密码后另存。")
        return Message("这是旧版Excel文件(.xls)。请在Excel中另存为.xlsx。")
    if content.startswith(b"PK"):
        return _workbook(file, content)
    if PurePath(file).suffix.lower() != ".csv":
        return Message("不是.xlsx或.csv文件,或者已损坏。请在Excel中另存为.xlsx。")
    return _csv(file, content)


def _csv(file: str, content: bytes) -> tuple[Table, ...] | Message:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        return Message("文字编码无法识别。请另存为“CSV UTF-8”。")
    if "\0" in text:
        return Message("不是文本文件。请另存为“CSV UTF-8”或.xlsx。")
    texts: dict[Place, str] = {}
    try:
        for number, line in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            for column, cell in enumerate(line, start=1):
                if plain := _without_guard(_CONTROL.sub("", cell).strip()):
                    texts[number, column] = plain
            if len(texts) > MOST_CELLS:
                return _too_many_cells()
    except csv.Error:
        return Message("不是有效的CSV文件,请检查引号是否成对。")
    return (Table(file, "", texts, {}),)


def _without_guard(cell: str) -> str:
    """Our own exports put an apostrophe before what a spreadsheet would take for a formula."""
    return cell[1:] if re.match(r"'+[=+\-@]", cell) else cell


def _too_many_cells() -> Message:
    return Message("表格超过{most}个单元格,未读取。请删去多余的行列和格式。", {"most": f"{MOST_CELLS:,}"})


def _workbook(file: str, content: bytes) -> tuple[Table, ...] | Message:
    broken = Message("文件已损坏,或者不是.xlsx文件。请在Excel中打开并另存为.xlsx。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            refused = _refused(archive, len(content)) or _too_large_inside(archive)
        return refused or _sheets(file, content)
    except _BROKEN:
        return broken


_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    OSError,
    EOFError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    RuntimeError,
    OverflowError,
    SyntaxError,  # an XML parser's error is one
)
"""What openpyxl and zipfile end in over a file that is not what it says."""


def _refused(archive: zipfile.ZipFile, size: int) -> Message | None:
    """What can be said from the table of contents."""
    entries = archive.infolist()
    names = {entry.filename.lower() for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        return Message("文件有密码,无法读取。请取消密码后另存。")
    unpacked = sum(entry.file_size for entry in entries)
    xml = sum(entry.file_size for entry in entries if entry.filename.lower().endswith((".xml", ".rels", ".vml")))
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or xml > MOST_XML:
        return Message("文件解压后过大,未读取。请删去图片、多余的行列和无关的工作表。")
    if unpacked > HARMLESS and unpacked > MOST_RATIO * size:
        return Message("文件的压缩比异常,未读取。请在Excel中另存为.xlsx后重试。")
    if any(name.endswith("vbaproject.bin") for name in names):
        return Message("文件含有宏(.xlsm),未读取。请另存为不含宏的.xlsx。")
    if "xl/workbook.bin" in names:
        return Message("这是二进制工作簿(.xlsb)。请在Excel中另存为.xlsx。")
    if "xl/workbook.xml" not in names:
        return Message("不是Excel工作簿。请在Excel或WPS中另存为.xlsx。")
    return None


def _too_large_inside(archive: zipfile.ZipFile) -> Message | None:
    """Cells and merges are counted in the XML: openpyxl would make an object for each before anybody could ask.

    A workbook may keep its sheets under any name, so every part that looks like XML is counted.
    """
    from defusedxml.ElementTree import ParseError, iterparse

    cells = 0
    for entry in archive.infolist():
        with archive.open(entry) as stream:
            if not _looks_like_xml(stream.read(64)):
                continue
        with archive.open(entry) as stream:
            try:
                for _, element in iterparse(stream):
                    tag = element.tag.rpartition("}")[2]
                    cells += 1 if tag == "c" else _area(element.get("ref", "")) if tag in _EXPANDED else 0
                    if cells > MOST_CELLS:
                        return _too_many_cells()
                    element.clear()
            except ParseError:
                continue  # old drawings are often broken and nobody reads them; a broken sheet is met by openpyxl
    return None


_EXPANDED = ("mergeCell", "hyperlink", "comment")
"""What openpyxl lays on every cell of its range."""


def _looks_like_xml(start: bytes) -> bool:
    return start[:2] in (b"\xff\xfe", b"\xfe\xff") or start.lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(b"<")


def _area(reference: str) -> int:
    """How many cells a merge covers. Raises ValueError for what is no reference."""
    found = _RANGE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    left, top, right, bottom = found.groups()
    if right is None:
        return 1
    return (abs(int(bottom) - int(top)) + 1) * (abs(_column(right) - _column(left)) + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _sheets(file: str, content: bytes) -> tuple[Table, ...]:
    import openpyxl

    with warnings.catch_warnings():
        # openpyxl announces what it leaves out (data validation, missing styles): nothing that is read here.
        warnings.simplefilter("ignore")
        values = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
        formulas = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
    tables: list[Table] = []
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible":
            continue
        # Only the cells that there are: a stray format in the last row would make iter_rows() make a million.
        texts = {place: text for place, cell in sheet._cells.items() if (text := _text(cell))}
        unknown = frozenset(
            place
            for place, cell in formulas[sheet.title]._cells.items()
            if cell.data_type == "f" and sheet._cells[place].value is None
        )
        merged = {
            (row, column): (area.min_row, area.min_col)
            for area in sheet.merged_cells.ranges
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
            if (row, column) != (area.min_row, area.min_col)
        }
        tables.append(Table(file, sheet.title, texts, merged, unknown))
    return tuple(tables)


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        # Spreadsheets keep 15 digits: 0.1 + 0.2 shows as 0.3 there, and is.
        number = Decimal(f"{value:.15g}")
        if not number.is_finite():
            return str(value)
        if "%" in str(cell.number_format):
            return f"{_plain(number * 100)}%"
        return _plain(number)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return _CONTROL.sub("", str(value)).strip()


def _plain(number: Decimal) -> str:
    """Without an exponent and without zeros at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
