"""Bar charts of the report: Word's own, with their figures in an embedded workbook, so that a secretary can edit them.

Written as the format has it (ECMA-376, DrawingML charts): the library knows no charts. Bars begin at zero.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls

from core.briefing.report.styles import BODY, LATIN
from core.briefing.spreadsheet import TIMELESS, new_book, printable

EMU = 36000
"""In a millimetre."""
WIDTH, ROW, EDGE = 150, 9, 12
"""Millimetres: of the chart, of a bar with its gap, and what the chart needs beside its bars."""
_ROOM = Decimal("1.2")
_POINTS = 1000
"""Size of all text, in hundredths of a point."""


@dataclass(frozen=True)
class Bar:
    """One bar; None: undefined, and no bar."""

    label: str
    value: Decimal | None
    shown: str
    """As the report prints it."""
    colour: str
    """#RRGGBB."""


@dataclass(frozen=True)
class Chart:
    """Bars below each other, from top to bottom."""

    title: str
    """The caption, which stands outside the chart."""
    series: str
    """What the figures are, with the unit."""
    bars: Sequence[Bar]
    form: str
    """Number format: 0.00%, #,##0.00."""


class _ChartPart(Part):
    """The chart in the package; drawn once it knows by which name it has its workbook."""

    def draw(self, chart: Chart, workbook: str) -> None:
        """Write the chart."""
        self._blob = _chart(chart, workbook).encode()


def drawing(document: Any, chart: Chart, number: int) -> str:
    """Put the chart into the document's package; returns the run that shows it."""
    package = document.part.package
    sheet = Part(
        PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        _workbook(chart),
        package,
    )
    part = _ChartPart(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, package=package)
    part.draw(chart, part.relate_to(sheet, RELATIONSHIP_TYPE.PACKAGE))
    shown = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    height = EDGE + ROW * len(chart.bars)
    said = ";".join(f"{bar.label} {bar.shown}" for bar in chart.bars)
    title, alt = quoteattr(printable(chart.title)), quoteattr(printable(f"{chart.series}:{said}"))
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{WIDTH * EMU}"'
        f' cy="{height * EMU}"/><wp:docPr id="{number}" name={title} descr={alt}/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{shown}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def _workbook(chart: Chart) -> bytes:
    stream, book = new_book()
    book.set_properties({"created": TIMELESS})
    sheet = book.add_worksheet("Sheet1")
    form = book.add_format({"num_format": chart.form})
    sheet.set_column(0, 1, 24)
    sheet.write_string(0, 1, printable(chart.series))
    for row, bar in enumerate(chart.bars, start=1):
        sheet.write_string(row, 0, printable(bar.label))
        if bar.value is not None:
            sheet.write_number(row, 1, float(bar.value), form)
    book.close()
    content: io.BytesIO = stream
    return content.getvalue()


def _chart(chart: Chart, workbook: str) -> str:
    last = len(chart.bars) + 1
    names = "".join(f'<c:pt idx="{n}"><c:v>{_text(bar.label)}</c:v></c:pt>' for n, bar in enumerate(chart.bars))
    figures = "".join(
        f'<c:pt idx="{n}"><c:v>{float(bar.value)!r}</c:v></c:pt>'
        for n, bar in enumerate(chart.bars)
        if bar.value is not None
    )
    fills = "".join(
        f'<c:dPt><c:idx val="{n}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>{_fill(bar.colour)}</c:dPt>'
        for n, bar in enumerate(chart.bars)
    )
    count = f'<c:ptCount val="{len(chart.bars)}"/>'
    form = escape(chart.form)
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {nsdecls("c", "a", "r")}>'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart>'
        '<c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        '<c:ser><c:idx val="0"/><c:order val="0"/>'
        f'<c:tx><c:strRef><c:f>Sheet1!$B$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>'
        f"{_text(chart.series)}</c:v></c:pt></c:strCache></c:strRef></c:tx>"
        f'{_fill(chart.bars[0].colour)}<c:invertIfNegative val="0"/>{fills}'
        f'<c:dLbls><c:numFmt formatCode="{form}" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>'
        f'<c:txPr><a:bodyPr wrap="none"/>{_text_properties()}</c:txPr>'
        '<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache>{count}{names}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!$B$2:$B${last}</c:f><c:numCache><c:formatCode>{form}</c:formatCode>{count}"
        f'{figures}</c:numCache></c:numRef></c:val></c:ser><c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/>'
        f"</c:barChart>{_axes(form, chart.bars)}</c:plotArea>"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'
        f"<c:txPr><a:bodyPr/>{_text_properties()}</c:txPr>"
        f'<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _text_properties() -> str:
    return (
        f'<a:p><a:pPr><a:defRPr sz="{_POINTS}"><a:latin typeface="{LATIN}"/><a:ea typeface="{BODY}"/></a:defRPr>'
        '</a:pPr><a:endParaRPr lang="zh-CN"/></a:p>'
    )


def _axes(form: str, bars: Sequence[Bar]) -> str:
    """Categories from top to bottom; figures from zero, read from the labels and not from an axis."""
    # Left to itself an axis of 84 % to 100 % begins at 80 %; with overpaid money it has to go below zero.
    known = [bar.value for bar in bars if bar.value is not None]
    floor = "" if any(value < 0 for value in known) else '<c:min val="0"/>'
    # The axis ends behind the longest bar, where its figure stands.
    top = max(known, default=Decimal(0)) * _ROOM
    end = f'<c:max val="{float(top)!r}"/>' if top > 0 else ""
    return (
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        '<c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>'
        f"{end}{floor}</c:scaling>"
        f'<c:delete val="1"/><c:axPos val="t"/><c:numFmt formatCode="{form}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        '<c:crossAx val="1"/><c:crosses val="autoZero"/></c:valAx>'
    )


def _fill(colour: str) -> str:
    return f'<c:spPr><a:solidFill><a:srgbClr val="{colour.lstrip("#")}"/></a:solidFill></c:spPr>'


def _text(text: str) -> str:
    return escape(printable(text))
