"""What a .pptx says, spot by spot: texts, cells of tables, and figures of charts with the workbooks behind them."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from pptx import Presentation
from pptx.exc import PackageNotFoundError, PythonPptxError

from core.errors import Message
from core.ingest.table_file import BROKEN, Limits, packing

LIMITS = Limits()
MOST_CELLS = 2_000
"""Cells of a chart's workbook that are looked at; ours have some dozens."""


@dataclass(frozen=True)
class Spot:
    """Where on a deck something stands."""

    slide: str
    """The slide's name, which stays when slides are moved; "" for one that is not ours."""
    shape: str
    part: str

    workbook: bool = False
    """Whether it stands in the workbook behind a chart, not in the drawing."""
    number_format: str = field(default="", compare=False)
    """Of a chart's figure."""


Said = Mapping[Spot, str]
"""Figures of charts are plain decimals, whatever they print as."""


def read_deck(content: bytes) -> Said | Message:
    """What the deck says, or why it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            wrong = packing(archive, len(content), LIMITS)
        if wrong is not None:
            return _PACKING[wrong]
        slides = Presentation(io.BytesIO(content))
        return _said(slides) | dict(_workbooks(slides))
    except (*BROKEN, PackageNotFoundError, PythonPptxError, zipfile.LargeZipFile):
        return Message("不是PowerPoint文件(.pptx),或者文件已损坏。请在PowerPoint或WPS中打开并另存为.pptx。")


_PACKING = {
    "locked": Message("文件有密码,无法读取。请取消密码后另存。"),
    "large": Message("文件解压后过大,未读取。请删去图片和无关的幻灯片。"),
    "tight": Message("文件的压缩比异常,未读取。请在PowerPoint或WPS中另存为.pptx后重试。"),
}


def said_by(content: bytes) -> dict[Spot, str]:
    """What a deck of our own says, but for the workbooks, which say the same."""
    return _said(Presentation(io.BytesIO(content)))


def _said(slides: Any) -> dict[Spot, str]:
    return {spot: text for slide in slides.slides for spot, text in _of_slide(slide)}


def as_json(what: Said) -> str:
    """The same as one text to be stored."""
    rows = [[s.slide, s.shape, s.part, s.number_format, text] for s, text in what.items() if not s.workbook]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> dict[Spot, str]:
    """What was stored; a workbook said what its chart said."""
    found = {}
    for slide, shape, part, number_format, value in json.loads(text):
        found[Spot(slide, shape, part, number_format=number_format)] = value
        if number_format:
            found[Spot(slide, shape, part, True, number_format)] = value
    return found


def _of_slide(slide: Any) -> Iterator[tuple[Spot, str]]:
    name = slide.name
    for shape in slide.shapes:
        if shape.has_chart:
            yield from _of_chart(name, shape)
        elif shape.has_table:
            yield from _of_table(name, shape)
        elif shape.has_text_frame and shape.text_frame.text:
            yield Spot(name, shape.name, ""), shape.text_frame.text


def _of_table(name: str, shape: Any) -> Iterator[tuple[Spot, str]]:
    """Cells by what begins their row and heads their column: a row that has moved is the same row."""
    heads, *rows = ([cell.text for cell in row.cells] for row in shape.table.rows)
    seen: Counter[str] = Counter()
    for cells in rows:
        seen[cells[0]] += 1
        again = f"#{seen[cells[0]]}" if seen[cells[0]] > 1 else ""
        for head, text in zip(heads[1:], cells[1:], strict=True):
            yield Spot(name, shape.name, f"{cells[0]}{again}|{head}"), text


def _of_chart(name: str, shape: Any) -> Iterator[tuple[Spot, str]]:
    for plot in shape.chart.plots:
        categories = [str(category) for category in plot.categories]
        for series in plot.series:
            form = next(iter(series._element.xpath(".//c:val//c:formatCode/text()")), "General")
            for category, value in zip(categories, series.values, strict=False):
                if value is not None:
                    yield Spot(name, shape.name, f"{series.name}|{category}", number_format=form), _plain(value)


def _workbooks(slides: Any) -> Iterator[tuple[Spot, str]]:
    """The figures behind the charts: what PowerPoint shows once somebody edits the data."""
    from openpyxl import load_workbook

    for slide in slides.slides:
        for shape in slide.shapes:
            part = shape.chart.part.chart_workbook.xlsx_part if shape.has_chart else None
            if part is None:
                continue
            sheet = load_workbook(io.BytesIO(part.blob), data_only=True).worksheets[0]
            if sheet.max_row * sheet.max_column > MOST_CELLS:
                continue
            heads = [cell.value for cell in sheet[1]]
            for row in sheet.iter_rows(min_row=2):
                for head, cell in zip(heads[1:], row[1:], strict=True):
                    if isinstance(cell.value, int | float):
                        where = f"{head}|{row[0].value}"
                        yield Spot(slide.name, shape.name, where, True, cell.number_format), _plain(cell.value)


def _plain(value: float) -> str:
    try:
        return f"{Decimal(repr(value)).normalize():f}"
    except InvalidOperation:
        return str(value)
