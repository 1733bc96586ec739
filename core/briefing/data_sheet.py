"""The present figures of a project as a workbook to edit and import again: what is not changed reads back the same.

One sheet a table, headings as the import knows them. Figures are numbers as far as a spreadsheet keeps them exactly
(15 digits), dates are dates; text is text, also a name that begins with = + - @.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from core.errors import chinese
from core.model.project import Community, Delivery, Facts, RenovationLine, SpendLine

Cell = str | Decimal | int | date | None
"""A `Decimal` with a share's meaning comes as `_Share`."""

FONT = "微软雅黑"
SPEND = ("街镇", "概算(万元)", "已投资(万元)", "累计支付(万元)")
RENOVATION = ("街镇", "小区数(个)", "栋数(栋)", "户数(户)", "面积(万㎡)")
DELIVERY = (
    "街镇", "形象进度", "开工小区数", "完工小区数", "验收小区数", "满意度", "有效问卷数", "完工户数", "已验收数",
    "合格数", "阶段目标小区数", "合同价(万元)", "变更额(万元)",
)  # fmt: skip
ARRIVALS = ("资金来源", "到位日期", "到位金额(万元)")
MILESTONES = ("里程碑", "计划日期", "实际日期", "街镇")
COMMUNITIES = ("街镇", "小区", "栋数", "户数", "面积(万㎡)", "已投资(万元)", "累计支付(万元)", "形象进度")
_FUNDING = {"bond": "专项债", "budget": "财政预算资金"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DIGITS = 15
"""Digits of a number that a spreadsheet keeps."""


_FIRST = 2
"""Rows above the first place, counted from 0: the day, the heading."""


class _Share(Decimal):
    """0..1, shown as per cent."""


def data_xlsx(facts: Facts, communities: Sequence[Community] = ()) -> bytes:
    """The workbook: money and homes always, the optional tables where there is something in them."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    pages = _Pages(book, f"数据截至{chinese(facts.as_of)}。")
    if facts.spend:
        _spend(pages, facts)
    if facts.renovation:
        pages.table("受益明细表", RENOVATION, map(_home, facts.renovation), _home_sums(facts.renovation))
    if facts.deliveries:
        pages.table("实施进度", DELIVERY, map(_work, facts.deliveries))
    if facts.arrivals:
        rows = [(_FUNDING[each.funding], each.arrived_on, each.amount) for each in facts.arrivals]
        pages.table("资金到位", ARRIVALS, rows)
    if facts.milestones:
        marks = [(each.name, each.planned, each.actual, each.place) for each in facts.milestones]
        pages.table("里程碑", MILESTONES, marks)
    if communities:
        pages.table("小区明细", COMMUNITIES, map(_community, communities))
    pages.notes(_notes(facts))
    book.close()
    return stream.getvalue()


def _home(line: RenovationLine) -> tuple[Cell, ...]:
    second = line.communities_second
    counted: Cell = line.communities if second is None else f"(总){line.communities}-{second}"
    return line.place, counted, line.buildings, line.households, line.area


def _home_sums(lines: Sequence[RenovationLine]) -> tuple[Cell, ...]:
    area = sum((line.area for line in lines), Decimal(0))
    # Without the number of 小区: where some rows have a second number, a sum of them says nothing.
    return "合计", None, sum(line.buildings for line in lines), sum(line.households for line in lines), area


def _work(row: Delivery) -> tuple[Cell, ...]:
    counts = (row.started, row.finished, row.accepted)
    more = (row.homes_finished, row.inspected, row.qualified, row.stage_target, row.contract, row.variation)
    return (row.place, _share(row.physical), *counts, _share(row.satisfaction), row.surveyed, *more)


def _community(row: Community) -> tuple[Cell, ...]:
    figures = (row.buildings, row.households, row.area, row.invested, row.paid)
    return (row.place, row.name, *figures, _share(row.physical))


def _share(value: Decimal | None) -> _Share | None:
    return None if value is None else _Share(value)


def _spend(pages: _Pages, facts: Facts) -> None:
    """The approved amounts as they are: one cell over the rows that it covers."""
    amounts = {group.id: group.amount for group in facts.budget_groups}
    lines = _by_group(facts.spend)
    sheet = pages.table(
        "资金明细表",
        SPEND,
        [(line.place, None, line.invested, line.paid) for line in lines],
        (
            "合计",
            sum(
                (amounts.get(name, Decimal(0)) for name in dict.fromkeys(line.budget_group for line in lines)),
                Decimal(0),
            ),
            sum((line.invested for line in lines), Decimal(0)),
            sum((line.paid for line in lines), Decimal(0)),
        ),
    )
    row = _FIRST
    for name, group in groupby(lines, key=lambda line: line.budget_group):
        count = len(list(group))
        if name not in amounts:  # nothing was approved for these
            row += count
            continue
        if count > 1:
            sheet.merge_range(row, 1, row + count - 1, 1, "", pages.style("money"))
        pages.write(sheet, row, 1, amounts[name], "money")
        row += count


def _by_group(lines: Iterable[SpendLine]) -> list[SpendLine]:
    """Rows of one approved amount stand together, or its cell could not cover them; else in their order."""
    order: dict[str, list[SpendLine]] = {}
    for line in lines:
        order.setdefault(line.budget_group, []).append(line)
    return [line for group in order.values() for line in group]


def _notes(facts: Facts) -> list[str]:
    return [
        f"{facts.project.name}",
        f"本表为当前数据,截至{chinese(facts.as_of)}。修改后在“数据导入”页上传。",
        "新的一期:请改各表第一行的日期,或在上传时选定日期;未列出的内容沿用上一期数据。",
        "用作另一个项目:请在第一张表第一行加上“项目名称:……。批复文号:……,批复日期”,上传时选“新项目”。",
        "概算为一个合并单元格时,表示一笔批复覆盖多个街镇;请勿拆开,除非已有分街镇批复数。",
        "可另加工作表,表头如下(每张表一个工作表):",
        "实施进度:" + " | ".join(DELIVERY),
        "资金到位:" + " | ".join(ARRIVALS),
        "里程碑:" + " | ".join(MILESTONES),
        "小区明细:" + " | ".join(COMMUNITIES),
    ]


class _Pages:
    """The worksheets and their formats."""

    def __init__(self, book: Any, title: str) -> None:
        self._book = book
        self._title = title
        self._formats: dict[str, Any] = {}

    def style(self, name: str) -> Any:
        """A format by its name, made once."""
        if name not in self._formats:
            self._formats[name] = self._book.add_format({"font_name": FONT, "font_size": 10, **_STYLES[name]})
        return self._formats[name]

    def table(
        self, name: str, heading: Sequence[str], rows: Iterable[Sequence[Cell]], sums: Sequence[Cell] | None = None
    ) -> Any:
        """A worksheet with one table under the day that it is of. Returns the sheet."""
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(_FIRST, 1)
        sheet.set_column(0, len(heading) - 1, 16)
        sheet.write_string(0, 0, self._title, self.style("note"))
        for column, text in enumerate(heading):
            sheet.write_string(_FIRST - 1, column, text, self.style("head"))
        for number, row in enumerate([*rows, *([sums] if sums else [])], start=_FIRST):
            for column, value in enumerate(row):
                self.write(sheet, number, column, value, "money" if "万" in heading[column] else "count")
        return sheet

    def write(self, sheet: Any, row: int, column: int, value: Cell, style: str) -> None:
        """A cell by what its value is; a figure that a spreadsheet would cut off stays a text."""
        if value is None:
            sheet.write_blank(row, column, None, self.style("text"))
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self.style("date"))
        elif isinstance(value, str):
            sheet.write_string(row, column, _CONTROL.sub("", value), self.style("text"))
        elif Decimal(f"{float(value):.{_DIGITS}g}") != value:
            sheet.write_string(row, column, f"{value:f}", self.style("text"))
        else:
            sheet.write_number(row, column, float(value), self.style("share" if isinstance(value, _Share) else style))

    def notes(self, lines: Sequence[str]) -> None:
        """A last worksheet of sentences: how the file is meant."""
        sheet = self._book.add_worksheet("填写说明")
        sheet.set_column(0, 0, 100)
        for number, line in enumerate(lines):
            sheet.write_string(number, 0, _CONTROL.sub("", line), self.style("note"))


def _bordered(**more: object) -> dict[str, object]:
    return {"border": 1, "valign": "vcenter", **more}


_STYLES: dict[str, dict[str, object]] = {
    "head": _bordered(bold=True, align="center", bg_color="#F2F5F8", text_wrap=True),
    "text": _bordered(),
    # The sixth decimal of an amount is there, and shown where it is not 0.
    "money": _bordered(num_format="#,##0.00####"),
    "count": _bordered(num_format="#,##0"),
    "share": _bordered(num_format="0.00##%"),
    "date": _bordered(num_format="yyyy-mm-dd", align="left"),
    "note": {},
}
