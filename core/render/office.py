"""Office's own charts of PowerPoint and Word: bars with their figures at the end, in a workbook that people edit.

One writer for both, that of python-pptx: what differs is the package that a chart is put into. Names are text in the
workbook, whatever they begin with.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as PackagePart
from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_PATTERN
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Pt

from core.figures.figure import BarRow, Bars, Chart, ChartAmount, Spans, Stack, Words
from core.figures.palette import PAPER
from core.model.context import Language
from core.model.measure import RATIO
from core.text.file_text import printable
from core.text.marks import labelled, listed

TIMELESS = datetime(2000, 1, 1)
"""When a chart's workbook says that it was made, so that equal figures give an equal file."""
_FORMATS = {RATIO: "0.00%", "户": "#,##0", "栋": "#,##0", "个": "#,##0"}
_KEY_COLOURS = ("#12436D", "#28A197", "#801650", "#F46A25")


@dataclass(frozen=True)
class Fonts:
    """The fonts of every text, which stand at each of them too: WPS looks there first."""

    latin: str
    east_asian: str

    @property
    def xml(self) -> str:
        """Of a text, as DrawingML has them."""
        return f'<a:latin typeface="{self.latin}"/><a:ea typeface="{self.east_asian}"/>'


@dataclass(frozen=True)
class ChartLook:
    """Sizes (points) and fonts of a chart in its document."""

    fonts: Fonts
    text: float
    names: float
    label: float | None
    """None: the bars are too many for their figures."""
    bold: bool = False
    ink: str | None = None
    """None: the document's."""
    top: float | None = None
    """The value at which the axis ends; None: by the bars."""


def rgb(colour: str) -> Any:
    """#12436D as the library wants it."""
    made: Any = RGBColor
    return made(*bytes.fromhex(colour.removeprefix("#")))  # the library says nothing of its types here


def as_bars(marks: Chart, series: Words = "") -> Bars:
    """Marks as bars, one kind of bars a series: parts of a whole below each other, a bar a key for intervals.

    `series`: what the figures are, where that is not said by the marks.
    """
    made: Bars | None = None
    if isinstance(marks, Bars):
        made = marks
    elif isinstance(marks, Stack):
        made = Bars(marks.title, tuple(BarRow(part.name, (part.amount,)) for part in marks.parts))
    elif isinstance(marks, Spans):
        rows = [
            BarRow(
                row.name,
                tuple(replace(each, colour=colour) for each, colour in zip(row.points, _KEY_COLOURS, strict=True)),
            )
            for row in marks.rows
        ]
        made = Bars(marks.title, tuple(rows), series=marks.keys)
    assert made is not None  # lines and pairs are not drawn natively
    return replace(made, series=(series,)) if series else made


def spoken(bars: Bars, language: Language) -> str:
    """The bars for those who do not see them."""
    rows = (labelled(str(row.name), " ".join(each.text for each in row.amounts), language) for row in bars.rows)
    return listed(rows, language)


def chart_data(bars: Bars) -> CategoryChartData:
    """Categories and series, with the workbook that holds them."""
    make: Any = WorkbookData  # the library says nothing of its types here
    data = make(number_format=_format(bars))
    data.categories = [printable(str(row.name)) for row in bars.rows]
    for name, amounts in _series(bars):
        values = [None if each.value is None else float(each.value) for each in amounts]
        data.add_series(printable(name), values)
    return data  # type: ignore[no-any-return]


def _format(bars: Bars) -> str:
    return _FORMATS.get(bars.rows[0].amounts[0].unit, "#,##0.00")


def _series(bars: Bars) -> list[tuple[str, tuple[ChartAmount, ...]]]:
    return [(str(name), tuple(row.amounts[n] for row in bars.rows)) for n, name in enumerate(bars.series)]


