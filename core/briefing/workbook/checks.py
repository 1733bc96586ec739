"""数据疑点：every check of the data with its result, its figures, where they stand and what somebody found out."""

from __future__ import annotations

from core.briefing.headlines import checked, in_order
from core.briefing.workbook.sheet import Column, EvaluationBook, WorkbookPage
from core.checks import STATUS_NAMES, Finding
from core.errors import Message
from core.text import word
from core.text.marks import labelled, listed
from core.text.numbers import MISSING

_COLUMNS = (
    Column(word("编号"), 8), Column(word("结果"), 10), Column(word("数据疑点"), 24), Column(word("说明"), 60),
    Column(word("数值"), 44), Column(word("来源"), 40), Column(word("答复"), 32),
)  # fmt: skip


def checks(book: EvaluationBook) -> None:
    """The worksheet, contradictions and questions first."""
    found = book.found.checks or ()
    title = Message("{project}数据疑点", {"project": book.found.title})
    page = WorkbookPage(book, word("数据疑点"), title, checked(found), _COLUMNS)
    for each in in_order(found):
        answer = book.found.answers.get(each.id) or MISSING
        page.add((
            each.id, book.say(STATUS_NAMES[each.status]), *map(book.say, (each.title, each.message)),
            _figures(book, each), book.say(each.source), answer,
        ))  # fmt: skip
    page.end()


def _figures(book: EvaluationBook, finding: Finding) -> str:
    pairs = (labelled(book.say(name), book.say(value), book.language) for name, value in finding.figures)
    return listed(pairs, book.language) or MISSING
