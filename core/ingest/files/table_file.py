"""Tables out of .xlsx files and of texts: .csv, .txt, .tsv.

A file is somebody's: it is looked at before it is opened. What unpacks to too much, holds macros or a password, or
merges a million cells is refused in a sentence. What it is shows its first bytes, not its name.
"""

from __future__ import annotations

import csv
import gc
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Literal

from core.errors import Message, RowProblem
from core.ingest.files import plain_text
from core.ingest.files.csv_file import Progress, read_rows, untold
from core.ingest.files.kinds import unread_kind
from core.ingest.files.table import Table
from core.text.file_text import CONTROL

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
class FileLimits:
    """Bytes and cells above which a file is not read."""

    packed: int = MOST_BYTES
    unpacked: int = MOST_UNPACKED
    xml: int = MOST_XML
    cells: int = MOST_CELLS


LARGE = FileLimits(48 * 2**20, 300 * 2**20, 240 * 2**20, 2_000_000)
"""For a project's data: 200,000 communities of eight columns."""

_CONTROL_BYTES = bytes(byte for byte in range(128) if CONTROL.match(chr(byte)))
"""Bytes of these letters: in no encoding read here are they a part of another one."""
_RANGE = re.compile(r"(\$?[A-Z]{1,3}\$?\d{1,7})(?::(\$?[A-Z]{1,3}\$?\d{1,7}))?")


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


def read_tables(
    name: str,
    content: bytes,
    limits: FileLimits | None = None,
    progress: Progress = untold,
    *,
    folded: bool = False,
    hidden: bool = False,
) -> tuple[tuple[Table, ...], tuple[RowProblem, ...]]:
    """The file's tables, worksheets in their order; or the problem why there are none. `name` is for sentences.

    `folded`: a long .csv may keep rows as `folds`. `hidden`: hidden rows, columns and sheets are read as well; else
    they are left out and named.
    Raises nothing but what `progress` does, whatever the bytes are.
    """
    file = PurePath(name).name
    with no_collector():
        found = _tables(file, content, limits or FileLimits(packed=MOST_BYTES), progress, folded=folded, hidden=hidden)
    if isinstance(found, Message):
        return (), (RowProblem(file, None, None, found),)
    return found, ()


