"""What stands for an item in tables of scores: its points or the word for them, and its note."""

from __future__ import annotations

import re
from decimal import Decimal

from core.briefing.excel import Book
from core.errors import Message
from core.ingest.score_tables.item_cells import STATUS_WORDS
from core.model.scorecard import Status
from core.scoring import ScoredItem
from core.text import word

RECUSED, UNASSIGNED = word("回避"), word("未分配")
"""What stands for the points of an item that an expert does not score."""
_ORIGIN = re.compile(r"([^（）]+)（([^（）]+\d\.\d\d)）")
"""How the points of a panel came about, as a note has it."""
_POINTS = re.compile(r"(?<=\S)(?=(?<!\d)\d+\.\d\d$)")
"""Between a name and the points."""


def shown_points(item: ScoredItem) -> Decimal | str:
    """Points, or the word that stands for them; blank while nobody has said anything."""
    if item.points is not None:
        return item.points
    return "" if item.status is Status.UNSCORED else STATUS_WORDS[item.status]


def noted(item: ScoredItem) -> str:
    """The note of an item's event; on an expert's sheet, why they do not score it."""
    if item.out:
        return RECUSED if item.recused else UNASSIGNED
    return item.event.note if item.event else ""


def note_of(book: Book, item: ScoredItem) -> str:
    """The note in the book's language where it is in our own words: 平均分（专家A5.00、专家B4.00）, 回避."""
    note = noted(item)
    found = _ORIGIN.fullmatch(note)
    if book.language == "zh_CN" or found is None:
        return book.say(note)
    given = tuple(_POINTS.sub(" ", each) for each in found[2].split("、"))
    return book.say(Message("{rule}（{given}）", {"rule": found[1], "given": given}))
