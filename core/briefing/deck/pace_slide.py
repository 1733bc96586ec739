"""Payment over time: what was paid at each snapshot, what the planned time asks for, and where the pace leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from core.briefing.content import BriefingContent
from core.briefing.deck import notes
from core.briefing.deck.box import Box
from core.briefing.deck.charts import lines
from core.briefing.deck.layouts import Slides
from core.briefing.deck.page import SMALL, SlidePage
from core.briefing.deck.project_slides import bands, foot
from core.briefing.headlines import SNAPSHOT_HEADINGS, snapshot_rows
from core.errors import Message
from core.figures.figure import ChartLine, LineChart, Words
from core.figures.money import pace_finding as late
from core.figures.needed_pace import finding as pace_finding
from core.figures.palette import INK, MONEY, QUIET, TIME
from core.progress.forecast import months, sentence
from core.text import word
from core.text.amounts import unit_of_amounts
from core.text.numbers import MISSING

_BELOW, _WORDS = 0.5, 1.62
"""Inches: of the days named below the axis, and the width of one of them."""


def pace(slides: Slides, content: BriefingContent) -> SlidePage | None:
    """进度与预测: payments against the planned time, and money a month from now on. None: no money or planned time."""
    shown = [content.panels[name] for name in ("pace", "monthly") if name in content.panels]
    if not shown or content.baseline is None:
        return None
    assumed = content.forecast.is_estimate
    of_money = {"unit": unit_of_amounts()}
    below = Message("累计支付，{unit}", of_money)
    if assumed:
        below = Message("累计支付，{unit}；点线为测算值·非批复数", of_money)
    basis = Message("工期线：概算在计划工期内按天均摊；{rule}", {"rule": content.forecast.rule})
    title = pace_finding(content.figures, content.forecast)
    page = SlidePage(
        slides, content.language, word("进度与预测"), title, foot(content, basis), bands(content, shown), below
    )
    left, right = page.body.columns(0.6, 0.4)
    marks = shown[0].in_documents.marks
    if isinstance(marks, LineChart) and len(marks.lines) > 1:
        chart = replace(left, height=left.height - _BELOW)
        names = [*_names(content, marks), *([word("概算")] if marks.level is not None else [])]
        place = lines(page, chart, "cumulative", _with_level(marks), names, shown[0].alt)
        _days(page, content, chart, place)
    rows = [row for panel in shown for row in panel.rows]
    headings = shown[0].headings
    snapshots = snapshot_rows(content)
    if len(snapshots) > 1 and page.size_of(right, [(SNAPSHOT_HEADINGS, snapshots), (headings, rows)])[1]:
        room = replace(right, height=right.height * 0.36)
        _, right = page.table(room, SNAPSHOT_HEADINGS, snapshots, "snapshots_table")
    cut, _ = page.table(
        replace(right, height=page.body.top + page.body.height - right.top), headings, rows, "pace_table"
    )
    aloud = [sentence(content.forecast), late(content.figures.one("schedule_variance").number)]
    notes.write(page, [panel.how for panel in shown], [(headings, rows)] if cut else (), more=aloud)
    return page


def _with_level(marks: LineChart) -> LineChart:
    """The estimate as a line of its own."""
    if marks.level is None:
        return marks
    days = [day for line in marks.lines for day, _ in line.points]
    level = ChartLine(((min(days), marks.level), (max(days), marks.level)), QUIET, "dashed")
    return replace(marks, lines=(*marks.lines, level))


def _names(content: BriefingContent, marks: LineChart) -> list[Words]:
    """Names of the lines: planned first, then where the pace leads, what was paid last."""
    ahead: list[Words] = [word("按此前速度")]
    if len(marks.lines) > 3:
        ahead = [word("按最快速度"), word("按最慢速度")]
    paid = [word("累计支付")] if content.paid_points else []
    return [word("按工期应支付"), *ahead[: len(marks.lines) - 1 - len(paid)], *paid]


def _days(page: SlidePage, content: BriefingContent, chart: Box, place: Callable[[date], float]) -> None:
    """Start, as-of day, planned end and the forecast, named below the axis where they do not stand on each other."""
    plan, bottom = content.baseline, chart.top + chart.height
    assert plan is not None  # the slide is left out without
    as_of, right = place(content.facts.as_of), chart.left + chart.width
    end = place(plan.end)
    for x, colour in ((as_of, INK), (end, TIME)):
        page.rule(Box(x, chart.top + 0.55, 0, chart.height - 0.55), colour, 1)
    named = [
        (as_of - _WORDS - 0.05, True, word("截至"), Message("{day}", {"day": content.facts.as_of}), INK),
        (end + 0.05, False, word("计划完工"), Message("{day}", {"day": plan.end}), QUIET),
        (place(plan.start) - 0.1, False, word("计划开工"), Message("{day}", {"day": plan.start}), QUIET),
        (right - _WORDS, True, word("预计付清"), months(content.forecast), MONEY),
    ]
    if as_of > end:  # late: the planned end stands left, the day right
        named[0] = (as_of + 0.05, False, *named[0][2:])
        named[1] = (end - _WORDS - 0.05, True, *named[1][2:])
    taken: list[float] = []
    for left, stands_right, name, day, colour in named:
        if name == word("计划完工") and left > right - _WORDS:  # no room behind it
            left, stands_right = end - _WORDS - 0.05, True
        free = all(abs(left - other) > _WORDS - 0.1 for other in taken)
        if free and chart.left - 0.1 <= left <= right - _WORDS + 0.3 and day != MISSING:
            taken.append(left)
            where = Box(left, bottom + 0.04, _WORDS, 0.46)
            page.words(where, [name, day], SMALL, colour=colour, right=stands_right, spacing=0)
