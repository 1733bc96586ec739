"""A standard of renovation as .xlsx or .csv: what is printed to be looked at, and what the import reads again."""

from __future__ import annotations

from core.briefing.excel import Book, Page
from core.briefing.spreadsheet import csv_bytes
from core.ingest.score_tables.standard import KIND_NAMES, NAMES
from core.model.standard import Standard, StandardPoint

_WIDTHS = {"code": 8, "group": 14, "text": 62, "section": 22, "kind": 12}
"""Columns in their order, with their widths."""


def standard_xlsx(standard: Standard) -> bytes:
    """The standard as a workbook."""
    book = Book()
    page = Page(book, "改造标准", list(_WIDTHS.values()))
    page.line(standard.name, "title")
    page.line(f"第{standard.version}版", "about")
    for column, field in enumerate(_WIDTHS):
        page.over(page.row, column, page.row, column, NAMES[field], "head")
    page.row += 1
    page.printed()
    page.headed(page.row)
    for point in standard.points:
        for column, (field, text) in enumerate(zip(_WIDTHS, _cells(point), strict=True)):
            page.text(page.row, column, text, "centre" if field in ("code", "kind") else "left")
        page.row += 1
    return book.content()


def standard_csv(standard: Standard) -> bytes:
    """The standard as .csv for Excel."""
    return csv_bytes([NAMES[field] for field in _WIDTHS], map(_cells, standard.points))


def _cells(point: StandardPoint) -> list[str]:
    return [point.code, point.group, point.text, point.section, KIND_NAMES[point.kind]]
