"""Native charts: bars from zero with their figures at the end, in a workbook that PowerPoint and WPS open for editing.

Names are text in that workbook, whatever they begin with.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_PATTERN
from pptx.util import Inches, Pt

from core.briefing.deck.page import SMALL, Box, Page, rgb
from core.briefing.deck.theme import dress, plain
from core.briefing.spreadsheet import TIMELESS
from core.charts.frame import INK, MONEY, PAPER
from core.model.measure import RATIO

LABEL = 14
MOST_LABELS = 24
"""Bars of one chart that have room for their figures; the table beside has them all."""
_FORMATS = {RATIO: "0.00%", "户": "#,##0", "栋": "#,##0", "个": "#,##0"}


@dataclass(frozen=True)
class Series:
    """Bars of one kind, a value a category; None: unknown, no bar."""

    name: str
    values: tuple[Decimal | None, ...]
    colour: str = MONEY
    colours: tuple[str, ...] = ()
    """One a category, in place of `colour`."""


def format_of(unit: str) -> str:
    """How a chart prints figures of that unit."""
    return _FORMATS.get(unit, "#,##0.00")


def bars(
    page: Page,
    box: Box,
    name: str,
    categories: Sequence[str],
    series: Sequence[Series],
    number_format: str,
    *,
    alt: str,
    striped: bool = False,
    top: float | None = None,
) -> Any:
    """Horizontal bars, the first category on top; `top`: where the axis ends (None: by the bars).

    `striped`: the figures rest on an assumption.
    """
    make: Any = _Data  # the library says nothing of its types here
    data = make(number_format=number_format)
    data.categories = [plain(category) for category in categories]
    for each in series:
        data.add_series(plain(each.name), [None if value is None else float(value) for value in each.values])
    place = (Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height))
    frame: Any = page.slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data)
    frame.name = name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(alt))
    chart = frame.chart
    chart.has_title = False
    chart.font.size = Pt(SMALL)
    chart.font.color.rgb = rgb(INK)
    chart.has_legend = len(series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.legend.font.size = Pt(SMALL)
    _axes(chart, series, top)
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = 60, False
    if len(series) > 1:
        plot.overlap = -5
    if len(categories) * len(series) <= MOST_LABELS:
        _labels(plot, number_format, LABEL if len(categories) * len(series) <= MOST_LABELS / 2 else SMALL)
    for drawn, each in zip(plot.series, series, strict=True):
        drawn.invert_if_negative = False
        _paint(drawn.format, each.colour, striped)
        for n, colour in enumerate(each.colours):
            _paint(drawn.points[n].format, colour, striped)
    dress(chart._chartSpace)
    return chart


def _axes(chart: Any, series: Sequence[Series], top: float | None) -> None:
    names, figures = chart.category_axis, chart.value_axis
    names.reverse_order = True
    names.tick_labels.font.size = Pt(LABEL)
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.has_major_gridlines = False
    figures.has_major_gridlines = figures.has_minor_gridlines = False
    figures.visible = False
    if all(value is None or value >= 0 for each in series for value in each.values):
        figures.minimum_scale = 0
    if top is not None:
        figures.maximum_scale = top


def _labels(plot: Any, number_format: str, size: float) -> None:
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = number_format, False
    labels.show_value = True
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size, labels.font.bold = Pt(size), True
    labels.font.color.rgb = rgb(INK)


def _paint(shape: Any, colour: str, striped: bool) -> None:
    if not striped:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(colour)
        return
    shape.fill.patterned()
    shape.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    shape.fill.fore_color.rgb, shape.fill.back_color.rgb = rgb(colour), rgb(PAPER)
    shape.line.color.rgb = rgb(colour)


class _Data(CategoryChartData):
    """Chart data whose workbook takes no text for a formula or a link; its cells stand where the library has them."""

    @property
    def xlsx_blob(self) -> bytes:
        """The embedded workbook."""
        stream = io.BytesIO()
        options = {
            "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        }  # fmt: skip
        book = xlsxwriter.Workbook(stream, options)
        book.set_properties({"created": TIMELESS})
        sheet = book.add_worksheet("Sheet1")
        shown = book.add_format({"num_format": self.number_format})
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, max(len(self), 1), 16)
        for row, category in enumerate(self.categories, 1):
            sheet.write_string(row, 0, category.label)
        for column, series in enumerate(self, 1):
            sheet.write_string(0, column, series.name)
            for row, value in enumerate(series.values, 1):
                if value is not None:
                    sheet.write_number(row, column, value, shown)
        book.close()
        return stream.getvalue()
