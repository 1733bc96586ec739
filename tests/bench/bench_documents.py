"""The documents against the library that writes them, given the same content and nothing else.

    .venv/bin/python tests/bench/bench_documents.py

Not run by the tests. `whole` is the call from the store to the last byte, `writing` its last part: matter in, file out.
`bare` is the library alone, which gets the same texts, figures and places, read from our document beforehand. Medians
of a few runs in turn; the machine should have nothing else to do. A further document is a further line of DOCUMENTS.
"""

from __future__ import annotations

import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # run as a script, the repository's root is not on the path

from core.briefing.deck import deck_pptx  # noqa: E402
from core.briefing.report import report_docx  # noqa: E402
from core.briefing.workbook import workbook_xlsx  # noqa: E402
from core.model.context import Actor, Context  # noqa: E402
from core.service.base import open_store  # noqa: E402
from core.service.briefing.content import content_of, evaluation_of  # noqa: E402

TIMES = 7
PROJECT = "lingang-2023"
CTX = Context(Actor("bench-documents", "测速"))
Bare = Callable[[], object]


@dataclass(frozen=True)
class Bench:
    """A document; `bare` reads it and returns what writes the same with the library alone."""

    name: str
    matter: Callable[[], Any]
    write: Callable[[Any], bytes]
    bare: Callable[[bytes], Bare]
    seconds: float
    """What the whole may take; the writing, 1.5 times the library alone."""

    def whole(self) -> bytes:
        """The document, from the store on."""
        return self.write(self.matter())


def bare_slides(content: bytes) -> Bare:
    """Every slide's boxes, tables, charts and notes, with python-pptx alone."""
    from pptx import Presentation
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Pt

    deck = Presentation(io.BytesIO(content))
    slides: list[Any] = []
    for slide in deck.slides:
        shapes: list[Any] = []
        for shape in slide.shapes:
            place = (shape.left, shape.top, shape.width, shape.height)
            if shape.has_chart:
                plot = shape.chart.plots[0]
                shapes.append(("chart", place, list(plot.categories), [(s.name, list(s.values)) for s in plot.series]))
            elif shape.has_table:
                shapes.append(("table", place, [[c.text_frame.text for c in row.cells] for row in shape.table.rows]))
            elif shape.has_text_frame:
                shapes.append(("text", place, shape.text_frame.text))
        slides.append((shapes, slide.notes_slide.notes_text_frame.text))

    def filled(frame: Any, text: str) -> None:
        frame.word_wrap = True
        for n, line in enumerate(text.split("\n")):
            paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text, run.font.size, run.font.bold = line, Pt(12), False

    def write() -> None:
        made = Presentation()
        for shapes, notes in slides:
            slide = made.slides.add_slide(made.slide_layouts[5])
            for kind, place, *rest in shapes:
                if kind == "chart":
                    make: Any = CategoryChartData
                    data = make()
                    data.categories = rest[0]
                    for name, values in rest[1]:
                        data.add_series(name, values)
                    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data)
                elif kind == "table":
                    rows = rest[0]
                    table = slide.shapes.add_table(len(rows), len(rows[0]), *place).table
                    for n, row in enumerate(rows):
                        for column, text in enumerate(row):
                            filled(table.cell(n, column).text_frame, text)
                else:
                    filled(slide.shapes.add_textbox(*place).text_frame, rest[0])
            filled(slide.notes_slide.notes_text_frame, notes)
        made.save(io.BytesIO())

    return write


def bare_report(content: bytes) -> Bare:
    """Every paragraph and table, with python-docx alone. It writes no charts: theirs are left out."""
    from docx import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    document = Document(io.BytesIO(content))
    blocks: list[Any] = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            blocks.append(block.text)
        elif isinstance(block, Table):
            blocks.append(
                [["".join(t.text or "" for t in c.iter("{*}t")) for c in r.tc_lst] for r in block._tbl.tr_lst]
            )

    def write() -> None:
        made = Document()
        for block in blocks:
            if isinstance(block, str):
                made.add_paragraph(block)
                continue
            table = made.add_table(len(block), max(map(len, block)))
            for row, texts in zip(table.rows, block, strict=True):
                for cell, text in zip(row.cells, texts, strict=False):
                    cell.text = text
        made.save(io.BytesIO())

    return write


def bare_book(content: bytes) -> Bare:
    """Every cell, with xlsxwriter alone."""
    import openpyxl
    import xlsxwriter

    book = openpyxl.load_workbook(io.BytesIO(content))
    sheets = [
        (s.title, [(c.row - 1, c.column - 1, c.value) for row in s for c in row if c.value is not None]) for s in book
    ]

    def write() -> None:
        with xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True}) as made:
            form = made.add_format({"border": 1, "text_wrap": True, "font_size": 10})
            for title, cells in sheets:
                sheet = made.add_worksheet(title)
                for row, column, value in cells:
                    sheet.write(row, column, value, form)

    return write


DOCUMENTS = (
    Bench("pptx", lambda: content_of(CTX, PROJECT, checks=True), deck_pptx, bare_slides, 2.0),
    Bench("docx", lambda: evaluation_of(CTX, PROJECT), report_docx, bare_report, 1.0),
    Bench("xlsx", lambda: evaluation_of(CTX, PROJECT), workbook_xlsx, bare_book, 1.0),
)


def seconds(call: Callable[[], object]) -> float:
    """What one call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def measure(bench: Bench) -> str:
    """A line: medians, their ratio, what is allowed, and whether it is kept."""
    first = seconds(bench.whole)
    matter = bench.matter()
    bare = bench.bare(bench.write(matter))
    runs = [(seconds(bench.whole), seconds(lambda: bench.write(matter)), seconds(bare)) for _ in range(TIMES + 1)][1:]
    whole, writing, alone = (statistics.median(column) for column in zip(*runs, strict=True))
    kept = "ok" if max(whole, first) <= bench.seconds and writing <= 1.5 * alone else "OVER"
    return (
        f"{bench.name:<6} first {first:5.2f} s  whole {whole:5.2f} s  writing {writing:5.3f} s  bare {alone:5.3f} s"
        f"  {writing / alone:5.2f} x  (≤ {bench.seconds:.0f} s, ≤ 1.50 x)  {kept}"
    )


def main() -> None:
    """Print one line a document."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.duckdb"
        open_store.build_at(path)
        os.environ["RENEWAL_STORE"] = str(path)
        try:
            for bench in DOCUMENTS:
                print(measure(bench), flush=True)
        finally:
            open_store.close()


if __name__ == "__main__":
    main()
