"""佐证清单: what is filed under the items, and what is still to be asked of the unit."""

from __future__ import annotations

from core.briefing.content import Filed
from core.briefing.workbook.sheet import Column, EvaluationBook, WorkbookPage
from core.errors import Message
from core.text import word
from core.text.numbers import MISSING

_COLUMNS = (
    Column(word("编号"), 8), Column(word("三级指标"), 28), Column(word("类别"), 12), Column(word("文件名"), 44),
    Column(word("大小（字节）"), 12, 0), Column(word("存入人"), 12), Column(word("存入时间"), 18),
    Column(word("摘要（SHA-256）"), 48),
)  # fmt: skip
_WANTED = (word("编号"), word("三级指标"), word("状态"), word("所缺数据"), word("佐证资料"))
_SPANS = (1, 1, 1, 2, 3)


def evidence(book: EvaluationBook) -> None:
    """The worksheet: two tables, one below the other."""
    found = book.found
    filed = len({each.file.id for each in found.filed if not each.withdrawn})
    title = Message("{project}佐证清单", {"project": found.title})
    page = WorkbookPage(book, word("佐证清单"), title, Message("已存入{count}份", {"count": filed}), _COLUMNS)
    for each in found.filed:
        file = each.file
        name, kind = book.say(each.name), book.say(file.kind)
        page.add((file.code, name, kind, _title(book, each), file.size, file.actor_name, each.filed_at, file.digest))
    if not found.filed:
        page.line(book.say(word("尚未存入佐证文件。")))
    page.row += 1
    page.line(book.say(Message("尚缺的数据与资料（{count}项）", {"count": len(found.wanted)})))
    if found.wanted:
        page.spread([*map(book.say, _WANTED)], _SPANS, "head")
    for item in found.wanted:
        told = (item.name, word("待补"), item.input, item.evidence or MISSING)
        page.spread((item.code, *map(book.say, told)), _SPANS)
    page.end()


def _title(book: EvaluationBook, filed: Filed) -> str:
    """The file's name, with its withdrawal."""
    name = filed.file.name
    if not filed.withdrawn:
        return name
    return book.say(Message("{name}（{withdrawn}）", {"name": name, "withdrawn": filed.withdrawn}))
