"""The grade and its margin: a sentence, and a line from the boundary below the next grade to full marks."""

from __future__ import annotations

from decimal import Decimal

from pptx.enum.shapes import MSO_SHAPE

from core.briefing.content import RoundScore
from core.briefing.deck.box import Box
from core.briefing.deck.page import HEADING, SMALL, SlidePage
from core.errors import Message
from core.figures.palette import INK, MONEY, QUIET, TINT, UNPAID
from core.model.scorecard import Grade
from core.text.numbers import points

_FULL = Decimal(100)
_HIGH, _DOT, _LABEL = 0.16, 0.2, 1.4
"""Inches: of the line, of the dot on it, and the width of a label."""


def grade_strip(page: SlidePage, box: Box, score: RoundScore) -> None:
    """Say how far the grade holds; the line is left out where there is no grade, or no other one."""
    used = page.words(box, [score.margin], HEADING, spacing=0)
    grades, total = score.sheet.grade_scheme.grades, score.tally.decisive
    names = [each.name for each in grades]
    if score.tally.grade not in names or len(grades) < 2 or not 0 <= total <= _FULL:
        return
    at = names.index(score.tally.grade)
    shown = grades[max(at - 1, 0) : at + 2]
    lowest, top = shown[-1].floor, grades[at - 2].floor if at > 1 else _FULL
    line = Box(box.left + 0.5, box.top + used + 0.34, box.width - 1.0, _HIGH)

    def x(value: Decimal) -> float:
        return line.left + line.width * float((value - lowest) / (top - lowest))

    ends = [top, *(each.floor for each in shown)]
    for grade, end in zip(shown, ends, strict=False):
        _part(page, line, x(grade.floor), x(end), own=grade.name == score.tally.grade)
    _labels(page, line, shown, [(x(grade.floor) + x(end)) / 2 for grade, end in zip(shown, ends, strict=False)])
    for grade in shown[:-1]:
        left = x(grade.floor)
        page.rule(Box(left, line.top - 0.07, 0, _HIGH + 0.14), INK, 1.9)
        _label(page, left, line.top - 0.3, points(grade.floor), INK)
    dot = Box(x(total) - _DOT / 2, line.top + (_HIGH - _DOT) / 2, _DOT, _DOT)
    page.block(dot, MONEY, kind=MSO_SHAPE.OVAL)
    _label(page, x(total), line.top + _HIGH + 0.06, page.say(Message("{points}分", {"points": points(total)})), MONEY)


def _part(page: SlidePage, line: Box, start: float, end: float, *, own: bool) -> None:
    page.block(Box(start, line.top, end - start, line.height), TINT if own else UNPAID)


def _labels(page: SlidePage, line: Box, shown: tuple[Grade, ...], middles: list[float]) -> None:
    for grade, middle in zip(shown, middles, strict=True):
        _label(page, middle, line.top - 0.3, grade.name, QUIET)


def _label(page: SlidePage, middle: float, top: float, text: str, colour: str) -> None:
    place = Box(middle - _LABEL / 2, top, _LABEL, 0.24)
    page.words(place, [text], SMALL, bold=colour != QUIET, colour=colour, centred=True, spacing=0)
