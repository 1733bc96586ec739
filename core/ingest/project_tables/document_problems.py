"""What is told of a document as a whole: it has no table, its day is missing, a column that was named is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from core.errors import Message, RowProblem
from core.ingest.files.document import Document
from core.ingest.files.labels import compact
from core.ingest.files.plain_text import in_one_column
from core.ingest.project_tables.project_list import find_list
from core.ingest.project_tables.read_columns import ReadColumn, keys_of
from core.ingest.project_tables.section import BY_PLACE, TableSection
from core.ingest.report_text.claims import find_unclear
from core.model.fields import FIELDS
from core.text import word

_MOST_LISTED = 10


def file_of(document: Document) -> str:
    """The file's name, or the word for one."""
    return document.file or word("文件")


def unclear(document: Document) -> Iterator[RowProblem]:
    """Figures of the text that are no claims, as it was not understood what they are of."""
    for words, place in find_unclear(document.paragraphs):
        text = Message("{place}“{words}”：没有读懂是哪一笔、做了什么，没有采用。", {"place": place, "words": words})
        yield RowProblem(file_of(document), None, None, text)


def several_projects(document: Document, sections: Sequence[TableSection]) -> Iterator[RowProblem]:
    """Ask about a table by street that names a project in each row: it may be a list of projects."""
    listed = find_list(document) if any({*section.parts} & {*BY_PLACE} for section in sections) else None
    if listed is not None:
        names = tuple(dict.fromkeys(each.name for each in listed.projects))
        if len(names) > 1:
            params = {"count": len(names), "names": names[:_MOST_LISTED]}
            text = Message(
                "“项目名称”一栏有{count}个项目（{names}）：按一个项目的各街镇读取。如果各行是不同的项目，请用“导入项目清单”。",
                params,
            )
            yield RowProblem(file_of(document), None, None, text)


def no_table(document: Document) -> Message:
    """Say why nothing was found in a document."""
    if not any(table.lines for table in document.tables):
        return Message("文件里没有表格。")
    if (listed := find_list(document)) is not None:
        params = {"count": len(listed.projects), "names": tuple(each.name for each in listed.projects[:_MOST_LISTED])}
        return Message(
            "这是一张项目清单，有多个项目（{count}个：{names}），不能导入到一个项目里。请用“导入项目清单”。",
            params,
        )
    squeezed = (in_one_column(table.lines.values(), text=False) for table in document.tables)
    if (found := next(filter(None, squeezed), None)) is not None:
        return found
    return Message(
        "没有找到可以识别的表头。表头应有“街镇”，以及{fields}等列；列名不同时，请指定各列的含义。",
        {"fields": tuple(FIELDS[name].name for name in ("estimate", "invested", "paid", "communities", "households"))},
    )


def mapping_problems(document: Document, mapping: Mapping[str, str]) -> Iterator[RowProblem]:
    """Tell of meanings that a person gave to columns and that there are not."""
    for heading, name in mapping.items():
        if name and name not in FIELDS:
            text = Message("“{name}”不是可以指定的列。", {"name": name[:40]})
            yield RowProblem(file_of(document), None, heading[:40], text)


def day_problems(document: Document, day: date | None, today: date) -> Iterator[RowProblem]:
    """Tell of an as-of day that is not there, or still to come."""
    if day is None:
        text = Message("没有读到数据截止日。请填写截止日，或在文件中写明“截至2024年12月31日”。")
        yield RowProblem(file_of(document), None, None, text)
    elif day > today:
        text = Message("数据截止日{day}晚于今天（{today}）。请核对日期。", {"day": day, "today": today})
        yield RowProblem(file_of(document), None, None, text)


def unmatched(document: Document, said: Mapping[str, str], columns: Sequence[ReadColumn]) -> Iterator[RowProblem]:
    """A column that a person spoke of and that is not there."""
    known = {compact(key) for each in columns for key in keys_of(each)}
    for key, name in said.items():
        if columns and compact(key) not in known and (not name or name in FIELDS):
            text = Message("文件里没有“{column}”这一列。请核对列的字母或表头。", {"column": key[:40]})
            yield RowProblem(file_of(document), None, None, text)
