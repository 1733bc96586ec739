"""专家打分: who gave how many points to which item, beside what the round's rule makes of them and what was adopted.

Everything but the points themselves is a formula: what is made of them follows when one of them is changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell

from core.briefing.content import BriefingContent, Expert, RoundScore
from core.briefing.excel import Cell, Formula, area, quoted, room_for
from core.briefing.item_words import RECUSED, UNASSIGNED, shown_points
from core.briefing.spreadsheet import NAME_WIDTHS, ScoreSheet, not_applying
from core.briefing.workbook.sheet import Column, EvaluationBook, WorkbookPage, about_scores
from core.errors import Message
from core.scoring import ScoredItem, Tally
from core.scoring.consensus import FEWEST_TO_TRIM, Consensus, PanelItem, Rule
from core.text import word
from core.text.numbers import MISSING

_CODE, _NAME = Column(word("编号"), 8), Column(word("三级指标"), NAME_WIDTHS[0])
_ITEM = (_CODE, _NAME, Column(word("分值"), 9, summed=True))
EXPERTS = word("专家打分")
"""The worksheet's name."""
_TWO_SUMS = word(
    "汇总一列：“合计”是逐项取{rule}、四舍五入到两位后相加；“各表汇总”是各评分表得分（有不适用或回避的按折算得分）的{rule}。"
    "两数可能相差几分之一分，以“合计”为准。"
)
_SHARED_OUT = word("有评价人只评分配给本人的指标，其合计和折算得分只代表这些指标，不与整表得分比较，“各表汇总”不计算。")
_WEIGHT, _FIRST = "C", len(_ITEM)
"""The letter of 分值, and the number of the first expert's column."""
_NOT_THEIRS = (RECUSED, UNASSIGNED)


def experts(book: EvaluationBook, score: RoundScore, scores: ScoreSheet, given: Sequence[ScoreSheet] = ()) -> None:
    """The worksheet; sheets that the one who asks may not see yet are not in it, nor their owners.

    `given`: the experts' own score tables in the same workbook, one each: their points follow those.
    """
    found = book.found
    title = Message("{project}专家打分", {"project": found.title})
    page = WorkbookPage(book, EXPERTS, title, about_scores(score), [*_columns(book, score)])
    first = page.row
    rows = [_row(book, found, score, scores, given, item, first + number) for number, item in enumerate(score.items)]
    for number, row in enumerate(rows):
        page.add((*row, *_of_unit(score, number, first + number, len(row))))
    page.sums(word("合计"), first, rows)
    _scaled(book, page, [each.tally for each in found.experts], score, (first, first + len(rows)))
    if score.combined is not None:
        _by_totals(book, page, found.experts, score, score.combined, (first, first + len(rows)))
    if not found.experts:
        page.line(book.say(word("本轮还没有已提交的评价人评分表。")))
    page.end(score.remark_in(book.language))


def _columns(book: EvaluationBook, score: RoundScore) -> Iterator[Column]:
    """The item's, one an expert, what is made of them, what was adopted, and 自评 with its 分差."""
    names = (book.say(each.indicator.l3) for each in score.items)
    yield from (replace(each, width=room_for(names, *NAME_WIDTHS)) if each is _NAME else each for each in _ITEM)
    for each in book.found.experts:
        of_it = {"name": each.name, "kind": each.kind, "state": each.state}
        yield Column(Message("{name}（{kind}·{state}）", of_it), 16, summed=True)
    if score.combined is not None:
        yield Column(Message("汇总（{rule}）", {"rule": score.rule_name}), 16, summed=True)
        yield Column(word("分差"), 9)
    yield Column(Message("采用（{sheet}）", {"sheet": score.sheet.name}), 16, summed=True)
    for title, _ in score.own:
        yield Column(title, 16)
        yield Column(word("分差（评审减自评）"), 12)


def _row(
    book: EvaluationBook,
    found: BriefingContent,
    score: RoundScore,
    scores: ScoreSheet,
    tables: Sequence[ScoreSheet],
    item: ScoredItem,
    row: int,
) -> tuple[Cell, ...]:
    each = item.indicator
    given = [_given(book, expert.items[each.code]) for expert in found.experts]
    if tables:
        given = [
            _linked(book, cell, table.of_item(each.code, "points")) for cell, table in zip(given, tables, strict=True)
        ]
    range_ = area(row, _FIRST, row, _FIRST + len(given) - 1)
    adopted = scores.of_item(each.code, "points")
    now = Formula(f'IF({adopted}="","{MISSING}",{adopted})', _shown(book, item) or MISSING)
    together: list[Cell] = []
    if score.combined is not None:
        of_panel = next(one for one in score.combined.items if one.indicator.code == each.code)
        # Under 主评人定 what was adopted is what the chief has decided.
        mean = adopted if score.rule is Rule.CHIEF else _rule(score.rule, range_)
        together = [_combined(book, mean, of_panel, range_, len(given)), _spread(of_panel, range_)]
    return (each.code, book.say(each.l3), each.weight, *given, *together, now)


def _of_unit(score: RoundScore, number: int, row: int, first: int) -> Iterator[Cell]:
    """自评 of an item and its 分差 to what was adopted: behind that, part of no figure before them."""
    adopted_at = xl_rowcol_to_cell(row, first - 1)
    for place, (_, rows) in enumerate(score.own):
        found = rows[number]
        own_at = xl_rowcol_to_cell(row, first + 2 * place)
        yield found.left
        text = f'IF(AND(ISNUMBER({adopted_at}),ISNUMBER({own_at})),{adopted_at}-{own_at},"{MISSING}")'
        yield Formula(text, MISSING if found.gap is None else found.gap)


