"""What those who score differ on: from the lowest points to the highest, the most disputed first, without names."""

from __future__ import annotations

from core.briefing.content import BriefingContent, RoundScore
from core.briefing.deck import notes
from core.briefing.deck.bar_table import BarColumn, bar_table
from core.briefing.deck.box import Box
from core.briefing.deck.drawing import CellLook
from core.briefing.deck.layouts import Slides
from core.briefing.deck.page import HEADING, SlidePage
from core.briefing.deck.score_slides import foot_of_scores
from core.briefing.headlines import differing, score_bands
from core.errors import Message
from core.figures.palette import MONEY, TIME
from core.figures.scores import differences, spread_headings, spread_table, spreads
from core.text import word
from core.text.numbers import points

_BARS = 4.6
_FEWEST = 3
"""Sheets of which the lowest and the highest points may be shown: of two they would be two persons'."""


def spread(slides: Slides, content: BriefingContent) -> SlidePage | None:
    """评分差异. None: nobody differs on anything."""
    score = content.score
    if score is None or not (score.agenda or score.pairs):
        return None
    said = foot_of_scores(content, Message("各评分表逐项之差；平均等按本轮规则"))
    kind = word("专家组分歧") if score.agenda else word("评分表之间")
    page = SlidePage(slides, content.language, kind, differing(score), said, score_bands(score))
    above, below = page.body.rows(page.body.height - 0.9)
    headings, rows = _of_experts(page, above, score) if score.agenda else _of_pairs(page, above, score)
    sentences = [score.margin, *(flip.sentence for flip in score.flips)]
    page.words(below, sentences, HEADING, spacing=4)
    notes.write(page, tables=[(headings, rows)], more=sentences)
    return page


Table = tuple[tuple[Message | str, ...], list[tuple[Message | str, ...]]]


def _of_experts(page: SlidePage, box: Box, score: RoundScore) -> Table:
    """From the lowest points to the highest of each item, with what became of them between; the largest gap first."""
    agenda = sorted(score.agenda, key=lambda each: -each.spread)
    shown, headings, rows = spreads(agenda, score.rule_name), spread_headings(score.rule_name), spread_table(agenda)
    columns = [BarColumn("differences", 2, shown, _BARS, span=True)]
    if min(each.item.count for each in agenda) < _FEWEST:  # only how far apart they are
        headings, rows, columns = (*headings[:2], headings[-1]), [(*row[:2], row[-1]) for row in rows], []
    bar_table(page, box, "differences_table", headings, rows, columns)
    return headings, rows


def _of_pairs(page: SlidePage, box: Box, score: RoundScore) -> Table:
    """Both sheets' points of each item, each in its colour."""
    names, colours = (score.sheet.name, score.other), (MONEY, TIME)
    shown = differences((), [(each.name, each.left, each.right) for each in score.pairs], names, colours)
    assert shown is not None  # there are pairs
    headings = (word("编号"), word("指标"), *names, word("分差"))
    rows: list[tuple[Message | str, ...]] = [
        (
            each.code,
            each.name,
            points(each.left),
            points(each.right),
            points(None if each.gap is None else abs(each.gap)),
        )
        for each in score.pairs
    ]
    apart = {(0, 2 + n): CellLook(bold=True, colour=colour) for n, colour in enumerate(colours)}
    bar_table(page, box, "differences_table", headings, rows, [BarColumn("differences", 2, shown, _BARS)], apart)
    return headings, rows
