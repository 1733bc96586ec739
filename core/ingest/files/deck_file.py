"""Texts of a .pptx by their place: words, cells of tables, and figures of charts with the workbooks behind them."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from pptx import Presentation
from pptx.exc import PackageNotFoundError, PythonPptxError

from core.errors import Message
from core.ingest.files.table_file import BROKEN, FileLimits, packing, workbook_refusal

LIMITS = FileLimits()
OF_A_CHART = FileLimits(packed=2**20, unpacked=8 * 2**20, xml=4 * 2**20, cells=2_000)
"""Limits of the workbook behind a chart; ours have some dozens of cells."""
MOST_BEHIND = 20 * 2**20
"""Bytes that all of them together unpack to."""


@dataclass(frozen=True)
class TextLocation:
    """A place on a deck."""

    slide: str
    """The slide's name, which stays when slides are moved; "" for one that is not ours."""
    shape: str
    part: str

    workbook: bool = False
    """True in the workbook behind a chart, not in the drawing."""
    number_format: str = field(default="", compare=False)
    """Of a chart's figure."""


Said = Mapping[TextLocation, str]
"""Figures of charts are plain decimals, whatever they print as."""


def read_deck(content: bytes) -> Said | Message:
    """Read what the deck says, or give the sentence why it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            wrong = packing(archive, len(content), LIMITS)
        if wrong is not None:
            return _PACKING[wrong]
        slides = Presentation(io.BytesIO(content))
        behind = _workbooks(slides)
        return behind if isinstance(behind, Message) else _said(slides) | behind
    except (*BROKEN, PackageNotFoundError, PythonPptxError, zipfile.LargeZipFile):
        return Message("不是PowerPoint文件（.pptx），或者文件已损坏。请在PowerPoint或WPS中打开并另存为.pptx。")


_PACKING = {
    "locked": Message("文件有密码，无法读取。请取消密码后另存。"),
    "large": Message("文件解压后过大，未读取。请删去图片和无关的幻灯片。"),
    "tight": Message("文件的压缩比异常，未读取。请在PowerPoint或WPS中另存为.pptx后重试。"),
}


def said_by(content: bytes) -> dict[TextLocation, str]:
    """Read a deck of our own, but for the workbooks, which repeat its charts."""
    return _said(Presentation(io.BytesIO(content)))


def _said(slides: Any) -> dict[TextLocation, str]:
    return {spot: text for slide in slides.slides for spot, text in _of_slide(slide)}


def as_json(what: Said) -> str:
    """Write what a deck says as one text to be stored."""
    rows = [[s.slide, s.shape, s.part, s.number_format, text] for s, text in what.items() if not s.workbook]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> dict[TextLocation, str]:
    """Read what was stored; a workbook said what its chart said."""
    found = {}
    for slide, shape, part, number_format, value in json.loads(text):
        found[TextLocation(slide, shape, part, number_format=number_format)] = value
        if number_format:
            found[TextLocation(slide, shape, part, True, number_format)] = value
    return found


def _of_slide(slide: Any) -> Iterator[tuple[TextLocation, str]]:
    name = slide.name
    for shape in slide.shapes:
        if shape.has_chart:
            yield from _of_chart(name, shape)
        elif shape.has_table:
            yield from _of_table(name, shape)
        elif shape.has_text_frame and shape.text_frame.text:
            yield TextLocation(name, shape.name, ""), shape.text_frame.text


def _of_table(name: str, shape: Any) -> Iterator[tuple[TextLocation, str]]:
    """Cells by what begins their row and heads their column: a row that has moved stays itself."""
    heads, *rows = ([cell.text for cell in row.cells] for row in shape.table.rows)
    seen: Counter[str] = Counter()
    for cells in rows:
        seen[cells[0]] += 1
        again = f"#{seen[cells[0]]}" if seen[cells[0]] > 1 else ""
        for head, text in zip(heads[1:], cells[1:], strict=True):
            yield TextLocation(name, shape.name, f"{cells[0]}{again}|{head}"), text


def _of_chart(name: str, shape: Any) -> Iterator[tuple[TextLocation, str]]:
    for plot in shape.chart.plots:
        dated = any("yy" in form for form in plot._element.xpath(".//c:cat//c:formatCode/text()"))
        categories = [_day(str(category)) if dated else str(category) for category in plot.categories]
        for series in plot.series:
            form = next(iter(series._element.xpath(".//c:val//c:formatCode/text()")), "General")
            for category, value in zip(categories, series.values, strict=False):
                if value is not None:
                    yield TextLocation(name, shape.name, f"{series.name}|{category}", number_format=form), _plain(value)


def _embedded(slides: Any) -> Iterator[tuple[int, Any, Any, bytes]]:
    """The number of the slide, slide, shape and workbook of each chart that has one."""
    for number, slide in enumerate(slides.slides, start=1):
        for shape in slide.shapes:
            part = shape.chart.part.chart_workbook.xlsx_part if shape.has_chart else None
            if part is not None:
                yield number, slide, shape, part.blob


def _workbooks(slides: Any) -> dict[TextLocation, str] | Message:
    """The figures behind the charts, which PowerPoint shows once somebody edits the data; or why they are not read.

    Each workbook is looked at as any that somebody brings, before it is opened.
    """
    from openpyxl import load_workbook

    found: dict[TextLocation, str] = {}
    unpacked = 0
    for number, slide, shape, content in _embedded(slides):
        too_much = Message("第{number}页的图后面的工作簿过大，整份文件未读取。请删去那张图后重试。", {"number": number})
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked += sum(entry.file_size for entry in archive.infolist())
        if unpacked > MOST_BEHIND or workbook_refusal(content, OF_A_CHART) is not None:
            return too_much
        sheet = load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
        if sheet.max_row * sheet.max_column > OF_A_CHART.cells:  # few cells, but far apart
            return too_much
        found |= _figures(slide.name, shape.name, sheet)
    return found


def _figures(slide: str, shape: str, sheet: Any) -> dict[TextLocation, str]:
    heads = [cell.value for cell in sheet[1]]
    return {
        TextLocation(slide, shape, f"{head}|{_named(row[0].value)}", True, cell.number_format): _plain(cell.value)
        for row in sheet.iter_rows(min_row=2)
        for head, cell in zip(heads[1:], row[1:], strict=True)
        if isinstance(cell.value, int | float)
    }


_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of workbooks."""


def _day(number: str) -> str:
    """A day as charts have it, as a date."""
    return (_FIRST_DAY + timedelta(days=int(float(number)))).isoformat()


def _named(value: object) -> str:
    return value.date().isoformat() if isinstance(value, datetime) else str(value)


def _plain(value: float) -> str:
    try:
        return f"{Decimal(repr(value)).normalize():f}"
    except InvalidOperation:
        return str(value)
