"""Office files as lines of text: one paragraph, cell, shape or charted value a line, in order, with how it looks."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

import docx
import openpyxl
import pptx
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree
from openpyxl.utils import get_column_letter

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MOST_FORMULA = 240
"""Characters of a formula that are shown."""
_PIXEL = 9525
"""English Metric Units a pixel."""


def short(content: bytes | str) -> str:
    """Twelve letters that stand for a content; they are not hexadecimal, so that nothing takes them for a mask."""
    raw = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest()[:12].translate(str.maketrans("0123456789abcdef", "ghijklmnopqrstuv"))


def one_line(text: object) -> str:
    """A text on one line, its breaks shown."""
    return str(text).replace("\n", "⏎").replace("\v", "⏎").replace("\r", "")


def cut(text: str) -> str:
    """A long formula's beginning and what stands for the rest."""
    return text if len(text) <= _MOST_FORMULA or not text.startswith("=") else f"{text[:_MOST_FORMULA]}… {short(text)}"


def workbook(content: bytes) -> str:
    """Every cell of every sheet with its value or formula, number format and look; then what belongs to the sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    out = [f"name {name} = {defined.attr_text}" for name, defined in sorted(book.defined_names.items())]
    for sheet in book.worksheets:
        out += ["", f"# {sheet.title} ({sheet.sheet_state}) {sheet.dimensions}"]
        for row in sheet.iter_rows():
            out += [_cell(cell) for cell in row if cell.value is not None or cell.has_style]
        out += _of_sheet(sheet)
    out += ["", *charts(content)]
    return "\n".join(out) + "\n"


def _cell(cell: Any) -> str:
    look = repr((cell.font, cell.fill, cell.border, cell.alignment, cell.protection))
    value = "" if cell.value is None else cut(one_line(cell.value))
    linked = f" -> {cell.hyperlink.location or cell.hyperlink.target}" if cell.hyperlink else ""
    noted = f" note: {one_line(cell.comment.text)}" if cell.comment else ""
    return f"{cell.coordinate} | {value} | {cell.data_type} {cell.number_format} {short(look)[:6]}{linked}{noted}"


def _of_sheet(sheet: Any) -> Iterator[str]:
    yield f"merged {' '.join(sorted(str(each) for each in sheet.merged_cells.ranges))}"
    for name, column in sorted(sheet.column_dimensions.items()):
        yield f"column {name} {get_column_letter(column.min)}–{get_column_letter(column.max)} wide {column.width:.2f}"
    for number, row in sorted(sheet.row_dimensions.items()):
        if row.height or row.hidden:
            yield f"row {number} high {row.height} hidden {row.hidden}"
    yield f"frozen {sheet.freeze_panes} filter {sheet.auto_filter.ref} protected {sheet.protection.sheet}"
    setup = sheet.page_setup
    yield (
        f"paper {setup.paperSize} {setup.orientation} fit {setup.fitToWidth}×{setup.fitToHeight} "
        f"titles {sheet.print_title_rows} area {sheet.print_area}"
    )
    yield f"header {sheet.oddHeader.center.text} footer {sheet.oddFooter.center.text}"
    for each in sheet.data_validations.dataValidation:
        said = f"{one_line(each.error)} {one_line(each.prompt)}"
        yield f"allowed {each.sqref} {each.type} {each.operator} {each.formula1} {each.formula2} {said}"
    for ranges in sheet.conditional_formatting:
        for rule in ranges.rules:
            yield f"rule {ranges.sqref} {rule.type} {rule.operator} {' '.join(map(str, rule.formula))}"
    yield f"pictures {len(sheet._images)}"


def deck(content: bytes) -> str:
    """Every slide: shapes with place and size in pixels, texts with their look, tables, charts, notes."""
    out: list[str] = []
    book = pptx.Presentation(io.BytesIO(content))
    out.append(f"size {_pixels(book.slide_width)}×{_pixels(book.slide_height)}")
    for number, slide in enumerate(book.slides, 1):
        out += ["", f"# {number} {slide.slide_layout.name}"]
        for shape in slide.shapes:
            out += _shape(shape)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            out += [f"notes {line}" for line in slide.notes_slide.notes_text_frame.text.splitlines()]
    out += ["", *charts(content)]
    return "\n".join(out) + "\n"


def _pixels(length: Any) -> str:
    return "?" if length is None else f"{length / _PIXEL:.1f}".removesuffix(".0")


def _shape(shape: Any) -> Iterator[str]:
    box = f"{_pixels(shape.left)},{_pixels(shape.top)} {_pixels(shape.width)}×{_pixels(shape.height)}"
    alt = shape._element.xpath(".//p:cNvPr")[0].get("descr") or ""
    yield f"[{shape.name}] {box}" + (f" alt: {one_line(alt)}" if alt else "")
    if shape.shape_type == 6:  # a group
        for each in shape.shapes:
            yield from _shape(each)
    if shape.has_text_frame:
        yield from (f"  {line}" for line in _paragraphs(shape.text_frame))
    if getattr(shape, "has_table", False) and shape.has_table:
        table = shape.table
        yield f"  columns {' '.join(_pixels(column.width) for column in table.columns)}"
        for row in table.rows:
            yield f"  {_pixels(row.height)} | " + " | ".join(one_line(cell.text) for cell in row.cells)
    if hasattr(shape, "image"):
        yield f"  picture {shape.image.content_type} {len(shape.image.blob) > 0}"


def _paragraphs(frame: Any) -> Iterator[str]:
    for paragraph in frame.paragraphs:
        looks = [etree.tostring(run._r.rPr) for run in paragraph.runs if run._r.rPr is not None]
        sizes = {f"{run.font.size.pt:g}" for run in paragraph.runs if run.font.size is not None}
        if paragraph.text:
            yield f"{one_line(paragraph.text)} | {'/'.join(sorted(sizes))} {short(b''.join(looks))[:6]}"


def document(content: bytes) -> str:
    """Every paragraph and table in order, headers and footers, charts."""
    file = docx.Document(io.BytesIO(content))
    out = list(_blocks(file.element.body, file))
    for number, section in enumerate(file.sections, 1):
        for name, part in (("header", section.header), ("footer", section.footer)):
            out += [f"{name} {number} {line}" for line in _blocks(part._element, part)]
        size = f"{section.page_width}×{section.page_height} {section.orientation}"
        out.append(f"section {number} {size} {section.left_margin} {section.top_margin}")
    out += ["", *charts(content)]
    return "\n".join(out) + "\n"


def _blocks(parent: Any, of: Any) -> Iterator[str]:
    for element in parent.iterchildren():
        if element.tag.endswith("}p"):
            paragraph = Paragraph(element, of)
            drawn = [each.get("descr") or each.get("name") or "" for each in element.iter("{*}docPr")]
            fields = [one_line(each.text) for each in element.iter("{*}instrText")]
            said = f"{one_line(paragraph.text)}" + "".join(f" «{each.strip()}»" for each in fields)
            look = etree.tostring(element.pPr) if element.pPr is not None else b""
            runs = [etree.tostring(run._r.rPr) for run in paragraph.runs if run._r.rPr is not None]
            named = paragraph.style.name if paragraph.style is not None else ""
            if said or drawn:
                yield f"{named} {short(look + b''.join(runs))[:6]} | {said}" + "".join(f" [{each}]" for each in drawn)
        elif element.tag.endswith("}tbl"):
            yield f"table {short(etree.tostring(element.tblPr))[:6]}"
            for row in Table(element, of).rows:
                yield "  | " + " | ".join(one_line(cell.text) for cell in row.cells)
        elif element.tag.endswith("}sdt"):
            yield from (one_line("".join(each.itertext())) for each in element.iter("{*}p"))


def charts(content: bytes) -> Iterator[str]:
    """Every chart's kind, words, categories and values, and the values of the workbook inside it."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in sorted(package.namelist(), key=_in_order):
            if re.search(r"charts/chart\d+\.xml$", name):
                yield f"## {name}"
                yield from _chart(etree.fromstring(package.read(name)))
            elif name.endswith(".xlsx"):
                yield f"## {name}"
                yield from _values(package.read(name))


