"""What a frame is made of: words and exact figures, so that it can be looked at before it is drawn.

A frame is a picture of 1600 × 900 px (drawn at twice that). Values are Decimals; the text beside each is what people
read. Nothing here knows how it is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from core.charts.frame import MONEY
from core.model.context import Language
from core.model.passport import Passport

WIDE, HIGH = 1600, 900
"""Pixels of a frame."""
MOST_FIGURES, MOST_CHARTS = 4, 2
SMALLEST = 17
"""Pixels of the smallest text: 10 points on a slide."""

Mark = Literal["circle", "square", "diamond", "triangle"]


@dataclass(frozen=True)
class Figure:
    """A figure to be read from afar, with one caveat."""

    label: str
    value: str
    caveat: str


@dataclass(frozen=True)
class Amount:
    """One exact value in a chart, with its text, colour and meaning."""

    value: Decimal | None
    """None: unknown; it has no bar, and — for a text."""
    text: str
    """As printed, by `unit`."""
    unit: str
    """`ratio`, or the unit as printed."""
    colour: str = MONEY
    place: str | None = None
    """The street that it is about, which decides the colour."""
    assumed: bool = False
    """测算: rests on an assumption, and is drawn striped."""
    shown: str = ""
    """What stands at the bar where that is more than `text`."""


@dataclass(frozen=True)
class Row:
    """A category of bars: one bar a series."""

    name: str
    amounts: tuple[Amount, ...]


@dataclass(frozen=True)
class Rule:
    """A line across the bars, with its words."""

    value: Decimal
    text: str


@dataclass(frozen=True)
class Bars:
    """Horizontal bars from zero, the first row on top, each with its figure at its end."""

    title: str
    rows: tuple[Row, ...]
    series: tuple[str, ...] = ()
    """What the bars of a row are, in the order of `amounts`; () for one kind."""
    start: Decimal = Decimal(0)
    """Where the axis begins."""
    end: Decimal | None = None
    """Where it has to reach at least: the whole, which is drawn behind the bars."""
    rule: Rule | None = None
    ordered: bool = True
    """Whether the longest comes first; False where the order means something else (time, a key)."""
    note: str = ""


@dataclass(frozen=True)
class Part:
    """A part of a whole."""

    name: str
    amount: Amount
    share: Amount


@dataclass(frozen=True)
class Stack:
    """One bar of parts, with a line of words for each of them and for the whole."""

    title: str
    parts: tuple[Part, ...]
    whole: Part
    note: str = ""


@dataclass(frozen=True)
class Span:
    """From the lowest to the highest of several values."""

    name: str
    low: Amount
    high: Amount
    points: tuple[Amount, ...]
    """The single values, in the order of the chart's `keys`."""


@dataclass(frozen=True)
class Spans:
    """An interval a street: what a figure can be, depending on the key."""

    title: str
    rows: tuple[Span, ...]
    keys: tuple[str, ...]
    """What the points are; drawn as circle, square, diamond, triangle."""
    start: Decimal = Decimal(0)
    rule: Rule | None = None
    note: str = ""


Stroke = Literal["solid", "dashed", "dotted"]


@dataclass(frozen=True)
class Line:
    """Values over days."""

    points: tuple[tuple[date, Decimal], ...]
    colour: str
    stroke: Stroke = "solid"
    heavy: bool = False
    dots: bool = False


@dataclass(frozen=True)
class Label:
    """Words at a point of a chart of lines."""

    day: date
    value: Decimal
    text: str
    strong: bool = False
    colour: str = ""


@dataclass(frozen=True)
class Lines:
    """Amounts over time, from zero."""

    title: str
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    first: date
    last: date
    top: Decimal
    """The amount at which the chart ends, such as the estimate."""
    start: Decimal = Decimal(0)
    ticks: tuple[tuple[date, str], ...] = ()
    note: str = ""


Chart = Bars | Stack | Spans | Lines


@dataclass(frozen=True)
class Table:
    """Rows of words and figures; what finds no room is counted in a last line."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    last: bool = False
    """Whether the last row is the sum."""


@dataclass(frozen=True)
class Frame:
    """One finding as a picture, in one language."""

    id: str
    """As in the URL and in the file's name: overview, budget …"""
    name: str
    """What it is called in a list: 总览."""
    language: Language
    project: str
    title: str
    """The finding."""
    unit: str
    as_of: str
    source: str
    basis: str
    figures: tuple[Figure, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    sentences: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    """还原稿·非原表, 测算值·非批复数, 草稿."""
    due: tuple[str, ...] = ()
    """The bands that what it shows asks for."""
    colours: Mapping[str, str] = field(default_factory=dict, hash=False)
    """The colour of each street of the project."""
    passport: Passport | None = None
    split: float = 0.56
    """The share of the width that a single chart takes beside words."""
    empty: bool = False
    """Whether there is nothing to show yet."""

    @property
    def foot(self) -> tuple[str, ...]:
        """What stands below: unit, source, as-of day, basis."""
        return tuple(each for each in (self.unit, self.source, self.as_of, self.basis) if each)

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """Every value of its charts."""
        return tuple(amount for chart in self.charts for amount in amounts_of(chart))

    @property
    def alt(self) -> str:
        """The frame in words, for those who do not see it."""
        stop = ";" if self.language == "zh_CN" else "; "
        figures = (f"{each.label} {each.value} {each.caveat}" for each in self.figures)
        charts = (_words(chart) for chart in self.charts)
        tables = (" ".join(row) for table in self.tables for row in table.rows)
        return stop.join((*self.bands, self.title, *figures, *charts, *tables, *self.sentences, *self.foot))


def amounts_of(chart: Chart) -> tuple[Amount, ...]:
    """Every value of a chart; lines have none that is printed."""
    if isinstance(chart, Bars):
        return tuple(amount for row in chart.rows for amount in row.amounts)
    if isinstance(chart, Stack):
        return tuple(amount for part in (*chart.parts, chart.whole) for amount in (part.amount, part.share))
    if isinstance(chart, Spans):
        return tuple(amount for row in chart.rows for amount in (row.low, row.high, *row.points))
    return ()


def _words(chart: Chart) -> str:
    if isinstance(chart, Bars):
        rows = [(row.name, *(each.shown or each.text for each in row.amounts)) for row in chart.rows]
    elif isinstance(chart, Stack):
        rows = [(part.name, part.amount.text, part.share.text) for part in chart.parts]
    elif isinstance(chart, Spans):
        rows = [(row.name, f"{row.low.text}–{row.high.text}") for row in chart.rows]
    else:
        rows = [(label.text,) for label in chart.labels]
    return ", ".join((chart.title, *(" ".join(row) for row in rows)))
