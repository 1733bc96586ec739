"""A blank workbook to be filled in and imported: a sheet a table, made from the fields that the import knows.

Headings are locked, each with a note that says what belongs under it; cells that can be chosen have a list. What
does not fit is asked about by Excel and WPS, not refused: a ledger may say 约5000.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.briefing.data_sheet import STYLES, columns, headings, said_of
from core.briefing.excel import Book, Page
from core.ingest.files.document import SENTENCES
from core.model.fields import FLOWS, TABLES, Field, Kind, TableId
from core.model.project import FUNDING_NAMES

SHEETS: tuple[TableId, ...] = (
    "spend", "renovation", "communities", "delivery", "arrivals", "milestones", "payments", "comparisons",
)  # fmt: skip
ROWS = 300
"""Rows that are ready to be filled; others may follow."""
_HEAD = 1
"""The row of the headings, counted from 0: the day may stand above it."""
_WIDTH = 16
_MOST_NAMES = 3
"""Other spellings of a heading that its note names."""
_COUNT = "整数，不带单位。没有发生填0，不知道的留空。"
_HINTS: Mapping[Kind, str] = {
    "money": "金额，万元，最多六位小数。没有发生填0，不知道的留空。",
    "change": "金额，万元，可以是负数。",
    "area": "面积，万㎡。",
    "share": "比例，如85%。不知道的留空。",
    "day": "日期，年-月-日。",
    "text": "文字。",
    "number": "数字，单位写在“计量单位”一列。",
}
_LISTS: Mapping[str, tuple[str, ...]] = {
    "funding": (*FUNDING_NAMES.values(), "中央财政补助", "省财政补助", "一般债券", "社会资本", "居民自筹"),
    "renewal": ("基础类", "完善类", "提升类"),
}
"""Field -> what may be chosen; anything else may be typed."""
_NOTES = (
    "每张表一个工作表。用不到的工作表可以空着，也可以删去。",
    "表头不要改；每个表头带一条批注，说明该填什么。",
    "第一行可以写数据截至哪一天；不写时在“数据导入”页选定。",
    "一笔批复覆盖几个街镇时，把“概算”这几格合并，只写一次。",
    "可以有合计行，也可以没有；有的，要和各行之和一致。",
    "没有发生填0，不知道的留空：空着的显示为“—”。",
    f"“{SENTENCES}”一行一句：在空白处填金额，不需要的行留着或删去；别的来源照样加行。",
    "资金来源、改造类型可以在下拉框中选，也可以另写。",
    "填好后在“数据导入”页上传，先预览，确认后才写入。",
)


def blank_xlsx() -> bytes:
    """The workbook, with a last sheet that says how it is filled in."""
    book = Book({**STYLES, "open": {**STYLES["text"], "locked": False}, "free": {"font_size": 10, "locked": False}})
    for table in SHEETS:
        _sheet(book, table)
    _sentences(book)
    notes = Page(book, "填写说明", (100,))
    for number, line in enumerate(_NOTES):
        notes.over(number, 0, number, 0, line, "note")
    return book.content()


def hint(field: Field) -> str:
    """What belongs under a heading, and what else it may be called in files of one's own."""
    says = _HINTS.get(field.kind, _COUNT)
    names = field.synonyms.split()[:_MOST_NAMES]
    return f"{field.name}：{says}" + (f"自己的表里也可以叫{'、'.join(names)}。" if names else "")


def _sheet(book: Book, table: TableId) -> None:
    fields, heading = columns(table), headings(table)
    page = Page(book, TABLES[table].name, (_WIDTH,) * len(heading))
    sheet = page.worksheet
    sheet.freeze_panes(_HEAD + 1, 1)
    sheet.set_column(0, len(heading) - 1, _WIDTH, book.style("open"))
    sheet.set_row(0, None, book.style("free"))
    sheet.write_comment(0, 0, "可以在这里写明数据截至哪一天。")
    for column, (field, text) in enumerate(zip(fields, heading, strict=True)):
        page.over(_HEAD, column, _HEAD, column, text, "head")
        sheet.write_comment(_HEAD, column, hint(field))
        if (rule := _rule(field, table)) is not None:
            asks = {"ignore_blank": True, "error_type": "warning", "error_message": hint(field)}
            sheet.data_validation(_HEAD + 1, column, _HEAD + ROWS, column, rule | asks)
    # Without a password: it keeps from slips, and whoever wants to may lift it.
    sheet.protect("", {"format_columns": True, "format_rows": True, "insert_rows": True, "delete_rows": True,
                       "sort": True, "format_cells": True})  # fmt: skip


def _sentences(book: Book) -> None:
    """A sentence a row about the money of each source, in which the amounts are wanting."""
    page = Page(book, SENTENCES, (60,))
    lines = [said_of(source, flow, "        ") for source in _LISTS["funding"] for flow in FLOWS]
    for number, line in enumerate(lines):
        page.over(number, 0, number, 0, line, "text")


def _rule(field: Field, table: TableId) -> dict[str, Any] | None:
    """What Excel and WPS take without asking."""
    if field.id in _LISTS:
        return {"validate": "list", "source": list(_LISTS[field.id])}
    if field.id == "place" and table != SHEETS[0]:
        return {"validate": "list", "source": f"='{TABLES[SHEETS[0]].name}'!$A${_HEAD + 2}:$A${_HEAD + 1 + ROWS}"}
    if field.kind in ("text", "number"):
        return None
    if field.kind == "day":
        return {"validate": "date", "criteria": ">", "value": "=DATE(1990,1,1)"}
    if field.kind == "share":
        return {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1}
    if field.kind == "change":
        return {"validate": "decimal", "criteria": "between", "minimum": -(10**9), "maximum": 10**9}
    kind = "decimal" if field.measured else "integer"
    return {"validate": kind, "criteria": ">=", "value": 0}