def _in_order(name: str) -> tuple[str, int]:
    number = re.search(r"(\d+)\.\w+$", name)
    return re.sub(r"\d+", "", name), int(number[1]) if number else 0


def _chart(root: Any) -> Iterator[str]:
    titles = root.iter(f"{_CHART}title")
    yield from ("title " + one_line("".join(part.text or "" for part in each.iter(f"{_DRAWING}t"))) for each in titles)
    for plot in root.find(f".//{_CHART}plotArea"):
        kind = plot.tag.rpartition("}")[2]
        for series in plot.iterchildren(f"{_CHART}ser"):
            yield f"{kind} series {_points(series, 'tx')} colour {' '.join(_colours(series))}"
            for part in ("cat", "xVal", "val", "yVal"):
                if series.find(f"{_CHART}{part}") is not None:
                    yield f"  {part} {_points(series, part)}"
            labels = ["".join(t.text or "" for t in each.iter(f"{_DRAWING}t")) for each in series.iter(f"{_CHART}dLbl")]
            if any(labels):
                yield f"  labels {' | '.join(map(one_line, labels))}"


def _points(series: Any, part: str) -> str:
    found = series.find(f"{_CHART}{part}")
    points = [] if found is None else found.iter(f"{_CHART}pt")
    said = [f"{point.get('idx')}:{one_line(point.findtext(f'{_CHART}v'))}" for point in points]
    return " | ".join(said) or one_line("".join(found.itertext()) if found is not None else "")


def _colours(series: Any) -> Iterable[str]:
    return dict.fromkeys(each.get("val") for each in series.iter(f"{_DRAWING}srgbClr"))


def _values(content: bytes) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        for row in sheet.iter_rows(values_only=True):
            yield "  " + " | ".join("" if value is None else one_line(value) for value in row)