def style(chart: Any, bars: Bars, look: ChartLook) -> None:
    """Dress a chart that the library has made: the first category on top, bars from zero, no axis of figures."""
    chart.has_title = False
    chart.font.size = Pt(look.text)
    if look.ink:
        chart.font.color.rgb = rgb(look.ink)
    chart.has_legend = len(bars.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.legend.font.size = Pt(look.text)
    _axes(chart, bars, look)
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = 60, False
    if len(bars.series) > 1:
        plot.overlap = -5
    if look.label is not None:
        _labels(plot, _format(bars), look, look.label)
    for drawn, (_, amounts) in zip(plot.series, _series(bars), strict=True):
        drawn.invert_if_negative = False
        _paint(drawn.format, amounts[0])
        if len({(each.colour, each.assumed) for each in amounts}) > 1:
            for n, each in enumerate(amounts):
                _paint(drawn.points[n].format, each)
    dress(chart._chartSpace, look.fonts)


def place_plot(chart: Any, place: tuple[float, float, float, float] = (0, 0, 1, 1)) -> None:
    """Let the plot take that part of the chart (left, top, width, height), so that a value's place on it is known."""
    area = chart._chartSpace.find(qn("c:chart")).find(qn("c:plotArea"))
    old = area.find(qn("c:layout"))
    if old is not None:
        area.remove(old)
    ends = "".join(f'<c:{name} val="{value}"/>' for name, value in zip("xywh", place, strict=True))
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    area.insert(0, parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{modes}{ends}</c:manualLayout></c:layout>"))


def _axes(chart: Any, bars: Bars, look: ChartLook) -> None:
    names, figures = chart.category_axis, chart.value_axis
    names.reverse_order = True
    names.tick_labels.font.size = Pt(look.names)
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.has_major_gridlines = False
    figures.has_major_gridlines = figures.has_minor_gridlines = False
    figures.visible = False
    # Left to itself an axis of 84 % to 100 % begins at 80 %; with overpaid money it has to go below zero.
    if all(each.value is None or each.value >= 0 for row in bars.rows for each in row.amounts):
        figures.minimum_scale = 0
    if look.top is not None:
        figures.maximum_scale = look.top


def _labels(plot: Any, number_format: str, look: ChartLook, size: float) -> None:
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = number_format, False
    labels.show_value = True
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size, labels.font.bold = Pt(size), look.bold
    if look.ink:
        labels.font.color.rgb = rgb(look.ink)
    # Else LibreOffice breaks 63.33% before its last letter where bars are low.
    labels._element.find(qn("c:txPr")).find(qn("a:bodyPr")).set("wrap", "none")


def _paint(shape: Any, amount: ChartAmount) -> None:
    """The amount's colour; striped where it rests on an assumption."""
    if not amount.assumed:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(amount.colour)
        return
    shape.fill.patterned()
    shape.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    shape.fill.fore_color.rgb, shape.fill.back_color.rgb = rgb(amount.colour), rgb(PAPER)
    shape.line.color.rgb = rgb(amount.colour)


_TEXTS = (qn("a:rPr"), qn("a:defRPr"), qn("a:endParaRPr"))
_BEFORE = frozenset(
    qn(f"a:{name}")
    for name in (
        "ln", "noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill", "effectLst", "effectDag",
        "highlight", "uLnTx", "uLn", "uFillTx", "uFill",
    )
)  # fmt: skip
"""Elements that the schema wants before the fonts."""


def dress(tree: Any, fonts: Fonts) -> None:
    """Set the fonts of every text in a slide, its notes or a chart."""
    for text in tree.iter(*_TEXTS):
        known = text.find(qn("a:ea"))
        if known is not None and known.get("typeface") == fonts.east_asian:
            continue
        for old in text.findall(qn("a:latin")) + text.findall(qn("a:ea")):
            text.remove(old)
        latin, east = OxmlElement("a:latin"), OxmlElement("a:ea")
        latin.set("typeface", fonts.latin)
        east.set("typeface", fonts.east_asian)
        after = [child for child in text if child.tag in _BEFORE]
        place = text.index(after[-1]) + 1 if after else 0
        text.insert(place, latin)
        text.insert(place + 1, east)


def number_axes(space: Any) -> None:
    """Give a chart's axes numbers that the format allows and LibreOffice reads, of 31 bits."""
    # The library's are negative.
    for each in space.iter(qn("c:axId"), qn("c:crossAx")):
        each.set("val", str(int(each.get("val")) % 2**31))


def put_into_word(document: Any, bars: Bars, look: ChartLook, number: int) -> str:
    """Put a chart and its workbook into a Word document's package; returns the id by which the body shows it."""
    data: Any = chart_data(bars)
    space: Any = parse_xml(data.xml_bytes(XL_CHART_TYPE.BAR_CLUSTERED))
    make: Any = NativeChart
    style(make(space, None), bars, look)
    space.find(qn("c:chart")).addnext(parse_xml(_WHITE))
    package = document.part.package
    name = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx")
    workbook = PackagePart(name, CONTENT_TYPE.SML_SHEET, data.xlsx_blob, package)
    part = _ChartPart(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, package=package)
    number_axes(space)
    outside = space._add_externalData()
    outside.rId = part.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
    outside.get_or_add_autoUpdate().val = False
    part.hold(serialize_part_xml(space))
    return str(document.part.relate_to(part, RELATIONSHIP_TYPE.CHART))


_WHITE = (
    f'<c:spPr {nsdecls("c", "a")}><a:solidFill><a:srgbClr val="{PAPER[1:]}"/></a:solidFill>'
    "<a:ln><a:noFill/></a:ln></c:spPr>"
)
"""Paper without a frame, which Word draws around a chart that says nothing of it."""


class _ChartPart(PackagePart):
    """A chart in a Word package, written once it knows by which id it has its workbook."""

    def hold(self, content: bytes) -> None:
        """Take the chart."""
        self._blob = content


class WorkbookData(CategoryChartData):
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
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for row, category in enumerate(self.categories, 1):
            if isinstance(category.label, date):
                sheet.write_datetime(row, 0, datetime.combine(category.label, time()), day)
            else:
                sheet.write_string(row, 0, category.label)
        for column, series in enumerate(self, 1):
            sheet.write_string(0, column, series.name)
            for row, value in enumerate(series.values, 1):
                if value is not None:
                    sheet.write_number(row, column, value, shown)
        book.close()
        return stream.getvalue()