def _tables(
    file: str, content: bytes, limits: FileLimits, progress: Progress, *, folded: bool, hidden: bool
) -> tuple[Table, ...] | Message:
    if len(content) > limits.packed:
        return Message("文件超过{most}MB，未读取。请删去图片和无关的工作表。", {"most": limits.packed // 2**20})
    if not content[:1].strip() and not content.strip():
        return Message("文件是空的。")
    if (other := unread_kind(content)) is not None:
        return other
    if content.startswith(b"PK"):
        return _workbook(file, content, limits, progress, hidden=hidden)
    if not plain_text.is_one(file, content):
        return Message("不是.xlsx或.csv文件，或者已损坏。请在Excel中另存为.xlsx。")
    return _text(file, content, limits, progress, folded=folded)


def _text(
    file: str, content: bytes, limits: FileLimits, progress: Progress, *, folded: bool
) -> tuple[Table, ...] | Message:
    text = plain_text.decoded(content)
    if text is None:
        return Message("文字编码无法识别。请另存为“CSV UTF-8”。")
    if "\0" in text:
        return Message("不是文本文件。请另存为“CSV UTF-8”或.xlsx。")
    if len(content.translate(None, _CONTROL_BYTES)) < len(content):
        text = CONTROL.sub("", text)
    text, separator = plain_text.separated(text)
    try:
        found = read_rows(text, separator, limits.cells, progress, folded=folded)
    except csv.Error:
        return Message("不是有效的CSV文件，请检查引号是否成对。")
    if found is None:
        return _too_many_cells(limits)
    if not found.folds and (squeezed := plain_text.in_one_column(found.lines.values(), text=True)) is not None:
        return squeezed
    return (Table(file, "", found.lines, {}, spaced=found.spaced, folds=tuple(found.folds)),)


def _too_many_cells(limits: FileLimits) -> Message:
    return Message("表格超过{most}个单元格，未读取。请删去多余的行列和格式。", {"most": f"{limits.cells:,}"})


def _workbook(
    file: str, content: bytes, limits: FileLimits, progress: Progress, *, hidden: bool
) -> tuple[Table, ...] | Message:
    try:
        return workbook_refusal(content, limits) or _sheets(file, content, progress, hidden=hidden)
    except BROKEN:
        return Message("文件已损坏，或者不是.xlsx文件。请在Excel中打开并另存为.xlsx。")


def workbook_refusal(content: bytes, limits: FileLimits) -> Message | None:
    """Refuse a workbook for its packing, macros or cells; None: it may be. Raises one of BROKEN for what is none.

    Also for the workbooks behind a deck's charts: openpyxl makes an object for each cell before anybody could ask.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return _refused(archive, len(content), limits) or _too_large_inside(archive, limits)


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
"""Errors of openpyxl and zipfile over a file that is not what it says."""


def packing(archive: zipfile.ZipFile, size: int, limits: FileLimits) -> Literal["locked", "large", "tight"] | None:
    """Judge an Office file by its table of contents; None: it may be unpacked."""
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        return "locked"
    unpacked = sum(entry.file_size for entry in entries)
    xml = sum(entry.file_size for entry in entries if entry.filename.lower().endswith((".xml", ".rels", ".vml")))
    if len(entries) > MOST_ENTRIES or unpacked > limits.unpacked or xml > limits.xml:
        return "large"
    return "tight" if unpacked > HARMLESS and unpacked > MOST_RATIO * size else None


_PACKING = {
    "locked": Message("文件有密码，无法读取。请取消密码后另存。"),
    "large": Message("文件解压后过大，未读取。请删去图片、多余的行列和无关的工作表。"),
    "tight": Message("文件的压缩比异常，未读取。请在Excel中另存为.xlsx后重试。"),
}


def _refused(archive: zipfile.ZipFile, size: int, limits: FileLimits) -> Message | None:
    """Refuse a workbook by its table of contents."""
    if (wrong := packing(archive, size, limits)) is not None:
        return _PACKING[wrong]
    names = {name.lower().replace("\\", "/") for name in archive.namelist()}
    if any(name.endswith("vbaproject.bin") for name in names):
        return Message("文件含有宏（.xlsm），未读取。请另存为不含宏的.xlsx。")
    if "xl/workbook.bin" in names:
        return Message("这是二进制工作簿（.xlsb）。请在Excel中另存为.xlsx。")
    if not any(name.startswith("xl/") and name.endswith(".xml") for name in names):
        return Message("不是Excel工作簿。请在Excel或WPS中另存为.xlsx。")
    return None


def _too_large_inside(archive: zipfile.ZipFile, limits: FileLimits) -> Message | None:
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
"""Elements that openpyxl lays on every cell of their range."""


def _looks_like_xml(start: bytes) -> bool:
    return start[:2] in (b"\xff\xfe", b"\xfe\xff") or start.lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(b"<")


def _area(reference: str) -> int:
    """Count the cells that a merge covers. Raises ValueError for what is no reference."""
    found = _RANGE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    from xlsxwriter.utility import xl_cell_to_rowcol

    first, last = (xl_cell_to_rowcol(cell or found[1]) for cell in found.groups())
    rows, columns = (abs(one - other) + 1 for one, other in zip(first, last, strict=True))
    return int(rows * columns)


def _sheets(file: str, content: bytes, progress: Progress, *, hidden: bool) -> tuple[Table, ...]:
    # openpyxl is slow to import, and most commands read no workbook.
    from core.ingest.files.hidden import left_out, sheet_left_out
    from core.ingest.files.worksheet import read_sheets, without_hidden

    sheets = list(read_sheets(content, progress, hidden=hidden))
    asked: list[RowProblem] = [sheet_left_out(file, each.title) for each in sheets if not each.visible]
    found = []
    for sheet in (each for each in sheets if each.visible):
        if not hidden:
            asked += left_out(file, sheet.title, sheet.hidden, sheet.lines)
            sheet = without_hidden(sheet)
        table = Table(
            file, sheet.title, sheet.lines, sheet.merged, frozenset(sheet.uncalculated), sheet.spaced, sheet.scaled
        )
        found.append(replace(table, questions=tuple(asked)))
        asked = []
    return tuple(found)
