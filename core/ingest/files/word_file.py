"""A Word report as it stands: its tables as `Table`s, merged cells resolved, and its paragraphs with their sections.

Only word/document.xml is read, and nothing is fetched: pictures, comments, footnotes and deleted text (修订) are left
alone. Sections come from the numbers that headings are written with (一、 （一） 1、 （1）), not from styles: what Word
numbers by itself is not in the text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from core.errors import Message
from core.ingest.files.labels import compact
from core.ingest.files.table import Place, Table
from core.ingest.files.table_file import BROKEN, FileLimits, packing
from core.text.file_text import CONTROL

LIMITS = FileLimits(48 * 2**20, 300 * 2**20, 20 * 2**20, 100_000)
"""Reports are full of pictures; what has to be read is short."""
MOST_COLUMNS = 200
_MAIN = "word/document.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_ABOVE = 4
"""Paragraphs over a table that may be its title and its unit."""
_UNSEEN = frozenset({"del", "moveFrom", "Fallback", "txbxContent", "pict", "instrText"})
_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice"})
_DELETED = ("del", "moveFrom", "cellDel")
_DEEPEST = 10
"""Tables in cells of tables in cells."""
_DATA = 3
"""Cells of a row that may be one of data."""
_ELSEWHERE = ("/oleobject", "/subdocument", "/afchunk")
_NUMERAL = "一二三四五六七八九十"
_LEVELS = (
    re.compile(rf"([{_NUMERAL}]{{1,3}})、"),
    re.compile(rf"\(([{_NUMERAL}]{{1,3}})\)"),
    re.compile(r"(\d{1,2})(?:、|\.(?!\d))"),
    re.compile(r"\((\d{1,2})\)"),
)


@dataclass(frozen=True)
class WordFile:
    """A report: its tables, and its paragraphs as (section, text)."""

    tables: tuple[Table, ...]
    paragraphs: tuple[tuple[str, str], ...]


def read_word(file: str, content: bytes) -> WordFile | Message:
    """The tables and paragraphs in their order, or why there are none. Never raises, whatever the bytes are."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            refused = _refused(archive, len(content))
            if refused is not None:
                return refused
            return _read(file, archive.read(_MAIN))
    except BROKEN:
        return Message("文件已损坏，或者不是.docx文件。请在Word中打开并另存为.docx。")


_PACKING = {
    "locked": Message("文件有密码，无法读取。请取消密码后另存。"),
    "large": Message("文件解压后过大，未读取。请删去图片和多余的内容。"),
    "tight": Message("文件的压缩比异常，未读取。请在Word中另存为.docx后重试。"),
}


def _refused(archive: zipfile.ZipFile, size: int) -> Message | None:
    if (wrong := packing(archive, size, LIMITS)) is not None:
        return _PACKING[wrong]
    names = {name.lower() for name in archive.namelist()}
    if any(name.endswith("vbaproject.bin") for name in names):
        return Message("文件含有宏（.docm），未读取。请另存为不含宏的.docx。")
    if _RELATIONS in names and _content_is_elsewhere(archive.read(_RELATIONS)):
        return Message("文件的一部分内容链接到别的文件，未读取。请在Word中断开链接后另存。")
    return None


def _content_is_elsewhere(relations: bytes) -> bool:
    """True when a part of the text or a table lies in another file. Links that a reader may click do no harm."""
    from defusedxml.ElementTree import fromstring

    return any(
        each.get("TargetMode") == "External" and str(each.get("Type")).lower().endswith(_ELSEWHERE)
        for each in fromstring(relations)
    )


def _read(file: str, xml: bytes) -> WordFile | Message:
    from defusedxml.ElementTree import fromstring

    reader = _Reader(file)
    body = next((each for each in fromstring(xml).iter() if _name(each) == "body"), None)
    if body is not None and not reader.blocks(body):
        return Message("表格超过{most}个单元格，未读取。请删去多余的行列和格式。", {"most": f"{LIMITS.cells:,}"})
    reader.under()
    return WordFile(tuple(reader.tables), tuple(reader.paragraphs))


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _blocks(parent: Any, wanted: tuple[str, ...] = ("p", "tbl")) -> Iterator[Any]:
    """The children of those names, also inside what only wraps them (content controls, inserted text)."""
    waiting = list(reversed(parent))
    while waiting:
        element = waiting.pop()
        name = _name(element)
        if name in wanted:
            yield element
        elif name in _WRAPPERS:
            waiting.extend(reversed(element))


def _text(element: Any) -> str:
    """The text that people read in it, spaces and all."""
    parts: list[str] = []
    waiting = [element]
    while waiting:
        each = waiting.pop()
        name = _name(each)
        if name in _UNSEEN:
            continue
        if name == "t":
            parts.append(each.text or "")
        elif name in ("tab", "br", "cr", "noBreakHyphen"):
            parts.append({"tab": "\t", "noBreakHyphen": "-"}.get(name, "\n"))
        elif name == "p" and parts:
            parts.append("\n")
        waiting.extend(reversed(each))
    return CONTROL.sub("", "".join(parts))


def _rows(table: Any) -> Iterator[Any]:
    """The rows that are there: without those marked as deleted."""
    return (row for row in _blocks(table, ("tr",)) if not _is_deleted(row, "trPr"))


def _is_deleted(element: Any, properties: str) -> bool:
    """True when a row or a cell is marked as deleted: it may still hold its text."""
    return any(_value(element, (properties, mark)) is not None for mark in _DELETED)


def _is_layout(table: Any, depth: int) -> bool:
    """True when a table holds tables, and no rows of its own that could be data."""
    if depth >= _DEEPEST:
        return False
    nested = False
    for row in _rows(table):
        holds = [any(True for _ in _blocks(cell, ("tbl",))) for cell in _blocks(row, ("tc",))]
        nested = nested or any(holds)
        if not any(holds) and len(holds) >= _DATA:
            return False
    return nested