def _shown(book: EvaluationBook, item: ScoredItem | PanelItem) -> Decimal | str:
    """Points, or the word that stands for them."""
    points = shown_points(item)
    return book.say(points) if isinstance(points, str) else points


def _given(book: EvaluationBook, item: ScoredItem) -> Cell:
    """An expert's points, or the word that stands for them."""
    if item.out:
        return book.say(RECUSED if item.recused else UNASSIGNED)
    return _shown(book, item) or MISSING


def _linked(book: EvaluationBook, cell: Cell, there: str) -> Cell:
    """The points as they stand on the expert's own table; 回避 and 未分配 stand there as 不适用."""
    if not isinstance(cell, str | Decimal) or cell in [book.say(each) for each in _NOT_THEIRS]:
        return cell
    return Formula(f'IF({there}="","{MISSING}",{there})', cell)


def _rule(rule: Rule, range_: str) -> str:
    """The formula of a rule over the points in a range, rounded as `core.scoring.consensus.combine` does."""
    if rule is Rule.MEDIAN:
        return f"ROUND(MEDIAN({range_}),2)"
    if rule is Rule.TRIMMED_MEAN:
        trimmed = f"ROUND((SUM({range_})-MAX({range_})-MIN({range_}))/(COUNT({range_})-2),2)"
        return f"IF(COUNT({range_})>={FEWEST_TO_TRIM},{trimmed},ROUND(AVERAGE({range_}),2))"
    return f"ROUND(AVERAGE({range_}),2)"


def _out(book: EvaluationBook) -> tuple[str, ...]:
    """回避 and 未分配，as a formula says them."""
    return tuple(quoted(book.say(each)) for each in _NOT_THEIRS)


def _combined(book: EvaluationBook, made: str, item: PanelItem, range_: str, many: int) -> Formula:
    out, word_ = _times(range_, *_out(book)), not_applying(book)
    nobody = f"AND(COUNTIF({range_},{word_})>0,COUNTIF({range_},{word_})+{out}={many})"
    text = f'IF(COUNT({range_})>0,{made},IF({nobody},{word_},"{MISSING}"))'
    return Formula(text, _shown(book, item) or MISSING)


def _times(cells: str, *words: str) -> str:
    return "+".join(f"COUNTIF({cells},{word})" for word in words)


def _spread(item: PanelItem, range_: str) -> Formula:
    text = f'IF(COUNT({range_})>0,MAX({range_})-MIN({range_}),"{MISSING}")'
    return Formula(text, MISSING if item.spread is None else item.spread)


def _labelled(page: WorkbookPage, label: str, width: int) -> None:
    """A row of so many cells for live sums, blank but for its label."""
    page.spread([page.book.say(label), *[""] * (width - 1)], [1] * width, "sum_label")
    page.row -= 1


def _scaled(
    book: EvaluationBook, page: WorkbookPage, own: Sequence[Tally], score: RoundScore, rows: tuple[int, int]
) -> None:
    """折算得分 under each column: the sum of what applies as points of a hundred; — where everything applies."""
    sums: list[Tally | None] = [*own, *([score.combined.tally, None] if score.combined else []), score.tally]
    total, out = page.row, (not_applying(book), *_out(book))
    _labelled(page, word("折算得分"), _FIRST + len(sums) + 2 * len(score.own))
    for number, tally in enumerate(sums, start=_FIRST):
        if tally is None:
            continue
        cells = area(rows[0], number, rows[1] - 1, number)
        weights = f"${_WEIGHT}{rows[0] + 1}:${_WEIGHT}{rows[1]}"
        left = f"({_times(cells, *out)})"
        weight = f"(SUM({weights}){''.join(f'-SUMIF({cells},{each},{weights})' for each in out)})"
        known = f"AND(COUNT({cells})>0,{left}>0,COUNT({cells})+{left}={rows[1] - rows[0]})"
        text = f'IF({known},ROUND({xl_rowcol_to_cell(total - 1, number)}/{weight}*100,2),"{MISSING}")'
        page.live(number, Formula(text, MISSING if tally.normalised is None else tally.normalised), "sum")
    page.row += 1


def _by_totals(
    book: EvaluationBook,
    page: WorkbookPage,
    given: Sequence[Expert],
    score: RoundScore,
    combined: Consensus,
    rows: tuple[int, int],
) -> None:
    """The rule over the experts' totals, beside the sum of the items that were rounded one by one."""
    if score.rule is Rule.CHIEF:
        return
    scaled, total = page.row, page.row - 1
    counted = [number for number, each in enumerate(given, start=_FIRST) if each.tally.items]
    all_cells = area(rows[0], _FIRST, rows[1] - 1, _FIRST + len(given) - 1)
    # An item that is others' to score stands in the way: 折算得分 of some groups says nothing of the rest.
    words = _times(all_cells, not_applying(book), _out(book)[0])
    complete = f"COUNT({all_cells})+{words}={(rows[1] - rows[0]) * len(given)}"
    ends = ([xl_rowcol_to_cell(row - 1, number) for row in (scaled, total)] for number in counted)
    each = ",".join(f"IF(ISNUMBER({whole}),{whole},{added})" for whole, added in ends)
    value: Decimal | str = MISSING if combined.by_totals is None else combined.by_totals
    _labelled(page, word("各表汇总"), _FIRST + len(given) + 3 + 2 * len(score.own))
    if counted:
        text = f'IF({complete},{_rule(score.rule, each)},"{MISSING}")'
        page.live(_FIRST + len(given), Formula(text, value), "sum")
    page.row += 1
    page.line(book.say(Message(_TWO_SUMS, {"rule": score.rule_name})))
    if any(item.unassigned for expert in given for item in expert.items.values()):
        page.line(book.say(_SHARED_OUT))
