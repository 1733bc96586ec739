"""Charts on a slide: PowerPoint's own, with their figures in a workbook for those who go on editing."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from core.briefing.deck.box import Box
from core.briefing.deck.layouts import FONTS
from core.briefing.deck.page import SMALL, Page
from core.figures.figure import Bars, Chart, LineChart, Words, in_words
from core.figures.in_unit import marks_in
from core.figures.palette import INK
from core.render import office, typst
from core.render.office import ChartLook
from core.render.office_lines import NamedLine, line_data, style_lines
from core.text.file_text import printable

LABEL = 14
MOST_LABELS = 24
"""Bars of one chart that have room for their figures; the table beside has them all."""


def bars(
    page: Page,
    box: Box,
    name: str,
    marks: Chart,
    series: Words = "",
    *,
    alt: str = "",
    most: int | None = None,
    top: float | None = None,
) -> None:
    """Draw marks as horizontal bars, the first category on top (at `most` so many of them).

    `series`: what the figures are, where the marks do not say it; `alt`: in place of the bars in words; `top`: where
    the axis ends (None: by the bars).
    """
    counted = marks_in(office.as_bars(marks, series), page.language, page.slides.unit, money=True)
    made = in_words(counted, lambda words, _: page.say(words))
    made = replace(made, rows=made.rows[:most])
    count = len(made.rows) * len(made.series)
    label = None if count > MOST_LABELS else LABEL if count <= MOST_LABELS / 2 else SMALL
    said = alt or office.spoken(made, page.language)
    chart = _added(page, box, name, XL_CHART_TYPE.BAR_CLUSTERED, office.chart_data(made), said)
    office.style(chart, made, ChartLook(FONTS, SMALL, LABEL, label, bold=True, ink=INK, top=top))


def beside_rows(
    page: Page, box: Box, name: str, marks: Bars, top: float | None, thick: float, *, upon: bool = False
) -> None:
    """Draw a bar a row of a table, from the left edge of the box to its right one: no names, no figures, no axes.

    `top`: the value at the right edge (None: a little more than the longest); `thick`: of the bars, in parts of a row;
    `upon`: those of a row lie upon each other.
    """
    counted = marks_in(marks, page.language, page.slides.unit, money=True)
    made = in_words(counted, lambda words, _: page.say(words))
    longest = max((float(each.value) for row in made.rows for each in row.amounts if each.value), default=0.0)
    said = office.spoken(made, page.language)
    chart = _added(page, box, name, XL_CHART_TYPE.BAR_CLUSTERED, office.chart_data(made), said)
    office.style(chart, made, ChartLook(FONTS, SMALL, LABEL, None, ink=INK, top=top or longest * 1.02 or 1.0))
    chart.category_axis.visible = False
    chart.plots[0].gap_width = min(round((1 / thick - 1) * 100 * (1 if upon else len(made.series))), 500)
    chart.has_legend = False
    if upon:
        chart.plots[0].overlap = 100
    office.place_plot(chart)


def lines(
    page: Page, box: Box, name: str, marks: LineChart, names: Sequence[Words], alt: str
) -> Callable[[date], float]:
    """Draw lines over days as a native chart. `names`: of the lines. Returns where a day stands from the left, inches.

    The days below the axis are left to the page: those that matter are named there.
    """
    marks = marks_in(marks, page.language, page.slides.unit, money=True)
    made = [NamedLine(page.say(of), line) for of, line in zip(names, marks.lines, strict=True)]
    chart = _added(page, box, name, XL_CHART_TYPE.LINE_MARKERS, line_data(made), alt)
    top = float(max(value for line in marks.lines for _, value in line.points)) * 1.06
    look = ChartLook(FONTS, SMALL, LABEL, None, ink=INK, top=top)
    plot = (_AXIS / box.width, _KEY / box.height, 1 - _AXIS / box.width, 1 - 1.1 * _KEY / box.height)
    style_lines(chart, made, look, plot)
    days = [day for line in marks.lines for day, _ in line.points]
    first, last = min(days), max(days)
    room = box.width - _AXIS
    return lambda day: box.left + _AXIS + room * (day - first).days / max((last - first).days, 1)


def _added(page: Page, box: Box, name: str, kind: Any, data: Any, alt: str) -> Any:
    """A native chart in the box, with its words for those who do not see it."""
    place = (Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height))
    frame = page.slide.shapes.add_chart(kind, *place, data)
    frame.name = name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", printable(alt))
    office.number_axes(frame.chart._chartSpace)
    return frame.chart


_AXIS, _KEY = 0.75, 0.55
"""Inches: of the amounts left of a plot, and of the key above it."""


def drawn(page: Page, box: Box, name: str, marks: Chart, alt: str) -> None:
    """Draw marks that PowerPoint has no chart for, such as lines with their words, as a sharp picture in the box."""
    size = {"width": box.width * _PIXELS, "height": box.height * _PIXELS}
    data = {**typst.locale(page.language), **size, "chart": typst.chart(marks)}
    picture = io.BytesIO(typst.draw(typst.ALONE, data, "png", _PPI).pages[0])
    place = (Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height))
    shape = page.slide.shapes.add_picture(picture, *place)
    shape.name = name
    shape._element.nvPicPr.cNvPr.set("descr", printable(alt))


_PIXELS, _PPI = 120, 240
"""Pixels of a frame, which is 13⅓ inches wide and has 1600 of them, that an inch of the slide has."""
