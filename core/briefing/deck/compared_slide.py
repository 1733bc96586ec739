"""The slide of 改造前后: figures before and after as a table, and pictures of both."""

from __future__ import annotations

from core.briefing.content import BriefingContent, PicturePair, ShownPicture
from core.briefing.deck import notes
from core.briefing.deck.box import Box
from core.briefing.deck.fitting import height_of
from core.briefing.deck.layouts import Slides
from core.briefing.deck.page import SMALL, SlidePage
from core.briefing.deck.project_slides import foot
from core.briefing.headlines import COMPARED_BASIS, changed_bands, compared_title
from core.figures.comparison import before_and_after
from core.figures.palette import QUIET
from core.text import word

_GAP = 0.2
"""Inches between pictures."""


def compared(slides: Slides, content: BriefingContent) -> SlidePage | None:
    """改造前后. None: neither a figure nor a pair of pictures is there."""
    figure = before_and_after(content.facts, None)
    if figure is None and not content.pictures:
        return None
    source = "" if figure is None else figure.source
    said, bands = foot(content, COMPARED_BASIS, source), changed_bands(content.score)
    page = SlidePage(slides, content.language, word("改造前后"), compared_title(content), said, bands)
    table, beside = page.body.columns(0.56) if figure and content.pictures else (page.body, page.body)
    cut = figure is not None and page.table(table, figure.headings, figure.rows, "compared_table")[0]
    for n, pair in enumerate(content.pictures):
        _pair(page, _row(beside, n, len(content.pictures)), pair, n)
    captions = [each.caption for pair in content.pictures for each in (pair.before, pair.after)]
    notes.write(page, tables=[(figure.headings, figure.rows)] if figure and cut else (), more=captions)
    return page


def _row(box: Box, n: int, count: int) -> Box:
    high = (box.height - _GAP * (count - 1)) / count
    return Box(box.left, box.top + n * (high + _GAP), box.width, high)


def _pair(page: SlidePage, box: Box, pair: PicturePair, n: int) -> None:
    """Before beside after, the caption of each below it."""
    columns = box.columns(0.5, _GAP)
    said = max(height_of([page.say(each.caption)], SMALL, columns[0].width) for each in (pair.before, pair.after))
    for place, each, moment in zip(columns, (pair.before, pair.after), ("before", "after"), strict=True):
        _picture(page, place, each, said, f"picture_{n + 1}_{moment}")


def _picture(page: SlidePage, box: Box, shown: ShownPicture, said: float, name: str) -> None:
    upper, _ = box.rows(box.height - said - 0.05)
    high = page.picture(upper, shown.photo, name, shown.caption)
    below = Box(box.left, box.top + high + 0.05, box.width, said)
    page.words(below, [shown.caption], SMALL, colour=QUIET, spacing=0)
