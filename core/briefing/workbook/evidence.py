"""佐证清单: what is filed under the items, and what is still to be asked of the unit."""

from __future__ import annotations

from core.briefing.workbook.sheet import Column, EvaluationBook, WorkbookPage
from core.text.numbers import MISSING

_COLUMNS = (
    Column("编号", 8), Column("三级指标", 28), Column("类别", 12), Column("文件名", 44), Column("大小（字节）", 12, 0),
    Column("存入人", 12), Column("存入时间", 18), Column("摘要（SHA-256）", 48),
)  # fmt: skip
_WANTED = ("编号", "三级指标", "状态", "所缺数据", "佐证资料")
_SPANS = (1, 1, 1, 2, 3)


def evidence(book: EvaluationBook) -> None:
    """The worksheet: two tables, one below the other."""
    found = book.found
    filed = len({each.file.id for each in found.filed if not each.withdrawn})
    page = WorkbookPage(book, "佐证清单", f"{found.title}佐证清单", f"已存入{filed}份", _COLUMNS)
    for each in found.filed:
        file = each.file
        page.add((file.code, each.name, file.kind, each.title, file.size, file.actor_name, each.filed_at, file.digest))
    if not found.filed:
        page.line("尚未存入佐证文件。")
    page.row += 1
    page.line(f"尚缺的数据与资料（{len(found.wanted)}项）")
    if found.wanted:
        page.spread(_WANTED, _SPANS, "head")
    for item in found.wanted:
        page.spread((item.code, item.name, "待补", item.input, item.evidence or MISSING), _SPANS)
    page.end()
