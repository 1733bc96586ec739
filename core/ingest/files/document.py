"""Tables and paragraphs of a file, whatever its kind.

In a workbook or a .csv the lines over and under a table are its paragraphs: a title, 截至…, 注:….
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from core.errors import Message, RowProblem
from core.ingest.files.continued import join_continued
from core.ingest.files.csv_file import Progress, untold
from core.ingest.files.kinds import unread_kind
from core.ingest.files.plain_text import is_one
from core.ingest.files.table import Table
from core.ingest.files.table_file import LARGE, read_tables
from core.ingest.files.word_file import read_word

_REMARK = re.compile(r"[:：]|截至|截止")
"""Not a title: it ends as a sentence does."""
SENTENCES = "资金筹措"
"""The worksheet of our own template that holds sentences, one a row, and no table."""
_TITLES = 10
"""Rows over and under the tables of a sheet in which a sentence may stand."""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a text."""

    section: str
    """The part it stands in, as its headings number it: 四(一). "" before the first heading."""
    text: str
    sheet: str = field(default="", compare=False)
    """The worksheet it stands on."""


@dataclass(frozen=True)
class Document:
    """Tables, paragraphs, and what is wrong with the file."""

    tables: tuple[Table, ...]
    paragraphs: tuple[Paragraph, ...]
    problems: tuple[RowProblem, ...]
    file: str = ""
    """Its name, for sentences."""
    questions: tuple[RowProblem, ...] = ()
    """Read so, and told before anything counts; those of its tables among them."""

    def unfolded(self) -> Document:
        """Give every folded row of the tables a line of its own."""
        return replace(self, tables=tuple(table.unfolded() for table in self.tables))


def read_document(name: str, content: bytes, *, hidden: bool = False, progress: Progress = untold) -> Document:
    """Read a .docx, .xlsx or a text with columns, or give the problem why nothing of it was read.

    `name` is for sentences; what a file is show its first bytes. A .xls renamed to .xlsx is told as what it is.
    `hidden`: hidden rows, columns and sheets of a workbook are read as well. Raises nothing but what `progress` does.
    """
    file = PurePath(name).name
    parts = _parts(content)
    report = _refused(file, content, parts) or (read_word(file, content) if _is_word(file, content, parts) else None)
    if isinstance(report, Message):
        return Document((), (), (RowProblem(file, None, None, report),), file)
    if report is not None:
        joined = join_continued(report.tables)
        return Document(joined, tuple(Paragraph(*each) for each in report.paragraphs), (), file, _asked(joined))
    tables, problems = read_tables(name, content, LARGE, progress, folded=True, hidden=hidden)
    lines = [Paragraph("", text, table.sheet) for table in tables for text in _lone_lines(table)]
    lines += [Paragraph("", text, table.sheet) for table in tables if _is_text(table) for text in _texts(table)]
    with_rows = tuple(table for table in tables if not _is_text(table))
    return Document(with_rows, tuple(lines), problems, file, _asked(tables))


def _is_text(table: Table) -> bool:
    return table.sheet == SENTENCES and all(len(cells) < 2 for cells in table.lines.values())


def _texts(table: Table) -> Iterator[str]:
    for _, cells in sorted(table.lines.items()):
        yield from cells.values()


def _asked(tables: Iterable[Table]) -> tuple[RowProblem, ...]:
    return tuple(question for table in tables for question in table.questions)


def _refused(file: str, content: bytes, parts: frozenset[str]) -> Message | None:
    """Refuse a file by its first bytes and parts, where the reader of tables would speak of workbooks only."""
    if len(content) > LARGE.packed:
        return Message("文件超过{most}MB，未读取。请删去图片和多余的内容。", {"most": LARGE.packed // 2**20})
    if not content[:1].strip() and not content.strip():
        return Message("文件是空的。")
    if (other := unread_kind(content)) is not None:
        return other
    if any(name.startswith("xl/externallinks/") for name in parts):
        return Message(
            "文件链接了别的工作簿，数字可能不是最新的，未读取。请在Excel的“数据—编辑链接”中断开链接，再另存。"
        )
    if not content.startswith(b"PK") and not is_one(file, content):
        return Message("不是.docx、.xlsx或.csv文件，或者已损坏。请在Word或Excel中另存后重试。")
    return None


def _is_word(file: str, content: bytes, parts: frozenset[str]) -> bool:
    damaged = not parts and PurePath(file).suffix.lower() in (".docx", ".docm")
    return content.startswith(b"PK") and (damaged or any(name.startswith("word/") for name in parts))


def _parts(content: bytes) -> frozenset[str]:
    """The names of a packed file's parts; none when it is too large or cannot be opened."""
    if not content.startswith(b"PK") or len(content) > LARGE.packed:
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
