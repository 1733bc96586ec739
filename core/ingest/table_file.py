"""Tables out of .xlsx and .csv files as people see them: text cells by row and column, and which cells are merged.

A file is somebody's: it is looked at before it is opened. What unpacks to too much, holds macros or a password, or
merges a million cells is refused in a sentence. What it is shows its first bytes, not its name.
A table is kept by rows: a file of 200,000 rows fits, and a row is found without going through the others.
"""

from __future__ import annotations

import csv
import gc
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Literal

from core.errors import CellProblem, Message, RowProblem
from core.ingest.csv_file import Fold, read_rows

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


@dataclass(frozen=True)
class Limits:
    """What is too much of a file."""

    packed: int = MOST_BYTES
    unpacked: int = MOST_UNPACKED
    xml: int = MOST_XML
    cells: int = MOST_CELLS


LARGE = Limits(48 * 2**20, 300 * 2**20, 240 * 2**20, 2_000_000)
"""For a project's data: 200,000 communities of eight columns."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes(byte for byte in range(128) if _CONTROL.match(chr(byte)))
"""The same: in no encoding read here are they a part of another letter."""
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")

Place = tuple[int, int]
"""Row and column, both from 1."""
_NOTHING: Mapping[int, str] = {}


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
    above: tuple[str, ...] = ()
    """Paragraphs right over the table in a document: its title, 单位:万元."""
    section: str = ""
    """The part of the document that it stands in."""
    folds: tuple[Fold, ...] = ()
    """Rows of data that are not in `lines`."""

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
        """What is not blank in a row, folded or not."""
        if (alone := self.lines.get(row)) is not None:
            return alone
        for fold in self.folds:
            if fold.rows[0] <= row <= fold.rows[-1]:
                return dict(fold.lines(row, row)).get(row, _NOTHING)
        return _NOTHING

    def unfolded(self, last: int | None = None) -> Table:
        """The same table, every row (down to `last`) in `lines`."""
        if not self.folds:
            return self
        end = self.rows if last is None else last
        lines = {row: cells for row, cells in self.lines.items() if row <= end}
        lines.update(line for fold in self.folds for line in fold.lines(1, end))
        return replace(self, lines=lines, folds=())

    def own(self, row: int, column: int) -> str:
        """What stands in the cell itself."""
        return self.line(row).get(column, "")

    def raw(self, row: int, column: int) -> str:
        """What stands in the cell itself, spaces and all."""
        return self.spaced.get((row, column)) or self.own(row, column)

    def over(self, row: int, column: int) -> str:
        """What stands in the cell, or in the merge that covers it: for labels, never for amounts."""
        return self.own(*self.merged.get((row, column), (row, column)))

    def row(self, row: int) -> list[tuple[int, str]]:
        """The cells of a row that are not blank, with their columns."""
        return sorted(self.line(row).items())

    def problem(self, row: int, column: int, heading: str | None, message: Message, last: int = 0) -> CellProblem:
        """A problem of a cell, or of the cells down to the row `last`."""
        cell = address(row, column) + (f":{address(last, column)}" if last > row else "")
        return CellProblem(self.file, row, heading, message, self.sheet, cell)


@contextmanager
def no_collector() -> Iterator[None]:
    """Python's search for cycles stops meanwhile: over millions of new cells it takes half the time, to find none."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def address(row: int, column: int) -> str:
    """A cell as spreadsheets name it: (12, 5) is E12."""
    return f"{letters(column)}{row}"


def letters(column: int) -> str:
    """A column as spreadsheets name it: 28 is AB."""
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def read_tables(
    name: str, content: bytes, limits: Limits | None = None, *, folded: bool = False
) -> tuple[tuple[Table, ...], tuple[RowProblem, ...]]:
    """The file's tables, visible worksheets in their order; or the problem why there are none. `name` is for sentences.

    `folded`: a long .csv may keep rows as `folds`.
    Never raises, whatever the bytes are.
    """
    file = PurePath(name).name
    with no_collector():
        found = _tables(file, content, limits or Limits(packed=MOST_BYTES), folded=folded)
    if isinstance(found, Message):
        return (), (RowProblem(file, None, None, found),)
    return found, ()


