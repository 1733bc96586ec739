"""小区明细：every community with what the data hold of it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from core.briefing.excel import Cell
from core.briefing.workbook.sheet import Column, EvaluationBook, WorkbookPage
from core.errors import Message
from core.model.project import Community
from core.progress.community_list import columns
from core.text import word
from core.text.amounts import in_column, usual
from core.text.numbers import decimal, percent

_MONEY = ("invested", "paid", "own_estimate")
_WHOLE = ("buildings", "households")
_SHARE = "0.00%"


def communities(book: EvaluationBook) -> None:
    """The worksheet, in the order of the list itself."""
    found = book.found
    every = columns(found.communities_told)
    table = (
        Column(word("序号"), 9, 0), Column(word("小区名称"), 28), Column(word("街镇"), 20),
        *(Column(heading, 14, 0 if name in _WHOLE else 2) for name, heading in every.items()), Column(word("来源"), 36),
    )  # fmt: skip
    title = Message("{project}小区明细", {"project": found.title})
    about = Message("{count}个小区", {"count": len(found.communities)})
    page = WorkbookPage(book, word("小区明细"), title, about, table, large=True)
    formats = [None, None, None, *(_SHARE if name == "physical" else None for name in every), None]
    for number, row in enumerate(found.communities, start=1):
        said = json.loads(row.said or "{}")
        cells = (_cell(book, row, name, said.get(name)) for name in every)
        page.add((number, row.name, book.say(row.place), *cells, book.say(row.source)), formats)
    page.end()


def _cell(book: EvaluationBook, row: Community, name: str, said: object) -> Cell:
    """What the list says of it: about where it says so, its own words where there is no more."""
    value = getattr(row, name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    if isinstance(value, Decimal) and name in _MONEY:
        value = in_column(value, book.language, usual(book.language))
    if said is None:
        return value if isinstance(value, str | Decimal | date) else None
    if not isinstance(value, Decimal):
        return str(said)
    figure = percent(value) if name == "physical" else decimal(value, 0 if name in _WHOLE else 2)
    return book.say(Message("约{figure}", {"figure": figure}))
