"""Office's own charts of lines over days, in a workbook that people edit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Pt

from core.figures.figure import ChartLine
from core.figures.palette import LINE, PAPER
from core.render.office import ChartLook, WorkbookData, dress, place_plot, rgb
from core.text.file_text import printable


@dataclass(frozen=True)
class NamedLine:
    """A line of a native chart with its name in the key."""

    name: str
    line: ChartLine


def line_data(lines: Sequence[NamedLine]) -> CategoryChartData:
    """Days and series, with the workbook that holds them; a series has no value on a day that is not its own."""
    make: Any = WorkbookData
    data = make(number_format="#,##0.00")
    days = sorted({day for each in lines for day, _ in each.line.points})
    data.categories = days
    data.categories.number_format = _DAY
    for each in lines:
        known = dict(each.line.points)
        data.add_series(printable(each.name), [float(known[day]) if day in known else None for day in days])
    return data  # type: ignore[no-any-return]


_DAY = "yyyy-mm-dd"
_WIDE_LINE, _THIN_LINE, _DOTS = 3.0, 1.75, 8
"""Points."""
_DASHES = {"solid": MSO_LINE.SOLID, "dashed": MSO_LINE.DASH, "dotted": MSO_LINE.ROUND_DOT}


def _from_the_first_day(amounts: Any) -> None:
    """Let the plot begin at the first day, not half a day before it."""
    between = amounts.find(qn("c:crossBetween"))
    if between is None:
        between = OxmlElement("c:crossBetween")
        amounts.find(qn("c:crosses")).addnext(between)
    between.set("val", "midCat")


Place = tuple[float, float, float, float]
"""Left, top, width and height, in parts of a chart."""


def style_lines(chart: Any, lines: Sequence[NamedLine], look: ChartLook, plot: Place) -> None:
    """Dress a chart of lines over days: amounts from zero, its key above; `look.top`: the amount at which it ends."""
    chart.has_title = False
    chart.font.size = Pt(look.text)
    if look.ink:
        chart.font.color.rgb = rgb(look.ink)
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.legend.font.size = Pt(look.text)
    days, amounts = chart.category_axis, chart.value_axis
    days.tick_label_position, days.major_tick_mark = XL_TICK_LABEL_POSITION.NONE, XL_TICK_MARK.NONE
    days.has_major_gridlines = False
    amounts.has_major_gridlines = True
    amounts.major_gridlines.format.line.color.rgb, amounts.major_gridlines.format.line.width = rgb(LINE), Pt(0.5)
    amounts.format.line.fill.background()
    amounts.tick_labels.number_format, amounts.tick_labels.number_format_is_linked = "#,##0", False
    amounts.minimum_scale, amounts.maximum_scale = 0, look.top
    _from_the_first_day(amounts._element)
    for drawn, each in zip(chart.plots[0].series, lines, strict=True):
        drawn.smooth = False
        of = drawn.format.line
        of.color.rgb, of.width = rgb(each.line.colour), Pt(_WIDE_LINE if each.line.heavy else _THIN_LINE)
        of.dash_style = _DASHES[each.line.stroke]
        drawn.marker.style = XL_MARKER_STYLE.CIRCLE if each.line.dots else XL_MARKER_STYLE.NONE
        if each.line.dots:
            drawn.marker.size = _DOTS
            drawn.marker.format.fill.solid()
            drawn.marker.format.fill.fore_color.rgb = rgb(each.line.colour)
            drawn.marker.format.line.color.rgb = rgb(PAPER)
    inner = chart._chartSpace.find(qn("c:chart"))
    blanks = inner.find(qn("c:dispBlanksAs"))
    if blanks is not None:
        blanks.set("val", "span")
    place_plot(chart, plot)
    dress(chart._chartSpace, look.fonts)