def _tables(file: str, content: bytes, limits: Limits, *, folded: bool) -> tuple[Table, ...] | Message:
    if len(content) > limits.packed:
        return Message("文件超过{most}MB,未读取。请删去图片和无关的工作表。", {"most": limits.packed // 2**20})
    if not content[:1].strip() and not content.strip():
        return Message("文件是空的。")
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            return Message("文件有密码,无法读取。请取消密码后另存。")
        return Message("这是旧版Excel文件(.xls)。请在Excel中另存为.xlsx。")
    if content.startswith(b"PK"):
        return _workbook(file, content, limits)
    if PurePath(file).suffix.lower() != ".csv":
        return Message("不是.xlsx或.csv文件,或者已损坏。请在Excel中另存为.xlsx。")
    return _csv(file, content, limits, folded=folded)


def _csv(file: str, content: bytes, limits: Limits, *, folded: bool) -> tuple[Table, ...] | Message:
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
    if len(content.translate(None, _CONTROL_BYTES)) < len(content):
        text = _CONTROL.sub("", text)
    try:
        found = read_rows(text, limits.cells, folded=folded)
    except csv.Error:
        return Message("不是有效的CSV文件,请检查引号是否成对。")
    if found is None:
        return _too_many_cells(limits)
    return (Table(file, "", found.lines, {}, spaced=found.spaced, folds=tuple(found.folds)),)


def _too_many_cells(limits: Limits) -> Message:
    return Message("表格超过{most}个单元格,未读取。请删去多余的行列和格式。", {"most": f"{limits.cells:,}"})


def _workbook(file: str, content: bytes, limits: Limits) -> tuple[Table, ...] | Message:
    broken = Message("文件已损坏,或者不是.xlsx文件。请在Excel中打开并另存为.xlsx。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            refused = _refused(archive, len(content), limits) or _too_large_inside(archive, limits)
        return refused or _sheets(file, content)
    except BROKEN:
        return broken


BROKEN = (
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


def packing(archive: zipfile.ZipFile, size: int, limits: Limits) -> Literal["locked", "large", "tight"] | None:
    """What the table of contents of an Office file says against unpacking it."""
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        return "locked"
    unpacked = sum(entry.file_size for entry in entries)
    xml = sum(entry.file_size for entry in entries if entry.filename.lower().endswith((".xml", ".rels", ".vml")))
    if len(entries) > MOST_ENTRIES or unpacked > limits.unpacked or xml > limits.xml:
        return "large"
    return "tight" if unpacked > HARMLESS and unpacked > MOST_RATIO * size else None


_PACKING = {
    "locked": Message("文件有密码,无法读取。请取消密码后另存。"),
    "large": Message("文件解压后过大,未读取。请删去图片、多余的行列和无关的工作表。"),
    "tight": Message("文件的压缩比异常,未读取。请在Excel中另存为.xlsx后重试。"),
}


def _refused(archive: zipfile.ZipFile, size: int, limits: Limits) -> Message | None:
    """What can be said from the table of contents."""
    if (wrong := packing(archive, size, limits)) is not None:
        return _PACKING[wrong]
    names = {name.lower() for name in archive.namelist()}
    if any(name.endswith("vbaproject.bin") for name in names):
        return Message("文件含有宏(.xlsm),未读取。请另存为不含宏的.xlsx。")
    if "xl/workbook.bin" in names:
        return Message("这是二进制工作簿(.xlsb)。请在Excel中另存为.xlsx。")
    if "xl/workbook.xml" not in names:
        return Message("不是Excel工作簿。请在Excel或WPS中另存为.xlsx。")
    return None


def _too_large_inside(archive: zipfile.ZipFile, limits: Limits) -> Message | None:
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
                    if cells > limits.cells:
                        return _too_many_cells(limits)
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
    # openpyxl is slow to import, and most commands read no workbook.
    from core.ingest.worksheet import read_sheets

    return tuple(
        Table(file, sheet.title, sheet.lines, sheet.merged, frozenset(sheet.uncalculated), sheet.spaced)
        for sheet in read_sheets(content, _CONTROL)
    )
