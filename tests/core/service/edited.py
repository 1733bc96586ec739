"""The file to fill in, edited as a clerk would: cells by worksheet and address."""

from __future__ import annotations

import io
from collections.abc import Mapping

from openpyxl import load_workbook

Cells = Mapping[tuple[str, str], object]
MONEY, HOMES = "资金明细表", "受益明细表"


def edited(content: bytes, cells: Cells) -> bytes:
    """The workbook with these cells set; None empties one."""
    book = load_workbook(io.BytesIO(content))
    for (sheet, cell), value in cells.items():
        book[sheet][cell] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
