"""Tables that leave the page as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import streamlit as st

_OFFICE = "application/vnd.openxmlformats-officedocument"
_KINDS = {
    "csv": "text/csv",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "txt": "text/plain",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "zip": "application/zip",
}
"""MIME type by the ending of a name."""
SENT_IN = "application/octet-stream"
"""Of a file that somebody has sent in: no browser opens it by itself."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def no_formulas(row: Iterable[str]) -> list[str]:
    """The cells of a row as a spreadsheet shows them, whatever they begin with."""
    return [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row]


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table that Excel opens with its Chinese intact, and in which no cell is a formula (OWASP, CSV injection)."""
    text = io.StringIO()
    writer = csv.writer(text)
    for row in (headings, *rows):
        writer.writerow(no_formulas(row))
    return text.getvalue().encode("utf-8-sig")


def mime_of(name: str) -> str:
    """The MIME type of a file of ours, by the ending of its name."""
    return _KINDS[name.rpartition(".")[2]]


def download_button(
    label: str, content: bytes | Callable[[], bytes], name: str, *, kind: str | None = None, **look: Any
) -> None:
    """A button for a file, which does not make the page again; `look`: as st.download_button takes it.

    `kind`: its MIME type, by default that of its ending. A function as content is called at the click, in another
    thread, where the session cannot be asked.
    """
    mime = kind or mime_of(name)
    st.download_button(label, content, file_name=name, mime=mime, on_click="ignore", **look)


def download_table(label: str, headings: Sequence[str], rows: Iterable[Sequence[str]], name: str, **look: Any) -> None:
    """A button for a table as .csv; the name without its ending."""
    download_button(label, as_csv(headings, rows), f"{name}.csv", **look)
