"""扣分明细: every item that lost points, the largest loss first, with its reason: as the score table has them now.

Every figure is a formula over the score table: the list orders itself anew when points are changed there. Beside it, in
hidden columns, stands every item with its rank; what a row shows is looked up there.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell

from core.briefing.content import RoundScore
from core.briefing.excel import Cell, Formula, area, quoted
from core.briefing.item_words import note_of
from core.briefing.spreadsheet import ScoreSheet
from core.briefing.workbook.sheet import Column, EvaluationBook, WorkbookPage, about_scores
from core.errors import Message
from core.scoring import ScoredItem
from core.text import word
from core.text.file_text import printable
from core.text.numbers import MISSING

_COLUMNS = (
    Column(word("编号"), 8, style="plain"), Column(word("一级指标"), 10, style="plain"),
    Column(word("二级指标"), 12, style="plain"), Column(word("三级指标"), 28, style="plain"),
    Column(word("分值"), 9, summed=True, style="plain_number"),
    Column(word("得分"), 9, summed=True, style="plain_number"),
    Column(word("扣分"), 9, summed=True, style="plain_number"), Column(word("扣分原因"), 44, style="plain"),
    Column(word("备注"), 34, style="plain"),
)  # fmt: skip
_NAME = 3
_PLACE = len(_COLUMNS)
"""The hidden column that says which item the row shows; after it come those of the items, then their ranks."""
_ITEM = _PLACE + 1
_RANK = _ITEM + len(_COLUMNS)
_TIE = Decimal("0.000001")
"""Difference that sets items of an equal loss apart, in the order of codes; points differ by a hundredth at least."""


def deductions(book: EvaluationBook, score: RoundScore, scores: ScoreSheet) -> None:
    """The worksheet."""
    title = Message("{project}扣分明细", {"project": book.found.title})
    page = WorkbookPage(book, word("扣分明细"), title, about_scores(score), _COLUMNS)
    items = sorted(score.items, key=lambda each: each.indicator.code)
    lost = sorted((each for each in items if each.deduction), key=lambda each: -(each.deduction or Decimal(0)))
    first = page.row + 1  # under the sum, which stands first: the list may grow
    last = first + len(items) - 1
    shown = [*lost, *[None] * (len(items) - len(lost))]
    of_scored, of_all = book.say(word("已评的指标没有扣分。")), book.say(word("没有扣分的指标。"))
    nothing = Formula(
        f'IF({scores.grade}="{MISSING}",{quoted(of_scored)},{quoted(of_all)})',
        of_all if score.tally.complete else of_scored,
    )
    rows = [tuple(_shown(book, item, first + n, first, last, None if n else nothing)) for n, item in enumerate(shown)]
    page.sums(word("合计"), first, rows)
    for number, cells in enumerate(rows):
        at = None if shown[number] is None else items.index(shown[number]) + 1  # type: ignore[arg-type]
        _hidden(book, page, items[number], scores, first, last, at)
        page.add(cells)
    page.listed(first, last, _RANK)
    page.end(score.remark_in(book.language))


def _shown(
    book: EvaluationBook, item: ScoredItem | None, row: int, first: int, last: int, nothing: Formula | None
) -> Iterator[Cell]:
    """The cells of a row of the list: the item whose number stands in its hidden column, or nothing."""
    place = xl_rowcol_to_cell(row, _PLACE, col_abs=True)
    for number, value in enumerate(_values(book, item)):
        range_ = ":".join(xl_rowcol_to_cell(end, _ITEM + number, row_abs=True) for end in (first, last))
        other = nothing if nothing is not None and number == _NAME else Formula('""', "")
        now = other.value if item is None else value
        yield Formula(f'IF({place}="",{other.text},INDEX({range_},{place}))', now)


def _values(book: EvaluationBook, item: ScoredItem | None) -> tuple[Decimal | str, ...]:
    if item is None:
        return ("",) * len(_COLUMNS)
    each, event = item.indicator, item.event
    points, lost = (MISSING if value is None else value for value in (item.points, item.deduction))
    said = (event.reason if event else "", note_of(book, item))
    names = map(book.say, (each.l1, each.l2, each.l3))
    return (*map(printable, (each.code, *names)), each.weight, points, lost, *map(printable, said))


def _hidden(
    book: EvaluationBook,
    page: WorkbookPage,
    item: ScoredItem,
    scores: ScoreSheet,
    first: int,
    last: int,
    shows: int | None,
) -> None:
    """Beside a row: the number of the item that it shows, then an item as the score table has it, and its rank."""
    row, code = page.row, item.indicator.code
    ranks = area(first, _RANK, last, _RANK, fixed=True)
    largest = f"LARGE({ranks},{row - first + 1})"
    place = Formula(f'IF({largest}>0,MATCH({largest},{ranks},0),"")', "" if shows is None else Decimal(shows))
    values = _values(book, item)
    fields = ("weight", "points", "deduction")
    links = [*(scores.of_item(code, field) for field in fields), *(scores.text(code, f) for f in ("reason", "note"))]
    lost, tie = xl_rowcol_to_cell(row, _ITEM + 6), (last - row + 1) * _TIE
    rank = Formula(
        f"IF(ISNUMBER({lost}),IF({lost}>0,{lost}+{tie:f},0),0)", item.deduction + tie if item.deduction else Decimal(0)
    )
    page.beside(_PLACE, place)
    for number, value in enumerate(values[:4]):
        page.beside(_ITEM + number, value)
    for number, (link, value) in enumerate(zip(links, values[4:], strict=True), start=4):
        page.beside(_ITEM + number, Formula(link, value))
    page.beside(_RANK, rank)
