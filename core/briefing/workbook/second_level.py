"""二级指标得分: what each level 2 group got of its full marks, as the score table has its items now."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell

from core.briefing.content import RoundScore
from core.briefing.excel import Cell, Formula
from core.briefing.spreadsheet import ScoreSheet
from core.briefing.workbook.sheet import Column, EvaluationBook, WorkbookPage, about_scores
from core.errors import Message
from core.scoring.tally import Subtotal
from core.text import word
from core.text.numbers import MISSING

_COLUMNS = (
    Column(word("一级指标"), 14), Column(word("二级指标"), 28), Column(word("三级指标（项）"), 12, 0, summed=True),
    Column(word("适用分值"), 12, summed=True), Column(word("得分"), 12, summed=True),
    Column(word("扣分"), 12, summed=True), Column(word("得分率"), 12),
)  # fmt: skip
_WEIGHT, _POINTS, _DEDUCTION = 3, 4, 5
_RATE = "0.00%"


def second_level(book: EvaluationBook, score: RoundScore, scores: ScoreSheet) -> None:
    """The worksheet; a group of which some items are open has no 得分率 yet."""
    title = Message("{project}二级指标得分", {"project": book.found.title})
    page = WorkbookPage(book, word("二级指标得分"), title, about_scores(score), _COLUMNS)
    first = page.row
    rows = []
    for (l1, l2), part in score.tally.second.items():
        codes = [item.indicator.code for item in score.items if (item.indicator.l1, item.indicator.l2) == (l1, l2)]
        rows.append((book.say(l1), book.say(l2), Decimal(len(codes)), *_figures(scores, codes, part, page.row)))
        page.add(rows[-1], (None,) * (len(_COLUMNS) - 1) + (_RATE,))
    page.sums(word("合计"), first, rows)
    page.end(score.remark_in(book.language))


def _figures(scores: ScoreSheet, codes: Sequence[str], part: Subtotal, row: int) -> tuple[Cell, ...]:
    """适用分值, 得分, 扣分 and 得分率 of a group's items."""
    points, lost, weights = (scores.of_items(codes, field) for field in ("points", "deduction", "weight"))
    out = "".join(f"-SUMIF({each},{scores.not_applying},{of_it})" for each, of_it in zip(points, weights, strict=True))
    given, taken = ",".join(points), ",".join(lost)
    full, got, off = (xl_rowcol_to_cell(row, column) for column in (_WEIGHT, _POINTS, _DEDUCTION))
    # What the scored items got and lost together are their full marks.
    rate = f'IF(ISNUMBER({got}),IF(AND({full}>0,ROUND({got}+{off}-{full},6)=0),{got}/{full},"{MISSING}"),"{MISSING}")'
    return (
        Formula(f"SUM({','.join(weights)}){out}", part.weight),
        Formula(f'IF(COUNT({given})=0,"{MISSING}",SUM({given}))', _known(part.points)),
        Formula(f'IF(COUNT({given})=0,"{MISSING}",SUM({taken}))', _known(part.deduction)),
        Formula(rate, _known(part.whole_rate)),
    )


def _known(value: Decimal | None) -> Decimal | str:
    return MISSING if value is None else value
