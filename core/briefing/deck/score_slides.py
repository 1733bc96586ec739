"""Slides of a sheet of scores: 评分表, 扣分, 差异与余量."""

from __future__ import annotations

from dataclasses import replace

from pptx.presentation import Presentation as Slides

from core.briefing.content import BriefingContent, RoundScore
from core.briefing.deck import notes
from core.briefing.deck.charts import bars
from core.briefing.deck.page import Box, Foot, SlidePage
from core.briefing.deck.project_slides import foot
from core.briefing.headlines import deducted, differing, lost_points, score_bands, standing, weakest
from core.errors import Message
from core.figures.palette import MONEY, TIME
from core.figures.scores import LEVEL1_HEADINGS, MOVE_HEADINGS, differences, level1_rates, level1_table, move_table
from core.figures.scores import deductions as figure_of_deductions
from core.scoring import ScoredItem
from core.text import word
from core.text.marks import labelled, listed
from core.text.numbers import MISSING, points

MOST_BARS = 12
"""Bars of the deductions; the notes have them all."""

Rows = list[tuple[Message | str, ...]]


def _foot(content: BriefingContent, basis: Message) -> Foot:
    return foot(content, basis, content.score.source if content.score else "")


def scorecard(slides: Slides, content: BriefingContent) -> SlidePage | None:
    """评分表: 得分率 of the level 1 groups, the sum and its grade. None: there is no sheet."""
    score = content.score
    if score is None or not score.tally.scored:
        return None
    basis = Message("得分÷已评指标的分值")
    page = SlidePage(
        slides, content.language, word("评分表"), weakest(score), _foot(content, basis), score_bands(score)
    )
    chart, beside = page.body.columns(0.5)
    bars(page, chart, "level1_rates", level1_rates(content.facts, score.sheet, score.tally, score.source).chart)
    upper = replace(beside, height=beside.height * 0.55)
    _, said = page.table(upper, LEVEL1_HEADINGS, level1_table(score.tally), "level1_table")
    page.words(replace(said, height=beside.top + beside.height - said.top), standing(score), 16)
    notes.write(
        page, tables=[(_ITEM_HEADINGS, [_item(item) for item in score.items])], more=[*standing(score), *score.changes]
    )
    return page


_ITEM_HEADINGS = (word("指标"), word("编号"), word("分值"), word("得分"), word("扣分"), word("原因"))


def _item(item: ScoredItem) -> tuple[Message | str, ...]:
    reason = item.event.reason if item.event else ""
    code = item.indicator
    return code.l3, code.code, points(code.weight), points(item.points), points(item.deduction), reason or MISSING


def deductions(slides: Slides, content: BriefingContent) -> SlidePage | None:
    """扣分: where points went, the most first, and why. None: nothing was lost, or nothing is scored yet."""
    score = content.score
    lost = deducted(score)
    if score is None or not lost:
        return None
    basis = Message("分值减得分")
    page = SlidePage(
        slides, content.language, word("扣分"), lost_points(score), _foot(content, basis), score_bands(score)
    )
    chart, beside = page.body.columns(0.44)
    shown = figure_of_deductions(content.facts, score.sheet, score.items, score.source)
    bars(page, chart, "deductions", shown.chart, most=MOST_BARS)
    page.table(beside, shown.headings, shown.rows, "deduction_table")
    notes.write(page, tables=[(_ITEM_HEADINGS, [_item(item) for item in lost])])
    return page


def margin(slides: Slides, content: BriefingContent) -> SlidePage | None:
    """差异与余量: how far the grade holds, and on which items people (or sheets) differ. None: there is no sheet."""
    score = content.score
    if score is None:
        return None
    said_below = _foot(content, Message("总分与等级界限之差；各评分表逐项之差"))
    page = SlidePage(slides, content.language, word("差异与余量"), score.margin, said_below, score_bands(score))
    said = [flip.sentence for flip in score.flips]
    moves = move_table(score.flips)
    left, right = page.body.columns(0.56)
    headings, rows, what = _differences(page, left, score)
    texts = [*said, what]
    if moves:
        _, below = page.table(replace(right, height=right.height * 0.6), MOVE_HEADINGS, moves, "flip_table")
        right = replace(right, top=below.top, height=right.top + right.height - below.top)
    page.words(right, texts, 16)
    tables = [(("", *MOVE_HEADINGS[1:]), moves)] if moves else []
    notes.write(page, tables=[*tables, *([(headings, rows)] if rows else [])], more=texts)
    return page


def _differences(page: SlidePage, box: Box, score: RoundScore) -> tuple[tuple[str, ...], Rows, Message]:
    """Draws the items that differ; returns headings and rows of all of them, and what there is to say."""
    pairs = [(pair.name, pair.left, pair.right) for pair in score.pairs]
    found = differences(score.agenda, pairs, (score.sheet.name, score.other), (MONEY, TIME))
    if found is None:
        page.words(box, [MISSING], 40)
        return (), [], differing(score)
    codes = [row.code for row in score.agenda] or [pair.code for pair in score.pairs]
    rows: Rows = [
        (row.name, code, *(each.text for each in row.amounts)) for row, code in zip(found.rows, codes, strict=True)
    ]
    told = ([page.say(cell) for cell in row] for row in rows)
    alt = listed((labelled(name, " ".join(cells), page.language) for name, *cells in told), page.language)
    bars(page, box, "differences", found, alt=alt, most=MOST_BARS)
    return (word("指标"), word("编号"), *map(page.say, found.series)), rows, differing(score)
