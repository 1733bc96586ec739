"""One figure as a slide by itself: its finding, its chart, and the table behind it."""

from __future__ import annotations

from core.briefing.content import BriefingContent
from core.briefing.deck import charts, notes
from core.briefing.deck.box import Box
from core.briefing.deck.layouts import Slides
from core.briefing.deck.page import SMALL, SlidePage
from core.briefing.deck.project_slides import foot, unit
from core.briefing.frames.builder import FrameBuilder
from core.briefing.headlines import bands_of, changed_bands
from core.figures.figure import Bars, Chart, FigurePanel, Spans, Stack
from core.figures.in_unit import named_in
from core.render import typst

_MOST_CHARTS = 2
"""Charts below each other; the table has what the others show."""
_CHART, _NARROW_CHART, _MANY = 0.5, 0.36, 4
"""The chart's share of the width; beside a table of more columns than that; and their number."""
_HEAD = 0.35
"""Inches of a chart's name."""


def of_figure(slides: Slides, content: BriefingContent, panel: FigurePanel) -> SlidePage:
    """The slide of a figure, with how it is computed in the notes."""
    figure = panel.in_documents
    said = foot(content, figure.basis, figure.source)
    named = unit(named_in(str(figure.unit), content.language, content.unit)) if figure.unit else ""
    bands = (*bands_of([panel]), *changed_bands(content.score))
    page = SlidePage(slides, content.language, figure.name, figure.finding or figure.name, said, bands, named)
    drawn = typst.drawable(figure)[:_MOST_CHARTS]
    share = _NARROW_CHART if len(figure.headings) > _MANY else _CHART
    chart, beside = page.body.columns(share) if drawn and figure.rows else (page.body, page.body)
    for n, each in enumerate(drawn):
        high = chart.height / len(drawn)
        _chart(
            page, Box(chart.left, chart.top + n * high, chart.width, high), f"{panel.id}_{n + 1}", each, content, panel
        )
    cut = bool(figure.rows) and page.table(beside, figure.headings, figure.rows, f"{panel.id}_table")[0]
    notes.write(page, [panel.how] if panel.how else [], [(figure.headings, figure.rows)] if cut else ())
    return page


def _chart(page: SlidePage, box: Box, name: str, marks: Chart, content: BriefingContent, panel: FigurePanel) -> None:
    if not isinstance(marks, Bars | Stack | Spans):
        charts.drawn(page, box, name, FrameBuilder(content, unit=content.unit).chart(marks, behind=0), panel.alt)
        return
    head, rest = box.rows(_HEAD, 0.0)
    page.words(head, [marks.title or panel.title], SMALL, spacing=0)
    series = marks.title or panel.title if isinstance(marks, Bars) and not marks.series else ""
    charts.bars(page, rest, name, marks, series or (panel.title if isinstance(marks, Stack) else ""), alt=panel.alt)
