"""A frame: words, exact figures and charts, so that it can be looked at before it is drawn.

A frame is a picture of 1600 × 900 px (drawn at twice that). Values are Decimals; the text beside each is what people
read. Nothing here knows how it is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.figures.figure import Bars, Chart, ChartAmount, Pairs, Spans, Stack, Words, amounts_of, highest_first
from core.model.context import Language
from core.model.view_code import ViewCode
from core.text.marks import labelled, listed

WIDE, HIGH = 1600, 900
"""Pixels of a frame."""
MOST_FIGURES, MOST_CHARTS = 4, 2
SMALLEST = 17
"""Pixels of the smallest text: 10 points on a slide."""


@dataclass(frozen=True)
class FrameFigure:
    """A figure to be read from afar, with one caveat."""

    label: str
    value: str
    caveat: str


@dataclass(frozen=True)
class FrameTable:
    """Rows of words and figures; what finds no room is counted in a last line."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    last: bool = False
    """The last row is the sum."""


@dataclass(frozen=True)
class Frame:
    """One finding as a picture, in one language."""

    id: str
    """As in the URL and in the file's name: overview, budget …"""
    name: str
    """Its name in a list: 总览."""
    language: Language
    project: str
    title: str
    """The finding."""
    unit: str
    as_of: str
    source: str
    basis: str
    figures: tuple[FrameFigure, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[FrameTable, ...] = ()
    sentences: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    """还原稿·非原表, 测算值·非批复数, 草稿."""
    due: tuple[str, ...] = ()
    """The bands that what it shows asks for."""
    colours: Mapping[str, str] = field(default_factory=dict, hash=False)
    """The colour of each street of the project."""
    view_code: ViewCode | None = None
    confidentiality: str = ""
    """Line that says who may read it; "": none."""
    watermark: str = ""
    """Words across it; "": none."""
    split: float = 0.56
    """The share of the width that a single chart takes beside words."""
    empty: bool = False
    """There is nothing to show yet."""

    @property
    def foot(self) -> tuple[str, ...]:
        """Words below: unit, source, as-of day, basis."""
        return tuple(each for each in (self.unit, self.source, self.as_of, self.basis) if each)

    @property
    def amounts(self) -> tuple[ChartAmount, ...]:
        """Every value of its charts."""
        return tuple(amount for chart in self.charts for amount in amounts_of(chart))

    @property
    def alt(self) -> str:
        """The frame in words, for those who do not see it."""
        figures = (labelled(each.label, f"{each.value} {each.caveat}", self.language) for each in self.figures)
        charts = (_words(chart, self.language) for chart in self.charts)
        tables = (labelled(row[0], " ".join(row[1:]), self.language) for table in self.tables for row in table.rows)
        line = (self.confidentiality,) if self.confidentiality else ()
        parts = (*line, *self.bands, self.title, *figures, *charts, *tables, *self.sentences, *self.foot)
        return listed(parts, self.language)


def _words(chart: Chart, language: Language) -> str:
    rows: list[tuple[Words, ...]]
    if isinstance(chart, Bars):
        rows = [(row.name, *(each.text for each in row.amounts)) for row in chart.rows]
    elif isinstance(chart, Stack):
        rows = [(part.name, part.amount.text, part.share.text) for part in chart.parts]
    elif isinstance(chart, Spans):
        rows = [(row.name, row.said) for row in highest_first(chart.rows)]
    elif isinstance(chart, Pairs):
        rows = [(row.name, row.said) for row in chart.rows]
    else:
        rows = [(label.text,) for label in chart.labels]
    said = (labelled(str(row[0]), " ".join(map(str, row[1:])), language) if row[1:] else str(row[0]) for row in rows)
    return listed((str(chart.title), *said), language)
