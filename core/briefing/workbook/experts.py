"""专家打分: who gave how many points to which item, beside what the round's rule makes of them and what was adopted."""

from __future__ import annotations

from core.briefing.evaluation import Evaluation, Result
from core.briefing.workbook.sheet import Book, Cell, Column, Page
from core.scoring import Item
from core.text.numbers import points

_ITEM = (Column("编号", 8), Column("三级指标", 28), Column("分值", 9, summed=True))


def experts(book: Book, result: Result) -> None:
    """The worksheet; sheets that the one who asks may not see yet are not in it, nor their owners."""
    found = book.found
    own = [Column(f"{each.name}({each.kind}·{each.state})", 16, summed=True) for each in found.experts]
    together = [Column(f"汇总({result.rule})", 16, summed=True), Column("分差", 9)] if found.by_rule else []
    columns = (*_ITEM, *own, *together, Column(f"采用({result.sheet.name})", 16, summed=True))
    page = Page(book, "专家打分", f"{found.title}专家打分", f"{result.round} · 单位:分", columns)
    rows = [_row(found, item) for item in result.items]
    first = page.row
    for row in rows:
        page.add(row)
    page.sums("合计", first, rows)
    for each in found.experts:
        page.line(f"{each.name}:{each.state},合计{points(each.total)}分")
    if not found.experts:
        page.line("本轮还没有已提交的评价人评分表。")
    page.end(result.remark)


def _row(found: Evaluation, item: Item) -> tuple[Cell, ...]:
    each = item.indicator
    given = (expert.cells[each.code] for expert in found.experts)
    together = found.by_rule.get(each.code, (None, None)) if found.by_rule else ()
    return (each.code, each.l3, each.weight, *given, *together, item.points)
