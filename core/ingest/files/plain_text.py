"""A text file as it was meant: its encoding, and the mark between its columns.

Excel, WPS and the systems of the trade write commas, semicolons or tabs, in UTF-8, UTF-16 or GB18030, with a mark of
the encoding in front or without, and some a first line sep=;.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, islice
from pathlib import PurePath
from typing import NamedTuple

from core.errors import Message
from core.text import word

_ENDINGS = (".csv", ".txt", ".tsv")
_MISNAMED = (".xls", ".xlsx", ".et")
"""Endings that some systems give to the texts that they write."""
_BY_MARK = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MARK = "\ufeff"
_SEPARATORS = (",", "\t", ";", "|")
_DECLARED = re.compile(r'"?sep=([^\w\s"\']|\t)"?\1*[ \t]*(?:\r\n?|\n|$)', re.IGNORECASE)
_LOOKED = 2**16
"""Letters of a text in which its separator is looked for."""
_ROWS = 200
_MARKS: Mapping[str, str] = {
    "，": word("全角逗号“，”"),
    "；": word("全角分号“；”"),
    ",": word("逗号“,”"),
    ";": word("分号“;”"),
    "|": word("竖线“|”"),
    "｜": word("竖线“｜”"),
    "、": word("顿号“、”"),
    "  ": word("空格"),
}
"""What may stand between columns that came out as one -> its name."""
_SPACES = re.compile(r"\s{2,}|\t|\u3000")
_NO_TEXT = frozenset(("Cc", "Cn", "Co", "Cs"))


class PlainText(NamedTuple):
    """A text and what stands between its columns."""

    text: str
    separator: str


def is_one(file: str, content: bytes) -> bool:
    """True when a file is to be read as text, by its name, or by its content where it bears a workbook's."""
    ending = PurePath(file).suffix.lower()
    if ending not in _MISNAMED or (text := decoded(content)) is None or not _is_text(text):
        return ending in _ENDINGS
    return max(_likeness(text[:_LOOKED], separator) for separator in _SEPARATORS)[0] > 1


def decoded(content: bytes) -> str | None:
    """The text, without the mark of its encoding; None: the encoding is not known."""
    for mark, encoding in _BY_MARK:
        if content.startswith(mark) and (found := _decoded(content, encoding)) is not None:
            return found
    if b"\0" in content:
        wide = (_decoded(content, encoding) for encoding in ("utf-16-le", "utf-16-be"))
        if (found := next((text for text in wide if text is not None and _is_text(text)), None)) is not None:
            return found
    found = _decoded(content, "utf-8")
    return _decoded(content, "gb18030") if found is None else found


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding).removeprefix(_MARK)
    except UnicodeDecodeError:
        return None


def _is_text(text: str) -> bool:
    """True for lines of letters: bytes of anything else make letters that nobody has given a meaning."""
    return "\n" in text and not any(
        unicodedata.category(letter) in _NO_TEXT and letter not in "\t\r\n" for letter in text[:_LOOKED]
    )


def separated(text: str) -> PlainText:
    """The text with its separator: the one that the first line states, else the one that makes a table of it."""
    if (said := _DECLARED.match(text)) is not None:
        return PlainText(text[said.end() :], said[1])
    start = text[:_LOOKED]
    return PlainText(text, max(_SEPARATORS, key=lambda separator: _likeness(start, separator)))


def _likeness(text: str, separator: str) -> tuple[int, int]:
    """Rows of one width under each other, and cells: a title with a comma in it stands alone, a table does not."""
    try:
        rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), _ROWS))
    except csv.Error:
        return 0, 0
    widths = [width for width in map(len, rows) if width]
    runs = (len(list(run)) for width, run in groupby(widths) if width > 1)
    return max(runs, default=0), sum(widths) - len(widths)


def in_one_column(lines: Iterable[Mapping[int, str]], *, text: bool) -> Message | None:
    """Say that columns came out as one, and what stands between them; None: they did not.

    `text`: the file is a text, not a workbook.
    """
    found = [list(cells.values()) for cells in lines]
    if not found or any(len(cells) > 1 for cells in found):
        return None
    mark = _between([cell for cells in found for cell in cells])
    if mark and not text:
        return Message(
            "各栏挤在一列里，之间是{mark}。请选中这一列，用“数据—分列”分开，保存后重新导入。", {"mark": mark}
        )
    if mark:
        return Message("各栏之间是{mark}，文件读出来只有一列。请改用半角逗号“,”分隔后重新导入。", {"mark": mark})
    if not text or len(found) == 1:
        return None
    return Message("文件读出来只有一列，没有找到各栏之间的分隔符。请用半角逗号“,”、分号或制表符分隔，或另存为.xlsx。")


def _between(cells: Sequence[str]) -> str:
    """The name of the mark that most of the lines have, where more than one has it."""
    counts = {mark: sum(mark in cell for cell in cells) for mark in _MARKS}
    counts["  "] = sum(_SPACES.search(cell) is not None for cell in cells)
    mark = max(counts, key=counts.__getitem__)
    return _MARKS[mark] if counts[mark] > 1 else ""
