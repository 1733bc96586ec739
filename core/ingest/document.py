"""What a file holds, whatever its kind: tables and paragraphs.

In a workbook or a .csv the lines over and under a table are its paragraphs: a title, 截至…, 注:….
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from core.errors import Message, RowProblem
from core.ingest.table_file import LARGE, Table, read_tables
from core.ingest.word_file import read_word

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_WORD = "WordDocument".encode("utf-16-le")
_REMARK = re.compile(r"[:：]|截至|截止")
"""Not a title: it ends as a sentence does."""
_TITLES = 10
"""Rows over and under the tables of a sheet in which a sentence may stand."""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a text."""

    section: str
    """The part it stands in, as its headings number it: 四(一). "" before the first heading."""
    text: str


@dataclass(frozen=True)
class Document:
    """Tables, paragraphs, and what is wrong with the file."""

    tables: tuple[Table, ...]
    paragraphs: tuple[Paragraph, ...]
    problems: tuple[RowProblem, ...]
    file: str = ""
    """Its name, for sentences."""

    def unfolded(self) -> Document:
        """The same, with every row of the tables by itself."""
        return replace(self, tables=tuple(table.unfolded() for table in self.tables))


def read_document(name: str, content: bytes) -> Document:
    """What the file holds (.docx, .xlsx, .csv), or the problem why nothing of it was read. Never raises.

    `name` is for sentences; what a file is show its first bytes. A .xls renamed to .xlsx is told as what it is.
    """
    file = PurePath(name).name
    refused = _refused(file, content)
    if refused is not None:
        return Document((), (), (RowProblem(file, None, None, refused),), file)
    if _is_word(file, content):
        report = read_word(file, content)
        if isinstance(report, Message):
            return Document((), (), (RowProblem(file, None, None, report),), file)
        return Document(report.tables, tuple(Paragraph(*each) for each in report.paragraphs), (), file)
    tables, problems = read_tables(name, content, LARGE, folded=True)
    lines = [Paragraph("", text) for table in tables for text in _lone_lines(table)]
    return Document(tables, tuple(lines), problems, file)


def _refused(file: str, content: bytes) -> Message | None:
    """What the first bytes and the list of parts say, where the reader of tables would say it of workbooks only."""
    if len(content) > LARGE.packed:
        return Message("文件超过{most}MB,未读取。请删去图片和多余的内容。", {"most": LARGE.packed // 2**20})
    if not content[:1].strip() and not content.strip():
        return Message("文件是空的。")
    if content.startswith(_OLE) and _OLD_WORD in content:
        return Message("这是旧版Word文件(.doc)。请在Word中另存为.docx。")
    if content.startswith(b"PK"):
        return _linked(content)
    if not content.startswith(_OLE) and PurePath(file).suffix.lower() != ".csv":
        return Message("不是.docx、.xlsx或.csv文件,或者已损坏。请在Word或Excel中另存后重试。")
    return None


def _linked(content: bytes) -> Message | None:
    if any(name.startswith("xl/externallinks/") for name in _parts(content)):
        return Message("文件链接了别的工作簿,数字可能不是最新的,未读取。请在Excel的“数据—编辑链接”中断开链接,再另存。")
    return None


def _is_word(file: str, content: bytes) -> bool:
    names = _parts(content)
    damaged = not names and PurePath(file).suffix.lower() in (".docx", ".docm")
    return content.startswith(b"PK") and (damaged or any(name.startswith("word/") for name in names))


def _parts(content: bytes) -> frozenset[str]:
    """The names of a packed file's parts; none when it cannot be opened."""
    if not content.startswith(b"PK"):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return frozenset(name.lower() for name in archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return frozenset()


def _lone_lines(table: Table) -> Iterator[str]:
    """Titles and remarks: what stands alone in its row at the top or the end of a sheet; 截至… also beside 单位:…."""
    if all(len(cells) < 2 for cells in table.lines.values()):
        return
    for number in table.ends(_TITLES):
        cells = table.line(number)
        for text in cells.values():
            remark = len(text) > 3 and _REMARK.search(text) is not None
            if len(cells) == 1 or (len(cells) == 2 and remark):
                yield text.rstrip("。") + "。" if remark else text
