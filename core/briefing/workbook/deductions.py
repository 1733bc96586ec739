"""扣分明细: every item that lost points, the largest loss first, with its reason."""

from __future__ import annotations

from decimal import Decimal

from core.briefing.evaluation import Result
from core.briefing.workbook.sheet import Book, Cell, Column, Page

_COLUMNS = (
    Column("编号", 8), Column("一级指标", 10), Column("二级指标", 12), Column("三级指标", 28),
    Column("分值", 9, summed=True), Column("得分", 9, summed=True), Column("扣分", 9, summed=True),
    Column("扣分原因", 44), Column("备注", 34),
)  # fmt: skip


def deductions(book: Book, result: Result) -> None:
    """The worksheet."""
    page = Page(book, "扣分明细", f"{book.found.title}扣分明细", f"{result.sheet.name} · 单位:分", _COLUMNS)
    lost = [item for item in result.items if item.deduction]
    rows: list[tuple[Cell, ...]] = []
    for item in sorted(lost, key=lambda each: (-(each.deduction or Decimal(0)), each.indicator.code)):
        each, event = item.indicator, item.event
        names = (each.code, each.l1, each.l2, each.l3)
        said = (event.reason or None, event.note) if event else (None, "")
        rows.append((*names, each.weight, item.points, item.deduction, *said))
    first = page.row
    for row in rows:
        page.add(row)
    if rows:
        page.sums("合计", first, rows)
    else:
        page.line("没有扣分的指标。" if result.tally.complete else "已评的指标没有扣分。")
    page.end(result.remark)
