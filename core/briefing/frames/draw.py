"""Frames as PNG of 3200 × 1800 pixels, as SVG, and as a PDF with selectable text: one drawing, three files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from core.briefing.frames.frame import Frame, FrameTable
from core.briefing.qr import square
from core.errors import Message
from core.model.context import Language
from core.model.view_code import ViewCode
from core.render import typst
from core.text import render, word

TEMPLATE = "briefing/frames/frames.typ"
_FIGURE = re.compile(r"[-–—～+\d,.%/() ]+")
PPI = 240
"""Dots an inch: a frame is 13⅓ inches wide, its picture 3200 pixels."""


def drawn(frames: Sequence[Frame], kind: typst.Kind) -> typst.Drawing:
    """The frames as one .pdf of 16:9 with selectable text, or a .png of 3200 × 1800 pixels or an .svg each."""
    return typst.draw(TEMPLATE, data_of(frames), kind, PPI)


def pdf(frames: Sequence[Frame]) -> bytes:
    """The frames as pages."""
    return drawn(frames, "pdf").pages[0]


def png(frame: Frame) -> bytes:
    """3200 × 1800 pixels."""
    return drawn([frame], "png").pages[0]


def data_of(frames: Sequence[Frame]) -> dict[str, Any]:
    """Data that the template is filled with."""
    first = frames[0]
    said = whose(first.confidentiality, first.watermark)
    return {"title": first.project, **typst.locale(first.language), **said, "frames": [_frame(each) for each in frames]}


def whose(confidentiality: str, watermark: str) -> dict[str, str]:
    """Line and words that stand on every page, where there are any."""
    return {name: text for name, text in (("confidential", confidentiality), ("watermark", watermark)) if text}


def _frame(frame: Frame) -> dict[str, Any]:
    say = frame.language
    return {
        "id": frame.id,
        "project": frame.project,
        "title": frame.title,
        "unit": frame.unit,
        "foot": [frame.source, frame.as_of, frame.basis],
        "bands": list(frame.bands),
        "figures": [vars(each) for each in frame.figures],
        "charts": [typst.chart(each) for each in frame.charts],
        "tables": [table(each) for each in frame.tables],
        "sentences": list(frame.sentences),
        "split": frame.split,
        "code": code(frame.view_code, say),
        "more": more(say),
    }


def more(language: Language) -> str:
    """The line below a table that had to be cut."""
    return render(Message("另有{n}行未列出，见导出的表", {"n": "{n}"}), language)


def code(view_code: ViewCode | None, language: Language) -> dict[str, Any] | None:
    """The 查验码 and its QR code: for each row of modules the dark runs, as (row, first, length)."""
    if view_code is None:
        return None
    modules = square(view_code).matrix
    runs: list[tuple[int, int, int]] = []
    for y, row in enumerate(modules):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                runs.append((y, x, length))
            x += length
    return {
        "text": view_code.code,
        "label": render(word("查验码"), language),
        "side": len(modules),
        "runs": runs,
    }


def table(found: FrameTable) -> dict[str, Any]:
    """A table; columns of figures stand right."""
    rights = [
        bool(found.rows) and all(_FIGURE.fullmatch(row[k]) for row in found.rows)
        for k in range(len(found.headings))
    ]  # fmt: skip
    return {
        "title": found.title,
        "headings": list(found.headings),
        "rows": [list(row) for row in found.rows],
        "rights": rights,
        "last": found.last,
    }
