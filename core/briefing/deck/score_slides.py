"""Slides of a sheet of scores: 评分表, 扣分 with what the grade allows, and what those who score differ on."""

from __future__ import annotations

from dataclasses import replace

from core.briefing.content import BriefingContent, RoundScore
from core.briefing.deck import notes
from core.briefing.deck.bar_table import BarColumn, Table, bar_table, total_row
from core.briefing.deck.box import Box
from core.briefing.deck.grade_strip import grade_strip
from core.briefing.deck.layouts import Slides
from core.briefing.deck.page import HEADING, Foot, SlidePage
from core.briefing.deck.project_slides import foot
from core.briefing.headlines import deducted, lost_points, score_bands, standing, weakest
from core.errors import Message
from core.figures.figure import Bars
from core.figures.scores import LEVEL1_HEADINGS, MOVE_HEADINGS, level1_rates, level1_table, move_table
from core.figures.scores import deductions as figure_of_deductions
from core.scoring import ScoredItem
from core.text import word
from core.text.numbers import MISSING, points

_BARS = 3.2
"""Inches of the bars beside the figures."""


def foot_of_scores(content: BriefingContent, basis: Message) -> Foot:
    """Foot of a slide about scores: their source is the sheet."""
    return foot(content, basis, content.score.source if content.score else "")


def scorecard(slides: Slides, content: BriefingContent) -> SlidePage | None:
    """评分表: points and 得分率 of the level 1 groups, the sum and its grade. None: there is no sheet."""
    score = content.score
    if score is None or not score.tally.scored:
        return None
    said = foot_of_scores(content, Message("得分÷已评指标的分值"))
    page = SlidePage(slides, content.language, word("评分表"), weakest(score), said, score_bands(score))
    shown = level1_rates(content.facts, score.sheet, score.tally, score.source).chart
    rows = level1_table(score.tally)
    rates = [] if not isinstance(shown, Bars) else [BarColumn("level1_rates", len(LEVEL1_HEADINGS), shown, 4.4, 1.0)]
    upper, _ = page.body.rows(page.body.height * 0.62)
    sums = total_row(len(rows), len(LEVEL1_HEADINGS))
    below = bar_table(page, upper, "level1_table", LEVEL1_HEADINGS, rows, rates, sums).below
    rest = replace(below, top=below.top + 0.2, height=page.body.top + page.body.height - below.top - 0.2)
    page.words(rest, standing(score), HEADING)
    notes.write(
        page, tables=[(_ITEM_HEADINGS, [_item(item) for item in score.items])], more=[*standing(score), *score.changes]
    )
    return page


_ITEM_HEADINGS = (word("指标"), word("编号"), word("分值"), word("得分"), word("扣分"), word("原因"))


def _item(item: ScoredItem) -> tuple[Message | str, ...]:
    code = item.indicator
    return code.l3, code.code, points(code.weight), points(item.points), points(item.deduction), _reason(item)


def _reason(item: ScoredItem) -> str:
    return (item.event.reason if item.event else "") or MISSING


def deductions(slides: Slides, content: BriefingContent) -> SlidePage | None:
    """扣分: where points went, the most first, why, and how to regain them; then how far the grade holds.

    Of a sheet without a single score: what it can still reach. None: there is no sheet.
    """
    score = content.score
    if score is None:
        return None
    said = foot_of_scores(content, Message("分值减得分；总分与等级界限之差"))
    lost, title = deducted(score), lost_points(score) if score.tally.scored else score.margin
    page = SlidePage(slides, content.language, word("扣分"), title, said, score_bands(score))
    upper, lower = page.body.rows(page.body.height - 1.35)
    if lost:
        _lost(page, upper, content, score, lost)
    if score.tally.scored:
        grade_strip(page, lower if lost else page.body, score)
    else:
        page.words(page.body, standing(score), HEADING)
    moves = move_table(score.flips)
    tables: list[Table] = [(_ITEM_HEADINGS, [_item(item) for item in lost])]
    tables += [(MOVE_HEADINGS, moves)] if moves else []
    notes.write(page, tables=tables, more=[score.margin, *(flip.sentence for flip in score.flips)])
    return page


def _lost(page: SlidePage, box: Box, content: BriefingContent, score: RoundScore, lost: list[ScoredItem]) -> None:
    figure = figure_of_deductions(content.facts, score.sheet, score.items, score.source)
    regain = [_regain(content, item.indicator.code) for item in lost]
    headings, rows = figure.headings, figure.rows
    if any(regain):
        headings = (*headings, word("如何挽回"))
        rows = tuple((*row, each) for row, each in zip(rows, regain, strict=True))
    shown = figure.chart
    assert isinstance(shown, Bars)
    bar_table(page, box, "deduction_table", headings, rows, [BarColumn("deductions", 2, shown, _BARS)])


def _regain(content: BriefingContent, code: str) -> Message | str:
    """What the item's rule still waits for; "": nothing is known."""
    asked = tuple(dict.fromkeys(each.input for each in content.wanted if each.code == code))
    return Message("补报{inputs}", {"inputs": asked}) if asked else ""
