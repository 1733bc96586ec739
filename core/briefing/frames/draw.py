"""Frames as PNG of 3200 × 1800 pixels, as SVG, and as a PDF with selectable text: one drawing, three files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from core.briefing import typeset
from core.briefing.frames.frame import Amount, Bars, Chart, Frame, Lines, Row, Span, Spans, Stack, Table
from core.briefing.qr import square
from core.errors import Message
from core.model.context import Language
from core.model.passport import Passport
from core.text import render, word

TEMPLATE = "frames/frames.typ"
_MARKS = ("circle", "square", "diamond", "triangle")
_FIGURE = re.compile(r"[-–—+\d,.%/() ]+")
PPI = 240
"""Dots an inch: a frame is 13⅓ inches wide, its picture 3200 pixels."""


def drawn(frames: Sequence[Frame], kind: typeset.Kind) -> typeset.Drawing:
    """The frames as one .pdf of 16:9 with selectable text, or a .png of 3200 × 1800 pixels or an .svg each."""
    return typeset.draw(TEMPLATE, data_of(frames), kind, PPI)


def pdf(frames: Sequence[Frame]) -> bytes:
    """The frames as pages."""
    return drawn(frames, "pdf").pages[0]


def png(frame: Frame) -> bytes:
    """3200 × 1800 pixels."""
    return drawn([frame], "png").pages[0]


def data_of(frames: Sequence[Frame]) -> dict[str, Any]:
    """What the template is filled with."""
    first = frames[0]
    return {"title": first.project, **locale(first.language), "frames": [_frame(each) for each in frames]}


def locale(language: Language) -> dict[str, Any]:
    """How lines are broken, and that English has narrow quotation marks."""
    if language == "zh_CN":
        return {"lang": "zh", "region": "cn", "features": []}
    return {"lang": "en", "region": "gb", "features": ["pwid"]}


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
        "charts": [chart(each) for each in frame.charts],
        "tables": [table(each) for each in frame.tables],
        "sentences": list(frame.sentences),
        "split": frame.split,
        "code": code(frame.passport, say),
        "more": more(say),
    }


def more(language: Language) -> str:
    """What stands below a table that had to be cut."""
    return render(Message("另有{n}行未列出,见导出的表", {"n": "{n}"}), language)


def code(passport: Passport | None, language: Language) -> dict[str, Any] | None:
    """The 查验码 and its QR code: for each row of modules the dark runs, as (row, first, length)."""
    if passport is None:
        return None
    modules = square(passport).matrix
    runs: list[tuple[int, int, int]] = []
    for y, row in enumerate(modules):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                runs.append((y, x, length))
            x += length
    return {
        "text": passport.code,
        "label": render(word("查验码"), language),
        "side": len(modules),
        "runs": runs,
    }


def table(found: Table) -> dict[str, Any]:
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


def chart(found: Chart) -> dict[str, Any]:
    """A chart with its places on the axis, 0..1."""
    common = {"title": found.title, "note": found.note}
    if isinstance(found, Bars):
        return common | _bars(found)
    if isinstance(found, Stack):
        return common | _stack(found)
    if isinstance(found, Spans):
        return common | _spans(found)
    return common | _lines(found)


class _Axis:
    """From the lowest to the highest value that a chart shows, at least from its start."""

    def __init__(self, start: Decimal, values: Sequence[Decimal | None]) -> None:
        known = [value for value in values if value is not None]
        self.low = min([start, *known])
        self.high = max([start, *known])

    def at(self, value: Decimal | None) -> float | None:
        if value is None:
            return None
        return float((value - self.low) / (self.high - self.low)) if self.high > self.low else 0.0

    @property
    def zero(self) -> float:
        return self.at(max(self.low, min(Decimal(0), self.high))) or 0.0


def _bars(found: Bars) -> dict[str, Any]:
    values = [amount.value for row in found.rows for amount in row.amounts]
    axis = _Axis(found.start, [*values, found.end, found.rule.value if found.rule else None])

    def bar(amount: Amount) -> dict[str, Any]:
        return {
            "at": axis.at(amount.value),
            "label": amount.shown or amount.text,
            "colour": amount.colour,
            "assumed": amount.assumed,
        }

    def row(each: Row) -> dict[str, Any]:
        return {"name": each.name, "bars": [bar(amount) for amount in each.amounts]}

    return {
        "kind": "bars",
        "series": list(found.series),
        "rows": [row(each) for each in found.rows],
        "zero": axis.zero,
        "whole": found.end is not None,
        "rule": {"at": axis.at(found.rule.value), "text": found.rule.text} if found.rule else None,
    }


def _stack(found: Stack) -> dict[str, Any]:
    whole = sum((max(part.amount.value or Decimal(0), Decimal(0)) for part in found.parts), Decimal(0))
    parts = [
        {
            "name": part.name,
            "amount": part.amount.text,
            "share": part.share.text,
            "colour": part.amount.colour,
            "at": float(max(part.amount.value or Decimal(0), Decimal(0)) / whole) if whole else 0.0,
        }
        for part in found.parts
    ]
    last = found.whole
    return {
        "kind": "stack",
        "parts": parts,
        "whole": {"name": last.name, "amount": last.amount.text, "share": last.share.text},
    }


def _spans(found: Spans) -> dict[str, Any]:
    values = [amount.value for row in found.rows for amount in (row.low, row.high)]
    axis = _Axis(found.start, [*values, found.rule.value if found.rule else None])

    def row(each: Span) -> dict[str, Any]:
        return {
            "name": each.name,
            "low": axis.at(each.low.value),
            "high": axis.at(each.high.value),
            "label": f"{each.low.text.removesuffix('%')}–{each.high.text}"
            if each.low.value is not None
            else each.low.text,
            "points": [axis.at(amount.value) for amount in each.points],
            "colour": each.high.colour,
            "assumed": each.high.assumed,
        }

    return {
        "kind": "spans",
        "rows": [row(each) for each in found.rows],
        "keys": list(found.keys),
        "marks": list(_MARKS),
        "zero": axis.zero,
        "rule": {"at": axis.at(found.rule.value), "text": found.rule.text} if found.rule else None,
    }


def _lines(found: Lines) -> dict[str, Any]:
    whole = max((found.last - found.first).days, 1)
    axis = _Axis(found.start, [found.top, *(value for line in found.lines for _, value in line.points)])

    def x(day: date) -> float:
        return (day - found.first).days / whole

    def y(value: Decimal) -> float:
        return axis.at(value) or 0.0

    return {
        "kind": "lines",
        "lines": [
            {
                "points": [[x(day), y(value)] for day, value in line.points],
                "colour": line.colour,
                "stroke": line.stroke,
                "heavy": line.heavy,
                "dots": line.dots,
            }
            for line in found.lines
        ],
        "labels": [
            {"at": x(each.day), "to": y(each.value), "text": each.text, "strong": each.strong, "colour": each.colour}
            for each in found.labels
        ],
        "ticks": [{"at": x(day), "text": text} for day, text in found.ticks],
    }
