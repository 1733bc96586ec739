"""一页看懂: four figures, three findings and what is to be decided, as `core.briefing.leader` has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.briefing import leader
from core.briefing.content import BriefingContent, ToDecide
from core.briefing.deck import notes
from core.briefing.deck.box import Box
from core.briefing.deck.layouts import Slides
from core.briefing.deck.page import HEADING, SMALL, TEXT, SlidePage
from core.briefing.deck.project_slides import foot
from core.briefing.headlines import changed_bands
from core.briefing.leader import LeadFigure, Point
from core.errors import Message
from core.figures.palette import CAUTION, INK, LINE, MONEY, PAPER, QUIET, SCENARIO_BAND, STRIP
from core.text import word

_ABOVE, _DECIDE = 1.17, 3.96
"""Inches: from the top of the figures to their states and changes, and the width of what is to be decided."""
_HEAD, _MOST = 0.42, 3


def overview(slides: Slides, content: BriefingContent) -> SlidePage | None:
    """一页看懂. None: there is neither money nor anybody who benefits."""
    if content.headline is None:
        return None
    basis = Message("累计支付÷概算，已过天数÷计划工期天数")
    title = leader.title(content)
    assumed = (SCENARIO_BAND,) if content.forecast.is_estimate else ()
    bands = (*assumed, *changed_bands(content.score))
    page = SlidePage(slides, content.language, word("一页看懂"), title, foot(content, basis), bands, _planned(content))
    figures = leader.lead_figures(content)
    rest = page.body
    if figures:
        upper, rest = page.body.rows(_strip(page, figures), 0.2)
        _figures(page, upper, figures)
    points, to_decide = leader.findings(content), content.decisions
    left = Box(rest.left, rest.top, rest.width - _DECIDE - 0.35, rest.height) if to_decide else rest
    _findings(page, left, points)
    if to_decide:
        _decide(page, Box(rest.left + rest.width - _DECIDE, rest.top, _DECIDE, rest.height), to_decide)
    more = [*content.sentences.values(), *(said for each in to_decide for said in (each.what, each.why) if said)]
    changes = () if content.score is None else content.score.changes
    notes.write(page, [key.how for key in content.keys], more=[*more, *changes])
    return page


def _planned(content: BriefingContent) -> Message | str:
    planned = content.baseline
    if planned is None:
        return ""
    return Message("计划工期{start}至{end}", {"start": planned.start, "end": planned.end})


def _strip(page: SlidePage, figures: Sequence[LeadFigure]) -> float:
    """Inches that the figures take, by the one that has most to say of itself."""
    room = page.body.width / len(figures) - 0.3
    below = (sum(page.high([said], SMALL, room, bold=True) for said in _last_lines(page, x)) for x in figures)
    return _ABOVE + max(below) + 0.06


def _last_lines(page: SlidePage, each: LeadFigure) -> list[Message | str]:
    """Its states and its change, as far as there are any."""
    states = " · ".join(map(page.say, each.states))
    return [*([states] if states else []), *([each.change] if each.change is not None else [])]


def _figures(page: SlidePage, box: Box, figures: Sequence[LeadFigure]) -> None:
    page.block(box, STRIP)
    wide = box.width / len(figures)
    for n, each in enumerate(figures):
        left, room = box.left + n * wide + 0.2, wide - 0.3
        if n:
            page.rule(Box(left - 0.2, box.top + 0.16, 0, box.height - 0.32), LINE)
        page.words(Box(left, box.top + 0.1, room, 0.24), [each.label], SMALL, colour=QUIET, spacing=0)
        page.words(Box(left, box.top + 0.32, room, 0.62), [each.value], 34, bold=True, colour=MONEY, spacing=0)
        page.words(Box(left, box.top + 0.95, room, 0.24), [each.beside], SMALL, spacing=0)
        top = box.top + _ABOVE
        for said in _last_lines(page, each):
            state = bool(each.states) and said != each.change
            place = Box(left, top, room, box.top + box.height - top)
            top += page.words(place, [said], SMALL, bold=True, colour=CAUTION if state else INK, spacing=0)


def _findings(page: SlidePage, box: Box, points: Sequence[Point]) -> None:
    head, rest = box.rows(_HEAD, 0.0)
    heading = Message("{count}点结论", {"count": len(points)})
    page.words(head, [heading], HEADING, bold=True, colour=MONEY, spacing=0)
    high = rest.height / max(1, len(points))
    for n, each in enumerate(points):
        top = rest.top + n * high
        page.rule(Box(box.left, top, box.width, 0), LINE)
        page.words(Box(box.left, top + 0.1, 0.5, 0.5), [f"{n + 1}"], 26, bold=True, colour=MONEY, spacing=0)
        place = Box(box.left + 0.5, top + 0.12, box.width - 0.5, high - 0.16)
        used = page.words(place, [each.finding], HEADING, bold=True, spacing=0)
        below = Box(place.left, place.top + used + 0.03, place.width, place.height - used - 0.03)
        if each.shown_by is not None and page.high([each.shown_by], SMALL, below.width) <= below.height:
            page.words(below, [each.shown_by], TEXT, colour=QUIET, spacing=0)


def _decide(page: SlidePage, box: Box, found: Sequence[ToDecide]) -> None:
    page.block(box, PAPER, MONEY)
    head, rest = box.rows(_HEAD, 0.0)
    page.block(head, MONEY)
    inside = Box(head.left + 0.2, head.top + 0.08, head.width - 0.4, head.height - 0.1)
    page.words(inside, [Message("请决定的事")], HEADING, bold=True, colour=PAPER, spacing=0)
    tops, top = _tops(page, rest, found)
    if not tops:  # no room for the first with its reason: as many as there is room for without
        found = [replace(each, why=None) for each in found]
        tops, top = _tops(page, rest, found)
    spare = (rest.top + rest.height - _MORE - top) / max(1, len(tops))
    tops = [each + n * max(spare, 0.0) for n, each in enumerate(tops)]
    for n, (each, at) in enumerate(zip(found, tops, strict=False)):
        if n:
            page.rule(Box(box.left + 0.2, at - 0.08, box.width - 0.4, 0), LINE)
        page.words(Box(box.left + 0.2, at, 0.25, 0.3), [f"{n + 1}"], TEXT, bold=True, colour=MONEY, spacing=0)
        place = Box(box.left + 0.45, at, box.width - 0.6, rest.height)
        used = page.words(place, [each.what], TEXT, bold=True, colour=INK, spacing=0)
        if each.why is not None:
            page.words(replace(place, top=at + used + 0.02), [each.why], SMALL, colour=QUIET, spacing=0)
    if len(tops) < len(found):
        said = Message("其余{count}件见备注", {"count": len(found) - len(tops)})
        last = Box(box.left + 0.2, box.top + box.height - 0.28, box.width - 0.4, 0.24)
        page.words(last, [said], SMALL, colour=QUIET, spacing=0)


def _tops(page: SlidePage, box: Box, found: Sequence[ToDecide]) -> tuple[list[float], float]:
    """Where each begins that there is room for, the first of them first, and where the last one ends; inches."""
    tops: list[float] = []
    top = box.top + 0.1
    for each in found[:_MOST]:
        high = sum(page.high([said], size, box.width - 0.6, bold=bold) for said, size, bold in _said(each)) + 0.2
        if top + high > box.top + box.height - (_MORE if len(tops) + 1 < len(found) else 0):
            break
        tops.append(top)
        top += high
    return tops, top


_MORE = 0.3
"""Inches of the line that says how many more there are."""


def _said(each: ToDecide) -> tuple[tuple[Message, float, bool], ...]:
    return ((each.what, TEXT, True), *(((each.why, SMALL, False),) if each.why is not None else ()))