def _value(element: Any, path: tuple[str, str]) -> str | None:
    """w:val of a property: ("tcPr", "gridSpan"). "" when it has no value, None when it is not there."""
    for outer in element:
        if _name(outer) == path[0]:
            for inner in outer:
                if _name(inner) == path[1]:
                    return next((value for key, value in inner.attrib.items() if key.endswith("val")), "")
    return None


def _count(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,9}", text) else otherwise


@dataclass
class _Reader:
    """A reader of a report: what was read so far, and the section it is in."""

    file: str
    tables: list[Table] = field(default_factory=list)
    paragraphs: list[tuple[str, str]] = field(default_factory=list)
    section: list[str] = field(default_factory=lambda: ["", "", "", ""])
    above: list[str] = field(default_factory=list)
    cells: int = 0

    def blocks(self, parent: Any, depth: int = 0) -> bool:
        """Take the paragraphs and tables of the text, or of a cell; False when there are too many cells."""
        for block in _blocks(parent):
            if _name(block) == "p":
                self.paragraph(_text(block))
            elif not (self._layout(block, depth) if _is_layout(block, depth) else self.table(block)):
                return False
        return True

    def _layout(self, element: Any, depth: int) -> bool:
        """Take what stands in the cells of a table that only puts other tables in their places."""
        cells = [cell for row in _rows(element) for cell in _blocks(row, ("tc",))]
        self.cells += len(cells)
        return self.cells <= LIMITS.cells and all(self.blocks(cell, depth + 1) for cell in cells)

    def paragraph(self, text: str) -> None:
        if not (plain := text.strip()):
            return
        self._enter(compact(plain[:20]))
        self.above.append(plain)
        if len(self.above) == 2:
            self.under()
        self.paragraphs.append(("".join(self.section), plain))

    def under(self) -> None:
        """The line right under a table is of that table, unless the next one follows it."""
        if self.tables and self.above:
            self.tables[-1] = replace(self.tables[-1], below=(self.above[0],))

    def _enter(self, start: str) -> None:
        for level, pattern in enumerate(_LEVELS):
            found = pattern.match(start)
            if found is None:
                continue
            if level == 0 and self.section[0] and _ordinal(found[1]) <= _ordinal(self.section[0]):
                return  # 一、 inside a chapter: a list of its own, and the chapter goes on
            number = (f"（{found[1]}）", f"({found[1]})")[level == 3] if level in (1, 3) else found[1]
            self.section[level:] = [number, "", "", ""][: 4 - level]
            return

    def table(self, element: Any) -> bool:
        """Take a table; False when there are too many cells."""
        grid = _Grid()
        for number, row in enumerate(_blocks(element, ("tr",)), start=1):
            if _is_deleted(row, "trPr"):
                self.cells += 1
                grid.without(row)
                continue
            self.cells += grid.row(number, row)
            if self.cells > LIMITS.cells:
                return False
        sheet = f"表{len(self.tables) + 1}"
        above = tuple(self.above[-_ABOVE:])
        self.above.clear()
        section = "".join(self.section)
        self.tables.append(
            Table(self.file, sheet, grid.lines, grid.merged, spaced=grid.spaced, above=above, section=section)
        )
        return True


def _ordinal(numeral: str) -> int:
    """十二 is 12."""
    tens, ten, ones = numeral.rpartition("十")
    first = max(_NUMERAL.find(tens) + 1, 1) if tens else 1
    return first * 10 * len(ten) + (_NUMERAL.index(ones) + 1 if ones else 0)


@dataclass
class _Grid:
    """A table as cells by row and column."""

    lines: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: dict[Place, Place] = field(default_factory=dict)
    spaced: dict[Place, str] = field(default_factory=dict)
    tops: dict[int, Place] = field(default_factory=dict)
    """Column -> first cell of the merge that goes on downwards there."""

    def row(self, number: int, element: Any) -> int:
        """Take a row; returns how many cells it covers."""
        column = 1 + min(_count(_value(element, ("trPr", "gridBefore")), 0), MOST_COLUMNS)
        tops: dict[int, Place] = {}
        for cell in _blocks(element, ("tc",)):
            if column > MOST_COLUMNS:
                break
            width = min(max(_count(_value(cell, ("tcPr", "gridSpan")), 1), 1), MOST_COLUMNS)
            self._cell(number, column, width, cell, tops)
            column += width
        self.tops = tops
        return column

    def without(self, element: Any) -> None:
        """Leave out a row that is deleted: a merge that begins in it begins in the next one."""
        column = 1 + min(_count(_value(element, ("trPr", "gridBefore")), 0), MOST_COLUMNS)
        for cell in _blocks(element, ("tc",)):
            if _value(cell, ("tcPr", "vMerge")) == "restart":
                self.tops.pop(column, None)
            column += min(max(_count(_value(cell, ("tcPr", "gridSpan")), 1), 1), MOST_COLUMNS)

    def _cell(self, row: int, column: int, width: int, cell: Any, tops: dict[int, Place]) -> None:
        down = _value(cell, ("tcPr", "vMerge"))
        top = self.tops.get(column, (row, column)) if down in ("", "continue") else (row, column)
        if down is not None:
            tops[column] = top
        for each in range(column, column + width):
            if (row, each) != top:
                self.merged[row, each] = top
        if top != (row, column) or _is_deleted(cell, "tcPr"):
            return
        text = _text(cell)
        if plain := text.strip():
            self.lines.setdefault(row, {})[column] = plain
            if plain != text:
                self.spaced[row, column] = text
